"""The words for our enumerations on pages; Chinese is in the catalogue. No logic."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.improve.rules.boxes import Box, Origin, Party
from anju.improve.rules.states import FindingState, MeasureState, MeasureVerb

LABELS: dict[type[StrEnum], dict[str, Promise | str]] = {
    Box: {
        Box.GAP: _("Gap"),
        Box.CAUSE: _("Root cause"),
        Box.RESPONSIBLE: _("Responsible"),
        Box.MEASURE: _("Measure"),
    },
    Party: {
        Party.PROPERTY: _("Property service"),
        Party.DEVELOPER: _("Developer"),
        Party.CONTRACTOR: _("Contractor"),
        Party.OUTSIDE: _("Outside party"),
        Party.UNKNOWN: _("Not known yet"),
    },
    Origin: {
        Origin.LOW_ITEM: _("Low item of a survey"),
        Origin.PROCESS: _("Process check of a survey"),
        Origin.COMMENT: _("Owner’s comment"),
        Origin.THIRD_PARTY: _("Problem found by others"),
        Origin.HAND: _("Written by hand"),
    },
    FindingState: {
        FindingState.CANDIDATE: _("To judge"),
        FindingState.OPEN: _("To complete"),
        FindingState.SET: _("Measure set"),
        FindingState.RUNNING: _("Measure running"),
        FindingState.DONE: _("Waiting for the check"),
        FindingState.NOT_EFFECTIVE: _("Not effective"),
        FindingState.VERIFIED: _("Verified"),
        FindingState.SPLIT: _("Split into parts"),
        FindingState.WAIVED: _("No action"),
    },
    MeasureState: {
        MeasureState.SET: _("Set"),
        MeasureState.RUNNING: _("Running"),
        MeasureState.DONE: _("Done, to be checked"),
        MeasureState.VERIFIED: _("Verified"),
        MeasureState.NOT_EFFECTIVE: _("Not effective"),
        MeasureState.WITHDRAWN: _("Withdrawn"),
    },
    MeasureVerb: {
        MeasureVerb.VERIFY: _("Verified: done, and it helps"),
        MeasureVerb.REFUTE: _("Not effective: done, but the gap is still there"),
        MeasureVerb.RETURN: _("Sent back: not done yet"),
    },
}


def label(member: StrEnum) -> Promise | str:
    """Return the word for a member, or its code where nobody wrote one."""
    return LABELS.get(type(member), {}).get(member, member.value)


def options(kind: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    """Return (code, word) of every member, in the reader's language."""
    return tuple((str(member), str(word)) for member, word in LABELS[kind].items())
