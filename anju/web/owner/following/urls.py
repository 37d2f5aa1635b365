"""The address of the page; it stands under a case's own link."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.following import views

urlpatterns = [path("<str:token>/follow/", views.following, name="case-follow")]
