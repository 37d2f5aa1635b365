"""Writes of invitations: who is asked, their links, and who will see the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from anju.fieldwork.asking import SUBJECT
from anju.fieldwork.days import today_of
from anju.fieldwork.frame import askable, frame_homes
from anju.fieldwork.models.asking import Draw
from anju.fieldwork.rules.links import token_hash
from anju.fieldwork.rules.sample import Sample, draw
from anju.fieldwork.tokens import new_token, token_of
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.desk import relink
from anju.register.access import Actor, NotFound, Verb
from anju.register.models import Tie, TieKind, Unit
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.models import Invitation, Wave
from anju.survey.rules.answering import Privacy, may_set
from anju.survey.rules.counts import at_most
from anju.survey.rules.wave import WaveState

LASTS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the clear, which exists only in the answer to who made it."""

    building: str
    unit: str
    token: str
    owner: str = ""


def _refuse_unready(wave: Wave) -> None:
    if wave.version_id is None or wave.state == WaveState.CLOSED:
        raise Problem(
            "E-STATE",
            "wave",
            "Links need a survey that is not closed and has a questionnaire. Complete its plan.",
            "生成链接要求调查未结束且已选定问卷。请先完善调查计划。",
        )


@transaction.atomic
def draw_invitations(
    *, actor: Actor, wave_id: int, at: datetime, sample: Sample | None = None
) -> tuple[Link, ...]:
    """Invite every home of the wave's project, or a sample; homes invited before keep their link.

    Errors: E-STATE, E-NUM-RANGE, E-COUNT where the population is known to be smaller.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        _refuse_unready(wave)
        units = list(askable(wave.project_id))
        chosen = _chosen(actor, wave, units, sample, at) if sample is not None else units
        known = Invitation.objects.filter(wave=wave)
        asked = set(known.values_list("unit_id", flat=True))
        fresh = [unit for unit in chosen if unit.pk not in asked]
        links = _invite(wave, fresh, first=len(asked) + 1, at=at)
        _count_issued(wave, len(asked) + len(fresh))
        said: dict[str, history.Plain] = {"units": len(fresh)}
        if sample is not None:
            said |= {"seed": sample.seed, "size": sample.size, "method": sample.method.value}
        tell(actor, wave, "links_drawn", at=at, payload=said)
        return links


def _chosen(
    actor: Actor, wave: Wave, units: Sequence[Unit], sample: Sample, at: datetime
) -> list[Unit]:
    """Return the homes of a sample, and keep how they were drawn."""
    ids = draw(frame_homes(units), sample)
    Draw(
        company_id=wave.company_id,
        wave=wave,
        number=Draw.objects.filter(wave=wave).count() + 1,
        method=sample.method.value,
        size=sample.size,
        seed=sample.seed,
        homes=len(units),
        actor_id=actor.account_id,
        at=at,
    ).save()
    return [unit for unit in units if unit.pk in ids]


def _invite(wave: Wave, units: Sequence[Unit], *, first: int, at: datetime) -> tuple[Link, ...]:
    rows, links = [], []
    for number, unit in enumerate(units, first):
        row = Invitation(
            company_id=wave.company_id,
            wave=wave,
            unit=unit,
            number=number,
            drawn_at=at,
            expires_at=at + LASTS,
        )
        links.append(_linked(row))
        rows.append(row)
    Invitation.objects.bulk_create(rows, batch_size=500)
    return tuple(links)


def _linked(row: Invitation) -> Link:
    """Give an invitation the hash of its link, and return the link in the clear."""
    token = new_token(row)
    row.token_hash = token_hash(token)
    return Link(row.unit.building.name, row.unit.number, token)


def _count_issued(wave: Wave, asked: int) -> None:
    """A home that got a form and a link was asked once: issued is at least the homes with a link."""
    at_most(asked, wave.population, "issued", "population")
    if (wave.issued or 0) < asked:
        Wave.objects.filter(id=wave.pk).update(issued=asked)


@transaction.atomic
def renew_links(*, actor: Actor, wave_id: int, at: datetime) -> tuple[Link, ...]:
    """Give every home that has not answered a new link; the old ones end at once.

    A message that nobody has yet carries the new link from here on.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        _refuse_unready(wave)
        rows = Invitation.objects.filter(wave=wave, submitted_at__isnull=True)
        silent = list(rows.select_related("unit", "unit__building").order_by("number"))
        links, tokens = [], dict[int, tuple[str, str]]()
        for row in silent:
            old = token_of(row)
            # The link is made of its term: a new term is what ends the old link.
            row.expires_at = max(at + LASTS, row.expires_at + timedelta(microseconds=1))
            row.revoked_at = None
            links.append(_linked(row))
            if old is not None:
                tokens[row.pk] = (old, links[-1].token)
        relink(SUBJECT, tokens, at=at)
        Invitation.objects.bulk_update(
            silent, ["token_hash", "expires_at", "revoked_at"], batch_size=500
        )
        tell(actor, wave, "links_renewed", at=at, payload={"units": len(links)})
        return tuple(links)


@transaction.atomic
def list_links(*, actor: Actor, wave_id: int, at: datetime) -> tuple[Link, ...]:
    """Return the link of every home that is asked, whoever answered, to be handed out.

    Names of owners are there for who may see owners. Errors: E-STATE, E-LINK-OLD.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        _refuse_unready(wave)
        rows = Invitation.objects.filter(wave=wave, revoked_at__isnull=True)
        asked = list(rows.select_related("unit", "unit__building").order_by("number"))
        names = _owners(wave, today_of(at)) if actor.may(Verb.SEE_OWNERS) else {}
        links = tuple(_listed(row, names.get(row.unit_id, ())) for row in asked)
        tell(actor, wave, "links_listed", at=at, payload={"units": len(links)})
        return links


def _owners(wave: Wave, today: date) -> Mapping[int, Sequence[str]]:
    """Return the names of those who own each home of the wave's project today."""
    ties = Tie.objects.filter(unit__building__project_id=wave.project_id, kind=TieKind.OWNER)
    ties = ties.filter(Q(since__isnull=True) | Q(since__lte=today))
    ties = ties.filter(Q(until__isnull=True) | Q(until__gt=today)).order_by("id")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for unit_id, name in ties.values_list("unit_id", "person__name"):
        found[unit_id].append(name)
    return found


def _listed(row: Invitation, owners: Sequence[str]) -> Link:
    token = token_of(row)
    if token is None:
        raise Problem(
            "E-LINK-OLD",
            "wave",
            "These links were made before the installation's secret changed. Renew the links first.",
            "这些链接生成后系统密钥已更换。请先重新生成链接。",
        )
    return Link(row.unit.building.name, row.unit.number, token, ", ".join(owners))


@transaction.atomic
def revoke_link(*, actor: Actor, wave_id: int, unit_id: int, at: datetime) -> None:
    """End the link of one home, which stays invited; an answer that was given stays."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
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
