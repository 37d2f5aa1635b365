"""Addresses of user administration."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.people import second, views

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.new_person, name="person-new"),
    path("<int:membership_id>/", views.person, name="person"),
    path("second-step/", second.days, name="second-step-days"),
    path("<int:membership_id>/second-step/remove/", second.remove, name="second-step-remove"),
    path("<int:membership_id>/disable/", views.disable, name="person-disable"),
    path("<int:membership_id>/enable/", views.enable, name="person-enable"),
]
