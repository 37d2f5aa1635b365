"""What acts on the settings of cases are called in the history. Words only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OF_SETTINGS = {
    "given": _("shipped settings put in use"),
    "accepted": _("settings of cases accepted"),
    "category_added": _("category added"),
    "category_changed": _("category changed"),
    "category_moved": _("category moved"),
    "category_retired": _("category retired"),
    "category_returned": _("category brought back"),
    "level_added": _("service level added"),
    "level_ended": _("service level ended"),
    "level_taken_back": _("service level taken back"),
    "figures_set": _("figures of visits and times changed"),
    "ladder_set": _("escalation changed"),
    "figures_back": _("figures of visits and times put back"),
    "ladder_back": _("escalation put back"),
    "spoken_back": _("mailbox or texts put back"),
    "spoken_set": _("mailbox or texts changed"),
}
FIGURES = {
    "acknowledge": _("acknowledge within"),
    "on_site": _("on site within"),
    "resolve": _("solve within"),
    "report_back": _("report back within"),
    "since": _("from"),
    "rungs": _("rungs"),
    "visit_rate": _("share visited"),
    "repair_days": _("visit days after a repair"),
    "complaint_days": _("visit days after a complaint"),
    "other_days": _("visit days after others"),
    "hasten_share": _("share of time for important ones"),
    "half_life_satisfied": _("half-life of satisfaction"),
    "half_life_dissatisfied": _("half-life of dissatisfaction"),
    "reopen_days": _("days to open again"),
}
