"""Addresses of old ledgers."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.ledger import sending, working

urlpatterns = [
    path("", sending.send, name="case-import"),
    path("<int:project_id>/<int:file_id>/", sending.columns, name="case-import-columns"),
    path("jobs/<int:job_id>/", working.job, name="case-import-job"),
    path("jobs/<int:job_id>/start/", working.start, name="case-import-start"),
    path("jobs/<int:job_id>/marked/", working.marked, name="case-import-marked"),
    path("jobs/<int:job_id>/undo/", working.undo, name="case-import-undo"),
]
