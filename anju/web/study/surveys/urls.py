"""Addresses of survey batches."""

from __future__ import annotations

from django.urls import path

from anju.web.study.surveys import counting, inviting, keeping, planning, views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("new/", planning.new_wave, name="wave-new"),
    path("<int:wave_id>/", views.wave, name="wave"),
    path("<int:wave_id>/edit/", planning.edit_wave, name="wave-edit"),
    path("<int:wave_id>/open/", planning.open_wave, name="wave-open"),
    path("<int:wave_id>/revise/", planning.revise_wave, name="wave-revise"),
    path("<int:wave_id>/close/", planning.close_wave, name="wave-close"),
    path("<int:wave_id>/delete/", planning.delete_wave, name="wave-delete"),
    path("<int:wave_id>/counts/", counting.counts, name="wave-counts"),
    path("<int:wave_id>/frame/", counting.frame, name="wave-frame"),
    path("<int:wave_id>/totals/", counting.totals, name="wave-totals"),
    path("<int:wave_id>/export/", views.export, name="wave-export"),
    path("<int:wave_id>/files/<int:file_id>/", views.file, name="wave-file"),
    path("<int:wave_id>/keeper/", keeping.choose, name="wave-keeper"),
    path("<int:wave_id>/hand-over/", keeping.hand_over, name="wave-hand-over"),
    path("<int:wave_id>/links/", inviting.links, name="wave-links"),
    path("<int:wave_id>/links/draw/", inviting.draw, name="wave-links-draw"),
    path("<int:wave_id>/links/renew/", inviting.renew, name="wave-links-renew"),
    path("<int:wave_id>/links/privacy/", inviting.privacy, name="wave-privacy"),
]
