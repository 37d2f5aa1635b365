"""What a survey that we make ourselves begins with, proposed in the form; a person sends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.pure.clock import utc_now
from anju.survey.rules.wave import Mode, Source, WavePlan
from anju.web.parts.ask import Group, member
from anju.web.parts.form import Field
from anju.web.study.surveys import plan_form

DAYS = 14
MODES = (Mode.PAPER, Mode.ONLINE)


def today() -> date:
    """Return the day here."""
    return timezone.localdate(utc_now())


def proposed(kept: QueryDict) -> QueryDict:
    """Return the beginning of a new survey with what is mostly so put in; a draft goes before it."""
    given = kept.copy()
    now = today()
    for name, value in {
        "title": _title(now),
        "source": Source.OWN.value,
        "version_id": next((value for value, _words in plan_form.forms()), ""),
        **own_values(now),
    }.items():
        if name not in given:
            given[name] = value
    if "modes" not in given:
        given.setlist("modes", [mode.value for mode in MODES])
    return given


def own_values(now: date) -> dict[str, str]:
    """Return days, goal and method of a survey of one's own, as they are mostly."""
    return {
        "fieldwork_from": now.isoformat(),
        "fieldwork_to": (now + timedelta(days=DAYS)).isoformat(),
        "goal": _("Learn how satisfied owners are, and what is to be mended first."),
        "method": _("Homes are asked by link, code or paper form; each home answers once."),
    }


def _title(now: date) -> str:
    """Return a name for the half of the year; nothing where a survey is called so already."""
    words = (
        _("Owner survey %s, first half") if now.month <= 6 else _("Owner survey %s, second half")
    )
    title = words % now.year
    projects = plan_form.keys(plan_form.projects())
    taken = {name for key in projects for _id, name in plan_form.earlier(key, None)}
    return "" if title in taken else title


def own_group(given: QueryDict) -> Group:
    """Return what a survey of one's own needs before it opens."""
    first, last, _period = plan_form.when_group(given).fields
    modes = next(field for field in plan_form.asked_group(given).fields if field.name == "modes")
    fields: tuple[Field, ...] = (
        first,
        last,
        modes,
        plan_form.area("goal", _("Goal"), given, _("What will be decided with the answers.")),
        plan_form.area(
            "method",
            _("Method"),
            given,
            _("How people are chosen and asked; it is printed in the report."),
        ),
    )
    return Group(
        tuple(replace(field, optional=False) for field in fields),
        _("When and how we ask"),
        _("Proposed: change what is different. A survey that others made is asked for it later."),
    )


def read_new(given: QueryDict) -> WavePlan:
    """Read the beginning of a survey; days and method are read of a survey of one's own alone."""
    plan = plan_form.read_first(given)
    if plan.source is not Source.OWN or "goal" not in given:
        return plan
    return replace(
        plan,
        goal=given.get("goal", ""),
        method=given.get("method", ""),
        modes=tuple(member(Mode, mode, "modes") for mode in given.getlist("modes")),
        fieldwork_from=plan_form.known_day(given, "fieldwork_from"),
        fieldwork_to=plan_form.known_day(given, "fieldwork_to"),
        population=plan_form.homes_of(plan.project_id),
    )
