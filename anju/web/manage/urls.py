"""Addresses of the management pages, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("findings/", include("anju.web.manage.findings.urls")),
    path("projects/", include("anju.web.manage.places.urls")),
    path("register/", include("anju.web.manage.register.urls")),
    path("register/", include("anju.web.manage.roster.urls")),
    path("search/", include("anju.web.manage.search.urls")),
    path("reviews/", include("anju.web.manage.reviews.urls")),
    path("history/", include("anju.web.manage.past.urls")),
]
