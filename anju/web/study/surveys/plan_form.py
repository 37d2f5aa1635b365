"""What the plan of a wave asks for, and how it is read; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anju.kernel.pure.dates import day
from anju.kernel.pure.numbers import decimal, whole
from anju.register.queries import building_lines, project_lines
from anju.survey import queries
from anju.survey.forms import questionnaire_lines
from anju.survey.labels import label
from anju.survey.rules.wave import Base, Design, Mode, Source, WavePlan
from anju.web.parts.ask import Choices, Group, kept_values, member, ours
from anju.web.parts.form import Field

MOST_PEOPLE = 10_000_000
NEEDED = frozenset({"goal", "method", "modes", "fieldwork_from", "fieldwork_to"})
SOURCE_HINTS = {
    Source.OWN: lambda: _("We ask the owners ourselves. Goal, method and days come first."),
    Source.THIRD_PARTY: lambda: _("Somebody else asked the owners and gives us the answers."),
    Source.PUBLISHED: lambda: _("There are no answers, only an index that others published."),
}


def members(kind: type[StrEnum]) -> Choices:
    """Return every member of an enumeration with its words."""
    return tuple((entry.value, str(label(entry))) for entry in kind)


def source_choices() -> Choices:
    """Return who may have made a survey, each with what follows from it."""
    return tuple((s.value, f"{label(s)} – {SOURCE_HINTS[s]()}") for s in Source)


def projects() -> Choices:
    """Return the company's projects."""
    return tuple((str(line.id), line.name) for line in project_lines())


def forms() -> Choices:
    """Return the published questionnaires by their newest published version."""
    language = get_language() or "en"
    return tuple(
        (str(line.published.id), f"{line.published.title.text(language)} ({line.items})")
        for line in questionnaire_lines()
        if line.published is not None
    )


def earlier(project_id: int, but: int | None) -> Choices:
    """Return the other batches of a project that a wave may be compared with."""
    lines = queries.wave_lines(project_id)
    return tuple((str(line.id), line.title) for line in lines if line.id != but)


def first_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the few fields with which a wave begins."""
    return (
        Group(
            (
                project_field(given),
                title_field(given),
                source_field(given, source_choices()),
                form_field(given),
            )
        ),
    )


def source_field(given: QueryDict, choices: Choices) -> Field:
    """Return who asked the owners; nothing is chosen before a person does."""
    words = _("Who asked the owners")
    return Field("source", words, given.get("source", ""), kind="radio", choices=choices)


def project_field(given: QueryDict) -> Field:
    """Return the choice of the project; the only one there is needs no choosing."""
    known = projects()
    only = known[0][0] if len(known) == 1 else ""
    chosen = given.get("project_id", only)
    return Field("project_id", _("Project"), chosen, kind="select", choices=known)


def title_field(given: QueryDict) -> Field:
    """Return the question for the name."""
    return Field(
        "title",
        _("Name of the survey"),
        given.get("title", ""),
        hint=_("For example “Owner survey 2026, second half”."),
        most=120,
    )


def form_field(given: QueryDict) -> Field:
    """Return the choice of the questionnaire."""
    return Field(
        "version_id",
        _("Questionnaire"),
        given.get("version_id", ""),
        kind="select",
        choices=(("", _("Taken from the columns of the file, or chosen later")), *forms()),
        optional=True,
    )


def _radio(name: str, words: str, given: QueryDict, choices: Choices, *, first: str = "") -> Field:
    chosen = given.get(name, first or choices[0][0])
    return Field(name, words, chosen, kind="radio", choices=choices)


def count_field(name: str, words: str, given: QueryDict, *, hint: str = "") -> Field:
    """Return a question for a number that may be unknown."""
    return Field(
        name, words, given.get(name, ""), hint=hint, optional=True, inputmode="numeric", most=12
    )


def _day(name: str, words: str, given: QueryDict) -> Field:
    typed = given.get(name, "")
    if _whole_day(typed):
        return Field(name, words, typed, kind="date", optional=True)
    return Field(name, words, typed, hint=_("Like 2026-06-30"), optional=True, most=12)


def _whole_day(typed: str) -> bool:
    """Say whether a calendar can show what was typed; what it cannot show stays as it was typed."""
    try:
        return not typed or date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False


def plan_groups(given: QueryDict, plan: WavePlan, *, but: int) -> tuple[Group, ...]:
    """Return every field of a plan in four parts; what an own survey needs is not optional."""
    groups = _plan_groups(given, plan, but=but)
    if given.get("source") != Source.OWN.value:
        return groups
    return tuple(
        replace(
            group,
            fields=tuple(
                replace(field, optional=field.optional and field.name not in NEEDED)
                for field in group.fields
            ),
        )
        for group in groups
    )


def _plan_groups(given: QueryDict, plan: WavePlan, *, but: int) -> tuple[Group, ...]:
    return (
        Group(
            (
                title_field(given),
                source_field(given, source_choices()),
                form_field(given),
                area("goal", _("Goal"), given, _("What will be decided with the answers.")),
            )
        ),
        asked_group(given),
        when_group(given),
        _against_group(given, earlier(plan.project_id, but)),
    )


def area(name: str, words: str, given: QueryDict, hint: str) -> Field:
    """Return a question for a longer text."""
    return Field(
        name,
        words,
        given.get(name, ""),
        hint=hint,
        kind="area",
        rows=3,
        optional=True,
        most=5000,
    )


def asked_group(given: QueryDict) -> Group:
    """Return the questions of who is asked and how."""
    chosen = ",".join(given.getlist("modes"))
    fields = (
        _radio("design", _("Everybody or a sample"), given, members(Design)),
        count_field(
            "population",
            _("Population"),
            given,
            hint=_(
                "How many there are in all. Left empty, the report speaks only of those asked, not"
                " of the whole estate."
            ),
        ),
        _radio(
            "base",
            _("The population counts"),
            given,
            members(Base),
            first=Base.HOUSEHOLDS.value,
        ),
        Field(
            "modes",
            _("How owners are asked"),
            chosen,
            kind="checks",
            choices=members(Mode),
            optional=True,
        ),
        area(
            "method",
            _("Method"),
            given,
            _("How people are chosen and asked; it is printed in the report."),
        ),
        count_field("planned", _("Answers planned"), given),
    )
    return Group(fields, _("Who is asked"))


def when_group(given: QueryDict) -> Group:
    """Return the questions of when."""
    period = Field(
        "period_label",
        _("Period the survey is named for"),
        given.get("period_label", ""),
        hint=_("Like “2026 H2” or “2026 Q3”. Days asked outside it are named in the report."),
        optional=True,
        most=60,
    )
    first = _day("fieldwork_from", _("First day of asking"), given)
    return Group((first, _day("fieldwork_to", _("Last day of asking"), given), period), _("When"))


def _against_group(given: QueryDict, waves: Choices) -> Group:
    target = Field(
        "target",
        _("Target for the overall result (0–100)"),
        given.get("target", ""),
        optional=True,
        inputmode="decimal",
        most=8,
    )
    lowest = Field(
        "scale_minimum",
        _("Lowest value of the scale"),
        given.get("scale_minimum", ""),
        hint=_("Needed only for totals of points: what the silent would have given at worst."),
        optional=True,
        inputmode="decimal",
        most=12,
    )
    base = Field(
        "base_wave_id",
        _("Compare with"),
        given.get("base_wave_id", ""),
        kind="select",
        choices=(("", _("No earlier survey")), *waves),
        optional=True,
    )
    who = Field(
        "consultant",
        _("Consultant or institute"),
        given.get("consultant", ""),
        optional=True,
        most=120,
    )
    return Group((base, target, who, lowest), _("What it is compared with"))


def plan_values(plan: WavePlan) -> QueryDict:
    """Return a stored plan in the shape of its form; at first with the homes of the register."""
    names = (
        "title",
        "version_id",
        "period_label",
        "population",
        "planned",
        "fieldwork_from",
        "fieldwork_to",
        "scale_minimum",
        "target",
        "goal",
        "method",
        "consultant",
        "base_wave_id",
        "source",
        "design",
        "base",
    )
    kept = kept_values(
        {name: getattr(plan, name) for name in names},
        {"modes": [mode.value for mode in plan.modes]},
    )
    if plan.population is None and not plan.goal:  # nobody has planned it yet
        kept["population"] = str(homes_of(plan.project_id) or "")
    return kept


def homes_of(project_id: int) -> int | None:
    """Return how many units the register has of a project; None where it has none."""
    return sum(building.units for building in building_lines(project_id)) or None


def read_first(given: QueryDict) -> WavePlan:
    """Read the few fields with which a wave begins; raises Problem with the field's name."""
    return WavePlan(
        title=given.get("title", ""),
        project_id=ours(given.get("project_id", ""), keys(projects()), "project_id"),
        version_id=one_of(given, "version_id", forms()),
        source=member(Source, given.get("source", ""), "source"),
    )


