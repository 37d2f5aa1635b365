"""Addresses of the rules for cases."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.casing import figures, spoken, times, tree

urlpatterns = [
    path("", times.case_settings, name="case-settings"),
    path("accept/", times.accept, name="case-settings-accept"),
    path("levels/new/", times.new_level, name="case-settings-level-new"),
    path("levels/<int:level_id>/end/", times.end, name="case-settings-level-end"),
    path("levels/<int:level_id>/undo/", times.take_back, name="case-settings-level-undo"),
    path("categories/", tree.categories, name="case-settings-categories"),
    path("categories/new/", tree.new_category, name="case-settings-category-new"),
    path("categories/<int:category_id>/", tree.category, name="case-settings-category"),
    path("categories/<int:category_id>/move/", tree.move, name="case-settings-category-move"),
    path("categories/<int:category_id>/retire/", tree.retire, name="case-settings-category-retire"),
    path(
        "categories/<int:category_id>/return/",
        tree.bring_back,
        name="case-settings-category-return",
    ),
    path("ladder/", figures.ladder, name="case-settings-ladder"),
    path("figures/", figures.figures, name="case-settings-figures"),
    path("spoken/", spoken.spoken, name="case-settings-spoken"),
    path("ladder/undo/", spoken.undo_ladder, name="case-settings-ladder-undo"),
    path("spoken/undo/", spoken.undo_spoken, name="case-settings-spoken-undo"),
    path("figures/undo/", spoken.undo_figures, name="case-settings-figures-undo"),
]
