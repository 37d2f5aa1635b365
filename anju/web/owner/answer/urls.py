"""Addresses behind a survey link; the log hides what stands after /o/s/."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.answer import views

urlpatterns = [
    path("<str:token>/", views.start, name="answer"),
    path("<str:token>/q/<int:number>/", views.question, name="answer-question"),
    path("<str:token>/check/", views.check, name="answer-check"),
    path("<str:token>/thanks/", views.thanks, name="answer-thanks"),
]
