"""Cases at the desk that the ids in addresses stand for: an emergency, a fault that many report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from anju.casework.kinds import CaseKind, Channel, Severity
from anju.intake.actions.ledgers import LedgerOrder, receive_ledger, start_ledger
from anju.intake.rules.ledger import Column, LedgerPlan
from anju.kernel import tasks
from anju.kernel.pure.clock import utc_now
from anju.register.models import Unit
from anju.voice.actions.closing import Fault, bundle
from anju.voice.actions.receiving import Place, Report, receive
from anju.voice.actions.storing import Edition
from anju.voice.models import Case
from tests.cast import Cast
from tests.tables.shape import Row

_number = count(1)
STAFF, STEER, QUALITY = "AQHMDSW", "AHMDS", "AQ"
TABLE: Mapping[str, Row] = {
    "case-new": Row(STAFF),
    "case-new-known": Row(STAFF),
    "case-new-undo": Row(STAFF, post=True, theirs="W"),
    "case-new-emergency": Row(STAFF, theirs="W"),
    "case-import": Row(QUALITY),
    "case-import-columns": Row(QUALITY),
    "case-import-job": Row(QUALITY),
    "case-import-start": Row(QUALITY, post=True),
    "case-import-marked": Row(QUALITY),
    "case-import-undo": Row(QUALITY, post=True),
    "bundles": Row(STAFF),
    "bundle": Row(STAFF),
    "bundle-news": Row(STEER),
    "bundle-end": Row(STEER),
    "bundle-leave": Row(STEER, post=True),
}


def a_matter(cast: Cast, severity: Severity = Severity.USUAL) -> Case:
    """Register a matter of the first home of the cast's project."""
    with cast.inside():
        rows = Unit.objects.filter(building__project=cast.project)
        unit = rows.order_by("building_id", "id")[0]
    place = Place(cast.project.pk, unit.pk)
    words = f"水管漏水 {next(_number)}"
    report = Report(CaseKind.REPAIR, place, words, Channel.PHONE, severity=severity)
    return receive(actor=cast.desk, report=report, at=utc_now())


def a_fault(cast: Cast) -> int:
    """Return a fault that one home told of."""
    case = a_matter(cast)
    fault = Fault(f"停水 {next(_number)}")
    made = bundle(actor=cast.desk, edition=Edition(case.pk), fault=fault, at=utc_now())
    return int(made.pk)


def a_ledger(cast: Cast, *, wrong: bool = False, taken: bool = False) -> dict[str, object]:
    """Return the project and the file of a list, and the work on it that is done."""
    day = "2026-13-40" if wrong else "2026-03-02"
    lines = f"日期,事由\r\n{day},水管漏水 {next(_number)}\r\n"
    at, project = utc_now(), cast.project.pk
    name = f"ledger{next(_number)}.csv"
    file_id = receive_ledger(
        actor=cast.quality, project_id=project, chunks=[lines.encode()], name=name, at=at
    )
    plan = LedgerPlan((("日期", Column.RECEIVED), ("事由", Column.WORDS)))
    order = LedgerOrder(project, file_id, plan, dry_run=not taken)
    job_id = start_ledger(actor=cast.quality, order=order, at=at)
    tasks.run_job.func(job_id)
    return {"project_id": project, "file_id": file_id, "job_id": job_id}


def _job(cast: Cast, *, wrong: bool = False, taken: bool = False) -> dict[str, object]:
    return {"job_id": a_ledger(cast, wrong=wrong, taken=taken)["job_id"]}


def _file(cast: Cast) -> dict[str, object]:
    made = a_ledger(cast)
    return {"project_id": made["project_id"], "file_id": made["file_id"]}


OWN: Mapping[str, Callable[[Cast], object]] = {"bundle_id": a_fault}
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "case-new-emergency": lambda cast: {"case_id": a_matter(cast, Severity.EMERGENCY).pk},
    "case-new-undo": lambda cast: {"case_id": a_matter(cast).pk},
    "case-import-columns": _file,
    "case-import-job": _job,
    "case-import-start": _job,
    "case-import-marked": lambda cast: _job(cast, wrong=True),
    "case-import-undo": lambda cast: _job(cast, taken=True),
    "bundle-leave": lambda cast: {"case_id": a_matter(cast).pk},
}
