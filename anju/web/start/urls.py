"""Addresses that belong to no audience."""

from __future__ import annotations

from django.urls import path

from anju.web.start import cards, first_steps, hints, manual, phones, sample, views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("alive/", views.alive, name="alive"),
    path("manage/start/", first_steps.first_steps, name="first-steps"),
    path("manage/start/away/", first_steps.away, name="first-steps-away"),
    path("manage/start/again/", first_steps.again, name="first-steps-again"),
    path("manage/start/defaults/", first_steps.defaults, name="defaults"),
    path("manage/start/phones/", phones.phones, name="phones"),
    path("manage/start/sample/", sample.plant, name="sample-plant"),
    path("manage/start/sample/remove/", sample.remove, name="sample-remove"),
    path("hints/away/", hints.away, name="hint-away"),
    path("hints/again/", hints.again, name="hints-again"),
    path("help/", manual.contents, name="help"),
    path("help/cards/", cards.cards, name="cards"),
    path("help/cards/<slug:role>/<slug:language>.pdf", cards.card, name="card"),
    path("help/<slug:slug>/", manual.manual, name="help-page"),
]
