"""Addresses of cases: the work list, one case, and what can be done to it."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.cases import acting, claims, listing, many, notes, numbers, views

urlpatterns = [
    path("", listing.cases, name="cases"),
    path("table/", listing.table, name="cases-table"),
    path("chosen/", many.chosen, name="cases-chosen"),
    path("undo/", many.undo, name="cases-undo"),
    path("views/", listing.keep_view, name="case-view-keep"),
    path("views/<int:view_id>/", listing.drop_view, name="case-view-drop"),
    path("<int:case_id>/", views.case, name="case"),
    path("<int:case_id>/print/", views.printed, name="case-print"),
    path("<int:case_id>/letter/", claims.letter, name="case-letter"),
    path("<int:case_id>/note/", notes.note, name="case-note"),
    path("<int:case_id>/phone/", numbers.number, name="case-phone"),
    path("<int:case_id>/photos/", notes.add_photo, name="case-photo-add"),
    path("<int:case_id>/photos/<str:shows>/<str:sign>/", notes.photo, name="case-photo"),
    path("<int:case_id>/do/<str:act>/", acting.act, name="case-act"),
]
