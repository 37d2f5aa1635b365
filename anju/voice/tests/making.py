"""Small makers of cases for tests: a report of Mrs Li's home, and a case brought to a state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from anju.casework.kinds import CaseKind, Channel, Party, Severity
from anju.kernel.scope import company_scope
from anju.register.access import Actor
from anju.register.models import Unit
from anju.voice.actions import closing, handling, receiving
from anju.voice.actions.storing import Edition
from anju.voice.models import Case
from tests.cast import HER_BUILDING, HER_UNIT, Cast

# Friday 2026-11-20, 09:30 in China.
AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def her_home(cast: Cast) -> Unit:
    """Return Mrs Li's home; call it inside the company."""
    found: Unit = Unit.objects.get(building__name=HER_BUILDING, number=HER_UNIT)
    return found


def a_report(cast: Cast, words: object = "厨房水管漏水", **more: object) -> receiving.Report:
    """Return a repair of Mrs Li's home as the desk hears it by phone."""
    with company_scope(cast.company.id):
        unit = her_home(cast)
    given: dict[str, object] = {
        "kind": CaseKind.REPAIR,
        "place": receiving.Place(cast.project.pk, unit.pk),
        "words": words,
        "channel": Channel.PHONE,
        "severity": Severity.USUAL,
        **more,
    }
    return receiving.Report(**given)  # type: ignore[arg-type] # the fields are named above


def a_case(cast: Cast, words: str = "厨房水管漏水", *, at: datetime = AT, **more: object) -> Case:
    """Register a repair of Mrs Li's home at the desk."""
    return receiving.receive(actor=cast.desk, report=a_report(cast, words, **more), at=at)


def taken(cast: Cast, by: Actor, *, at: datetime = AT, **more: object) -> Case:
    """Register a case and name somebody who answers for it and works on it."""
    case = receiving.receive(actor=cast.desk, report=a_report(cast, **more), at=at)
    named = handling.Named(by.account_id)
    return handling.accept(actor=cast.desk, edition=Edition(case.pk), named=named, at=at)


def begun_by(cast: Cast, by: Actor, *, at: datetime = AT, **more: object) -> Case:
    """Bring a case to where somebody works on it."""
    case = taken(cast, by, at=at, **more)
    return handling.start(actor=by, edition=Edition(case.pk), moment=handling.Moment(at + HOUR))


def finished(cast: Cast, by: Actor, *, at: datetime = AT, **more: object) -> Case:
    """Bring a case to where its work is done and its owner not yet told."""
    case = taken(cast, by, at=at, **more)
    moment = handling.Moment(at + HOUR)
    handling.start(actor=by, edition=Edition(case.pk), moment=moment)
    work = handling.Work("接头老化", Party.PROPERTY, "已更换")
    return handling.finish(actor=by, edition=Edition(case.pk), work=work, moment=moment)


def closed(cast: Cast, by: Actor, *, at: datetime = AT, **more: object) -> Case:
    """Bring a case to where its owner was told and is to be asked."""
    case = finished(cast, by, at=at, **more)
    later = at + 2 * HOUR
    told = closing.Told("已电话告知", later)
    return closing.report_back(actor=cast.desk, edition=Edition(case.pk), told=told, at=later)
