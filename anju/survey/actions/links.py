"""Writes of invitations: who is asked, their links, and who will see the answers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb
from anju.register.models import Unit
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.models import Invitation, Wave
from anju.survey.rules.answering import Privacy, may_set, token_hash
from anju.survey.rules.counts import at_most
from anju.survey.rules.wave import WaveState

LASTS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the clear, which exists only in the answer to who made it."""

    building: str
    unit: str
    token: str


@dataclass(frozen=True, slots=True)
class Sample:
    """How many homes are drawn, and the seed by which anybody can draw the same ones again."""

    size: int
    seed: int


def new_token(company_id: int) -> str:
    """Return a link's secret: the company's number and 128 random bits."""
    return f"{company_id}-{token_urlsafe(16)}"


def _refuse_unready(wave: Wave) -> None:
    if wave.version_id is None or wave.state == WaveState.CLOSED:
        raise Problem(
            "E-STATE",
            "wave",
            "Links need a survey that is not closed and has a questionnaire. Complete its plan.",
            "生成链接要求调查未结束且已选定问卷。请先完善调查计划。",
        )


def _drawn(units: list[Unit], sample: Sample | None) -> list[Unit]:
    if sample is None:
        return units
    if not 1 <= sample.size <= len(units):
        raise Problem(
            "E-NUM-RANGE",
            "size",
            "Between 1 and {most} homes can be drawn. Change the number.",
            "可抽取 1 到 {most} 户。请修改数量。",
            most=len(units),
        )
    chosen = random.Random(sample.seed).sample(range(len(units)), sample.size)  # noqa: S311
    return [units[place] for place in sorted(chosen)]


@transaction.atomic
def draw_invitations(
    *, actor: Actor, wave_id: int, at: datetime, sample: Sample | None = None
) -> tuple[Link, ...]:
    """Invite every home of the wave's project, or a sample; homes invited before keep their link.

    Errors: E-STATE, E-NUM-RANGE, E-COUNT where the population is known to be smaller.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        _refuse_unready(wave)
        rows = Unit.objects.filter(building__project_id=wave.project_id)
        units = _drawn(list(rows.select_related("building").order_by("id")), sample)
        known = Invitation.objects.filter(wave=wave)
        asked = set(known.values_list("unit_id", flat=True))
        fresh = [unit for unit in units if unit.pk not in asked]
        links = _invite(wave, fresh, first=len(asked) + 1, at=at)
        _count_issued(wave, len(asked) + len(fresh))
        said: dict[str, history.Plain] = {"units": len(fresh)}
        if sample is not None:
            said["seed"] = sample.seed
        tell(actor, wave, "links_drawn", at=at, payload=said)
        return links


def _invite(wave: Wave, units: list[Unit], *, first: int, at: datetime) -> tuple[Link, ...]:
    links = tuple(
        Link(unit.building.name, unit.number, new_token(wave.company_id)) for unit in units
    )
    Invitation.objects.bulk_create(
        [
            Invitation(
                company_id=wave.company_id,
                wave=wave,
                unit=unit,
                number=number,
                token_hash=token_hash(link.token),
                drawn_at=at,
                expires_at=at + LASTS,
            )
            for number, (unit, link) in enumerate(zip(units, links, strict=True), first)
        ],
        batch_size=500,
    )
    return links


def _count_issued(wave: Wave, asked: int) -> None:
    """A home that got a form and a link was asked once: issued is at least the homes with a link."""
    at_most(asked, wave.population, "issued", "population")
    if (wave.issued or 0) < asked:
        Wave.objects.filter(id=wave.pk).update(issued=asked)


@transaction.atomic
def renew_links(*, actor: Actor, wave_id: int, at: datetime) -> tuple[Link, ...]:
    """Give every home that has not answered a new link; the old ones end at once."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        _refuse_unready(wave)
        rows = Invitation.objects.filter(wave=wave, submitted_at__isnull=True)
        silent = list(rows.select_related("unit", "unit__building").order_by("number"))
        links = []
        for row in silent:
            token = new_token(actor.company_id)
            row.token_hash, row.expires_at, row.revoked_at = token_hash(token), at + LASTS, None
            links.append(Link(row.unit.building.name, row.unit.number, token))
        Invitation.objects.bulk_update(
            silent, ["token_hash", "expires_at", "revoked_at"], batch_size=500
        )
        tell(actor, wave, "links_renewed", at=at, payload={"units": len(links)})
        return tuple(links)


@transaction.atomic
def revoke_link(*, actor: Actor, wave_id: int, unit_id: int, at: datetime) -> None:
    """End the link of one home, which stays invited; an answer that was given stays."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        rows = Invitation.objects.filter(wave=wave, unit_id=unit_id, revoked_at__isnull=True)
        if not rows.update(revoked_at=at):
            raise NotFound("Invitation")
        tell(actor, wave, "link_revoked", at=at, payload={})


@transaction.atomic
def set_privacy(*, actor: Actor, wave_id: int, privacy: Privacy, at: datetime) -> None:
    """Choose who sees whose answer it is; once homes are invited it is only ever tightened."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        asked = wave.state != WaveState.DRAFT or Invitation.objects.filter(wave=wave).exists()
        if not may_set(Privacy(wave.privacy), privacy, asked=asked):
            raise Problem(
                "E-STATE",
                "privacy",
                "Owners were told that answers are confidential. This cannot be loosened.",
                "已告知业主答卷保密，不能再放宽。",
            )
        Wave.objects.filter(id=wave.pk).update(privacy=privacy.value)
        tell(actor, wave, "privacy_set", at=at, payload={"privacy": privacy.value})
