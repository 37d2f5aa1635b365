"""Addresses of units, people, stays, zones, firms, regions and the company itself."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.register import care, companies, residents, stays, units, zones

urlpatterns = [
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/edit/", units.edit_unit, name="unit-edit"),
    path("units/<int:unit_id>/move-in/", units.move_in, name="move-in"),
    path("stays/<int:tie_id>/end/", stays.end_stay, name="stay-end"),
    path("stays/<int:tie_id>/edit/", stays.correct, name="stay-edit"),
    path("stays/<int:tie_id>/take-back/", stays.take_back, name="stay-take-back"),
    path("residents/<int:resident_id>/", residents.resident, name="resident"),
    path("residents/<int:resident_id>/edit/", residents.edit_resident, name="resident-edit"),
    path("residents/<int:resident_id>/consent/", residents.give, name="consent-give"),
    path("consents/<int:consent_id>/withdraw/", residents.withdraw, name="consent-withdraw"),
    path("residents/<int:resident_id>/care/", care.look, name="care-look"),
    path("residents/<int:resident_id>/care/add/", care.add, name="care-add"),
    path("care/<int:care_id>/remove/", care.drop, name="care-drop"),
    path("projects/<int:project_id>/zones/", zones.zones, name="zones"),
    path("projects/<int:project_id>/zones/new/", zones.new_zone, name="zone-new"),
    path("zones/<int:zone_id>/", zones.edit_zone, name="zone-edit"),
    path("firms/", companies.firms, name="firms"),
    path("firms/new/", companies.new_firm, name="firm-new"),
    path("firms/<int:firm_id>/", companies.edit_firm, name="firm-edit"),
    path("company/", companies.company, name="company"),
    path("regions/", companies.regions, name="regions"),
    path("regions/new/", companies.new_region, name="region-new"),
    path("regions/<int:region_id>/", companies.edit_region, name="region-edit"),
]
