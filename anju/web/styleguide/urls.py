"""Addresses of the style guide."""

from __future__ import annotations

from django.urls import path

from anju.web.styleguide import views

urlpatterns = [
    path("", views.guide, name="styleguide"),
    path("<slug:name>/", views.guide, name="styleguide-page"),
]
