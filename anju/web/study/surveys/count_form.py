"""What response accounting, the frame and published totals ask for, and how it is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.pure.numbers import decimal, whole
from anju.kernel.pure.problems import Problem
from anju.register.queries import building_lines
from anju.survey.labels import label
from anju.survey.queries import WavePage
from anju.survey.rules.counts import Counts, FrameLine, StratumKind, Totals, TotalsKind
from anju.web.parts.ask import Group, kept_values, member
from anju.web.parts.edited import Side
from anju.web.parts.form import Field
from anju.web.study.surveys.plan_form import MOST_PEOPLE, known_count

FRAME_COUNTS = ("population", "issued", "returned", "planned")
SPARE = 3


def count_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the five counts of response accounting; each may be left empty."""
    words = {
        "issued": (_("Issued"), _("Forms handed out, doors tried, invitations sent.")),
        "returned": (_("Returned"), _("Forms that came back, blank ones too.")),
        "valid": (_("Valid"), _("Returned forms that can be counted.")),
        "refused": (_("Refused the survey"), _("Owners who said no.")),
        "unreachable": (_("Not reached"), _("Nobody at home, no answer, moved away.")),
    }
    fields = tuple(
        _whole_field(name, title, given, hint=hint) for name, (title, hint) in words.items()
    )
    return (Group(fields),)


def count_values(counts: Counts) -> QueryDict:
    """Return stored counts in the shape of their form."""
    return kept_values({name: getattr(counts, name) for name in _COUNTS}, {})


_COUNTS = ("issued", "returned", "valid", "refused", "unreachable")


def read_counts(given: QueryDict) -> Counts:
    """Read the counts; an empty field means unknown, which is not nought."""
    return Counts(*(known_count(given, name) for name in _COUNTS))


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One line of the frame as its form shows it."""

    place: int
    kind: str
    label: str
    building_id: str
    fixed: bool
    cells: tuple[tuple[str, str, str], ...]


def frame_names() -> tuple[tuple[str, str], ...]:
    """Return the names of the four counts of a line."""
    return (
        ("population", _("Households")),
        ("issued", _("Issued")),
        ("returned", _("Returned")),
        ("planned", _("Planned")),
    )


def frame_rows(page: WavePage) -> tuple[FrameRow, ...]:
    """Return the stored frame, the buildings that lack a line, and a few empty lines."""
    lines = [progress.line for progress in page.frame]
    there = {line.building_id for line in lines if line.building_id}
    lines += [
        FrameLine(StratumKind.BUILDING, line.name, line.id)
        for line in building_lines(page.line.project_id)
        if line.id not in there
    ]
    lines += [FrameLine(StratumKind.STRATUM, "")] * SPARE
    return tuple(_row(place, line) for place, line in enumerate(lines))


def _row(place: int, line: FrameLine) -> FrameRow:
    cells = tuple(
        (name, words, "" if (value := getattr(line, name)) is None else str(value))
        for name, words in frame_names()
    )
    building = str(line.building_id or "")
    return FrameRow(place, line.kind.value, line.label, building, bool(line.building_id), cells)


def sent_rows(given: QueryDict) -> tuple[FrameRow, ...]:
    """Return the lines as they were sent, so that a refused form keeps them."""
    named = frame_names()
    return tuple(
        FrameRow(
            place,
            given.get(f"kind-{place}", ""),
            given.get(f"label-{place}", ""),
            given.get(f"building-{place}", ""),
            bool(given.get(f"building-{place}", "")),
            tuple((n, words, given.get(f"{n}-{place}", "")) for n, words in named),
        )
        for place in range(_height(given))
    )


def frame_sides(now: Sequence[FrameRow], mine: Sequence[FrameRow]) -> tuple[Side, ...]:
    """Return each line that says anything, as it stands now and as the person wrote it."""
    there, written = ({row.label: _said(row) for row in rows} for rows in (now, mine))
    names = [name for name in {**there, **written} if there.get(name) or written.get(name)]
    return tuple(Side(name, there.get(name, ""), written.get(name, "")) for name in names if name)


def _said(row: FrameRow) -> str:
    return "\n".join(f"{words}: {value}" for _name, words, value in row.cells if value)


def _height(given: QueryDict) -> int:
    return whole(given.get("lines", "0") or "0", "frame", high=500)


def read_frame(given: QueryDict, project_id: int) -> tuple[FrameLine, ...]:
    """Read the lines that say anything; raises Problem whose field is `count-line`."""
    known = {str(line.id): line for line in building_lines(project_id)}
    lines = [_frame_line(given, place, known) for place in range(_height(given))]
    return tuple(line for line in lines if line is not None)


def _frame_line(given: QueryDict, place: int, known: Collection[str]) -> FrameLine | None:
    counts = {name: known_count(given, f"{name}-{place}") for name in FRAME_COUNTS}
    label = given.get(f"label-{place}", "").strip()
    building = given.get(f"building-{place}", "")
    if building and building not in known:
        raise Problem(
            "E-REF",
            f"label-{place}",
            "This building was not found in the project. Load the page again.",
            "该项目中未找到此楼栋。请刷新页面后再试。",
        )
    if all(value is None for value in counts.values()) and (building or not label):
        return None
    if not label:
        raise Problem(
            "E-TEXT-EMPTY",
            f"label-{place}",
            "Name the building, use type or stratum that these counts belong to.",
            "请填写这些数所属的楼栋、业态或分组名称。",
        )
    kind = member(StratumKind, given.get(f"kind-{place}", ""), f"label-{place}")
    return FrameLine(kind, label, int(building) if building else None, **counts)


def total_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of an index that others published."""
    kinds = tuple((kind.value, f"{label(kind)} – {hint}") for kind, hint in _hints().items())
    fields = (
        Field(
            "label",
            _("What was published"),
            given.get("label", ""),
            hint=_("For example “Overall satisfaction”."),
            most=120,
        ),
        Field(
            "kind",
            _("What the two numbers count"),
            given.get("kind", kinds[0][0]),
            kind="radio",
            choices=kinds,
        ),
        _decimal_field(
            "numerator", _("Numerator"), given, _("For example 1,920 points obtained: write 1920.")
        ),
        _decimal_field(
            "denominator",
            _("Denominator"),
            given,
            _("For example 2,000 points possible: write 2000."),
        ),
        _whole_field("issued", _("Issued"), given),
        _whole_field("returned", _("Returned"), given),
    )
    return (Group(fields),)


def _decimal_field(name: str, words: str, given: QueryDict, hint: str) -> Field:
    return Field(name, words, given.get(name, ""), hint=hint, inputmode="decimal", most=18)


def _whole_field(name: str, words: str, given: QueryDict, *, hint: str = "") -> Field:
    return Field(
        name, words, given.get(name, ""), hint=hint, optional=True, inputmode="numeric", most=12
    )


def _hints() -> dict[TotalsKind, str]:
    return {
        TotalsKind.POINTS: _("points obtained of points possible"),
        TotalsKind.PEOPLE: _("satisfied people of people who answered"),
    }


def read_totals(given: QueryDict) -> Totals:
    """Read published totals; raises Problem with the field's name."""
    return Totals(
        label=given.get("label", ""),
        kind=member(TotalsKind, given.get("kind", ""), "kind"),
        numerator=_number(given, "numerator"),
        denominator=_number(given, "denominator"),
        issued=known_count(given, "issued"),
        returned=known_count(given, "returned"),
    )


def _number(given: QueryDict, name: str) -> float:
    high = Decimal(MOST_PEOPLE * 100)
    return float(decimal(given.get(name, ""), name, low=Decimal(0), high=high, places=4))
