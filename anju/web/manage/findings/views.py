"""One finding: its four boxes, its measures with their steps, its parts, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.improve import queries
from anju.improve.access import finding_for, may_check, may_do
from anju.improve.clock import today_of
from anju.improve.labels import label
from anju.improve.queries import FindingLine, MeasureLine
from anju.improve.rules.boxes import Box
from anju.improve.rules.states import (
    MEASURE_FINAL,
    FindingVerb,
    MeasureVerb,
    measure_possible,
    possible,
)
from anju.kernel.pure.clock import utc_now
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.photos import Shown, files_of
from anju.web.manage.findings.words import (
    MEASURE_MOODS,
    card_of,
    code_of,
    due_sign,
    sure_words,
)
from anju.web.manage.past.words import line_of as entry_words
from anju.web.parts.pieces import Happening, Sign


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do to this finding now."""

    edit: bool
    waive: bool
    do: bool
    check: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its signs and the steps that are open to this person."""

    line: MeasureLine
    sign: Sign
    due: Sign | None
    steps: frozenset[str]
    checks: tuple[tuple[str, str, str, str], ...]
    files: tuple[Shown, ...]
    may_add: bool


def _rights(actor: Actor, finding_id: int) -> Rights:
    finding = finding_for(actor, finding_id, Verb.SEE_FINDINGS)
    return Rights(
        edit=actor.may(Verb.EDIT_FINDINGS),
        waive=actor.may(Verb.WAIVE_FINDING),
        do=may_do(actor, finding),
        check=may_check(actor, finding),
    )


def _steps(line: MeasureLine, may: Rights) -> frozenset[str]:
    allowed = {MeasureVerb.CHANGE, MeasureVerb.WITHDRAW} if may.edit else set()
    if may.do:
        allowed |= {MeasureVerb.START, MeasureVerb.HOLD, MeasureVerb.TAKE_BACK}
        if not may.check:
            allowed.add(MeasureVerb.FINISH)
    if may.check:
        allowed.add(MeasureVerb.VERIFY)
    return frozenset(verb.value for verb in measure_possible(line.state) if verb in allowed)


def _measures(line: FindingLine, may: Rights, today: date) -> list[MeasureView]:
    files = files_of([one.id for one in line.measures], may=may.do)
    return [_measure(one, may, today, files.get(one.id, ())) for one in line.measures]


def _measure(line: MeasureLine, may: Rights, today: date, files: tuple[Shown, ...]) -> MeasureView:
    checks = tuple((_day(one.at), one.who, str(label(one.verb)), one.words) for one in line.checks)
    sign = Sign(str(label(line.state)), MEASURE_MOODS[line.state])
    adds = may.do and line.state not in MEASURE_FINAL
    due = due_sign(line, today)
    return MeasureView(line, sign, due, _steps(line, may), checks, files, adds)


def _day(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _happenings(company_id: int, finding_id: int) -> tuple[Happening, ...]:
    entries = queries.entries_of(company_id, finding_id)
    names = names_of({one.actor_id for one in entries if one.actor_id is not None})
    found = []
    for entry in entries:
        told = entry_words(entry, names)
        note = " · ".join(" ".join(part for part in pair if part) for pair in told.details)
        found.append(
            Happening(_day(entry.at), entry.at.isoformat(), told.verb, who=told.who, note=note)
        )
    return tuple(found)


def _acts(line: FindingLine, may: Rights) -> dict[str, bool]:
    can = possible(line.state)
    ready = set(line.empty) <= {Box.MEASURE} and not line.wants_parts
    return {
        "take_up": may.edit and FindingVerb.TAKE_UP in can,
        "part": may.edit and FindingVerb.DIVIDE in can and not line.is_part,
        "measure": may.edit and FindingVerb.SET_MEASURE in can and ready,
        "waive": may.waive and FindingVerb.WAIVE in can,
        "reopen": may.waive and FindingVerb.REOPEN in can,
    }


@page(Verb.SEE_FINDINGS)
@require_GET
def finding(request: StaffRequest, finding_id: int) -> HttpResponse:
    actor, today = request.actor, today_of(utc_now())
    may = _rights(actor, finding_id)
    line = queries.line_of(finding_id, today)
    parts = queries.part_lines(finding_id, today)
    shown = {
        "card": card_of(line, actor, today),
        "line": line,
        "can": _acts(line, may),
        "may_edit": may.edit,
        "missing": _(", ").join(str(label(box)) for box in line.empty),
        "sure": sure_words(line),
        "measures": _measures(line, may, today),
        "parts": [card_of(one, actor, today) for one in parts],
        "repeats": line.repeats and (line.repeats, code_of(line.repeats.number)),
        "whole": line.whole and (line.whole, code_of(line.whole.number)),
        "later": [(one, code_of(one.number)) for one in queries.later_of(finding_id)],
        "happenings": _happenings(actor.company_id, finding_id),
    }
    return render(request, "manage/findings/finding.html", shown)
