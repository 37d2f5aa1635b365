"""Answer scales as data: codes, values, direction, the declared top set, balance.

Not a questionnaire: the order in which a form prints its options is kept, never used for a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from anju.stats.cautions import UNBALANCED
from anju.stats.results import BadScale, Caution


@dataclass(frozen=True, slots=True)
class Level:
    """One option; value None is no opinion or not applicable: shown, never in a denominator."""

    code: str
    value: float | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale whose valued levels run from worst to best, those without a value last.

    `top` holds the codes that count as satisfied, `favourable` those whose words are on the good
    side (it contains `top`); `printed` the codes in the order of the form. Build with `scale`.
    """

    code: str
    levels: tuple[Level, ...]
    top: frozenset[str]
    zh: str = ""
    en: str = ""
    favourable: frozenset[str] = frozenset()
    printed: tuple[str, ...] = ()

    @property
    def valued(self) -> tuple[Level, ...]:
        """Give the levels that carry a value, worst first."""
        return tuple(level for level in self.levels if level.value is not None)

    @property
    def values(self) -> tuple[float, ...]:
        """Give the values of the valued levels, lowest first."""
        return tuple(level.value for level in self.levels if level.value is not None)

    @property
    def minimum(self) -> float:
        """Give the lowest value."""
        return self.values[0]

    @property
    def maximum(self) -> float:
        """Give the highest value."""
        return self.values[-1]

    @property
    def middle(self) -> tuple[Level, ...]:
        """Give the valued levels that are neither favourable nor unfavourable."""
        centre = (self.minimum + self.maximum) / 2
        return tuple(
            level
            for level in self.valued
            if level.value == centre and level.code not in self.favourable
        )

    @property
    def unfavourable(self) -> frozenset[str]:
        """Give the codes of the valued levels on the bad side."""
        middle = {level.code for level in self.middle}
        return frozenset(
            level.code
            for level in self.valued
            if level.code not in self.favourable and level.code not in middle
        )

    @property
    def has_middle(self) -> bool:
        """Say whether one level is neither good nor bad."""
        return bool(self.middle)

    @property
    def balanced(self) -> bool:
        """Say whether as many levels are favourable as unfavourable."""
        return len(self.favourable) == len(self.unfavourable)

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """List what a reader of any figure on this scale must know."""
        return () if self.balanced else (UNBALANCED,)

    @property
    def signature(self) -> str:
        """Give what makes two scales the same for averaging and trends: codes with values.

        A level without a value, such as not applicable, is no part of it: it enters no figure.

        Example:
            >>> scale("s", [Level("y", 1, "是", "yes"), Level("n", 0, "否", "no")]).signature
            'n=0/y=1'
        """
        return "/".join(f"{level.code}={number(level.value)}" for level in self.valued)

    def level(self, code: str) -> Level:
        """Give the level with this code.

        Errors: BadScale where the scale has no such code.
        """
        return self.levels[self.position(code)]

    def position(self, code: str) -> int:
        """Give the place of a code in `levels`.

        Errors: BadScale where the scale has no such code.
        """
        for place, level in enumerate(self.levels):
            if level.code == code:
                return place
        known = ", ".join(level.code for level in self.levels)
        raise BadScale(
            "level",
            en=f"The scale {self.code} has no level {code!r}; it has: {known}.",
            zh=f"量表 {self.code} 没有选项“{code}”；可用的选项：{known}。",
        )


def number(value: float | None) -> str:
    """Print a value without a trailing zero; a missing one as a dash.

    Example:
        >>> number(3.0), number(0.5), number(None)
        ('3', '0.5', '-')
    """
    return "-" if value is None else f"{value:.10g}"


def scale(
    code: str,
    levels: Sequence[Level],
    *,
    top: Iterable[str] | None = None,
    favourable: Iterable[str] | None = None,
    words: tuple[str, str] = ("", ""),
) -> Scale:
    """Build a scale: sort by value, check codes, fill the top set where none is declared.

    Without `top`, the levels above the centre of the values count as satisfied. Without
    `favourable`, the good side is `top` and everything above the centre. `words` is (zh, en).

    Errors: BadScale on no value, a code twice, a value that is no number, an unknown or
    valueless code in `top` or `favourable`.
    """
    _check(code, levels)
    printed = tuple(level.code for level in levels)
    ordered = tuple(
        sorted(
            levels,
            key=lambda level: (level.value is None, 0 if level.value is None else level.value),
        )
    )
    good = _above_centre(ordered)
    tops = good if top is None else _known(code, ordered, top, "top")
    goods = good | tops if favourable is None else _known(code, ordered, favourable, "favourable")
    return Scale(code, ordered, tops, words[0], words[1], goods | tops, printed)


def _above_centre(levels: tuple[Level, ...]) -> frozenset[str]:
    values = [level.value for level in levels if level.value is not None]
    centre = (min(values) + max(values)) / 2
    return frozenset(
        level.code for level in levels if level.value is not None and level.value > centre
    )


def _known(
    code: str, levels: tuple[Level, ...], chosen: Iterable[str], field: str
) -> frozenset[str]:
    wanted = frozenset(chosen)
    valued = {level.code for level in levels if level.value is not None}
    strange = ", ".join(sorted(wanted - valued))
    if strange or not wanted:
        raise BadScale(
            field,
            en=f"{field} of the scale {code} must name levels with a value; not: {strange or '-'}.",
            zh=f"量表 {code} 的满意选项只能取有分值的选项；有误：{strange or '空'}。",
        )
    return wanted


def _check(code: str, levels: Sequence[Level]) -> None:
    codes = [level.code for level in levels]
    twice = sorted({name for name in codes if codes.count(name) > 1})
    if twice:
        raise BadScale(
            "levels",
            en=f"The scale {code} holds a code twice: {', '.join(twice)}. Give each level its own.",
            zh=f"量表 {code} 的选项代码重复：{'、'.join(twice)}。每个选项须有自己的代码。",
        )
    values = [level.value for level in levels if level.value is not None]
    if not all(isfinite(value) for value in values):
        raise BadScale(
            "levels",
            en=f"The scale {code} holds a value that is not a finite number.",
            zh=f"量表 {code} 含有不是有限数的分值。",
        )
    if len(set(values)) < 2:
        raise BadScale(
            "levels",
            en=f"The scale {code} needs at least two levels with different values.",
            zh=f"量表 {code} 至少要有两个分值不同的选项。",
        )
