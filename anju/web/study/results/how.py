"""How the figures of one part of the results were computed: errors, bases, formulas, inputs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.insight import queries
from anju.insight.access import results_for
from anju.insight.inputs import inputs_of
from anju.insight.reports.survey import definitions
from anju.insight.reports.survey.document import document, moment
from anju.insight.reports.survey.how import HEADLINE, Step, anchor, how
from anju.insight.reports.survey.labels import text
from anju.kernel.pure.clock import utc_now
from anju.paper.formats import DASH, count, figure, interval, plain
from anju.paper.layout import Section
from anju.register.access import NotFound, Verb
from anju.web.declare import StaffRequest, page
from anju.web.parts.days import whole_days
from anju.web.study.results.page import language


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in the words of the reader."""

    label: str
    value: str
    interval: str
    error: str
    n: str
    effective: str
    population: str
    limits: str


def _line(step: Step, reader: str) -> Line:
    found = step.figure
    whole = found.n_eff is None or abs(found.n_eff - round(found.n_eff)) < 0.05
    return Line(
        label=text(step.label, reader),
        value=figure(found),
        interval=interval(found, reader) if found.has_interval else DASH,
        error=DASH if found.se is None else plain(found.se, found.unit),
        n=count(found.n),
        effective=count(found.n_eff) if whole else f"{found.n_eff:,.1f}",
        population=count(found.population),
        limits=text(step.limits, reader),
    )


def _title(sections: tuple[Section, ...], key: str, label: str) -> str:
    if key == HEADLINE:
        return label
    for section in sections:
        if anchor(section.key) == key:
            return section.title
    raise NotFound(key)


@page(Verb.SEE_RESULTS)
@require_GET
def computed(request: StaffRequest, wave_id: int, key: str) -> HttpResponse:
    wave = results_for(request.actor, wave_id)
    reader = language()
    found = queries.figures_of(wave_id, at=utc_now()).figures
    title = _title(document(found, reader).sections, key, text(found.overall.label, reader))
    made = how(found, key)
    shown = {
        "wave": wave,
        "title": title,
        "anchor": "" if key == HEADLINE else key,
        "steps": [_line(step, reader) for step in made.steps],
        "kept": made.kept,
        "formulas": [
            row for row, key_of in definitions.with_keys(found, reader) if key_of & made.keys
        ],
        "method": [(text(row.label, reader), text(row.value, reader)) for row in made.method],
        "as_of": whole_days(moment(found.head)),
        "inputs": inputs_of(wave_id),
    }
    return render(request, "manage/results/how.html", shown)
