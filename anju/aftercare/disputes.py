"""Verdicts that somebody objects to, and verdicts on one's own work; nobody changes one; reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.aftercare.events import Said, said
from anju.aftercare.visits import titles
from anju.casework.kinds import CaseKind, Mode
from anju.casework.visits import Solved
from anju.register.access import Actor, Verb, demand
from anju.register.queries import names_of
from anju.voice.access import visible_verdicts
from anju.voice.models import Dispute, Verdict

MOST = 200


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A verdict as a page shows it; `by` is empty where the owner gave it herself."""

    id: int
    case_id: int
    number: int
    kind: CaseKind
    zh: str
    en: str
    project: str
    solved: Solved
    score: int | None
    reasons: tuple[Said, ...]
    words: str
    mode: Mode
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """An objection with the verdict it is about, and its answer, empty until there is one."""

    id: int
    verdict: VerdictLine
    by: str
    words: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


def disputes(actor: Actor) -> tuple[DisputeLine, ...]:
    """Return the objections that an actor sees, those without an answer first, then the youngest."""
    demand(actor, Verb.REVIEW_CASES)
    rows = Dispute.objects.filter(verdict__in=visible_verdicts(actor).values("id"))
    needed = ("verdict__case__category", "verdict__case__project", "verdict__by")
    open_ = list(rows.filter(answered_at=None).select_related(*needed).order_by("at", "id")[:MOST])
    done = rows.exclude(answered_at=None).select_related(*needed).order_by("-answered_at", "-id")
    held = [*open_, *done[:MOST]]
    names = names_of({key for one in held for key in (one.by_id, one.answered_by_id) if key})
    return tuple(
        DisputeLine(
            one.pk, line_of(one.verdict), names.get(one.by_id, ""), one.words, one.at, one.answer,
            names.get(one.answered_by_id or 0, ""), one.answered_at,
        )
        for one in held
    )  # fmt: skip


def mine(actor: Actor, *, since: datetime) -> tuple[VerdictLine, ...]:
    """Return the verdicts since an instant on cases that an actor answers for, the youngest first."""
    rows = visible_verdicts(actor).filter(case__assignee_id=actor.account_id, at__gte=since)
    needed = ("case__category", "case__project", "by")
    return tuple(line_of(one) for one in rows.select_related(*needed).order_by("-at", "-id")[:MOST])


def line_of(row: Verdict) -> VerdictLine:
    """Return a verdict, read with its case, as a line."""
    case = row.case
    return VerdictLine(
        row.pk, case.pk, case.number, CaseKind(case.kind), *titles(case),
        case.project.name, Solved(row.solved), row.score, said(row.reasons), row.words,
        Mode(row.mode), row.by.name if row.by else "", row.at,
    )  # fmt: skip
