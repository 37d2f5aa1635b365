"""The words for our enumerations on pages; Chinese is in the catalogue. No logic."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.survey.rules.counts import StratumKind, TotalsKind
from anju.survey.rules.questionnaire import Dimension, Purpose, ServiceLine, Side, VersionState
from anju.survey.rules.wave import Base, BatchState, Design, Mode, Source, WaveState

LABELS: dict[type[StrEnum], dict[str, Promise | str]] = {
    Purpose: {
        Purpose.SATISFACTION: _("Satisfaction, enters the index"),
        Purpose.AWARENESS: _("Awareness"),
        Purpose.NEED: _("Need"),
        Purpose.ACCEPTANCE: _("Acceptance"),
        Purpose.FREQUENCY_FIT: _("Whether a frequency is right"),
        Purpose.PROCESS_CHECK: _("Process check"),
        Purpose.SERVICE_PROMISE: _("Service promise"),
        Purpose.CONSENT: _("Consent"),
        Purpose.EXPECTATION: _("Expectation"),
        Purpose.IMPORTANCE: _("Importance"),
        Purpose.TASK_FEEDBACK: _("Opinion on a list of tasks"),
        Purpose.OPEN: _("Open question"),
    },
    Dimension: {
        Dimension.TANGIBLES: _("Tangibles"),
        Dimension.PROFESSIONALISM: _("Professionalism"),
        Dimension.TRUST: _("Trust"),
        Dimension.RESPONSIVENESS: _("Responsiveness"),
        Dimension.EMPATHY: _("Empathy"),
    },
    ServiceLine: {
        ServiceLine.CUSTOMER_SERVICE: _("Customer service"),
        ServiceLine.REPAIR: _("Repair"),
        ServiceLine.CLEANING: _("Cleaning"),
        ServiceLine.GREENING: _("Greening"),
        ServiceLine.ORDER: _("Order and security"),
        ServiceLine.PARKING: _("Parking"),
        ServiceLine.EQUIPMENT: _("Equipment"),
        ServiceLine.COMMUNITY: _("Community life"),
    },
    Side: {
        Side.EXPECTATION: _("Expectation"),
        Side.PERCEPTION: _("Perception"),
        Side.IMPORTANCE: _("Importance"),
    },
    VersionState: {
        VersionState.DRAFT: _("Draft"),
        VersionState.PUBLISHED: _("Published"),
    },
    WaveState: {
        WaveState.DRAFT: _("Being planned"),
        WaveState.OPEN: _("Taking answers"),
        WaveState.CLOSED: _("Closed, results final"),
    },
    BatchState: {
        BatchState.STAGED: _("Being read"),
        BatchState.LIVE: _("Answers in use"),
        BatchState.REVERTED: _("Undone"),
    },
    Source: {
        Source.OWN: _("Own survey"),
        Source.THIRD_PARTY: _("Third party"),
        Source.PUBLISHED: _("Published totals"),
    },
    Design: {
        Design.UNKNOWN: _("Not known"),
        Design.CENSUS: _("Everybody asked"),
        Design.SAMPLE: _("Sample"),
    },
    Base: {
        Base.DWELLINGS: _("dwellings"),
        Base.HOUSEHOLDS: _("households"),
        Base.OWNERS: _("owners"),
    },
    Mode: {
        Mode.PAPER: _("Paper form"),
        Mode.DOOR: _("Door visit"),
        Mode.PHONE: _("Phone"),
        Mode.ONLINE: _("Online"),
        Mode.SMS: _("Text message"),
        Mode.OTHER: _("Another way"),
    },
    StratumKind: {
        StratumKind.BUILDING: _("Building"),
        StratumKind.USE_TYPE: _("Use type"),
        StratumKind.STRATUM: _("Stratum"),
    },
    TotalsKind: {
        TotalsKind.POINTS: _("Points obtained"),
        TotalsKind.PEOPLE: _("Share of people"),
    },
}

ADVICE: dict[str, Promise | str] = {
    "mixed_direction": _(
        "Some scales run from best to worst and others from worst to best. Owners slip easily."
    ),
    "double_barrelled": _(
        "This item asks two things at once. Keep it only to continue an old series."
    ),
    "lopsided_scale": _(
        "More answers count as satisfied than as dissatisfied, which raises the satisfied share."
    ),
}


def label(member: StrEnum) -> Promise | str:
    """Return the words for a member, translated when shown."""
    return LABELS[type(member)][member]
