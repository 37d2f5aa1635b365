"""Addresses of the front desk, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("homes/", include("anju.web.desk.homes.urls")),
    path("paper/", include("anju.web.desk.paper.urls")),
]
