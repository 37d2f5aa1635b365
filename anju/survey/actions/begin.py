"""Begins a wave with a file in hand: planned, counted, opened, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from anju.kernel import files
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.survey.access import file_for
from anju.survey.actions.waves import create_wave, set_counts, start_wave
from anju.survey.rules.counts import Counts
from anju.survey.rules.wave import WavePlan

NOTHING = Counts()


@transaction.atomic
def keep_file(*, actor: Actor, chunks: Iterable[bytes], name: str, at: datetime) -> int:
    """Keep a file before its wave exists, so that a refused form need not send it again.

    Errors: E-FILE-EMPTY, E-FILE-LONG.
    """
    demand(actor, Verb.IMPORT_ANSWERS)
    with company_scope(actor.company_id):
        kept = files.keep(
            chunks, name=name, company_id=actor.company_id, actor_id=actor.account_id, at=at
        )
        return kept.pk


@transaction.atomic
def begin_from_file(
    *, actor: Actor, plan: WavePlan, file_id: int, at: datetime, counts: Counts = NOTHING
) -> int:
    """Plan, count and open a wave for a kept file in one act, and return the wave's id.

    Its questionnaire may be left open: the columns of the file become one.

    Errors: those of `create_wave` and `set_counts`; E-PLAN where an own survey lacks a part of its
    plan.
    """
    with company_scope(actor.company_id):
        file_for(actor, file_id, Verb.IMPORT_ANSWERS)
        wave = create_wave(actor=actor, plan=plan, at=at)
        if counts != NOTHING:
            set_counts(actor=actor, wave_id=wave.pk, counts=counts, at=at)
        start_wave(actor, wave, at=at, with_file=True)
        return wave.pk
