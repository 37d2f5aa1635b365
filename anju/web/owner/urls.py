"""Addresses of owners' pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("c/", include("anju.web.owner.progress.urls")),
    path("c/", include("anju.web.owner.following.urls")),
    path("r/", include("anju.web.owner.report.urls")),
    path("s/", include("anju.web.owner.answer.urls")),
    path("f/", include("anju.web.owner.file.urls")),
    path("l/", include("anju.web.owner.lobby.urls")),
]
