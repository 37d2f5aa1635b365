"""Addresses of the pages of asking and measuring, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("surveys/", include("anju.web.study.surveys.urls")),
    path("surveys/", include("anju.web.study.fieldwork.urls")),
    path("surveys/", include("anju.web.study.imports.urls")),
    path("surveys/", include("anju.web.study.results.urls")),
    path("questionnaires/", include("anju.web.study.questionnaires.urls")),
    path("", include("anju.web.study.printing.urls")),
]
