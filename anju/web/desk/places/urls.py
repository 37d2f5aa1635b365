"""Addresses of the codes that hang."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.places import views

urlpatterns = [
    path("", views.places, name="case-places"),
    path("<int:project_id>/", views.of_project, name="case-places-project"),
    path("<int:project_id>/labels/", views.labels, name="case-places-labels"),
    path("code/<int:link_id>/poster/", views.poster, name="case-place-poster"),
    path("code/<int:link_id>/end/", views.end, name="case-place-end"),
]
