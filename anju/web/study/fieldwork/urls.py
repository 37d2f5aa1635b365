"""Addresses of a survey's fieldwork."""

from __future__ import annotations

from django.urls import path

from anju.web.study.fieldwork import hanging, progress, sending, wishing

urlpatterns = [
    path("<int:wave_id>/field/", progress.field, name="field"),
    path("<int:wave_id>/field/homes/<int:building_id>/", progress.homes, name="field-homes"),
    path("<int:wave_id>/field/homes/<int:building_id>/found/", progress.found, name="field-found"),
    path("<int:wave_id>/field/posters/", hanging.posters, name="field-posters"),
    path("<int:wave_id>/field/posters/make/", hanging.make, name="field-lobby-make"),
    path("<int:wave_id>/field/posters/<int:lobby_id>/", hanging.poster, name="field-poster"),
    path("<int:wave_id>/field/posters/<int:lobby_id>/end/", hanging.end, name="field-lobby-end"),
    path("<int:wave_id>/field/slips/<int:building_id>/", hanging.slips, name="field-slips"),
    path("<int:wave_id>/field/messages/<str:stage>/", sending.messages_page, name="field-send"),
    path("<int:wave_id>/field/rest/", sending.rest, name="field-rest"),
    path("<int:wave_id>/field/wishes/", wishing.wishes, name="wishes"),
    path("<int:wave_id>/field/wishes/<int:invitation_id>/met/", wishing.met, name="wish-met"),
    path(
        "<int:wave_id>/field/wishes/<int:invitation_id>/reopen/",
        wishing.reopen,
        name="wish-reopen",
    ),
]
