"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.work import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/cancel/", views.cancel, name="job-cancel"),
]
