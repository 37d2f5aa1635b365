"""Addresses of the desk's intake."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.intake import calls, emergency, known

urlpatterns = [
    path("", calls.new, name="case-new"),
    path("known/", known.known, name="case-new-known"),
    path("<int:case_id>/undo/", calls.undo, name="case-new-undo"),
    path("<int:case_id>/emergency/", emergency.procedure, name="case-new-emergency"),
]
