"""Addresses of paper forms at the keyboard."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.paper import counting, entering, second

urlpatterns = [
    path("", entering.waves, name="paper-waves"),
    path("<int:wave_id>/", entering.entry, name="paper-entry"),
    path("<int:wave_id>/undo/", entering.undo, name="paper-undo"),
    path("<int:wave_id>/counts/", counting.counts, name="paper-counts"),
    path("<int:wave_id>/homes/", counting.homes, name="paper-homes"),
    path("<int:wave_id>/second/", second.rounds, name="paper-second"),
    path("<int:wave_id>/second/draw/", second.draw, name="paper-draw"),
    path("<int:wave_id>/second/next/", second.entry, name="paper-again"),
    path("second/<int:difference_id>/", second.settle_one, name="paper-settle"),
]
