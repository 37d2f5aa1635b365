"""Addresses of the working calendars."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.calendar import changing, views

urlpatterns = [
    path("", views.calendars, name="calendars"),
    path("new/", changing.new, name="calendar-new"),
    path("<int:calendar_id>/", views.calendar, name="calendar"),
    path("<int:calendar_id>/hours/", changing.hours, name="calendar-hours"),
    path("<int:calendar_id>/days/", changing.days, name="calendar-days"),
    path(
        "<int:calendar_id>/days/<int:day_id>/remove/",
        changing.remove,
        name="calendar-day-remove",
    ),
    path("<int:calendar_id>/undo/", changing.undo, name="calendar-undo"),
    path("<int:calendar_id>/usual/", changing.usual, name="calendar-usual"),
]
