"""Addresses of the owner file."""

from __future__ import annotations

from django.urls import path

from anju.web.desk.homes import file, giving, looking, looks

urlpatterns = [
    path("<int:unit_id>/", file.home_file, name="home-file"),
    path("people/<int:resident_id>/phone/", looking.phone, name="resident-phone"),
    path("people/<int:resident_id>/care/", looking.care, name="resident-care"),
    path("people/<int:resident_id>/looks/", looks.looks, name="resident-looks"),
    path("people/<int:resident_id>/looks/print/", looks.printed, name="resident-looks-print"),
    path("people/<int:resident_id>/looks/link/", looks.link, name="resident-looks-link"),
    path("people/<int:resident_id>/give/", giving.give, name="resident-export"),
    path("people/<int:resident_id>/erase/", giving.erasing, name="resident-erase"),
]