def read_plan(given: QueryDict, plan: WavePlan, *, but: int) -> WavePlan:
    """Read a whole plan; raises Problem with the field's name."""
    known = (*forms(), (str(plan.version_id or ""), ""))
    return replace(
        plan,
        title=given.get("title", ""),
        source=member(Source, given.get("source", ""), "source"),
        version_id=one_of(given, "version_id", known),
        goal=given.get("goal", ""),
        design=member(Design, given.get("design", ""), "design"),
        base=member(Base, given.get("base", ""), "base"),
        modes=tuple(member(Mode, mode, "modes") for mode in given.getlist("modes")),
        method=given.get("method", ""),
        population=known_count(given, "population"),
        planned=known_count(given, "planned"),
        fieldwork_from=known_day(given, "fieldwork_from"),
        fieldwork_to=known_day(given, "fieldwork_to"),
        period_label=given.get("period_label", ""),
        target=_known_number(given, "target", high=100),
        scale_minimum=_known_number(given, "scale_minimum", high=1000),
        base_wave_id=one_of(given, "base_wave_id", earlier(plan.project_id, but)),
        consultant=given.get("consultant", ""),
    )


def keys(choices: Choices) -> Sequence[int]:
    """Return the ids among choices."""
    return [int(value) for value, _words in choices if value]


def one_of(given: QueryDict, name: str, choices: Choices) -> int | None:
    """Read a choice that may be left open; raises E-REF."""
    value = given.get(name, "")
    return ours(value, keys(choices), name) if value else None


def known_count(given: QueryDict, name: str) -> int | None:
    """Read a number of people or forms; an empty field means that it is not known."""
    value = given.get(name, "").strip()
    return whole(value, name, high=MOST_PEOPLE) if value else None


def _known_number(given: QueryDict, name: str, *, high: int) -> float | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    return float(decimal(value, name, low=Decimal(0), high=Decimal(high), places=2))


def known_day(given: QueryDict, name: str) -> date | None:
    """Read a day; an empty field means that it is not known."""
    value = given.get(name, "").strip()
    return day(value, name) if value else None
