"""Addresses of results and reports; they lie under the wave."""

from __future__ import annotations

from django.urls import path

from anju.web.study.results import bands, how, views

urlpatterns = [
    path("targets/", bands.company, name="results-bands"),
    path("<int:wave_id>/results/", views.results, name="results"),
    path("<int:wave_id>/results/how/<path:key>/", how.computed, name="results-how"),
    path("<int:wave_id>/results/<path:key>.csv", views.chart_csv, name="results-csv"),
    path("<int:wave_id>/results/<slug:name>.json", views.chart_json, name="results-chart"),
    path("<int:wave_id>/reports/", views.reports, name="reports"),
    path("<int:wave_id>/report/", views.make_report, name="report"),
    path("<int:wave_id>/reports/<int:report_id>/", views.report_file, name="report-file"),
]
