"""Reads of the owner file and of who looked; a phone and signs of care are not in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from anju.privacy.blocks import Block, Home, Moment, blocks_of
from anju.privacy.choices import reason_names, what_names
from anju.privacy.models import Erasure, Look
from anju.register.access import Actor, Role, Verb
from anju.register.areas import ZoneLine, zone_of
from anju.register.choices import languages, role_names
from anju.register.models import Membership, Person, Tie, Unit
from anju.register.residents import person_for, unit_for
from anju.register.rules.masking import mask_phone
from anju.register.rules.stays import Stay

MOST_MOMENTS = 100


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the home, with what one must know before calling; the phone is masked."""

    id: int
    name: str
    phone: str
    kind_label: str
    since: date | None
    until: date | None
    language: str
    channel: str
    quiet_from: time | None
    quiet_until: time | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the timeline: a moment with the block it comes from."""

    day: date
    text: str
    note: str
    block: str


@dataclass(frozen=True, slots=True)
class HomeFile:
    """One unit, one file."""

    unit_id: int
    title: str
    project: str
    project_id: int
    zone: ZoneLine | None
    now: tuple[Resident, ...]
    others: tuple[Resident, ...]
    blocks: tuple[Block, ...]
    timeline: tuple[Happening, ...]

    @property
    def since(self) -> date | None:
        """The first day of the longest stay that goes on."""
        known = [one.since for one in self.now if one.since is not None]
        return min(known) if known else None


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look, as the owner is told of it."""

    at: datetime
    who: str
    role: str
    what: str
    grade: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class PersonLooks:
    """A person with everybody who looked, the last first."""

    person_id: int
    name: str
    project: str
    erased: bool
    looks: tuple[LookLine, ...]


def home_file(actor: Actor, unit_id: int, today: date) -> HomeFile:
    """Return the file of a home; raises NotFound or Forbidden."""
    unit = unit_for(actor, unit_id, Verb.SEE_FILE)
    ties = list(Tie.objects.select_related("person").filter(unit_id=unit.pk).order_by("id"))
    gone = set(
        Erasure.objects.filter(person_id__in=[tie.person_id for tie in ties]).values_list(
            "person_id", flat=True
        )
    )
    now = [tie for tie in ties if _holds(tie, today)]
    others = [tie for tie in ties if tie not in now]
    home = _home(unit, ties, today)
    blocks = blocks_of(home, actor)
    return HomeFile(
        unit_id=unit.pk,
        title=f"{unit.building.name} {unit.number}",
        project=unit.building.project.name,
        project_id=unit.building.project_id,
        zone=zone_of(unit),
        now=tuple(_resident(tie, tie.person_id in gone) for tie in now),
        others=tuple(_resident(tie, tie.person_id in gone) for tie in others),
        blocks=blocks,
        timeline=_timeline(blocks),
    )


def _home(unit: Unit, ties: list[Tie], today: date) -> Home:
    people = tuple(dict.fromkeys(tie.person_id for tie in ties))
    return Home(unit.pk, unit.building.project_id, people, today)


def _holds(tie: Tie, today: date) -> bool:
    return Stay(tie.person_id, tie.kind, tie.since, tie.until).holds(today)


def _resident(tie: Tie, erased: bool) -> Resident:  # noqa: FBT001 one of two words of a row
    person = tie.person
    return Resident(
        id=person.pk,
        name=person.name,
        phone=mask_phone(person.phone),
        kind_label=str(tie.get_kind_display()),
        since=tie.since,
        until=tie.until,
        language=dict(languages()).get(person.language, ""),
        channel=str(person.get_channel_display()) if person.channel else "",
        quiet_from=person.quiet_from,
        quiet_until=person.quiet_until,
        erased=erased,
    )


def _timeline(blocks: tuple[Block, ...]) -> tuple[Happening, ...]:
    """Return the dated moments of all blocks, the last first, as many as a page holds."""
    dated = [
        Happening(moment.day, moment.text, moment.note, block.title)
        for block in blocks
        for moment in block.moments
        if moment.day is not None
    ]
    dated.sort(key=lambda one: one.day, reverse=True)
    return tuple(dated[:MOST_MOMENTS])


def undated(block: Block) -> tuple[Moment, ...]:
    """Return what a block knows without a day; the timeline cannot hold it."""
    return tuple(moment for moment in block.moments if moment.day is None)


def home_of(person_id: int) -> int | None:
    """Return the unit of the stay that goes on, else of the last one; None without any."""
    rows = Tie.objects.filter(person_id=person_id).values_list("unit_id", "until", "id")
    known = sorted(rows, key=lambda row: (row[1] is None, row[1] or date.min, row[2]))
    return int(known[-1][0]) if known else None


def looks_at(actor: Actor, person_id: int) -> PersonLooks:
    """Return who looked at a person's data; raises NotFound or Forbidden."""
    return looks_of(person_for(actor, person_id, Verb.SEE_LOOKS))


def looks_of(person: Person) -> PersonLooks:
    """Return who looked at somebody who was looked up before."""
    rows = Look.objects.select_related("account").filter(person=person).order_by("-at", "-id")
    roles, names = _roles(), role_names()
    return PersonLooks(
        person_id=person.pk,
        name=person.name,
        project=person.project.name,
        erased=Erasure.objects.filter(person=person).exists(),
        looks=tuple(
            LookLine(
                at=row.at,
                who=row.account.name,
                role=names[roles[row.account_id]]
                if row.account_id in roles
                else _("formerly here"),
                what=what_names()[row.what],
                grade=row.grade,
                reason=reason_names()[row.reason],
                words=row.words,
            )
            for row in rows
        ),
    )


def _roles() -> dict[int, Role]:
    rows = Membership.objects.across_parts().values_list("account_id", "role")
    return {account: Role(role) for account, role in rows}
