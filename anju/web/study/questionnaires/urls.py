"""Addresses of questionnaires; everything hangs on a version, a section or an item."""

from __future__ import annotations

from django.urls import path

from anju.web.study.questionnaires import items, scales, versions, views

urlpatterns = [
    path("", views.questionnaires, name="questionnaires"),
    path("new/", versions.new, name="questionnaire-new"),
    path("library/", versions.library, name="questionnaire-library"),
    path("scales/", scales.scales, name="scales"),
    path("scales/new/", scales.new_scale, name="scale-new"),
    path("versions/<int:version_id>/", views.questionnaire, name="questionnaire"),
    path("versions/<int:version_id>/texts/", versions.texts, name="questionnaire-texts"),
    path("versions/<int:version_id>/copy/", versions.copy, name="questionnaire-copy"),
    path("versions/<int:version_id>/next/", versions.begin_next, name="questionnaire-next"),
    path("versions/<int:version_id>/publish/", versions.publish, name="questionnaire-publish"),
    path("versions/<int:version_id>/discard/", versions.discard, name="questionnaire-discard"),
    path("versions/<int:version_id>/sections/new/", items.new_section, name="section-new"),
    path("versions/<int:version_id>/undo/", items.undo, name="questionnaire-undo"),
    path("sections/<int:section_id>/", items.section, name="section"),
    path("sections/<int:section_id>/remove/", items.remove_section, name="section-remove"),
    path("sections/<int:section_id>/items/new/", items.new_item, name="item-new"),
    path("items/<int:item_id>/", items.item, name="item"),
    path("items/<int:item_id>/move/", items.move, name="item-move"),
    path("items/<int:item_id>/remove/", items.remove_item, name="item-remove"),
]
