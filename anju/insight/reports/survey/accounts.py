"""How the survey was carried out: response accounting, the silent, figures about the process.

A count that nobody kept is unknown, which is a state of its own and never nought.
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.insight.measured.facts import WaveFacts
from anju.insight.measured.model import (
    Funnel,
    Head,
    Item,
    Overall,
    ProcessRow,
    Segment,
    Shown,
    Step,
)
from anju.insight.measured.tones import SILENT
from anju.insight.measured.words import BANDS, MODES, UNKNOWN, of
from anju.insight.reports.survey import sentences
from anju.kernel.pure.problems import Problem
from anju.paper.formats import count, percent
from anju.stats.method import days_after
from anju.stats.outcome import Rate, response_rate
from anju.stats.results import Words
from anju.tally.tables import Tally

_STEPS: tuple[tuple[str, Words], ...] = (
    ("population", Words("总体", "Population")),
    ("issued", Words("发放", "Issued")),
    ("returned", Words("收回", "Returned")),
    ("valid", Words("有效", "Valid")),
    ("refused", Words("拒答", "Refused")),
    ("unreachable", Words("未联系上", "Not reached")),
)


def head(facts: WaveFacts) -> Head:
    """Return whose report it is, of what, when."""
    return Head(
        title=facts.title,
        as_of=facts.as_of,
        company=facts.company,
        project=facts.project,
        period=facts.period,
        number=facts.number,
        source=facts.source,
        consultant=facts.consultant,
        fieldwork_from=facts.fieldwork_from,
        fieldwork_to=facts.fieldwork_to,
        zone=facts.zone,
        provisional=facts.provisional,
    )


def check(tally: Tally | None, facts: WaveFacts) -> None:
    """Refuse counts that contradict the answers.

    Errors: E-COUNT where more forms came back than were issued or counted, or more households
    answered than there are.
    """
    answered = tally.whole.people if tally else 0
    homes = tally.whole.households if tally else 0
    words = {
        "population": ("the population", "总体户数"),
        "issued": ("the number issued", "发放数"),
        "returned": ("the number returned", "收回数"),
    }
    for name, (en, zh) in words.items():
        most = getattr(facts, name)
        found = homes if name == "population" else answered
        if most is not None and found > most:
            raise Problem(
                "E-COUNT",
                name,
                "The file holds {answered} answers, but {noun} is {most}. "
                "Correct the number, or look for rows that stand in the file twice.",
                "文件中有 {answered} 份回答，而{noun_zh}是 {most}。请更正该数，或检查文件中是否有重复的行。",
                answered=found,
                most=most,
                noun=en,
                noun_zh=zh,
            )


def returned(tally: Tally | None, facts: WaveFacts) -> int | None:
    """Return the forms that came back: as counted, else those in the file."""
    if facts.returned is not None or tally is None:
        return facts.returned
    return tally.whole.people


_AT_ODDS = Words("收回多于发放，请更正", "more returned than issued: correct one of the two")
_TOO_MANY = Words(
    "回答份数多于收回数，请更正", "more answers than forms returned: correct one of the two"
)


def alerts(tally: Tally | None, facts: WaveFacts) -> tuple[Words, ...]:
    """Return what must be put right before anybody reads a figure: more answers than forms."""
    answered = tally.whole.people if tally else 0
    known = {
        "returned": (facts.returned, Words("收回", "returned")),
        "issued": (facts.issued, Words("发放", "issued")),
    }
    return tuple(
        sentences.too_many(answered, most, word)
        for most, word in known.values()
        if most is not None and answered > most
    )


def rate_of(tally: Tally | None, facts: WaveFacts) -> Rate:
    """Return returned of issued; unknown with its reason where the two are at odds."""
    back = returned(tally, facts)
    if back is not None and facts.issued is not None and back > facts.issued:
        return Rate(None, back, facts.issued, _AT_ODDS)
    if back is not None and tally is not None and tally.whole.people > back:
        return Rate(None, back, facts.issued, _TOO_MANY)
    return response_rate(back, facts.issued)


def funnel(tally: Tally | None, facts: WaveFacts) -> Funnel:
    """Return the response accounting."""
    back = returned(tally, facts)
    rate = rate_of(tally, facts)
    known = {
        "population": facts.population,
        "issued": facts.issued,
        "returned": back,
        "valid": facts.valid,
        "refused": facts.refused,
        "unreachable": facts.unreachable,
    }
    of_what = facts.issued if facts.issued is not None else facts.population
    steps = tuple(
        Step(key, label, known[key], _share(known[key], of_what))
        for key, label in _STEPS
        if known[key] is not None or key in ("issued", "returned")
    )
    return Funnel(
        steps=steps,
        rate=rate.value,
        why=rate.why,
        base=facts.base_count,
        answered=tally.whole.people if tally else (back or 0),
        households=tally.whole.households if tally else (back or 0),
        title=sentences.response(facts.issued, back, rate.value),
    )


def _share(part: int | None, whole: int | None) -> float | None:
    if part is None or not whole or part > whole:
        return None
    return part / whole


@dataclass(frozen=True, slots=True)
class Silent:
    """Those without a valid answer behind a figure, by what became of them."""

    base: int
    parts: tuple[tuple[Words, int], ...]

    @property
    def count(self) -> int:
        """Return how many they are."""
        return sum(number for _, number in self.parts)


_NOT_BACK = Words("没有交回", "not returned")
_BLANK = Words("漏答", "left blank")
_NO_OPINION = Words("不适用或不清楚", "not applicable or no opinion")
_TOO_FEW = Words("答题不足一半", "answered less than half")


def silent_of(facts: WaveFacts, primary: Shown, item: Item | None, answered: int) -> Silent | None:
    """Return who has no valid answer to the headline, or None where the base is not known.

    `item` is the headline's own item, None where it is an index over several.
    """
    base = facts.base_count
    if base is None or base < answered or primary.figure is None:
        return None
    parts = [(_NOT_BACK, base - answered)]
    if item is not None:
        parts += [(_BLANK, item.missing or 0), (_NO_OPINION, item.not_applicable or 0)]
    else:
        parts.append((_TOO_FEW, answered - primary.figure.n))
    return Silent(base, tuple((words, number) for words, number in parts if number > 0))


def silence(found: Silent | None, item: Item | None) -> tuple[Segment, ...]:
    """Return the bar of all homes: the answers to the headline's item, then who gave none.

    For an index over several items the bar shows answered and silent only.
    """
    if found is None or (item is not None and not item.bar):
        return ()
    known = list(reversed(item.bar)) if item else [_answered(found.base - found.count)]
    pieces = [(x.tone, x.label, x.count) for x in known]
    pieces += [(SILENT, words, number) for words, number in found.parts]
    return tuple(Segment(tone, label, n, n / found.base) for tone, label, n in pieces)


def _answered(number: int) -> Segment:
    return Segment(4, Words("回答", "Answered"), number, 0.0)


def silence_title(
    facts: WaveFacts, found: Silent | None, overall: Overall, item: Item | None, answered: int
) -> Words:
    """Return the finding over the bar of the silent, which names what they did not answer."""
    figure = overall.primary.figure
    if figure is None and facts.base_count is not None:
        return sentences.silence_hidden(answered, facts.base_count)
    if figure is None or figure.bounds is None or found is None:
        return sentences.silence_unknown(answered)
    unit = _HOMES if facts.population is not None else _FORMS
    names = item.label if item is not None else None
    gap = sentences.Gap(found.base, found.parts, unit, names)
    return sentences.silence(gap, overall.label, figure.bounds, figure.unit)


_HOMES, _FORMS = Words("户", "homes"), Words("份", "forms")


def process(tally: Tally | None, facts: WaveFacts) -> tuple[ProcessRow, ...]:
    """Return the figures about the survey itself that stand beside the index (R003)."""
    rate = rate_of(tally, facts)
    rows = [
        ("response", Words("回收率", "Response rate"), _percent(rate.value)),
        ("refused", Words("拒答率", "Refusal rate"), _percent(_share(facts.refused, facts.issued))),
        (
            "unreachable",
            Words("未联系上", "Not reached"),
            _percent(_share(facts.unreachable, facts.issued)),
        ),
        ("plan", Words("完成计划", "Plan reached"), _plan(tally, facts)),
        ("days", Words("实地天数", "Days of fieldwork"), _days(facts)),
        ("mode", Words("调查方式", "Modes"), _modes(tally, facts)),
        ("missing", Words("漏答", "Items left out"), _missing(tally)),
        ("daytime", Words("作答时段", "Time of day"), _bands(tally, "day")),
        ("month", Words("作答日期", "Part of the month"), _bands(tally, "month")),
    ]
    return tuple(
        ProcessRow(key, label, value or UNKNOWN, value is not None) for key, label, value in rows
    )


def _percent(share: float | None) -> Words | None:
    return None if share is None else Words(percent(share), percent(share))


def _plan(tally: Tally | None, facts: WaveFacts) -> Words | None:
    if facts.planned is None or tally is None:
        return None
    text = f"{count(tally.whole.people)} / {count(facts.planned)}"
    return Words(text, text)


def _days(facts: WaveFacts) -> Words | None:
    start, end = facts.fieldwork_from, facts.fieldwork_to
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    if facts.period_end is None:
        return Words(f"{days}天", f"{days} days")
    days, late = days_after(facts.period_end, start, end)
    if not late:
        return Words(f"{days}天", f"{days} days")
    return Words(
        f"{days}天，其中{late}天在期末之后", f"{days} days, {late} of them after the period ended"
    )


def _modes(tally: Tally | None, facts: WaveFacts) -> Words | None:
    if tally is not None and tally.timing.mode:
        return _listed(tally.timing.mode, MODES)
    if not facts.modes:
        return None
    words = [of(MODES, mode) for mode in facts.modes]
    return Words("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _listed(pairs: tuple[tuple[str, int], ...], table: dict[str, Words]) -> Words:
    words = [(of(table, key), people) for key, people in pairs]
    return Words(
        "，".join(f"{w.zh}{people:,}" for w, people in words),
        ", ".join(f"{w.en} {people:,}" for w, people in words),
    )


def _bands(tally: Tally | None, name: str) -> Words | None:
    if tally is None:
        return None
    bands = tally.timing.day if name == "day" else tally.timing.month
    return _listed(bands, BANDS) if bands else None


def _missing(tally: Tally | None) -> Words | None:
    if tally is None or not tally.items or not tally.whole.people:
        return None
    asked = tally.recipe.asked
    empty = sum(tally.whole.hists[place].missing for place in asked)
    cells = tally.whole.people * len(asked)
    return _percent(empty / cells) if cells else None
