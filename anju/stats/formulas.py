"""The table of formulas: id, version, top set or weights, and the key that every figure carries.

Not the arithmetic (see `scores`). The share of all points that the top level holds,
3a / (3a + 2b + c), is left out on purpose: it is not an index of anything (oracle O-35).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from anju.stats.results import BadWeights
from anju.stats.scales import Level, Scale, number


class Kind(StrEnum):
    """What a formula computes."""

    SHARE = "share"
    POINTS = "points"
    MEAN = "mean"
    NPS = "nps"
    COMPOSITE = "composite"


@dataclass(frozen=True, slots=True)
class Formula:
    """A definition that a figure points to.

    `top` holds the satisfied codes best first (the promoters of an nps); `weights` pairs of code
    or dimension and weight, levels best first; `low` the detractors of an nps.
    """

    id: str
    kind: Kind
    version: int
    top: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    zh: str
    en: str
    low: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Give the printed key, such as share_top[vs+bs]@1 or points_share[3/2/1]@1."""
        inside = ""
        if self.kind is Kind.SHARE:
            inside = "+".join(self.top)
        elif self.kind is Kind.POINTS:
            inside = "/".join(number(weight) for _, weight in self.weights)
        elif self.kind is Kind.NPS:
            inside = f"{'+'.join(self.top)}-{'+'.join(self.low)}" if self.top else ""
        elif self.kind is Kind.COMPOSITE:
            inside = "+".join(f"{number(weight)}*{name}" for name, weight in self.weights)
        return f"{self.id}[{inside}]@{self.version}" if inside else f"{self.id}@{self.version}"

    @property
    def meaning(self) -> str:
        """Give the key without its version: two figures with equal meaning may be compared."""
        return self.key.rsplit("@", 1)[0]


FORMULAS: dict[str, Formula] = {
    formula.id: formula
    for formula in (
        Formula(
            "share_top", Kind.SHARE, 1, (), (),
            "满意率：选择满意选项的人数占有效回答人数", "share satisfied: people who chose a top level of all valid answers",
        ),
        Formula(
            "share_ticked", Kind.SHARE, 1, (), (),
            "勾选率：多选题中勾选该选项的人数占至少勾选一项的人数；可多选，各项之和可超过100%", "share ticked: people who ticked an option of all who ticked at least one of the list; several may be ticked, so shares may add up to more than 100%",
        ),
        Formula(
            "points_share", Kind.POINTS, 1, (), (),
            "得分率：所得分数占满分", "share of points: points obtained of points possible",
        ),
        Formula(
            "mean_index", Kind.MEAN, 1, (), (),
            "满意度均值指数（0–100）：平均分在量表两端之间的位置", "mean index 0-100: where the mean lies between the ends of the scale",
        ),
        Formula(
            "nps", Kind.NPS, 1, (), (),
            "净推荐值：推荐者比例减去贬损者比例", "net promoter score: share of promoters less share of detractors",
        ),
        Formula(
            "composite", Kind.COMPOSITE, 1, (), (),
            "综合指数：每位业主所答各题（先折成0–100）按权重求平均，再对业主取平均；没有答的题不计", "composite index: each owner's weighted mean of the items answered (each brought to 0-100), then the mean over owners; an item left out does not count for that owner",
        ),
    )
}  # fmt: skip


def share_top(scale: Scale, top: Iterable[str] | None = None) -> Formula:
    """Bind the share of satisfied to a scale and a top set (the scale's own by default).

    Errors: BadWeights where the top set is empty or names a level without a value.
    """
    chosen = scale.top if top is None else frozenset(top)
    _inside(scale, chosen, "top")
    return replace(FORMULAS["share_top"], top=_best_first(scale, chosen))


def points_share(scale: Scale, weights: Mapping[str, float] | None = None) -> Formula:
    """Bind the share of points to a scale; the points are the scale's values unless given.

    Errors: BadWeights where a level has no points, points are negative, or none is above zero.
    """
    table = {level.code: value for level, value in zip(scale.valued, scale.values, strict=True)}
    given = table if weights is None else dict(weights)
    points = [(level.code, float(given.get(level.code, -1))) for level in reversed(scale.valued)]
    sound = all(isfinite(value) and value >= 0 for _, value in points)
    if set(given) != set(table) or not sound or max(value for _, value in points) <= 0:
        raise BadWeights(
            "weights",
            en="Points are needed for every level with a value: none negative, the best above 0.",
            zh="每个有分值的选项都要有分数：不得为负，最高分须大于 0。",
        )
    return replace(FORMULAS["points_share"], weights=tuple(points))


def mean_index(scale: Scale) -> Formula:
    """Bind the mean index to a scale, whose ends become 0 and 100."""
    ends = ((scale.valued[-1].code, scale.maximum), (scale.valued[0].code, scale.minimum))
    return replace(FORMULAS["mean_index"], weights=ends)


def nps(scale: Scale, promoters: Iterable[str], detractors: Iterable[str]) -> Formula:
    """Bind the net promoter score to a scale and two sets of levels.

    Errors: BadWeights where a set is empty, unknown, or the sets overlap.
    """
    best, worst = frozenset(promoters), frozenset(detractors)
    _inside(scale, best, "promoters")
    _inside(scale, worst, "detractors")
    if best & worst:
        raise BadWeights(
            "detractors",
            en="A level cannot be both promoter and detractor.",
            zh="同一选项不能既是推荐者又是贬损者。",
        )
    return replace(FORMULAS["nps"], top=_best_first(scale, best), low=_best_first(scale, worst))


def composite(weights: Mapping[str, float]) -> Formula:
    """Bind the composite to declared weights by dimension, which must sum to 1 within 1e-9.

    Errors: BadWeights where the weights are empty, negative or do not sum to 1.
    """
    pairs = tuple((name, float(value)) for name, value in weights.items())
    total = sum(value for _, value in pairs)
    sound = all(isfinite(value) and value >= 0 for _, value in pairs)
    if not pairs or not sound or abs(total - 1) > 1e-9:
        raise BadWeights(
            "weights",
            en=f"The weights must not be negative and must sum to 1; they sum to {number(total)}.",
            zh=f"权重不得为负，且合计须为 1；现合计 {number(total)}。",
        )
    return replace(FORMULAS["composite"], weights=pairs)


def _best_first(scale: Scale, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(level.code for level in reversed(scale.valued) if level.code in codes)


def _inside(scale: Scale, codes: frozenset[str], field: str) -> None:
    valued: tuple[Level, ...] = scale.valued
    strange = codes - {level.code for level in valued}
    if strange or not codes:
        named = ", ".join(sorted(strange)) or "-"
        raise BadWeights(
            field,
            en=f"{field} must name levels of the scale {scale.code} that have a value; not: {named}.",
            zh=f"须从量表 {scale.code} 有分值的选项中选取；有误：{named}。",
        )
