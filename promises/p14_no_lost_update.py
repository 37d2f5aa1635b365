"""P14: fifty people edit one finding at once, and no accepted edit is lost or written over unseen.

Each edit says which edit its writer had before her eyes. Kept are exactly the accepted ones, in a
row in which each follows the one that its writer saw; the rejected ones are told E-STALE. Control:
editors who do not say what they saw write over each other, and that must be noticed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from django.db import connections

from anju.improve.actions.boxes import write_gap
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding
from anju.improve.tests.making import a_finding, now
from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from promises import ground
from promises.registry import Outcome, Promise, full
from tests import cast as people

EDITORS, AT_ONCE, TYPING = 50, 6, 0.01
GOAL = "0 lost and 0 written over unseen of 1,000 edits by 50 people; each rejected one is told"


@dataclass(frozen=True, slots=True)
class Edit:
    """One try: what was written, over what, and what became of it: nothing, a code, or a fault."""

    text: str
    over: str
    told: str


def _edit(
    cast: people.Cast, finding: Finding, text: str, chance: random.Random, *, blind: bool
) -> Edit:
    """Read the finding, think for a moment, and write."""
    seen = now(cast, finding)
    sleep(chance.random() * TYPING)
    edition = Edition(finding.pk, None if blind else seen.version)
    said = f"{text} over {seen.gap.split(' ')[0]}"
    try:
        write_gap(actor=cast.quality, edition=edition, title="x", text=said, at=utc_now())
    except Problem as problem:
        return Edit(text, seen.gap.split(" ")[0], problem.code)
    except Exception as fault:  # noqa: BLE001 whatever it is, the promise reports it
        return Edit(text, seen.gap.split(" ")[0], repr(fault))
    return Edit(text, seen.gap.split(" ")[0], "")


def _all(cast: people.Cast, finding: Finding, each: int, *, blind: bool) -> list[Edit]:
    def work(editor: int) -> list[Edit]:
        chance = random.Random(editor)
        try:
            return [_edit(cast, finding, f"{editor}.{n}", chance, blind=blind) for n in range(each)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [edit for made in pool.map(work, range(EDITORS)) for edit in made]


def _kept(cast: people.Cast, finding: Finding) -> list[tuple[str, str]]:
    """Return every edit in the history: its text, and over which text it says it was written."""
    subject = history.Subject(cast.company.pk, "finding", finding.pk)
    rows = history.entries(subject).filter(verb="gap_written").order_by("seq")
    words = [str(row.payload["gap"]).split(" ") for row in rows]
    return [(said[0], said[-1]) for said in words]


def _unseen(kept: Sequence[tuple[str, str]], first: str) -> int:
    """Count edits that do not follow the one that their writer saw."""
    before = [first, *(text for text, _over in kept)]
    return sum(1 for (_text, over), was in zip(kept, before, strict=False) if over != was)


def _judge(cast: people.Cast, finding: Finding, edits: Sequence[Edit]) -> list[str]:
    kept = _kept(cast, finding)
    accepted = {edit.text for edit in edits if not edit.told}
    told = {edit.told for edit in edits if edit.told}
    last = now(cast, finding)
    checks: Sequence[tuple[str, Callable[[], bool]]] = (
        ("accepted edits are not those in the history", lambda: {t for t, _ in kept} == accepted),
        ("an edit is in the history twice", lambda: len(kept) == len(accepted)),
        ("an edit was written over unseen", lambda: _unseen(kept, finding.gap.split(" ")[0]) == 0),
        ("the last accepted edit does not stand", lambda: last.gap.split(" ")[0] == kept[-1][0]),
        ("the version does not count the edits", lambda: last.version == 1 + len(kept)),
        (f"told otherwise: {sorted(told)[:3]}", lambda: told <= {"E-STALE"}),
        ("nobody was ever rejected: nothing was tried", lambda: bool(told)),
    )
    return [words for words, holds in checks if not holds()]


def attempt(_folder: Path) -> Outcome:
    """Let fifty people edit, then the same without saying what they saw."""
    ground.migrate()
    cast = people.the_cast()
    finding, other = a_finding(cast), a_finding(cast)
    edits = _all(cast, finding, 100 if full() else 20, blind=False)
    problems = _judge(cast, finding, edits)
    blind = _all(cast, other, 4, blind=True)
    unseen = _unseen(_kept(cast, other), other.gap.split(" ")[0])
    if not unseen:
        problems.append(f"control not caught: {len(blind)} blind edits all followed what was seen")
    accepted = sum(1 for edit in edits if not edit.told)
    told = (
        f"{len(edits)} edits: {accepted} accepted and in the history, {len(edits) - accepted}"
        f" rejected and told; control: {unseen} of {len(blind)} blind edits written over unseen"
    )
    figures = {"edits": len(edits), "accepted": accepted, "blind_lost": unseen}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P14", "Nobody's edit is written over unseen", attempt)
