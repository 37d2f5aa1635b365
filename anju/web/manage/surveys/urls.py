"""Addresses of survey batches."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.surveys import counting, planning, views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("new/", planning.new_wave, name="wave-new"),
    path("<int:wave_id>/", views.wave, name="wave"),
    path("<int:wave_id>/edit/", planning.edit_wave, name="wave-edit"),
    path("<int:wave_id>/open/", planning.open_wave, name="wave-open"),
    path("<int:wave_id>/close/", planning.close_wave, name="wave-close"),
    path("<int:wave_id>/delete/", planning.delete_wave, name="wave-delete"),
    path("<int:wave_id>/counts/", counting.counts, name="wave-counts"),
    path("<int:wave_id>/frame/", counting.frame, name="wave-frame"),
    path("<int:wave_id>/totals/", counting.totals, name="wave-totals"),
    path("<int:wave_id>/export/", views.export, name="wave-export"),
    path("<int:wave_id>/files/<int:file_id>/", views.file, name="wave-file"),
]
