"""Which answers count as satisfied: one choice for all items that share the same answers.

It is the top set of the items' scale, from one answer upward; it changes no value and no order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anju.answers.rules.answers import ItemDef
from anju.kernel.pure.problems import Problem
from anju.stats.scales import Level, Scale, scale

FIELD = "top-"


@dataclass(frozen=True, slots=True)
class SameAnswers:
    """Items that share the same answers; `key` stays the same as long as the answers do."""

    key: str
    scale: Scale
    items: tuple[ItemDef, ...]

    @property
    def field(self) -> str:
        """Return the name of the field in which a person says it."""
        return f"{FIELD}{self.key}"

    @property
    def counted(self) -> tuple[Level, ...]:
        """Return the answers that count as satisfied, worst first."""
        return tuple(level for level in self.scale.valued if level.code in self.scale.top)

    @property
    def beginnings(self) -> tuple[Level, ...]:
        """Return the answers from which one may count upward: all but the worst."""
        return self.scale.valued[1:]


def same_answers(items: Sequence[ItemDef]) -> tuple[SameAnswers, ...]:
    """Return the items in groups that share the same answers, in the order of their first item."""
    found: dict[tuple[Level, ...], list[ItemDef]] = {}
    for item in items:
        found.setdefault(item.scale.levels, []).append(item)
    return tuple(
        SameAnswers(_key(levels), group[0].scale, tuple(group)) for levels, group in found.items()
    )


def _key(levels: tuple[Level, ...]) -> str:
    said = "\x1f".join(f"{v.code}\x1e{v.value}\x1e{v.zh}\x1e{v.en}" for v in levels)
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def with_tops(items: Sequence[ItemDef], said: Mapping[str, str]) -> tuple[ItemDef, ...]:
    """Return the items with the answers that a person counts as satisfied.

    Shapes: `said` gives for the key of a group the code of the worst answer that counts; a group
    that is not named keeps its guess, a key that names no group any more is left aside.
    Errors: E-ANSWER for a code that is none of the answers, E-TOP where all of them would count.
    """
    scales = {
        item.code: _counted_from(item.scale, said[group.key], group.field)
        for group in same_answers(items)
        if group.key in said
        for item in group.items
    }
    return tuple(replace(item, scale=scales.get(item.code, item.scale)) for item in items)


def _counted_from(old: Scale, code: str, field: str) -> Scale:
    codes = [level.code for level in old.valued]
    if code not in codes:
        raise Problem(
            "E-ANSWER",
            field,
            "“{value}” is none of these answers. Choose from which answer upward counts as "
            "satisfied; at least one must count.",
            "“{value}”不是这里的选项。请选择从哪个选项起计入满意，至少要有一个选项计入。",
            value=code[:40],
        )
    if code == codes[0]:
        raise Problem(
            "E-TOP",
            field,
            "If “{value}” counts, every answer counts as satisfied and the share is always 100 %. "
            "Choose a better answer to begin with.",
            "若“{value}”也计入，则所有选项都算满意，满意率总是 100%。请从更好的选项起计入。",
            value=old.valued[0].zh or old.valued[0].en,
        )
    top = codes[codes.index(code) :]
    if old.top == frozenset(top):
        return old
    printed = [old.level(name) for name in old.printed] if old.printed else old.levels
    return scale(old.code, printed, top=top, words=(old.zh, old.en))
