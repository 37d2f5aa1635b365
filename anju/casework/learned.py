"""A guess of the category learned from a company's own cases, and how often it is right; pure.

It speaks only where, on later cases that it never saw, at least 85 of 100 of its guesses were right;
otherwise it is silent. The rules of `triage` come before it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from anju.casework.triage import folded
from anju.stats.proportion import wilson_limits

WANTED = 0.85
LEAST_CASES, LEAST_GUESSES = 200, 50
TRAINED, TUNED = 0.7, 0.85  # shares of the cases, oldest first, that train and that set the bar
BARS = tuple(step / 20 for step in range(8, 20))
FAMILIAR = 0.6  # share of the signs that it must have met before
# English words that stand in every matter and tell of none.
EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "be",
        "but",
        "can",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "please",
        "so",
        "some",
        "still",
        "that",
        "the",
        "there",
        "they",
        "this",
        "to",
        "too",
        "was",
        "we",
        "what",
        "when",
        "where",
        "who",
        "will",
        "with",
        "you",
        "your",
    ]
)
RUNS = re.compile(r"[a-z0-9']+|[^\sa-z0-9']+")


@dataclass(frozen=True, slots=True)
class Example:
    """An owner's words and the category that a person gave them."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Model:
    """Logarithms of how common a category is and how common each sign is in it."""

    common: Mapping[str, float]
    pairs: Mapping[str, Mapping[str, float]]
    unseen: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """A model with the bar above which it speaks and what was measured on cases it never saw.

    `precision` is the share right of `spoken` guesses among `held` cases, with its 95 % limits;
    None where it never spoke. Units: shares from 0 to 1.
    """

    model: Model
    bar: float
    precision: float | None
    low: float
    high: float
    spoken: int
    held: int
    trained: int

    @property
    def speaks(self) -> bool:
        """Say whether it was right often enough, on enough cases, to be heard."""
        enough = self.spoken >= LEAST_GUESSES and self.precision is not None
        return enough and self.precision is not None and self.precision >= WANTED


def learn(examples: Sequence[Example]) -> Learned | None:
    """Return what can be learned from cases in the order in which they came; None from too few.

    The oldest 70 % train, the next 15 % set the bar, the last 15 % measure: so the figure is of
    cases that neither trained it nor chose its bar.
    """
    many = len(examples)
    if many < LEAST_CASES:
        return None
    first, second = int(many * TRAINED), int(many * TUNED)
    model = train(examples[:first])
    bar = _bar(model, examples[first:second])
    right, spoken = _right(model, examples[second:], bar)
    share = right / spoken if spoken else None
    low, high = wilson_limits(share, spoken) if share is not None else (0.0, 1.0)
    return Learned(model, bar, share, low, high, spoken, many - second, first)


def guess(learned: Learned | None, words: str) -> str | None:
    """Return the category that the words most likely belong to; None where it keeps silent."""
    if learned is None or not learned.speaks:
        return None
    code, sure = likeliest(learned.model, words)
    return code if sure >= learned.bar else None


def train(examples: Sequence[Example]) -> Model:
    """Return a model of pairs of signs, one added to each count.

    Source: Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, p. 260.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        counts[example.code].update(_signs(example.words))
    known = len({pair for count in counts.values() for pair in count})
    cases = Counter(example.code for example in examples)
    sizes = {code: counts[code].total() + known for code in cases}
    return Model(
        common={code: log(many / len(examples)) for code, many in cases.items()},
        pairs={
            code: {pair: log((many + 1) / sizes[code]) for pair, many in counts[code].items()}
            for code in cases
        },
        unseen={code: -log(max(1, size)) for code, size in sizes.items()},
    )


def likeliest(model: Model, words: str) -> tuple[str, float]:
    """Return the likeliest category and how sure the model is of it, 0 to 1; ties by its code.

    Of words that it mostly never met it is not sure at all, whatever the few others say.
    """
    said = _signs(words)
    met = sum(any(pair in known for known in model.pairs.values()) for pair in said)
    if met < FAMILIAR * len(said) or not said:
        return min(model.common), 0.0
    scores = {
        code: common
        + sum(model.pairs[code].get(pair, model.unseen[code]) * many for pair, many in said.items())
        for code, common in model.common.items()
    }
    best = max(sorted(scores), key=lambda code: scores[code])
    return best, 1 / sum(exp(score - scores[best]) for score in scores.values())


def _signs(words: str) -> Counter[str]:
    """Return what a text is known by: pairs of Chinese signs, and English words that tell something."""
    found: Counter[str] = Counter()
    for run in RUNS.findall("".join(folded(words)) if words.isascii() else _joined(words)):
        if run.isascii():
            found.update([run] if run not in EMPTY else [])
        else:
            found.update(run[place : place + 2] for place in range(len(run) - 1))
    return found


def _joined(words: str) -> str:
    """Return a text without the blanks between Chinese signs; those around English words stay."""
    return re.sub(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])", "", folded(words))


def _bar(model: Model, examples: Sequence[Example]) -> float:
    """Return the lowest bar above which enough guesses are right; the highest where none is."""
    for bar in BARS:
        right, spoken = _right(model, examples, bar)
        if spoken and right / spoken >= WANTED:
            return bar
    return BARS[-1]


def _right(model: Model, examples: Sequence[Example], bar: float) -> tuple[int, int]:
    told = [(likeliest(model, one.words), one.code) for one in examples]
    heard = [(code, true) for (code, sure), true in told if sure >= bar]
    return sum(code == true for code, true in heard), len(heard)
