"""Addresses of projects and buildings."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.places import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("new/", views.new_project, name="project-new"),
    path("<int:project_id>/", views.project, name="project"),
    path("<int:project_id>/edit/", views.edit_project, name="project-edit"),
    path("<int:project_id>/buildings/new/", views.new_building, name="building-new"),
    path("buildings/<int:building_id>/", views.building, name="building"),
    path("buildings/<int:building_id>/edit/", views.edit_building, name="building-edit"),
]
