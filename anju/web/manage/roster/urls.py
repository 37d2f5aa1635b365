"""Addresses of the office's spreadsheet; they stand under the project that takes it in."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.roster import columns, sending, working

urlpatterns = [
    path("projects/<int:project_id>/roster/", sending.roster, name="roster"),
    path("roster/template/", sending.template, name="roster-template"),
    path("projects/<int:project_id>/roster/<int:file_id>/", columns.columns, name="roster-columns"),
    path("roster/jobs/<int:job_id>/", working.job, name="roster-job"),
    path("roster/jobs/<int:job_id>/start/", working.start, name="roster-start"),
    path("roster/jobs/<int:job_id>/stop/", working.stop, name="roster-stop"),
    path("roster/jobs/<int:job_id>/marked/", working.marked, name="roster-marked"),
    path("rosters/<int:roster_id>/undo/", working.undo, name="roster-undo"),
]
