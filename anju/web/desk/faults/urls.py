"""Addresses of faults that many report."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.faults import views

urlpatterns = [
    path("", views.bundles, name="bundles"),
    path("<int:bundle_id>/", views.bundle, name="bundle"),
    path("<int:bundle_id>/news/", views.news, name="bundle-news"),
    path("<int:bundle_id>/end/", views.end, name="bundle-end"),
    path("leave/<int:case_id>/", views.leave, name="bundle-leave"),
]
