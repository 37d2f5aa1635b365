"""What a wave that begins with a file asks for, and how it is read: every refusal at once."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.pure.text import clean_line
from anju.survey.rules.counts import Counts
from anju.survey.rules.wave import Base, Design, Mode, Source, WavePlan
from anju.web.parts.ask import Choices, Gathering, Group, member, ours
from anju.web.study.surveys.plan_form import (
    area,
    asked_group,
    count_field,
    form_field,
    forms,
    keys,
    known_count,
    known_day,
    one_of,
    project_field,
    projects,
    source_field,
    title_field,
    when_group,
)


def file_groups(given: QueryDict) -> tuple[Group, Group, Group]:
    """Return the fields of a wave that begins with a file: all waves', counts, an own survey's."""
    asked = dict(zip(_ASKED, asked_group(given).fields, strict=True))
    first = (
        project_field(given),
        title_field(given),
        source_field(given, _asked_choices()),
        replace(form_field(given), optional=False),
    )
    own = (
        area("goal", _("Goal"), given, _("What will be decided with the answers.")),
        asked["modes"],
        asked["method"],
        *when_group(given).fields[:2],
    )
    known = (asked["population"], asked["base"], asked["design"])
    demanded = tuple(replace(field, optional=False) for field in own)
    words, hint = _("The plan of your own survey"), _("Its report prints these, so all are needed.")
    return Group(first), _handed_out(given), Group((*demanded, *known), words, hint)


_ASKED = ("design", "population", "base", "modes", "method", "planned")


def _asked_choices() -> Choices:
    return (
        (Source.OWN.value, _("We did – the report prints our plan")),
        (
            Source.THIRD_PARTY.value,
            _("Somebody else – an institute, an association, the developer"),
        ),
    )


def _handed_out(given: QueryDict) -> Group:
    hint = _("Without these there is no response rate. They can also be entered later.")
    fields = (
        count_field("issued", _("Forms handed out"), given),
        count_field("returned", _("Forms that came back"), given),
    )
    return Group(fields, _("How many forms"), hint)


def read_file_plan(given: QueryDict, gathering: Gathering) -> WavePlan:
    """Read the plan of a wave that begins with a file; every refusal goes into the gathering."""
    read = gathering.read
    return WavePlan(
        title=read(lambda: clean_line(given.get("title", ""), "title", most=120), ""),
        project_id=read(
            lambda: ours(given.get("project_id", ""), keys(projects()), "project_id"), 0
        ),
        source=read(lambda: member(Source, given.get("source", ""), "source"), Source.THIRD_PARTY),
        version_id=read(lambda: one_of(given, "version_id", forms()), None),
        goal=given.get("goal", ""),
        method=given.get("method", ""),
        design=read(
            lambda: member(Design, given.get("design", Design.UNKNOWN.value), "design"),
            Design.UNKNOWN,
        ),
        population=read(lambda: known_count(given, "population"), None),
        base=read(
            lambda: member(Base, given.get("base", Base.HOUSEHOLDS.value), "base"), Base.HOUSEHOLDS
        ),
        modes=read(lambda: tuple(member(Mode, m, "modes") for m in given.getlist("modes")), ()),
        fieldwork_from=read(lambda: known_day(given, "fieldwork_from"), None),
        fieldwork_to=read(lambda: known_day(given, "fieldwork_to"), None),
    )


def read_file_counts(given: QueryDict, gathering: Gathering) -> Counts:
    """Read how many forms went out and came back, where somebody knows it."""
    return Counts(
        issued=gathering.read(lambda: known_count(given, "issued"), None),
        returned=gathering.read(lambda: known_count(given, "returned"), None),
    )
