"""Addresses behind a code; the log hides what stands after /o/r/."""

from __future__ import annotations

from django.urls import path

from anju.web.owner.report import home, looking, telling

urlpatterns = [
    path("<str:token>/", home.home, name="report-home"),
    path("<str:token>/tell/", telling.tell, name="report-tell"),
    path("<str:token>/look/", looking.look, name="report-look"),
    path("<str:token>/done/", home.done, name="report-done"),
]
