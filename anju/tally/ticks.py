"""Lists of which several answers may be ticked: how many ticked each; they enter no index."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anju.answers.rules.answers import AnswerSet, TickOption, Ticks
from anju.stats.results import BadArgument


@dataclass(frozen=True, slots=True)
class Ticked:
    """One list over everybody: people by option in printed order, and those who ticked nothing.

    `answered` ticked at least one option; `households` counts the homes among them. `weights`
    holds sums of weights by option, `weight` and `squares` those of all who answered; None
    unweighted.
    """

    code: str
    zh: str
    en: str
    options: tuple[TickOption, ...]
    n: tuple[int, ...]
    answered: int
    nothing: int
    households: int
    weights: tuple[float, ...] | None = None
    weight: float | None = None
    squares: float | None = None

    @property
    def alike(self) -> bool:
        """Say whether all who answered ticked the very same options."""
        return all(n in (0, self.answered) for n in self.n)


def ticked(answers: AnswerSet) -> tuple[Ticked, ...]:
    """Return the counts of every list, in the order of the questionnaire."""
    return tuple(_counted(answers, one) for one in answers.lists)


def _counted(answers: AnswerSet, one: Ticks) -> Ticked:
    there: NDArray[np.bool_] = np.asarray(one.chosen.any(axis=1))
    people = answers.count.astype(np.float64)
    w = people * answers.weight
    weighted = bool((answers.weight != 1).any())
    return Ticked(
        code=one.code,
        zh=one.zh,
        en=one.en,
        options=one.options,
        n=tuple(int(n) for n in people @ one.chosen),
        answered=int(people[there].sum()),
        nothing=int(people[~there].sum()),
        households=_households(answers, there),
        weights=tuple((w @ one.chosen).tolist()) if weighted else None,
        weight=float(w[there].sum()) if weighted else None,
        squares=float((w * answers.weight)[there].sum()) if weighted else None,
    )


def _households(answers: AnswerSet, there: NDArray[np.bool_]) -> int:
    """Count distinct homes; a row without one stands for its people."""
    told = [
        (home, int(people))
        for home, people, given in zip(answers.households, answers.count, there, strict=True)
        if given and people
    ]
    nameless = sum(people for home, people in told if home is None)
    return nameless + len({home for home, _ in told if home is not None})


def both(a: tuple[Ticked, ...] | None, b: tuple[Ticked, ...] | None) -> tuple[Ticked, ...] | None:
    """Return the counts of both parts together; None where a part was counted without its lists.

    Errors: BadArgument where the lists differ.
    """
    if a is None or b is None:
        return None
    if [(x.code, x.options) for x in a] != [(x.code, x.options) for x in b]:
        raise BadArgument(
            "lists",
            en="Two parts of a wave merge only with the same lists to tick.",
            zh="只有多选题相同的两部分才能合并。",
        )
    return tuple(_sum(x, y) for x, y in zip(a, b, strict=True))


def _sum(a: Ticked, b: Ticked) -> Ticked:
    weighted = a.weights is not None or b.weights is not None
    return replace(
        a,
        n=tuple(x + y for x, y in zip(a.n, b.n, strict=True)),
        answered=a.answered + b.answered,
        nothing=a.nothing + b.nothing,
        households=a.households + b.households,
        weights=_weights(a, b) if weighted else None,
        weight=_or(a.weight, a.answered) + _or(b.weight, b.answered) if weighted else None,
        squares=_or(a.squares, a.answered) + _or(b.squares, b.answered) if weighted else None,
    )


def _or(weight: float | None, people: int) -> float:
    return float(people) if weight is None else weight


def _weights(a: Ticked, b: Ticked) -> tuple[float, ...]:
    pairs = zip(a.weights or a.n, b.weights or b.n, strict=True)
    return tuple(float(x + y) for x, y in pairs)
