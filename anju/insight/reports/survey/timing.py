"""Whether the time of asking went with the headline, and its change had both waves been asked alike.

The same owners answer otherwise in the morning and in the evening. Only people whose time
is known are looked at, in slots of twenty at least; the waves are taken as independent draws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, compress

import numpy as np
from numpy.typing import NDArray

from anju.insight.measured.depth import Standardised, Timed, TimeSlot
from anju.insight.measured.items import Context
from anju.insight.measured.measure import Measure
from anju.insight.measured.model import SurveyFigures
from anju.insight.measured.words import BANDS, of
from anju.insight.reports.survey import definitions, sentences
from anju.insight.reports.survey.calibrated import Columns, holds, values_of
from anju.insight.reports.survey.contrasts import Earlier, contrast
from anju.insight.reports.survey.labels import say, text
from anju.paper.formats import count, figure, signed
from anju.paper.layout import Column, Row, Section
from anju.stats.change import VERDICT_WORDS, Change, Measured, change
from anju.stats.design import Floats, design
from anju.stats.patterns.timing import TimeEffect, time_effect, time_standardise
from anju.stats.results import Estimate, StatsError, Unit, Words
from anju.tally.columns.small import Small

Slot = tuple[str, ...]
KINDS = ("day", "third", "half")
COMBINED = tuple(one for size in (3, 2, 1) for one in combinations(KINDS, size))
LEAST, MOST_PEOPLE, SURE = 20, 100_000, 0.05
KNOWN = 0.9  # of the answers, at least, have a time that is known


@dataclass(frozen=True, slots=True)
class _People:
    """Those of a wave who gave a figure: value, weight, building, bands of time. Shapes: [n]."""

    values: Floats
    weights: Floats
    houses: tuple[str, ...]
    bands: Mapping[str, tuple[str, ...]]
    population: int | None

    def slots(self, kinds: Sequence[str]) -> list[Slot]:
        """Return each one's time by these kinds of bands."""
        return list(zip(*(self.bands[kind] for kind in kinds), strict=True))

    def known(self, kinds: Sequence[str]) -> _People:
        """Return those whose time is known by these kinds of bands."""
        there = np.array(["" not in slot for slot in self.slots(kinds)], dtype=bool)
        bands = {kind: _only(of_kind, there) for kind, of_kind in self.bands.items()}
        return replace(
            self, values=self.values[there], weights=self.weights[there],
            houses=_only(self.houses, there), bands=bands,
        )  # fmt: skip


