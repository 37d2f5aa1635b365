"""Addresses of an owner's page of a case; the log hides what stands after /o/c/."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.progress import views

urlpatterns = [
    path("<str:token>/", views.progress, name="case-progress"),
    path("<str:token>/file/<str:sign>/", views.file, name="case-progress-file"),
]
