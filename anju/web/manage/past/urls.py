"""Addresses of the history."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.past import views

urlpatterns = [path("", views.history, name="history")]
