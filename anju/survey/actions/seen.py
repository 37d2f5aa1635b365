"""Whether the homes of a file have answered already: by home, else by the answers as a whole.

It merges nothing and refuses nothing; the import asks a person what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anju.answers.rules.answers import AnswerSet
from anju.kernel.tasks import Plain
from anju.survey.actions.rows import answer_lists
from anju.survey.forms import ordered_items
from anju.survey.models import Response

Answers = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Of `homes` in a file, `known` answered before, `same` of them with the very same answers.

    `imports` are the numbers of the imports in use that hold them. Where a file names no homes,
    its rows stand for them, and they are known only where an import holds exactly these answers.
    """

    homes: int = 0
    known: int = 0
    same: int = 0
    imports: tuple[int, ...] = ()
    by_home: bool = True

    def as_plain(self) -> dict[str, Plain]:
        """Return it as a job keeps it."""
        return {
            "seen_homes": self.homes,
            "seen_known": self.known,
            "seen_same": self.same,
            "seen_imports": [str(number) for number in self.imports],
            "seen_by_home": self.by_home,
        }


def seen_before(wave_id: int, version_id: int, answers: AnswerSet) -> Seen:
    """Return how many homes of a file are among the answers in use in its wave."""
    rows = Response.objects.filter(wave_id=wave_id)
    if not len(answers.levels) or not rows.exists():
        return Seen(len({home for home in answers.households if home}))
    told = [tuple(codes) for codes in answer_lists(answers, ordered_items(version_id))]
    there = list(rows.values_list("household", "batch__number", "answers").iterator())
    stored = [(home, number, tuple(codes)) for home, number, codes in there]
    if any(answers.households):
        return _by_home(list(zip(answers.households, told, strict=True)), stored)
    return _as_a_whole(told, stored)


def _by_home(
    rows: Sequence[tuple[str | None, Answers]], stored: Sequence[tuple[str, int, Answers]]
) -> Seen:
    said: dict[str, set[Answers]] = {}
    for home, answers in rows:
        if home:
            said.setdefault(home, set()).add(answers)
    held = [entry for entry in stored if entry[0] in said]
    return Seen(
        homes=len(said),
        known=len({home for home, _number, _answers in held}),
        same=len({home for home, _number, answers in held if answers in said[home]}),
        imports=tuple(sorted({number for _home, number, _answers in held})),
    )


def _as_a_whole(told: Sequence[Answers], stored: Sequence[tuple[str, int, Answers]]) -> Seen:
    wanted, height = Counter(told), len(told)
    by_import: dict[int, Counter[Answers]] = {}
    for _home, number, answers in stored:
        by_import.setdefault(number, Counter())[answers] += 1
    found = tuple(sorted(n for n, held in by_import.items() if held == wanted))
    known = height if found else 0
    return Seen(height, known, known, found, by_home=False)
