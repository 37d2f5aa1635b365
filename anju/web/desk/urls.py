"""Addresses of the front desk, one include a feature."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("cases/new/", include("anju.web.desk.intake.urls")),
    path("cases/import/", include("anju.web.desk.ledger.urls")),
    path("cases/", include("anju.web.desk.cases.urls")),
    path("bundles/", include("anju.web.desk.faults.urls")),
    path("visits/", include("anju.web.desk.visits.urls")),
    path("grievances/", include("anju.web.desk.grievances.urls")),
    path("places/", include("anju.web.desk.places.urls")),
    path("homes/", include("anju.web.desk.homes.urls")),
    path("paper/", include("anju.web.desk.paper.urls")),
]
