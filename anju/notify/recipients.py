"""To whom: a colleague, an owner, or a group; and what is known of owners before they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from django.db.models import Max

from anju.notify.models import Message
from anju.notify.rules.hours import Quiet, own_hours
from anju.notify.rules.ways import Household
from anju.register.models import Account, Consent, Person

NEVER = ("dead", "let_go")


class To(StrEnum):
    """Which kind of recipient."""

    ACCOUNT = "account"
    PERSON = "person"
    ROBOT = "robot"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told; `unit_id` is the home on whose behalf an owner is written to."""

    kind: To
    id: int
    unit_id: int | None = None

    @property
    def key(self) -> str:
        """The name under which a message is one a stage at most."""
        return f"{self.kind.value}:{self.id}"


def colleague(account_id: int) -> Recipient:
    """Return a colleague as a recipient."""
    return Recipient(To.ACCOUNT, account_id)


def owner(person_id: int, unit_id: int | None = None) -> Recipient:
    """Return somebody of the register as a recipient."""
    return Recipient(To.PERSON, person_id, unit_id)


def group(robot_id: int) -> Recipient:
    """Return a group with its robot as a recipient."""
    return Recipient(To.ROBOT, robot_id)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read of a recipient before anything is written; `home` for owners alone."""

    language: str
    quiet: tuple[Quiet, ...] = ()
    home: Household | None = None
    project_id: int | None = None


def known_people(
    who: Iterable[Recipient], purpose: str, *, but: tuple[str, Iterable[int]] | None = None
) -> dict[int, Known]:
    """Return what is known of owners by id; `but` names the subjects whose messages do not count."""
    wanted = [one for one in who if one.kind is To.PERSON]
    ids = {one.id for one in wanted}
    agreed = _consents(ids)
    asked = _last_asked({one.unit_id for one in wanted if one.unit_id}, purpose, but)
    units = {one.id: one.unit_id for one in wanted}
    rows = Person.objects.filter(id__in=ids).values_list(
        "id", "language", "phone", "channel", "quiet_from", "quiet_until", "project_id"
    )
    return {
        key: Known(
            language,
            own_hours(begins, ends),
            Household(
                bool(phone), channel, agreed.get(key, frozenset()), asked.get(units[key] or 0)
            ),
            project,
        )
        for key, language, phone, channel, begins, ends, project in _typed(rows)
    }


Row = tuple[int, str, str, str, time | None, time | None, int]


def _typed(rows: Iterable[Row]) -> Iterable[Row]:
    return rows


def _consents(ids: set[int]) -> Mapping[int, frozenset[str]]:
    rows = Consent.objects.filter(person_id__in=ids, withdrawn_at__isnull=True)
    found: dict[int, set[str]] = {}
    for person, purpose in rows.values_list("person_id", "purpose"):
        found.setdefault(person, set()).add(purpose)
    return {person: frozenset(purposes) for person, purposes in found.items()}


def _last_asked(
    units: set[int], purpose: str, but: tuple[str, Iterable[int]] | None
) -> Mapping[int, datetime]:
    """Return unit → when anybody there was last written to for a purpose, other subjects alone."""
    if not units or not purpose:
        return {}
    rows = Message.objects.filter(unit_id__in=units, purpose=purpose).exclude(state__in=NEVER)
    if but is not None:
        rows = rows.exclude(subject_kind=but[0], subject_id__in=list(but[1]))
    latest = rows.order_by().values_list("unit_id").annotate(last=Max("created_at"))
    return dict(latest)


def languages_of(account_ids: set[int]) -> dict[int, str]:
    """Return account → language."""
    rows = Account.objects.filter(id__in=account_ids)
    return dict(rows.values_list("id", "language"))
