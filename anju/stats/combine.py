"""An overall figure from figures of parts: only with their bases, only on one scale and formula.

Not the overall of stored answers: where the answers are known, count them together instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from anju.stats.cautions import MIXED_SCALES, TOTALS_ONLY
from anju.stats.results import (
    BadCounts,
    BasesMissing,
    Estimate,
    Method,
    ScaleMismatch,
    Unit,
)
from anju.stats.silence import require_answers


@dataclass(frozen=True, slots=True)
class Part:
    """A published or computed figure of one part, its base, and what it was made with.

    `n` is None where the base is not known; `scale` is `Scale.signature`, `formula` the key.
    """

    key: str
    value: float
    n: int | None
    scale: str = ""
    formula: str = ""


def overall(parts: Sequence[Part], *, unit: Unit = Unit.INDEX, marked: bool = False) -> Estimate:
    """Give the mean of the parts weighted by their answers, without an interval.

    `marked` allows different scales or formulas, and the figure then says so.

    Errors: BasesMissing where a base is unknown; ScaleMismatch; NoAnswers; BadCounts.

    Example:
        >>> found = overall([Part("a", 85, 600), Part("b", 86, 100), Part("c", 93, 300)])
        >>> found.estimate, found.n
        (87.5, 1000)
    """
    bases = _bases(parts)
    mixed = len({(part.scale, part.formula.rsplit("@", 1)[0]) for part in parts}) > 1
    if not all(isfinite(part.value) for part in parts):
        raise BadCounts("value", en="A part has no finite value.", zh="有的部分没有有效数值。")
    if mixed and not marked:
        raise ScaleMismatch(
            "parts",
            en="The parts use different scales or formulas. Show them one by one, "
            "or mark the overall as mixed.",
            zh="各部分的量表或公式不同。请分别列出，或把合计标记为混合。",
        )
    n = sum(bases)
    require_answers(n)
    value = sum(part.value * base for part, base in zip(parts, bases, strict=True)) / n
    keys = {part.formula for part in parts}
    return Estimate(
        estimate=value,
        se=None,
        df=None,
        ci_low=None,
        ci_high=None,
        n=n,
        n_eff=None,
        deff=None,
        method=Method.NONE,
        warnings=((MIXED_SCALES,) if mixed else ()) + (TOTALS_ONLY,),
        formula=keys.pop() if len(keys) == 1 else "mixed",
        unit=unit,
    )


def _bases(parts: Sequence[Part]) -> list[int]:
    missing = [part.key for part in parts if part.n is None]
    bases = [part.n for part in parts if part.n is not None]
    if missing:
        raise BasesMissing(
            "n",
            en="The overall cannot be computed: the numbers of answers are missing for "
            f"{', '.join(missing)}. Add them; any mean without them would be made up.",
            zh=f"无法计算合计：缺少{'、'.join(missing)}的回答份数。请补上；没有份数的平均没有依据。",
        )
    if min(bases, default=0) < 0:
        raise BadCounts("n", en="A count cannot be negative.", zh="数目不能为负数。")
    return bases
