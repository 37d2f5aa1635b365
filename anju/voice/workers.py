"""Who worked on cases, from their histories: these never ask the owners whether it is solved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from anju.casework.calls import NAMED, WORKED, Entry, doers
from anju.kernel import history
from anju.kernel.scope import current_company
from anju.voice.models import Case

KIND = "case"


def doers_of(case: Case) -> frozenset[int]:
    """Return who did the work of a case, by id."""
    return doers_of_many([case])[case.pk]


def doers_of_many(cases: Iterable[Case]) -> dict[int, frozenset[int]]:
    """Return who did the work of each case, by its id; one query."""
    held = {one.pk: one for one in cases}
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    rows = history.of_subjects(current_company(), [(KIND, tuple(held))])
    for row in rows.filter(verb__in=NAMED | WORKED):
        found[row.subject_id].append(Entry(row.verb, row.actor_id, row.payload))
    return {key: doers(case.executor_id, found[key]) for key, case in held.items()}
