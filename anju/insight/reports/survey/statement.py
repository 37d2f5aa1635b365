"""The method statement of a report, and the formulas it used; what is unknown is said to be so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.model import FormulaRow
from anju.insight.measured.words import BASES, DESIGNS, MODES, SOURCES, formula_meaning, of
from anju.insight.reports.survey.accounts import rate_of, returned
from anju.paper.formats import count, percent
from anju.stats.method import MethodRow, SurveyFacts, method_statement
from anju.stats.results import Estimate, Method, Words
from anju.stats.scales import Scale
from anju.tally.tables import Tally

_KEPT_EMPTY = frozenset(
    {"population", "issued", "returned", "response", "fieldwork", "modes", "sampling", "weighting"}
)


def statement(
    tally: Tally | None, facts: WaveFacts, options: Options, used: Iterable[Estimate]
) -> tuple[MethodRow, ...]:
    """Return the lines of the statement; lines of small weight that are unknown are left out."""
    figures = tuple(used)
    methods = dict.fromkeys(f.method for f in figures if f.method is not Method.NONE)
    rows = method_statement(
        SurveyFacts(
            title=facts.title,
            purpose=facts.purpose or None,
            population=facts.population,
            planned=facts.planned,
            issued=facts.issued,
            returned=_sound(returned(tally, facts), facts.issued),
            valid=facts.valid,
            refused=facts.refused,
            unreachable=facts.unreachable,
            unit=of(BASES, facts.base),
            period=facts.period or None,
            fieldwork_from=facts.fieldwork_from,
            fieldwork_to=facts.fieldwork_to,
            modes=tuple(of(MODES, mode) for mode in facts.modes),
            sampling=of(DESIGNS, facts.design) if facts.design else None,
            weighting=_weighting(tally, facts),
            contractor=facts.consultant or (of(SOURCES, facts.source) if facts.source else None),
            shortfall=facts.shortfall or None,
            anonymity=facts.anonymity or None,
            scales=_scales(tally),
            formulas=tuple(dict.fromkeys(f.formula for f in figures if "[1*" not in f.formula)),
            intervals=tuple(methods),
            least=options.k,
            method=facts.method or None,
        )
    )
    kept = (row for row in rows if row.known or row.key in _KEPT_EMPTY)
    return tuple(_response(tally, facts, row) for row in kept)


def _response(tally: Tally | None, facts: WaveFacts, row: MethodRow) -> MethodRow:
    back = returned(tally, facts)
    rate = rate_of(tally, facts)
    if row.key != "response":
        return row
    if rate.value is None:
        return replace(row, value=rate.why or row.value)
    text = f"{percent(rate.value)} ({count(back)} / {count(facts.issued)})"
    return replace(row, value=Words(text.replace(" (", "（").replace(")", "）"), text))


def _sound(back: int | None, issued: int | None) -> int | None:
    return None if back is not None and issued is not None and back > issued else back


def _weighting(tally: Tally | None, facts: WaveFacts) -> Words | str | None:
    if facts.weights_note:
        return facts.weights_note
    if tally is None:
        return None
    if tally.weighted:
        return Words("按文件中的权重列加权", "by the weights in the file")
    return Words("未加权", "not weighted")


def _scales(tally: Tally | None) -> tuple[Words, ...]:
    if tally is None:
        return ()
    asked = [tally.items[place].scale for place in tally.recipe.asked]
    unique = {scale.signature: scale for scale in asked}
    return tuple(_scale(scale) for scale in unique.values())


def _scale(scale: Scale) -> Words:
    zh = "／".join(level.zh for level in reversed(scale.valued))
    en = " / ".join(level.en for level in reversed(scale.valued))
    if scale.balanced:
        return Words(zh, en)
    return Words(f"{zh}（满意与不满意选项数目不等）", f"{en} (lopsided)")


def formula_rows(used: Iterable[str]) -> tuple[FormulaRow, ...]:
    """Return each formula used, once, with what it means."""
    return tuple(FormulaRow(key, formula_meaning(key)) for key in dict.fromkeys(used) if key)
