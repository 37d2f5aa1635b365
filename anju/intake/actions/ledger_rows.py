"""Rows of an old ledger as cases: made ready one by one, then kept all at once in one short act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from anju.casework.kinds import CaseKind, Channel, NoteFrom, Shown
from anju.casework.states import Outcome, State
from anju.casework.triage import Keyed, guesses
from anju.intake.rules.ledger import LedgerRow
from anju.kernel import history
from anju.kernel.history import Entry, Plain
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Run
from anju.register.models import Unit
from anju.voice.actions.storing import GONE, clock_columns, next_number, renew, subject
from anju.voice.models import Case, CaseNote, Category
from anju.voice.promised import find_level, next_due

# So many rows are kept within the two seconds for which others may have to wait.
ROWS_MOST = 3_000
TOLD_EVERY = 100
Keys = Sequence[tuple[int, Keyed, str]]


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that is not kept yet, with its row and what its history will tell."""

    case: Case
    row: LedgerRow
    told: tuple[Entry, ...]


def keep_rows(run: Run, rows: Sequence[LedgerRow], project_id: int) -> None:
    """Make every row ready, then keep them all or none; what an earlier try kept stays as it is."""
    if _kept(run):
        return
    units = Unit.objects.in_bulk({row.unit_id for row in rows if row.unit_id is not None})
    categories = {row.pk: row for row in Category.objects.all()}
    keyed = [(pk, Keyed(row.code, row.words), row.kind) for pk, row in categories.items()]
    ready = []
    for done, row in enumerate(rows):
        if done % TOLD_EVERY == 0:
            run.report(done=done, total=len(rows), step="storing")
        category, kind = _sorted(row, keyed)
        case = _case(run, row, project_id, units)
        case.kind, case.category = kind.value, categories.get(category or 0)
        ready.append(_ready(run, case, row))
    run.report(done=len(rows), total=len(rows), step="storing")
    _keep(run, ready, project_id)


def _kept(run: Run) -> bool:
    return Case.objects.across_parts().filter(batch=run.job_id).exists()


@transaction.atomic
def _keep(run: Run, ready: Sequence[Ready], project_id: int) -> None:
    first = next_number(run.company_id)
    if _kept(run):  # another worker was given the same work
        return
    for number, one in enumerate(ready, start=first):
        one.case.number = number
    Case.objects.across_parts().bulk_create([one.case for one in ready])
    notes = [note for one in ready if (note := _note(run, one)) is not None]
    CaseNote.objects.across_parts().bulk_create(notes)
    noted = {note.case_id: note for note in notes}
    history.write_first((subject(one.case), _entries(one, noted, run)) for one in ready)
    said: dict[str, Plain] = {"rows": len(ready), "project": project_id}
    taken = Entry("taken_in", run.actor_id, run.at, said)
    history.write_first([(history.Subject(run.company_id, GONE, run.job_id), [taken])])


def _note(run: Run, one: Ready) -> CaseNote | None:
    if one.row.closed_at is not None or not one.row.result:
        return None
    by = NoteFrom.OWNER if run.actor_id is None else NoteFrom.STAFF
    return CaseNote(
        company_id=run.company_id, case=one.case, by_id=run.actor_id, said_by=by.value,
        shown=Shown.INSIDE.value, words=one.row.result, at=run.at,
    )  # fmt: skip


def _entries(one: Ready, noted: Mapping[int, CaseNote], run: Run) -> tuple[Entry, ...]:
    note = noted.get(one.case.pk)
    if note is None:
        return one.told
    said: dict[str, Plain] = {"note": note.pk, "shown": note.shown}
    return (*one.told, Entry("noted", run.actor_id, run.at, said))


def _case(run: Run, row: LedgerRow, project_id: int, units: Mapping[int, Unit]) -> Case:
    unit = units.get(row.unit_id or 0)
    return Case(
        company_id=run.company_id, project_id=project_id, unit=unit,
        building_id=unit.building_id if unit is not None else None,
        channel=Channel.LEDGER.value, words=row.words, caller=row.caller,
        client_id=f"ledger-{run.job_id}-{row.row}", client_at=run.at,
        received_at=row.received_at, clock_from=row.received_at, batch=run.job_id,
    )  # fmt: skip


def _sorted(row: LedgerRow, keyed: Keys) -> tuple[int | None, CaseKind]:
    """Return the topic and kind of a row: as written, else as its words tell most clearly."""
    found = guesses(row.words, [one for _id, one, _kind in keyed])
    likely = next((one for one in keyed if found and one[1].code == found[0].code), None)
    topic = next((one for one in keyed if one[0] == row.category_id), likely)
    kind = row.kind or (CaseKind(topic[2]) if topic and topic[2] else CaseKind.COMPLAINT)
    return (topic[0] if topic else None), kind


def _ready(run: Run, case: Case, row: LedgerRow) -> Ready:
    said: dict[str, Plain] = {
        "channel": case.channel, "kind": case.kind, "severity": case.severity,
        "import": run.job_id, "ledger": row.number,
    }  # fmt: skip
    if row.closed_at is None:
        said["clock_from"] = run.at.isoformat()
    came = Entry("received", None, row.received_at, said)
    after = _open(case, row, run) if row.closed_at is None else _over(case, row)
    return Ready(case, row, (came, *after))


def _open(case: Case, row: LedgerRow, run: Run) -> tuple[Entry, ...]:
    """Make ready what is not over: nothing was promised here before, so its clock starts now."""
    case.clock_from = run.at
    try:
        case.level_id = find_level(case).id
    except Problem:
        case.level_id = None
    renew(case, at=run.at)
    for name, value in clock_columns(case).items():
        if name.endswith("_due"):
            setattr(case, name.replace("_due", "_first"), value)
    told = []
    if row.assignee_id is not None:
        case.assignee_id = case.executor_id = row.assignee_id
        case.state, case.acknowledge_met = State.ACCEPTED.value, run.at
        told.append(Entry("accept", None, run.at, {"assignee": row.assignee_id}))
    case.next_due_at = next_due(case)
    return tuple(told)


def _over(case: Case, row: LedgerRow) -> tuple[Entry, ...]:
    """Make ready what is over: without promises, since none was made to anybody by us."""
    at = row.closed_at or row.received_at
    case.assignee_id = case.executor_id = row.assignee_id
    case.state, case.outcome = State.SETTLED.value, Outcome.UNCONFIRMED.value
    case.cause, case.arrived_at = row.result, at
    for name in ("acknowledge", "on_site", "resolve", "report_back"):
        setattr(case, f"{name}_met", at)
    case.done_at = case.closed_at = case.settled_at = at
    steps: tuple[tuple[str, dict[str, Plain]], ...] = (
        ("accept", {"assignee": row.assignee_id}),
        ("start", {}),
        ("finish", {"cause": row.result}),
        ("report_back", {"told_at": at.isoformat()}),
        ("settle", {}),
    )
    batch: dict[str, Plain] = {"import": case.batch}
    return tuple(Entry(verb, None, at, {**batch, **more}) for verb, more in steps)
