"""Addresses of open grievances."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.grievances import views

urlpatterns = [path("", views.grievances, name="grievances")]
