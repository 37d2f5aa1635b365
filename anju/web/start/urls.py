"""Addresses that belong to no audience."""

from __future__ import annotations

from django.urls import path

from anju.web.start import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("alive/", views.alive, name="alive"),
]
