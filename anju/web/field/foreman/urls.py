"""Addresses behind a firm's link; the log hides what stands after /o/w/."""

from __future__ import annotations

from django.urls import path

from anju.web.field.foreman import views

urlpatterns = [
    path("<str:token>/", views.cases, name="foreman"),
    path("<str:token>/code/", views.code, name="foreman-code"),
    path("<str:token>/<int:number>/", views.answered, name="foreman-answer"),
]