def _only(texts: tuple[str, ...], there: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(compress(texts, there))


def timed_of(
    context: Context,
    measure: Measure,
    columns: Columns | None,
    *,
    earlier: Earlier | None,
    then: Measure | None,
) -> Timed | None:
    """Return how the headline stood to the time of asking; None while a wave runs or without times.

    `then` is the same measure of the earlier wave. Nothing is shown where the headline is kept back.
    """
    if columns is None or context.facts.provisional or context.tally.whole.people > MOST_PEOPLE:
        return None
    timing = context.tally.timing
    if max(len(timing.day), len(timing.month), len(timing.half)) < 2:
        return None  # all at one time, or nobody knows: the columns are not even read
    now = _people(context, measure, columns())
    if now is None or context.whole(measure).figure is None:
        return None
    kinds = _kinds(now, None)
    if kinds is None:
        return Timed(measure.label, measure.unit, measure.key, _tested(measure.label, None), (), refused=FEW)  # fmt: skip
    told = now.known(kinds)
    found, why = _effect(told, kinds)
    plain = Timed(
        measure.label, measure.unit, measure.key, _tested(measure.label, found),
        _slots(told, kinds, found), None if found is None else found.p, why,
        left=len(now.values) - len(told.values),
    )  # fmt: skip
    return plain if earlier is None or then is None else _beside(plain, context, now, _Pair(measure, earlier, then))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pair:
    """The measure of this wave and that of the earlier one."""

    measure: Measure
    earlier: Earlier
    then: Measure


def _people(context: Context, measure: Measure, small: Small) -> _People | None:
    if not holds(measure, small):
        return None
    cells = small.slots
    values, n = values_of(measure, cells), np.array(cells.column("n").to_pylist(), dtype=np.intp)
    n = np.where(np.isfinite(values), n, 0)

    def spread(name: str) -> tuple[str, ...]:
        return tuple(np.repeat(np.array(cells.column(name).to_pylist(), dtype=object), n))

    with np.errstate(invalid="ignore", divide="ignore"):
        weights = np.array(cells.column("sum_w").to_pylist()) / n
    size, many = context.facts.population, int(n.sum())
    return _People(
        np.repeat(values, n), np.repeat(weights, n), spread("psu"),
        {kind: spread(kind) for kind in KINDS}, size if size is not None and size >= many else None,
    )  # fmt: skip


def _kinds(now: _People, before: _People | None) -> tuple[str, ...] | None:
    """Return the finest bands in which each slot of each wave has people enough; None without any."""
    both = [one for one in (now, before) if one is not None]
    seen = {kind: {band for one in both for band in one.bands[kind]} - {""} for kind in KINDS}
    moving = {kind for kind, bands in seen.items() if len(bands) > 1}
    for kinds in (one for one in COMBINED if moving.issuperset(one)):
        told = [one.known(kinds) for one in both]
        counts = [Counter(one.slots(kinds)) for one in told]
        known = all(len(a.values) >= KNOWN * len(b.values) for a, b in zip(told, both, strict=True))
        enough = all(min(one.values(), default=0) >= LEAST for one in counts)
        if known and enough and len(counts[0]) > 1 and len({frozenset(one) for one in counts}) == 1:
            return kinds
    return None


def _effect(now: _People, kinds: tuple[str, ...]) -> tuple[TimeEffect | None, Words | None]:
    try:
        return time_effect(now.values, now.slots(kinds), now.houses, weights=now.weights), None
    except StatsError as refused:
        return None, Words(refused.zh, refused.en)


def _slots(now: _People, kinds: tuple[str, ...], found: TimeEffect | None) -> tuple[TimeSlot, ...]:
    counts = Counter(now.slots(kinds))
    effects = {one.slot: one for one in found.slots} if found is not None else {}
    rows = []
    for slot in sorted(counts, key=_order):
        one = effects.get(slot)
        limits = (None, None, None) if one is None else (one.effect, one.ci_low, one.ci_high)
        rows.append(TimeSlot(_named(slot), counts[slot], None, *limits))
    return tuple(rows)


def _order(slot: Slot) -> tuple[int, ...]:
    places = {band: place for place, band in enumerate(BANDS)}
    return tuple(places.get(band, len(places)) for band in slot)


def _named(slot: Slot) -> Words:
    words = [of(BANDS, band) for band in slot]
    return Words(" · ".join(one.zh for one in words), " · ".join(one.en for one in words))


def _beside(plain: Timed, context: Context, now: _People, pair: _Pair) -> Timed:
    """Return the same with the change in one mix of times, or why there is none."""
    earlier, measure, then = pair.earlier, pair.measure, pair.then
    raw = contrast(context, earlier, measure, then)
    other = replace(context, tally=earlier.tally, facts=earlier.facts, hidden=frozenset())
    before = _people(other, then, earlier.columns()) if earlier.columns is not None else None
    asked = context.whole(measure).figure
    if raw.change is None or raw.before is None or asked is None or before is None:
        return plain  # the comparison itself says why there is none
    kinds = _kinds(now, before)
    if kinds is None:
        untold = all(
            len(before.known((kind,)).values) < KNOWN * len(before.values) for kind in KINDS
        )
        return replace(plain, refused=UNTOLD if untold else APART)
    left = len(now.values)
    now, before = now.known(kinds), before.known(kinds)
    mix = Counter(now.slots(kinds)) + Counter(before.slots(kinds))
    shares: dict[object, float] = {slot: many / mix.total() for slot, many in mix.items()}
    try:
        old, new = (_fitted(one, kinds, shares, measure) for one in (before, now))
        moved = change(Measured(old, then.signature), Measured(new, measure.signature))
    except StatsError as refused:
        return replace(plain, refused=Words(refused.zh, refused.en))
    moved = replace(moved, warnings=())  # of times, and these are alike now
    found, why = _effect(now, kinds)
    earlier_counts = Counter(before.slots(kinds))
    names = {_named(slot): earlier_counts[slot] for slot in earlier_counts}
    slots = tuple(replace(one, before=names[one.label]) for one in _slots(now, kinds, found))
    return replace(
        plain, title=_tested(plain.label, found), slots=slots, why=why, left=left - len(now.values),
        p=None if found is None else found.p,
        standardised=Standardised(
            _moved(plain.label, moved, raw.change), old, new, moved, raw.before, asked, raw.change
        ),
    )  # fmt: skip


def _fitted(
    people: _People, kinds: tuple[str, ...], shares: Mapping[object, float], measure: Measure
) -> Estimate:
    size = people.population
    made = design(
        people.weights, population=None if size is None else [float(size)] * len(people.weights)
    )
    found = time_standardise(made, people.values, people.slots(kinds), shares).score
    return replace(found, unit=measure.unit, formula=measure.key)


UNTOLD = Words(
    "上次调查超过一成的回答没有作答时间，无法换算到同一时段构成。",
    "When more than a tenth of the earlier answers were given is not known, so the change cannot be set "
    "to one mix of times.",
)
FEW = Words(
    f"无法按时段比较：超过一成的回答没有作答时间，或有的时段不足{LEAST}人。",
    "Times cannot be compared: those of more than a tenth of the answers are not known, or fewer than "
    f"{LEAST} people answered at one of them.",
)
LEFT = Words(
    "另有 {0} 人没有作答时间，未计入。", "{0} more people, whose time is not known, are left out."
)
APART = Words(
    f"两次调查没有共同的询问时段（每个时段两次都需至少{LEAST}人作答），无法换算到同一时段构成。",
    f"The two surveys share no times of asking with {LEAST} people in each of them both times, so the "
    "change cannot be set to one mix of times.",
)
NOTE = Words(
    "与各时段平均的差距，每栋楼只与自己比较。这是关联，不是原因：谁在什么时候作答并非随机安排。",
    "Distance from the mean of all times, each building compared with itself alone. Association, no "
    "cause: who answers when was not drawn by lot.",
)
HOW = Words(
    "同一时段构成：两次作答人数合计在各时段的占比。每个时段的均值按此占比相加，误差按线性化计算；"
    "两次视为独立样本，若有同一业主两次作答，区间偏宽。",
    "One mix of times: the share of each time among the people of both surveys together. Each time's "
    "own mean counts by that share, with a linearised error; the surveys are taken as independent "
    "draws, so where the same owners answered twice the interval is too wide.",
)
TEST = Words(
    "联合检验（楼栋固定效应、按楼栋聚类）p = {0}。",
    "Joint test (buildings alike, clustered by building) p = {0}.",
)
UNTESTED = Words("未检验时间的影响：{0}", "The effect of the time was not tested: {0}")
PEOPLE = Words(
    "各时段给出该数值的人数。", "How many people with this figure answered at each time."
)
BASES = Words("n：上次 {0}，本次 {1}。", "n: {0} before, {1} now.")
AGAINST = Words("与平均之差", "Against the mean")
ASKED, ALIKE = Words("按实际询问", "As asked"), Words("按同一时段构成", "In one mix of times")


def _tested(label: Words, found: TimeEffect | None) -> Words:
    if found is None:
        return Words("业主在什么时间作答", "When people answered")
    if found.p < SURE:
        return Words(
            f"{label.zh}随询问时间而不同（p {_p(found.p)}）",
            f"{label.en} differed by the time of asking (p {_p(found.p)})",
        )
    return Words(
        f"看不出{label.zh}随询问时间而不同（p {_p(found.p)}）",
        f"No sign that the {sentences.lower(label.en)} went with the time of asking (p {_p(found.p)})",
    )


def _moved(label: Words, moved: Change, asked: Change) -> Words:
    alike, raw = sentences.moved(moved), sentences.moved(asked)
    return Words(
        f"若两次都按同一时段构成询问，{label.zh}的变化为{alike}；按实际询问为{raw}",
        f"Asked at the same times in both surveys, the {sentences.lower(label.en)} would have moved by "
        f"{alike}; as asked it moved by {raw}",
    )


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def sections(found: SurveyFigures, language: str) -> tuple[Section, ...]:
    """Return the slots with their distances, and both changes, where there are any."""
    given = found.timed
    if given is None:
        return ()
    both = _changes(given, found, language)
    return (_table(given, found, language), *(() if both is None else (both,)))


def _table(given: Timed, found: SurveyFigures, language: str) -> Section:
    if not given.slots:
        return Section("timing", text(given.title, language), "", (), (), lead=text(given.refused, language))  # fmt: skip
    before = any(one.before is not None for one in given.slots)
    tested = any(one.effect is not None for one in given.slots)
    heads = [Column(text(AGAINST, language)), Column(say("ci", language))] if tested else []
    heads += [Column(say("before", language)), Column(say("now", language))] if before else [Column(say("n", language))]  # fmt: skip
    notes = [] if given.p is None else [text(TEST, language).format(_p(given.p).removeprefix("= "))]
    notes += [text(UNTESTED, language).format(text(given.why, language))] if given.why else []
    notes += [text(given.refused, language)] if given.refused else []
    notes += [text(LEFT, language).format(count(given.left))] if given.left else []
    notes += definitions.named([given.formula], found, language)
    return Section(
        key="timing",
        title=text(given.title, language),
        subject=text(Words("询问时间", "Time of asking"), language),
        columns=tuple(heads),
        rows=tuple(Row(text(one.label, language), (*_distance(one, given, language, tested=tested), *_counts(one, before=before))) for one in given.slots),
        lead=text(NOTE if tested else PEOPLE, language),
        notes=tuple(notes),
    )  # fmt: skip


def _counts(one: TimeSlot, *, before: bool) -> tuple[str, ...]:
    return (count(one.before), count(one.n)) if before else (count(one.n),)


def _distance(one: TimeSlot, given: Timed, language: str, *, tested: bool) -> tuple[str, ...]:
    if one.effect is None or one.low is None or one.high is None:
        return ("–", "–") if tested else ()
    scale = 100 if Unit(given.unit) is Unit.SHARE else 1
    joint = text(Words("至", " to "), language)
    return (
        signed(scale * one.effect),
        f"{signed(scale * one.low)}{joint}{signed(scale * one.high)}",
    )


def _changes(given: Timed, found: SurveyFigures, language: str) -> Section | None:
    pair = given.standardised
    if pair is None:
        return None
    raw = _row(ASKED, (pair.asked_before, pair.asked_after), pair.asked, language)
    alike = _row(ALIKE, (pair.before, pair.after), pair.change, language)
    names = ("before", "now", "moved", "ci", "judgement")
    bases = text(BASES, language).format(count(pair.before.n), count(pair.after.n))
    return Section(
        key="standardised",
        title=text(pair.title, language),
        subject=text(given.label, language),
        columns=tuple(Column(say(name, language)) for name in names),
        rows=(raw, alike),
        notes=(text(HOW, language), bases, *definitions.named([given.formula], found, language)),
    )


def _row(words: Words, pair: tuple[Estimate, Estimate], moved: Change, language: str) -> Row:
    verdict = text(VERDICT_WORDS[moved.verdict], language)
    limits = sentences.change_span(moved, language)
    cells = (figure(pair[0]), figure(pair[1]), sentences.moved(moved), limits, verdict)
    return Row(text(words, language), cells)
