"""Addresses behind a link to who looked; the log hides what stands after /o/f/."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.file import views

urlpatterns = [path("<str:secret>/", views.looked, name="file-link")]
