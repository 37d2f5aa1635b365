"""Addresses of return visits."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.visits import calling, covering, queues, verdicts

urlpatterns = [
    path("", queues.visits, name="visits"),
    path("print/", queues.printed, name="visits-print"),
    path("coverage/", covering.coverage, name="visits-coverage"),
    path("mine/", verdicts.mine, name="visits-mine"),
    path("disputes/", verdicts.disputes, name="visits-disputes"),
    path("disputes/<int:dispute_id>/", verdicts.answer, name="visits-dispute"),
    path("<int:visit_id>/", calling.visit, name="visit"),
    path("<int:visit_id>/phone/", calling.phone, name="visit-phone"),
    path("<int:visit_id>/slip/", calling.slip, name="visit-slip"),
]
