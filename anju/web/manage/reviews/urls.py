"""Addresses of stocktakes, meetings and the monthly report."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.reviews import lines, months, repairs, rooms, sheets

urlpatterns = [
    path("", sheets.reviews, name="reviews"),
    path("take/<int:project_id>/", sheets.take, name="stocktake-take"),
    path("stocktake/<int:stocktake_id>/", sheets.stocktake, name="stocktake"),
    path("stocktake/<int:stocktake_id>/sign/", sheets.sign, name="stocktake-sign"),
    path("stocktake/<int:stocktake_id>/print/", sheets.printed, name="stocktake-print"),
    path("stocktake/<int:stocktake_id>/book/", sheets.book, name="stocktake-book"),
    path("stocktake/<int:stocktake_id>/<int:line_id>/", lines.line, name="stocktake-line"),
    path("meetings/<int:project_id>/open/", rooms.begin, name="meeting-open"),
    path("meetings/<int:meeting_id>/", rooms.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/close/", rooms.close, name="meeting-close"),
    path("meetings/<int:meeting_id>/minutes/", rooms.minutes, name="meeting-print"),
    path("meetings/<int:meeting_id>/checks/<int:agenda_id>/", rooms.check, name="meeting-check"),
    path("meetings/<int:meeting_id>/<int:agenda_id>/", rooms.item, name="meeting-item"),
    path("repairs/", repairs.month, name="repairs"),
    path("repairs/print/", repairs.printed, name="repairs-print"),
    path("repairs/book/", repairs.book, name="repairs-book"),
    path("month/", months.month, name="month"),
    path("month/print/", months.printed, name="month-print"),
    path("month/book/", months.book, name="month-book"),
    path("month/finding/", months.finding, name="month-finding"),
]
