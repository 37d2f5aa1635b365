"""Who of a survey's homes would be written to at a stage, and who is left out and why; reads only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from anju.fieldwork.days import today_of
from anju.fieldwork.letters import INVITATION, PURPOSE, REMINDER
from anju.fieldwork.models import Approach, Outcome, RestRule
from anju.fieldwork.rules.approach import (
    REST_DAYS,
    HomeNow,
    OutcomeKind,
    Reader,
    Skipped,
    Stage,
    decide,
)
from anju.fieldwork.tokens import token_of
from anju.notify.actions.post import About, Note, sift
from anju.notify.recipients import owner
from anju.notify.rules.ways import LeftOut
from anju.notify.rules.words import LINK, Template, Value, refuse_broken
from anju.register.models import Consent, Person, Tie, TieKind
from anju.survey.models import Invitation, Response, Wave

SUBJECT = "invitation"
# What the words of invitations and reminders may name.
FIELDS = ("company", "phone", "project", "survey", "minutes", "until", "home", LINK)
NEEDED = (
    "company_id",
    "wave_id",
    "number",
    "token_hash",
    "expires_at",
    "revoked_at",
    "submitted_at",
    "unit__number",
    "unit__building__name",
)
STAGES: Mapping[Stage, str] = {
    Stage.INVITE: "invited",
    Stage.FIRST: "reminder1",
    Stage.SECOND: "reminder2",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What every message of a survey says."""

    company: str
    phone: Value
    project: str
    survey: str
    minutes: int
    until: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one home, not yet sent."""

    invitation_id: int
    unit_id: int
    person_id: int
    note: Note


@dataclass(frozen=True, slots=True)
class Round:
    """Who would be written to at a stage, and how many homes are left out for each reason."""

    stage: Stage
    letters: tuple[Letter, ...]
    left_out: Mapping[str, int]
    rest_days: int

    @property
    def asked(self) -> int:
        """Homes that are asked at all: written to now or left out."""
        return len(self.letters) + sum(self.left_out.values())


def rest_days() -> int:
    """Return for how many days a home of the company in force is left in peace after it was asked."""
    row = RestRule.objects.first()
    return row.days if row is not None else REST_DAYS


def open_links(wave: Wave) -> list[Invitation]:
    """Return the homes that a wave asks, with their places; of each, what a message needs."""
    rows = Invitation.objects.filter(wave=wave).select_related("unit__building")
    return list(rows.only(*NEEDED).order_by("number"))


def open_ends(wave: Wave) -> bool:
    """Say whether the first and the last link of a wave can be made again under today's secret."""
    rows = Invitation.objects.filter(wave=wave).only(*NEEDED[:5], "unit_id").order_by("number")
    ends = [row for row in (rows.first(), rows.last()) if row is not None]
    return all(token_of(row) is not None for row in ends)


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes that a wave asks, and the address of each link by invitation."""

    rows: Sequence[Invitation]
    links: Mapping[int, str]


def round_of(wave: Wave, stage: Stage, *, words: Words, homes: Homes, at: datetime) -> Round:
    """Return whom a stage would reach now.

    A home without an address cannot be written to and is counted as `no_link`.
    """
    rows, links = homes.rows, homes.links
    known = _known(wave, rows, at)
    left: Counter[str] = Counter()
    letters: list[Letter] = []
    for row in rows:
        found = decide(known[row.unit_id], stage, at)
        if isinstance(found, Skipped):
            left[found.value] += 1
        elif row.pk not in links:
            left["no_link"] += 1
        else:
            told = _values(row, words)
            letters.append(_letter(wave, row, found, stage, told, links[row.pk]))
    days = rest_days()
    return _sifted(letters, left, stage, days, at)


def template_for(stage: Stage) -> Template:
    """Return the words of a stage."""
    return INVITATION if stage is Stage.INVITE else REMINDER


def refuse_unwritable(stage: Stage) -> None:
    """Raise E-TMPL-… where the words of a stage cannot be made; asked before anything is sent."""
    refuse_broken(template_for(stage), FIELDS, "agreed")


def resting(stage: Stage, days: int) -> int:
    """Return the rest that counts at a stage: a reminder is no new asking."""
    return days if stage is Stage.INVITE else 0


def _sifted(
    letters: Sequence[Letter], left: Counter[str], stage: Stage, days: int, at: datetime
) -> Round:
    notes = [letter.note for letter in letters]
    found = sift(template_for(stage), notes, at=at, days=resting(stage, days))
    going = {note.about.id for note in found.notes}
    for why in LeftOut:
        if found.count(why):
            left[why.value] += found.count(why)
    kept = tuple(letter for letter in letters if letter.invitation_id in going)
    return Round(stage, kept, dict(left), days)


def _values(row: Invitation, words: Words) -> dict[str, Value]:
    return {
        "company": words.company,
        "phone": words.phone,
        "project": words.project,
        "survey": words.survey,
        "minutes": words.minutes,
        "until": words.until,
        "home": f"{row.unit.building.name} {row.unit.number}",
    }


def _letter(
    wave: Wave,
    row: Invitation,
    reader: Reader,
    stage: Stage,
    values: Mapping[str, Value],
    link: str,
) -> Letter:
    note = Note(
        to=owner(reader.person_id, row.unit_id),
        about=About(SUBJECT, row.pk, STAGES[stage]),
        values=values,
        sealed={LINK: link},
        project_id=wave.project_id,
    )
    return Letter(row.pk, row.unit_id, reader.person_id, note)


def _known(wave: Wave, rows: Sequence[Invitation], at: datetime) -> Mapping[int, HomeNow]:
    units = [row.unit_id for row in rows]
    answered = set(Response.objects.filter(wave=wave).values_list("unit_id", flat=True))
    doors = Outcome.objects.filter(wave=wave, kind=OutcomeKind.REFUSED)
    refused = set(doors.values_list("unit_id", flat=True))
    sent: defaultdict[int, list[Approach]] = defaultdict(list)
    for one in Approach.objects.filter(wave=wave).order_by("stage"):
        sent[one.unit_id].append(one)
    readers = _readers(units, at)
    return {
        row.unit_id: HomeNow(
            answered=row.submitted_at is not None or row.unit_id in answered,
            revoked=row.revoked_at is not None,
            refused=row.unit_id in refused,
            stages=frozenset(one.stage for one in sent[row.unit_id]),
            last=sent[row.unit_id][-1].at if sent[row.unit_id] else None,
            told=sent[row.unit_id][-1].person_id if sent[row.unit_id] else None,
            readers=readers.get(row.unit_id, ()),
        )
        for row in rows
    }


def _readers(units: Sequence[int], at: datetime) -> Mapping[int, Sequence[Reader]]:
    """Return who lives in each home or owns it on the company's day."""
    today = today_of(at)
    stays = Tie.objects.filter(unit_id__in=units)
    stays = stays.filter(Q(since__isnull=True) | Q(since__lte=today))
    stays = stays.filter(Q(until__isnull=True) | Q(until__gt=today))
    people = stays.values("person_id")
    yes = Consent.objects.filter(person_id__in=people, purpose=PURPOSE, withdrawn_at__isnull=True)
    agreed = set(yes.values_list("person_id", flat=True))
    phones = Person.objects.filter(id__in=people).exclude(phone="")
    phoned = set(phones.values_list("id", flat=True))
    found: defaultdict[int, list[Reader]] = defaultdict(list)
    for unit_id, person_id, kind in stays.values_list("unit_id", "person_id", "kind"):
        found[unit_id].append(
            Reader(person_id, kind == TieKind.OWNER, person_id in agreed, person_id in phoned)
        )
    return found


def secrets_of(rows: Sequence[Invitation]) -> Mapping[int, str]:
    """Return the links' secrets by invitation; those made under another secret are missing."""
    made = ((row.pk, token_of(row)) for row in rows)
    return {key: token for key, token in made if token is not None}
