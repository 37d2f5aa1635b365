"""Addresses of owners' pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("s/", include("anju.web.owner.answer.urls")),
    path("f/", include("anju.web.owner.file.urls")),
    path("l/", include("anju.web.owner.lobby.urls")),
]
