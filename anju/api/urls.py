"""Addresses for programs, version 1."""

from __future__ import annotations

from django.urls import path

from anju.api import cases

urlpatterns = [
    path("v1/cases", cases.cases, name="api-cases"),
    path("v1/cases/<int:number>", cases.case, name="api-case"),
    path("v1/cases/<int:number>/notes", cases.notes, name="api-notes"),
]
