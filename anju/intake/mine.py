"""What an owner's phone reads beside one case: earlier ones, what runs and what was done around; no writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from anju.aftercare.actions.joining import told_alike
from anju.aftercare.actions.owning import held_id
from anju.attachments.actions.keeping import HELD
from anju.attachments.queries import of_subjects
from anju.casework.grouping import Near, homes
from anju.casework.kinds import CaseKind, NoteFrom, Shown, Spot
from anju.casework.states import STAGES, Outcome, Stage, State
from anju.intake.duplicates import Running, running
from anju.kernel import history
from anju.kernel.scope import current_company
from anju.voice.actions.storing import KIND
from anju.voice.actions.telling import token_of
from anju.voice.models import Case, CaseNote, Category
from anju.voice.names import place_of
from anju.voice.people import can_be_named
from anju.voice.promised import rule

MOST = 30
TOLD_MOST = 200
LATELY = timedelta(days=90)
SOLVED = tuple(one.value for one in (Outcome.CONFIRMED, Outcome.UNCONFIRMED, Outcome.PARTLY))


@dataclass(frozen=True, slots=True)
class Mine:
    """One case of a phone: its number, matter, stage, and the way to its page."""

    number: int
    zh: str
    en: str
    place: str
    stage: Stage
    received_at: datetime
    token: str


def cases_of(phone: str) -> tuple[Mine, ...]:
    """Return the cases that a phone told of, the youngest first; those of restricted view by link alone.

    The caller is inside the company and has proved the phone.
    """
    if not phone:
        return ()
    rows = Case.objects.across_parts().filter(Q(phone=phone) | Q(reporter__phone=phone))
    rows = rows.filter(restricted=False, anonymous=False).exclude(token_hash="")
    named = rows.select_related("category", "project", "building", "unit")
    return tuple(
        Mine(
            row.number, row.category.zh if row.category else "", row.category.en if row.category else "",
            place_of(row), STAGES[State(row.state)], row.received_at, token_of(row),
        )
        for row in named.order_by("-received_at", "-id")[:MOST]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """A common-place matter that was settled: what, where, when, and the staff's words for owners."""

    zh: str
    en: str
    place: str
    told_at: datetime
    done_at: datetime
    words: str


def done_lately(project_id: int, building_id: int | None, *, at: datetime) -> tuple[Done, ...]:
    """Return what was done at common places of a building, or of all its project, in ninety days.

    Neither who told of it nor a home is named, and the words are those that staff wrote for owners.
    The caller is inside the company and found the place by a code.
    """
    rows = Case.objects.across_parts().filter(
        project_id=project_id, unit=None, restricted=False, about=None, outcome__in=SOLVED,
        closed_at__gte=at - LATELY, merged_into=None,
    )  # fmt: skip
    rows = rows.filter(Q(category__spot=Spot.COMMON.value) | Q(kind=CaseKind.REPAIR.value))
    if building_id is not None:
        rows = rows.filter(Q(building_id=building_id) | Q(building_id=None))
    rows = rows.exclude(category__spot=Spot.HOME.value).select_related(
        "category", "project", "building"
    )
    found = list(rows.order_by("-closed_at", "-id")[:MOST])
    words = _words(current_company(), tuple(row.pk for row in found))
    return tuple(
        Done(
            row.category.zh if row.category else "", row.category.en if row.category else "",
            place_of(row), row.received_at, row.done_at or row.closed_at, words.get(row.pk, ""),
        )
        for row in found
        if row.closed_at is not None
    )  # fmt: skip


def _words(company_id: int, ids: tuple[int, ...]) -> dict[int, str]:
    """Return case → what was done, in the words of its finishing alone.

    How an owner was told may name her; it is read on her own page and on no other.
    """
    done = history.of_subjects(company_id, [(KIND, ids)]).filter(verb="finish").order_by("id")
    kept = {entry.subject_id: entry.payload.get("note") for entry in done}
    rows = CaseNote.objects.across_parts().filter(
        id__in=[note for note in kept.values() if isinstance(note, int)],
        shown=Shown.ALL.value, said_by=NoteFrom.STAFF.value,
    )  # fmt: skip
    return dict(rows.values_list("case_id", "words"))


@dataclass(frozen=True, slots=True)
class Tile:
    """A category as a picture tile."""

    id: int
    code: str
    zh: str
    en: str
    kind: str
    spot: Spot


def tiles() -> tuple[Tile, ...]:
    """Return the categories that owners choose from, in the company's order; inside the company."""
    rows = Category.objects.filter(retired_at=None, parent=None).exclude(code="other")
    return tuple(
        Tile(row.pk, row.code, row.zh, row.en, row.kind, Spot(row.spot))
        for row in rows.order_by("position", "id")
    )


def known_already(
    project_id: int, building_id: int | None, category_id: int | None
) -> tuple[Running, ...]:
    """Return the faults that run at a place and may be what an owner is about to tell.

    Those of her category; of any where she chose none. The caller is inside the company.
    """
    found = running(project_id, building_id)
    same = [one for one in found if category_id is None or one.category_id in {None, category_id}]
    return tuple(same[:2])


def told_by_others(building_id: int | None, category_id: int | None, *, at: datetime) -> int:
    """Return from how many homes open reports of a common place of the building are, of one category.

    It says how many and never who: what lies inside homes is not counted. Inside the company.
    """
    if building_id is None or category_id is None:
        return 0
    rows = told_alike(building_id, category_id, at=at).values_list("id", "unit_id")
    return homes(Near(one, home, "") for one, home in rows[:TOLD_MOST])


def held_files(key: str) -> tuple[int, int]:
    """Return how many photos and voice notes came with a form so far; inside the company."""
    lines = of_subjects(HELD, [held_id(key)]).get(held_id(key), ()) if key else ()
    return sum(line.photo for line in lines), sum(line.sound for line in lines)


def mailbox_open() -> bool:
    """Say whether owners reach the manager alone from a code; the caller is inside the company."""
    return bool(rule().mailbox_page)


def people_here(project_id: int) -> tuple[tuple[int, str], ...]:
    """Return who serves a project by name, of whom an owner may speak to the manager alone."""
    return tuple((key, name) for key, name, _role in can_be_named(project_id))
