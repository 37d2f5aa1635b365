"""Addresses of the management pages, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("surveys/", include("anju.web.manage.surveys.urls")),
    path("surveys/", include("anju.web.manage.imports.urls")),
    path("surveys/", include("anju.web.manage.results.urls")),
    path("questionnaires/", include("anju.web.manage.questionnaires.urls")),
    path("projects/", include("anju.web.manage.places.urls")),
    path("people/", include("anju.web.manage.people.urls")),
    path("history/", include("anju.web.manage.past.urls")),
    path("jobs/", include("anju.web.manage.work.urls")),
    path("health/", include("anju.web.manage.health.urls")),
]
