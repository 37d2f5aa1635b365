"""Begins a wave with a file in hand: planned, opened and the file received, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.register.access import Actor
from anju.survey.actions.imports import receive_file
from anju.survey.actions.waves import create_wave, open_wave
from anju.survey.rules.wave import WavePlan


@dataclass(frozen=True, slots=True)
class Begun:
    """A new open wave and the file that waits for its columns to be confirmed."""

    wave_id: int
    file_id: int


@transaction.atomic
def begin_from_file(
    *, actor: Actor, plan: WavePlan, chunks: Iterable[bytes], name: str, at: datetime
) -> Begun:
    """Plan and open a batch and keep its first file, in one act.

    Errors: those of `create_wave`; E-PLAN where an own survey lacks a part of its plan; those of
    `receive_file`.
    """
    wave = create_wave(actor=actor, plan=plan, at=at)
    open_wave(actor=actor, wave_id=wave.pk, at=at)
    file_id = receive_file(actor=actor, wave_id=wave.pk, chunks=chunks, name=name, at=at)
    return Begun(wave.pk, file_id)
