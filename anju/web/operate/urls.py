"""Addresses of the pages that keep the installation going, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("messages/", include("anju.web.operate.messages.urls")),
    path("people/", include("anju.web.operate.people.urls")),
    path("jobs/", include("anju.web.operate.work.urls")),
    path("calendar/", include("anju.web.operate.calendar.urls")),
    path("health/", include("anju.web.operate.health.urls")),
    path("case-settings/", include("anju.web.operate.casing.urls")),
    path("programs/", include("anju.web.operate.programs.urls")),
]
