"""A fault that many homes told of, with its news, and an emergency, for the stage."""

from __future__ import annotations

from collections.abc import Callable

from anju.casework.kinds import CaseKind, Channel, Severity, WaitedFor
from anju.intake.actions import faults
from anju.kernel.pure.clock import utc_now
from anju.register.models import Unit
from anju.voice.actions import closing, handling, receiving
from anju.voice.actions.storing import Edition
from tests.cast import Cast

Word = Callable[[int], str]


def bundled(cast: Cast, word: Word) -> dict[str, tuple[object, ...]]:
    """Let two homes tell of one fault and tell them news; return the fault and its cases."""
    at = utc_now()
    with cast.inside():
        units = Unit.objects.filter(building__project=cast.project).order_by("id")[:2]
        ids = [unit.pk for unit in units]
    cases = []
    for unit_id, severity in zip(ids, (Severity.USUAL, Severity.EMERGENCY), strict=True):
        place = receiving.Place(cast.project.pk, unit_id, spot=word(100))
        report = receiving.Report(
            CaseKind.REPAIR, place, word(900), Channel.PHONE, severity=severity
        )
        cases.append(receiving.receive(actor=cast.desk, report=report, at=at).pk)
    _paused(cast, receiving.Place(cast.project.pk, ids[0]), word)
    fault = closing.Fault(word(100))
    made = closing.bundle(actor=cast.desk, edition=Edition(cases[0]), fault=fault, at=at)
    closing.join(actor=cast.desk, edition=Edition(cases[1]), bundle_id=made.pk, at=at)
    news = faults.News(word(150))
    faults.tell_all(actor=cast.desk, bundle_id=made.pk, version=None, news=news, at=at)
    return {"bundle_id": (made.pk,), "case_id": tuple(cases)}


def _paused(cast: Cast, place: receiving.Place, word: Word) -> None:
    """Let a case of the desk's own wait for a part, with the reason that its owner reads."""
    at = utc_now()
    report = receiving.Report(CaseKind.SERVICE, place, word(900), Channel.PHONE)
    edition = Edition(receiving.receive(actor=cast.desk, report=report, at=at).pk)
    named = handling.Named(cast.desk.account_id)
    handling.accept(actor=cast.desk, edition=edition, named=named, at=at)
    handling.start(actor=cast.desk, edition=edition, moment=handling.Moment(at))
    waiting = handling.Waiting(WaitedFor.PART, word(300))
    moment = handling.Moment(at)
    handling.wait(actor=cast.desk, edition=edition, waiting=waiting, moment=moment)
