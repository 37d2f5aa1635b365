"""Verdicts as events of satisfaction, each by reason and whose hand wrote it; read only.

A verdict is the owner's own word. Nothing is made of silence, and no share without its base.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from anju.aftercare.kept import Span
from anju.casework.kinds import CaseKind, Mode, Reason
from anju.casework.visits import Solved
from anju.voice.models import Verdict

# Which dimension of service a reason speaks of; an event names the reason besides.
DIMENSIONS: Mapping[Reason, str] = {
    Reason.SPEED: "responsiveness",
    Reason.QUALITY: "professionalism",
    Reason.MANNER: "empathy",
    Reason.PRICE: "trust",
    Reason.CLEAN: "tangibles",
    Reason.EXPLAINED: "trust",
}
COLUMNS = (
    "id", "at", "case_id", "case__unit_id", "case__building_id", "case__project_id", "case__kind",
    "case__category_id", "case__assignee_id", "case__partner_id", "solved", "score", "reasons",
    "mode", "by_id", "visit__second",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A reason with its sign: good (+) or bad (−), and the dimension that it belongs to."""

    reason: Reason
    good: bool

    @property
    def dimension(self) -> str:
        """The dimension of service that the reason speaks of."""
        return DIMENSIONS[self.reason]


@dataclass(frozen=True, slots=True)
class VerdictEvent:
    """One verdict; `by_owner` where she gave it herself, `second` where she was asked again."""

    id: int
    at: datetime
    case_id: int
    unit_id: int | None
    building_id: int | None
    project_id: int
    kind: CaseKind
    category_id: int | None
    assignee_id: int | None
    partner_id: int | None
    solved: Solved
    score: int | None
    reasons: tuple[Said, ...]
    mode: Mode
    by_owner: bool
    second: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """How verdicts fall: `n` of them; scores have a base of their own, as have reasons."""

    n: int = 0
    solved: Mapping[Solved, int] = field(default_factory=dict)
    modes: Mapping[Mode, int] = field(default_factory=dict)
    scores: Mapping[int, int] = field(default_factory=dict)
    good: Mapping[Reason, int] = field(default_factory=dict)
    bad: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def scored(self) -> int:
        """How many gave a score."""
        return sum(self.scores.values())


def events(span: Span, rows: QuerySet[Verdict] | None = None) -> Iterator[VerdictEvent]:
    """Yield the verdicts of a period in the order in which they were given.

    `rows` are the verdicts that count, all of the company where nothing is said.
    """
    held = Verdict.objects.all() if rows is None else rows
    found = held.filter(at__gte=span.since, at__lt=span.until).order_by("at", "id")
    for one in found.values_list(*COLUMNS).iterator(chunk_size=2_000):
        yield _event(dict(zip(COLUMNS, one, strict=True)))


def _event(row: Mapping[str, object]) -> VerdictEvent:
    plain = {name.removeprefix("case__"): value for name, value in row.items()}
    second, by = bool(plain.pop("visit__second")), plain.pop("by_id")
    plain["kind"] = CaseKind(str(plain["kind"]))
    plain["solved"], plain["mode"] = Solved(str(plain["solved"])), Mode(str(plain["mode"]))
    plain["reasons"] = said(plain["reasons"])
    made: VerdictEvent = VerdictEvent(**plain, by_owner=by is None, second=second)  # type: ignore[arg-type] # the columns are named above
    return made


def said(reasons: object) -> tuple[Said, ...]:
    """Return the reasons of a verdict as stored, such as `-speed`; unknown ones are left out."""
    known = {one.value: one for one in Reason}
    codes = [str(one) for one in reasons] if isinstance(reasons, list) else []
    return tuple(
        Said(known[code[1:]], code[0] == "+")
        for code in codes
        if code[:1] in {"+", "-"} and code[1:] in known
    )


def shares(found: Iterable[VerdictEvent]) -> Shares:
    """Return how verdicts fall; each reason counts once a verdict."""
    solved: Counter[Solved] = Counter()
    modes: Counter[Mode] = Counter()
    scores: Counter[int] = Counter()
    good: Counter[Reason] = Counter()
    bad: Counter[Reason] = Counter()
    for one in found:
        solved[one.solved] += 1
        modes[one.mode] += 1
        if one.score is not None:
            scores[one.score] += 1
        for reason in set(one.reasons):
            (good if reason.good else bad)[reason.reason] += 1
    return Shares(sum(solved.values()), solved, modes, scores, good, bad)
