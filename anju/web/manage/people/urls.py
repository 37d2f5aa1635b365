"""Addresses of user administration."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.new_person, name="person-new"),
    path("<int:membership_id>/", views.person, name="person"),
    path("<int:membership_id>/disable/", views.disable, name="person-disable"),
    path("<int:membership_id>/enable/", views.enable, name="person-enable"),
]
