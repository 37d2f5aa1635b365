"""The address behind a lobby's link; the log hides what stands after /o/l/."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.lobby import views

urlpatterns = [path("<str:token>/", views.lobby, name="lobby")]
