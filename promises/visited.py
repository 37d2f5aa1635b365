"""Cases that were closed, asked about and objected to, for the stage."""

from __future__ import annotations

from collections.abc import Callable

from anju.aftercare.actions import visiting
from anju.casework.calls import Then
from anju.casework.kinds import CaseKind, Channel, Mode, Party
from anju.casework.visits import Solved
from anju.kernel.pure.clock import utc_now
from anju.register.models import Unit
from anju.voice.actions import closing, handling, receiving
from anju.voice.actions.storing import Edition
from anju.voice.models import Case, ReturnVisit
from tests.cast import Cast

Word = Callable[[int], str]


def visited(cast: Cast, word: Word) -> dict[str, tuple[object, ...]]:
    """Make a visit that is owed, one tried in vain, and an objection to a verdict; return ids."""
    owed, tried, judged = (_closed(cast, word) for _ in range(3))
    at = utc_now()
    call = visiting.Call(Mode.PHONE, word(400))
    visiting.record(actor=cast.desk, visit_id=tried, version=None, call=call, at=at)
    answer = visiting.Answer(Solved.NO, 1, ("-speed",), word(900))
    said = visiting.Call(Mode.DOOR, answer=answer, onward=visiting.Onward(Then.AGAIN))
    visiting.record(actor=cast.desk, visit_id=judged, version=None, call=said, at=at)
    with cast.inside():
        verdict_id = ReturnVisit.objects.get(id=judged).verdicts.get().pk
    row = visiting.dispute(actor=cast.manager, verdict_id=verdict_id, words=word(400), at=at)
    return {"visit_id": (owed, tried, judged), "dispute_id": (row.pk,)}


def _closed(cast: Cast, word: Word) -> int:
    """Return the visit that a complaint of the first home is owed once it is closed."""
    with cast.inside():
        unit = Unit.objects.filter(building__project=cast.project).order_by("id")[0]
    at = utc_now()
    place = receiving.Place(cast.project.pk, unit.pk, spot=word(100))
    report = receiving.Report(CaseKind.COMPLAINT, place, word(900), Channel.PHONE)
    case: Case = receiving.receive(actor=cast.desk, report=report, at=at)
    edition, moment = Edition(case.pk), handling.Moment(at)
    named = handling.Named(cast.manager.account_id)
    handling.accept(actor=cast.desk, edition=edition, named=named, at=at)
    handling.start(actor=cast.manager, edition=edition, moment=moment)
    work = handling.Work(word(400), Party.PROPERTY, word(400))
    handling.finish(actor=cast.manager, edition=edition, work=work, moment=moment)
    told = closing.Told(word(900), at)
    closing.report_back(actor=cast.desk, edition=edition, told=told, at=at)
    with cast.inside():
        return int(ReturnVisit.objects.get(case=case).pk)
