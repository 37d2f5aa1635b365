"""Addresses of the keys of programs."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.programs import views

urlpatterns = [
    path("", views.programs, name="program-keys"),
    path("new/", views.new, name="program-key-new"),
    path("<int:program_id>/end/", views.end, name="program-key-end"),
]
