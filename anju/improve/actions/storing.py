"""What every act on a finding does: take the next version or refuse, and write the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max

from anju.improve.models import Finding, Measure
from anju.improve.people import person_of
from anju.improve.rules.boxes import Filled, Origin, ready_for_measure
from anju.improve.rules.states import MeasureState, follow
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.register.models import Company

SETTLED = frozenset({"verified", "waived"})
WORDS_MOST = 2000


@dataclass(frozen=True, slots=True)
class Edition:
    """Which finding, as which version of it the person saw; None where the state alone decides."""

    finding_id: int
    version: int | None = None


def change(finding: Finding, version: int | None, at: datetime, **columns: object) -> None:
    """Change a finding that nobody changed since the person read it; raises E-STALE."""
    seen = finding.version if version is None else version
    if state := columns.get("state"):
        columns["settled_at"] = at if state in SETTLED else None
    same = Finding.objects.filter(id=finding.pk, version=seen, state=finding.state)
    if not same.update(version=F("version") + 1, **columns):
        raise Problem(
            "E-STALE",
            "version",
            "Somebody else changed this finding meanwhile. Nothing of yours was saved.",
            "该问题刚被他人修改，您的内容尚未保存。",
        )


def tell(
    actor_id: int | None,
    finding: Finding,
    verb: str,
    *,
    at: datetime,
    payload: dict[str, history.Plain] | None = None,
) -> None:
    """Write one entry of a finding's history."""
    subject = history.Subject(finding.company_id, "finding", finding.pk)
    history.write(subject, verb, actor_id=actor_id, at=at, payload=payload or {})


def next_number(company_id: int) -> int:
    """Return the next number of a company's findings; the company's row is held until the end."""
    Company.objects.select_for_update(no_key=True).get(id=company_id)
    last = Finding.objects.across_parts().aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def filled(finding: Finding) -> Filled:
    """Return which boxes of a finding hold something."""
    live = Measure.objects.filter(finding=finding).exclude(
        state__in=[MeasureState.WITHDRAWN, MeasureState.NOT_EFFECTIVE]
    )
    return Filled(
        gap=bool(finding.gap) or finding.n is not None,
        cause=bool(finding.cause) and bool(finding.party),
        responsible=finding.responsible_id is not None and finding.checker_id is not None,
        measure=live.exists(),
    )


def must_be_ready(finding: Finding) -> None:
    """Raise where a measure of this finding would stand on nothing, or on somebody who left."""
    part = finding.parent_id is not None
    ready_for_measure(filled(finding), Origin(finding.origin), is_part=part)
    for field, account_id in (
        ("responsible", finding.responsible_id),
        ("checker", finding.checker_id),
    ):
        person = person_of(account_id, finding.project_id)
        if person is None or not person.active:
            raise Problem(
                "E-MEASURE-LEFT",
                field,
                "Whoever is named at this finding has left or is disabled. Name somebody else.",
                "该问题的责任人或验证人已离职或已停用。请先另指定一人。",
            )


def followed(finding: Finding) -> str:
    """Return the state that the stored measures give to their finding."""
    rows = Measure.objects.filter(finding=finding).order_by("number")
    return follow([MeasureState(state) for state in rows.values_list("state", flat=True)]).value


def reason_of(words: str, field: str = "reason") -> str:
    """Return a reason in clean words; raises E-TEXT-EMPTY where there is none."""
    return clean_body(words, field, WORDS_MOST)
