"""Figures of others: published totals with their bounds, published scores of parts with bases.

They are marked external, never get an interval and enter no index of ours.
"""

from __future__ import annotations

from dataclasses import replace

from anju.insight.measured.facts import PartScore, Published, WaveFacts
from anju.insight.measured.model import External
from anju.insight.measured.words import FORMULA_WORDS
from anju.kernel.pure.problems import Problem
from anju.stats.combine import Part, overall
from anju.stats.evaluate import published_points
from anju.stats.proportion import people_from_share, proportion_ci
from anju.stats.results import Estimate, Method, Unit, Words

PARTS_FORMULA = "published_parts@1"


def externals(facts: WaveFacts) -> tuple[External, ...]:
    """Return the published totals of a wave as figures.

    Errors: NotWhole where a share of people has no whole number of people; BadCounts; E-TOTALS
    where the number of forms returned is not known.
    """
    return tuple(_external(facts, total) for total in facts.totals)


def _external(facts: WaveFacts, total: Published) -> External:
    n = total.returned if total.returned is not None else facts.returned
    issued = total.issued if total.issued is not None else facts.base_count
    if n is None:
        raise Problem(
            "E-TOTALS",
            "returned",
            "Say how many forms came back (--returned): without it {got:g} of {of:g} rests on "
            "nobody knows how many people.",
            "请给出收回份数（--returned）：没有它，{got:g}／{of:g} 不知由多少人得出。",
            got=total.numerator,
            of=total.denominator,
        )
    if total.kind == "people":
        return External(total.label, _people(total, n, issued), total.kind, _PEOPLE_NOTE)
    lowest = _lowest(facts, total, n)
    found = published_points(total.numerator, total.denominator, n, issued, lowest=lowest)
    return External(total.label, found, total.kind, _points_note(total, n, lowest))


_PEOPLE_NOTE = Words("他人公布的人数，未见原始回答", "counts published by others, no answers seen")


def _people(total: Published, n: int, issued: int | None) -> Estimate:
    if total.denominator == n:
        x = people_from_share(total.numerator / total.denominator, n, decimals=6)
    else:
        x = people_from_share(total.numerator / total.denominator, n)
    return replace(proportion_ci(x, n, issued), formula="share_top[published]@1")


def _lowest(facts: WaveFacts, total: Published, n: int) -> float:
    """Return the least share of points a form can carry, from the declared scale minimum."""
    if not facts.scale_minimum:
        return 0.0
    most = total.denominator / n
    return min(max(facts.scale_minimum / most, 0.0), 1.0)


def _points_note(total: Published, n: int, lowest: float) -> Words:
    each = total.denominator / n
    return Words(
        f"{n:,}份问卷，每份满分{each:g}分，最低按{lowest * each:g}分计；人与人的差别没有留下，所以没有区间",
        f"{n:,} forms of {each:g} points each, at least {lowest * each:g}; how people differed "
        "was not kept, so there is no interval",
    )


def parts(facts: WaveFacts) -> tuple[External, ...]:
    """Return the published scores of parts, lowest first."""
    ordered = sorted(facts.parts, key=lambda part: part.value)
    return tuple(
        External(part.label, _part(part), "score", FORMULA_WORDS["mean_index"]) for part in ordered
    )


def _part(part: PartScore) -> Estimate:
    if not 0 <= part.value <= 100:
        raise Problem(
            "E-SCORE-RANGE",
            "part",
            "{label}: {value:g} lies outside 0 to 100. Give scores of 0 to 100.",
            "{label}：{value:g} 不在 0 到 100 之间，请填写 0 到 100 的得分。",
            label=part.label,
            value=part.value,
        )
    return Estimate(
        estimate=part.value,
        se=None,
        df=None,
        ci_low=None,
        ci_high=None,
        n=part.n or 0,
        n_eff=None,
        deff=None,
        method=Method.NONE,
        formula=PARTS_FORMULA,
        unit=Unit.INDEX,
    )


def parts_overall(facts: WaveFacts) -> Estimate:
    """Return the overall of the parts, weighted by their answers.

    Errors: BasesMissing where the number of answers of a part is unknown.
    """
    given = [Part(p.label, p.value, p.n, formula=PARTS_FORMULA) for p in facts.parts]
    return overall(given)
