"""Addresses of what is printed."""

from __future__ import annotations

from django.urls import path

from anju.web.study.printing import views

urlpatterns = [
    path(
        "questionnaires/versions/<int:version_id>/print/",
        views.questionnaire_pdf,
        name="questionnaire-print",
    ),
    path("surveys/<int:wave_id>/paper/", views.wave_paper, name="wave-paper"),
    path("surveys/<int:wave_id>/paper/form/", views.wave_pdf, name="wave-print"),
    path("surveys/<int:wave_id>/paper/linked/", views.wave_linked, name="wave-print-linked"),
]
