"""Addresses of imports; they stand under the wave that takes the answers."""

from __future__ import annotations

from django.urls import path

from anju.web.study.imports import beginning, mapping, sending, working

urlpatterns = [
    path("from-file/", beginning.new_from_file, name="import-new"),
    path("<int:wave_id>/import/", sending.upload, name="import-upload"),
    path("<int:wave_id>/import/<int:file_id>/", mapping.columns, name="import-columns"),
    path("imports/<int:job_id>/", working.job, name="import-job"),
    path("imports/<int:job_id>/start/", working.start, name="import-start"),
    path("imports/<int:job_id>/stop/", working.stop, name="import-stop"),
    path("imports/<int:job_id>/marked/", working.marked, name="import-marked"),
    path("batches/<int:batch_id>/undo/", working.undo, name="import-undo"),
]
