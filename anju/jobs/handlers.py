"""Names every module that registers a job handler, so that each worker knows all of them."""

from __future__ import annotations

from types import ModuleType

from anju.demo import sample
from anju.fieldwork.actions import sending
from anju.flows import findings
from anju.insight.actions import report, snapshot
from anju.intake.actions import ledgers
from anju.roster.actions import taking
from anju.survey.actions import imports
from anju.voice.actions import clockwork

WITH_HANDLERS: tuple[ModuleType, ...] = (
    imports,
    snapshot,
    report,
    findings,
    taking,
    sample,
    sending,
    clockwork,
    ledgers,
)
