"""Addresses of the ground; the service worker reaches no further than /field/."""

from __future__ import annotations

from django.urls import path

from anju.web.field import capture, installed, jobs, presses, tickets

urlpatterns = [
    path("", jobs.jobs, name="my-jobs"),
    path("events/", presses.press, name="my-press"),
    path("outbox/", jobs.outbox, name="my-outbox"),
    path("new/", capture.new, name="my-report"),
    path("worker.js", installed.worker, name="my-worker"),
    path("firms/", tickets.tickets, name="tickets"),
    path("firms/new/", tickets.new, name="ticket-new"),
    path("firms/<int:ticket_id>/end/", tickets.end, name="ticket-end"),
    path("manifest.json", installed.manifest, name="my-manifest"),
]
