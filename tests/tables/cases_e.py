"""Return visits and objections that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anju.aftercare.actions import visiting
from anju.casework.kinds import Party
from anju.casework.visits import Solved
from anju.kernel.pure.clock import utc_now
from anju.voice.actions import closing, handling
from anju.voice.actions.storing import Edition
from anju.voice.models import Case, ReturnVisit
from tests.cast import Cast
from tests.tables.cases_b import a_matter
from tests.tables.shape import Row

CALLERS, REVIEW = "AQMDS", "AQHMD"
TABLE: Mapping[str, Row] = {
    "visits": Row(CALLERS),
    "visits-print": Row(CALLERS),
    "visits-coverage": Row(REVIEW),
    "visits-mine": Row("AHMDSW"),
    "visits-disputes": Row(REVIEW),
    "visits-dispute": Row("AQ", post=True),
    "visit": Row(CALLERS),
    "visit-phone": Row("AMD", post=True),
    "visit-slip": Row(CALLERS),
    "grievances": Row(REVIEW),
}


def a_closed_case(cast: Cast) -> Case:
    """Return a repair of the first home whose owner was told, so that a visit is owed."""
    case, at = a_matter(cast), utc_now()
    named = handling.Named(cast.manager.account_id)
    edition, moment = Edition(case.pk), handling.Moment(at)
    handling.accept(actor=cast.desk, edition=edition, named=named, at=at)
    handling.start(actor=cast.manager, edition=edition, moment=moment)
    work = handling.Work("接头老化", Party.PROPERTY, "已更换")
    handling.finish(actor=cast.manager, edition=edition, work=work, moment=moment)
    told = closing.Told("已电话告知", at)
    return closing.report_back(actor=cast.desk, edition=edition, told=told, at=at)


def a_visit(cast: Cast) -> int:
    """Return a visit that is owed."""
    case = a_closed_case(cast)
    with cast.inside():
        return int(ReturnVisit.objects.get(case=case).pk)


def an_objection(cast: Cast) -> int:
    """Return an objection to an owner's own verdict."""
    case, at = a_closed_case(cast), utc_now()
    answer = visiting.Answer(Solved.PARTLY)
    verdict = visiting.answer_by_owner(
        company_id=cast.company.id, case_id=case.pk, answer=answer, at=at
    )
    row = visiting.dispute(actor=cast.manager, verdict_id=verdict.pk, words="已修好", at=at)
    return int(row.pk)


OWN: Mapping[str, Callable[[Cast], object]] = {
    "visit_id": a_visit,
    "dispute_id": an_objection,
}
