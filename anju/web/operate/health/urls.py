"""Address of the health page."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.health import views

urlpatterns = [path("", views.health, name="health")]
