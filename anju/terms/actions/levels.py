"""Writes of service levels: a new row ends the one before it, and none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from anju.casework.kinds import CaseKind, Severity
from anju.casework.promises import Promised
from anju.casework.settings import check_since, check_times, spelled
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.register.models import Project
from anju.terms.actions.settings import tell
from anju.terms.settings import local_day, service_level_for
from anju.voice.actions.receiving import missing
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Case, Category, ServiceLevel


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """What is promised for a kind of matter from a day on; None holds for all. Units: minutes."""

    kind: CaseKind
    minutes: Mapping[Promised, int]
    since: date
    category_id: int | None = None
    severity: Severity | None = None
    project_id: int | None = None
    real_time: bool = False


@transaction.atomic
def add_level(*, actor: Actor, draft: LevelDraft, at: datetime) -> int:
    """Promise something from a day on, which ends what was promised before; return the row's id.

    Errors: Forbidden, E-SLA-ORDER, E-SLA-EMPTY, E-REF.
    """
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        give_defaults(company_id=actor.company_id, at=at)
        check_since(draft.since, local_day(at))
        check_times(draft.minutes)
        row = _drafted(actor, draft, at)
        same = _same(row)
        next_one = same.filter(since__gt=row.since).order_by("since").first()
        row.until = next_one.since if next_one is not None else None
        row.save()
        before = same.filter(since__lt=row.since).exclude(until__lte=row.since)
        before.update(until=row.since)
        tell(actor, "level_added", at, _said(row))
        return int(row.pk)


def _drafted(actor: Actor, draft: LevelDraft, at: datetime) -> ServiceLevel:
    category = project = None
    if draft.category_id is not None:
        category = Category.objects.filter(id=draft.category_id, retired_at=None).first()
        if category is None:
            raise missing("category")
    if draft.project_id is not None:
        project = Project.objects.filter(id=draft.project_id).first()
        if project is None:
            raise missing("project")
    return ServiceLevel(
        company_id=actor.company_id, kind=draft.kind.value, category=category,
        severity=draft.severity.value if draft.severity else "", project=project,
        real_time=draft.real_time, since=draft.since, made_at=at,
        **{one.value: draft.minutes.get(one) for one in Promised},
    )  # fmt: skip


def _same(row: ServiceLevel) -> QuerySet[ServiceLevel]:
    """Return the other rows that are for the same matters."""
    rows = ServiceLevel.objects.across_parts().exclude(id=row.pk)
    found: QuerySet[ServiceLevel] = rows.filter(
        kind=row.kind, category_id=row.category_id, severity=row.severity, project_id=row.project_id
    )
    return found


def _said(row: ServiceLevel) -> Mapping[str, history.Plain]:
    promised = {one.value: spelled(many) for one in Promised if (many := getattr(row, one))}
    return {"level": row.pk, "kind": row.kind, "since": row.since.isoformat(), **promised}


@transaction.atomic
def end_level(*, actor: Actor, level_id: int, at: datetime) -> None:
    """Let a row for something special hold until today; the general one holds from then on.

    Errors: NotFound, Forbidden, E-SLA-LAST for the row that a kind cannot be without.
    """
    with company_scope(actor.company_id):
        row = service_level_for(actor, level_id, Verb.SET_CASES)
        today = local_day(at)
        if row.category_id is None and not row.severity and row.project_id is None:
            raise Problem(
                "E-SLA-LAST", "level",
                "Every kind needs one row that holds for all. Add another one in its place.",
                "每类事项都要有一行通用时限。请新增一行来替换它。",
            )  # fmt: skip
        if row.until is not None and row.until <= today:
            return
        if row.since >= today and not Case.objects.across_parts().filter(level=row).exists():
            row.delete()
        else:
            ends = max(today, date.fromordinal(row.since.toordinal() + 1))
            ServiceLevel.objects.across_parts().filter(id=row.pk).update(until=ends)
        tell(actor, "level_ended", at, {"level": level_id, "kind": row.kind})


@transaction.atomic
def take_back_level(*, actor: Actor, level_id: int, at: datetime) -> None:
    """Undo a row by which no case was promised anything; the one that it ended holds on.

    Errors: NotFound, Forbidden, E-SLA-USED.
    """
    with company_scope(actor.company_id):
        row = service_level_for(actor, level_id, Verb.SET_CASES)
        used = Case.objects.across_parts().filter(level=row).exists()
        former = _same(row).filter(until=row.since).order_by("-since", "-id").first()
        general = row.category_id is None and not row.severity and row.project_id is None
        if used or (general and former is None and not _same(row).filter(since=row.since).exists()):
            raise Problem(
                "E-SLA-USED", "level",
                "Cases were promised something by this row. Add a new one from today on instead.",
                "已有单按这一行作出承诺。请新增一行，从今天起生效。",
            )  # fmt: skip
        if former is not None:
            ServiceLevel.objects.across_parts().filter(id=former.pk).update(until=row.until)
        row.delete()
        tell(actor, "level_taken_back", at, {"level": level_id, "kind": row.kind})
