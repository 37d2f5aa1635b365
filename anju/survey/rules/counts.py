"""Whether the counts of a wave agree with each other; pure. Not a response rate: see stats."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anju.kernel.pure.problems import Problem


class StratumKind(StrEnum):
    """What a line of the frame stands for."""

    BUILDING = "building"
    USE_TYPE = "use_type"
    STRATUM = "stratum"


class TotalsKind(StrEnum):
    """What a published total counts: points obtained, or people."""

    POINTS = "points"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Counts:
    """Response accounting; None is unknown, which is not nought."""

    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    refused: int | None = None
    unreachable: int | None = None


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of the frame: a building, a use type or a stratum with its counts."""

    kind: StratumKind
    label: str
    building_id: int | None = None
    population: int | None = None
    issued: int | None = None
    returned: int | None = None
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """An index that others published, with what it was made of; enters no index of ours."""

    label: str
    kind: TotalsKind
    numerator: float
    denominator: float
    issued: int | None = None
    returned: int | None = None


_COUNTED: dict[str, tuple[str, str]] = {
    "population": ("the population", "总数"),
    "issued": ("issued", "发放"),
    "returned": ("returned", "收回"),
    "valid": ("valid", "有效"),
    "planned": ("planned", "计划"),
    "outcomes": ("returned, refused and unreachable together", "收回、拒访与未联系上合计"),
}


def at_most(part: int | None, whole: int | None, name: str, of: str) -> None:
    """Raise E-COUNT where a known part exceeds its known whole; names both numbers."""
    if part is not None and whole is not None and part > whole:
        raise Problem(
            "E-COUNT",
            "refused" if name == "outcomes" else name,
            "{part_en}: {part}, but {whole_en}: {whole}. Correct one of the two numbers.",
            "{part_zh} {part}，多于{whole_zh} {whole}。请更正其中一个数。",
            part=part,
            whole=whole,
            part_en=_COUNTED[name][0],
            whole_en=_COUNTED[of][0],
            part_zh=_COUNTED[name][1],
            whole_zh=_COUNTED[of][1],
        )


def check_counts(counts: Counts, *, population: int | None) -> None:
    """Raise E-COUNT where a part is larger than its whole; unknown counts contradict nothing."""
    at_most(counts.issued, population, "issued", "population")
    at_most(counts.returned, counts.issued, "returned", "issued")
    at_most(counts.valid, counts.returned, "valid", "returned")
    if counts.issued is not None:
        parts = (counts.returned, counts.refused, counts.unreachable)
        at_most(sum(part or 0 for part in parts), counts.issued, "outcomes", "issued")


def check_frame(lines: tuple[FrameLine, ...], counts: Counts, *, population: int | None) -> None:
    """Raise E-COUNT where a line, or the lines of one kind together, exceed the whole."""
    for line in lines:
        check_counts(Counts(line.issued, line.returned), population=line.population)
        at_most(line.planned, line.population, "planned", "population")
    for kind in StratumKind:
        own = [line for line in lines if line.kind is kind]
        at_most(
            _together([line.population for line in own]), population, "population", "population"
        )
        at_most(_together([line.issued for line in own]), counts.issued, "issued", "issued")
        at_most(_together([line.returned for line in own]), counts.returned, "returned", "returned")
    _refuse_doubled(lines)


def _together(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _refuse_doubled(lines: tuple[FrameLine, ...]) -> None:
    seen: set[tuple[StratumKind, str]] = set()
    for line in lines:
        if (line.kind, line.label) in seen:
            raise Problem(
                "E-FRAME-TWICE",
                "frame",
                "“{label}” stands twice in the frame. Remove one of the lines.",
                "“{label}”在名单中出现了两次。请删去一行。",
                label=line.label,
            )
        seen.add((line.kind, line.label))


def check_totals(totals: Totals) -> None:
    """Raise where published totals contradict themselves: E-COUNT, or E-SHARE for part people."""
    if totals.denominator <= 0 or not 0 <= totals.numerator <= totals.denominator:
        raise Problem(
            "E-COUNT",
            "numerator",
            "{numerator:g} of {denominator:g} is not a share. Correct one of the two numbers.",
            "{numerator:g} / {denominator:g} 不成比例。请更正其中一个数。",
            numerator=totals.numerator,
            denominator=totals.denominator,
        )
    at_most(totals.returned, totals.issued, "returned", "issued")
    if totals.kind is TotalsKind.PEOPLE:
        _refuse_part_people(totals)


def _refuse_part_people(totals: Totals) -> None:
    """A share of people has whole people above and the people who answered below."""
    share = totals.numerator / totals.denominator
    people = share * totals.returned if totals.returned else totals.numerator
    more = totals.returned is not None and totals.denominator > totals.returned
    if more or abs(people - round(people)) > 1e-6:
        raise Problem(
            "E-SHARE",
            "kind",
            "{numerator:g} of {denominator:g} cannot be a share of people here. Choose points.",
            "{numerator:g} / {denominator:g} 不可能是人数比例。请改选“得分”。",
            numerator=totals.numerator,
            denominator=totals.denominator,
        )


def more_than_returned(people: int, counts: Counts) -> bool:
    """Say whether the answers stand for more people than forms came back."""
    return counts.returned is not None and people > counts.returned


def check_people(people: int, counts: Counts) -> None:
    """Raise E-COUNT where the answers stand for more people than forms were issued."""
    at_most(people, counts.issued, "returned", "issued")
