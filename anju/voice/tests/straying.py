"""One case led through everything that goes on beside the table as well: who looks on, what it cost,
objections, faults that many report, presses from a phone without signal, a calendar put right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from typing_extensions import override

from anju.aftercare.actions import visiting
from anju.casework.kinds import Chase, Party, Payer
from anju.casework.onsite import Cannot, Cause, Step
from anju.casework.states import OPEN
from anju.flows import calendar as corrections
from anju.intake.actions import faults as many
from anju.kernel import history
from anju.onsite.actions import onsite
from anju.register.access import NotFound
from anju.register.actions.calendar import HoursDraft
from anju.register.calendars import facts_of, working_calendar
from anju.register.models import WorkCalendar
from anju.register.rules.calendar import USUAL, ZONE, Entry
from anju.voice.actions import clockwork, closing, paying, receiving, writing
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Bundle, Case, Dispute, Verdict
from anju.voice.refold import faults
from anju.voice.tests.making import a_report
from anju.voice.tests.walking import ACTS, Walk
from anju.worktime.hours import Day, DayKind, Shift, WorkingCalendar

# A photo is a file to be read and stored; those presses have tests of their own.
PRESSES: tuple[Step | Cannot, ...] = (
    Step.TAKE, Step.ARRIVE, Step.BEFORE, Step.AFTER, Step.PARTS, Step.DONE, Step.RESUME,
    Cannot.PART, Cannot.BUILDER, Cannot.HELP,
)  # fmt: skip


@dataclass(slots=True)
class Straying(Walk):
    """A walk with all that goes on beside the table; `sent` are the presses that a phone keeps."""

    sent: list[tuple[int, onsite.Press]] = field(default_factory=list)
    fault_id: int = 0  # begun by a neighbour's word in this walk
    version: int | None = None  # of the calendar by which its deadlines stand
    read: dict[int, WorkingCalendar] = field(default_factory=dict)

    @property
    @override
    def acts(self) -> Mapping[str, Callable[[Walk], None]]:
        return EVERY

    @override
    def faults(self, case: Case) -> Mapping[str, tuple[object, object]]:
        """Return the columns that differ; a case that is over keeps the calendar of its end."""
        usual = WorkCalendar.objects.filter(usual=True).first()
        if usual is None:
            return faults(case, at=self.at)
        if case.state in OPEN or self.version is None:
            self.version = usual.version
        if self.version not in self.read:  # a version is never changed once it is written
            self.read[self.version] = working_calendar(usual.pk, self.version)
        return faults(case, at=self.at, calendar=self.read[self.version])

    def told(self) -> tuple[int, int]:
        """Return how often the case was changed, and how many entries its history has."""
        with self.people.cast.inside():
            case = self.row()
            return case.version, history.entries(subject(case)).count()


def _observe(walk: Walk) -> None:
    cast = walk.people.cast
    who = walk.draw.choice((cast.manager, cast.desk, walk.people.worker)).account_id
    writing.observe(actor=cast.manager, edition=walk.edition, account_id=who, at=walk.at)


def _cost(walk: Walk) -> None:
    fen = walk.draw.choice((None, 0, 12_000, 990_000))
    cost = paying.Cost(fen, walk.draw.choice((None, *Payer)), walk.draw.choice(("", "换新")))
    paying.set_cost(actor=walk.people.cast.manager, edition=walk.edition, cost=cost, at=walk.at)


def _chase(walk: Walk) -> None:
    how = walk.draw.choice(tuple(Chase))
    paying.chase(actor=walk.people.cast.manager, edition=walk.edition, how=how, words="已催", at=walk.at)  # fmt: skip


def _blame(walk: Walk) -> None:
    """Name whose it is: of the builder's matters some are chased."""
    party = writing.Sorted(party=walk.draw.choice((Party.DEVELOPER, Party.PROPERTY)))
    writing.sort(actor=walk.people.cast.desk, edition=walk.edition, as_=party, at=walk.at)


def _dispute(walk: Walk) -> None:
    with walk.people.cast.inside():
        verdict = Verdict.objects.filter(case_id=walk.case_id).order_by("-id").first()
    visiting.dispute(actor=walk.people.cast.manager, verdict_id=verdict.pk if verdict else 0, words="不符", at=walk.at)  # fmt: skip


def _answer_dispute(walk: Walk) -> None:
    with walk.people.cast.inside():
        rows = Dispute.objects.filter(verdict__case_id=walk.case_id)
        found = rows.order_by("-id").values_list("id", flat=True).first()
    visiting.answer_dispute(actor=walk.people.cast.quality, dispute_id=found or 0, words="已核实", at=walk.at)  # fmt: skip


def _join(walk: Walk) -> None:
    """Let the case join a fault that a neighbour's word began in this walk."""
    assert isinstance(walk, Straying)
    if not walk.fault_id:
        walk.fault_id = _beside(walk)
    closing.join(actor=walk.people.cast.desk, edition=walk.edition, bundle_id=walk.fault_id, at=walk.at)  # fmt: skip


def _beside(walk: Walk) -> int:
    """Register a neighbour's word and begin a fault from it; return the fault."""
    cast, name = walk.people.cast, f"{walk.draw.getrandbits(64):x}"
    report = a_report(cast, f"邻居的事 {name}", client_id=name)
    case = receiving.receive(actor=cast.desk, report=report, at=walk.at)
    fault = closing.Fault("停水")
    return int(
        closing.bundle(actor=cast.desk, edition=Edition(case.pk), fault=fault, at=walk.at).pk
    )


def _leave(walk: Walk) -> None:
    many.leave(actor=walk.people.cast.desk, edition=walk.edition, at=walk.at)


def _fault(walk: Walk) -> Bundle:
    """Return the fault that the case lies in; raises NotFound."""
    with walk.people.cast.inside():
        found: Bundle | None = Bundle.objects.filter(cases=walk.case_id).first()
    if found is None:
        raise NotFound("bundle")
    return found


def _tell_all(walk: Walk) -> None:
    news = many.News("正在抢修", walk.at + timedelta(hours=walk.draw.choice((-1, 4))))
    many.tell_all(actor=walk.people.cast.manager, bundle_id=_fault(walk).pk, version=None, news=news, at=walk.at)  # fmt: skip


def _end_fault(walk: Walk) -> None:
    found = _fault(walk)
    if walk.draw.random() < 0.6:  # mostly not, or few cases would go far
        return
    over = many.Over(walk.people.worker.account_id, "管道破裂", "已修复")
    many.end_fault(actor=walk.people.cast.manager, bundle_id=found.pk, version=None, over=over, at=walk.at)  # fmt: skip


def _press(walk: Walk) -> None:
    """Send what a phone kept without signal, twice: the second time nothing is done again."""
    assert isinstance(walk, Straying)
    by = walk.draw.choice((walk.people.worker, walk.people.cast.manager))
    press = onsite.Press(
        walk.case_id, f"{walk.draw.getrandbits(96):024x}", walk.draw.choice(PRESSES), "接头老化",
        walk.draw.choice(tuple(Cause)), client_at=_earlier(walk),
    )  # fmt: skip
    onsite.carry_out(actor=by, press=press, at=walk.at)
    walk.sent.append((by.account_id, press))
    _again(walk, len(walk.sent) - 1)


def _earlier(walk: Walk) -> datetime:
    return walk.at - timedelta(minutes=walk.draw.choice((0, 3, 90, 3_000)))


def _replay(walk: Walk) -> None:
    """Send an old press once more, wherever the case stands by now."""
    assert isinstance(walk, Straying)
    if not walk.sent:
        raise NotFound("press")
    _again(walk, walk.draw.randrange(len(walk.sent)))


def _again(walk: Straying, number: int) -> None:
    account, press = walk.sent[number]
    people = (walk.people.worker, walk.people.cast.manager)
    by = next(one for one in people if one.account_id == account)
    before = walk.told()
    if onsite.carry_out(actor=by, press=press, at=walk.at).fresh or walk.told() != before:
        raise AssertionError(f"a press sent twice was done twice: {press.what}")


def _correct(walk: Walk) -> None:
    """Put the company's calendar right: a day comes in, and with the next correction goes again."""
    actor = walk.people.cast.administrator
    with walk.people.cast.inside():
        usual = WorkCalendar.objects.filter(usual=True).first()
        if usual is None:
            draft = HoursDraft("工作历", ZONE, tuple(USUAL))
            usual = corrections.make_calendar(actor=actor, draft=draft, at=walk.at)
        facts = facts_of(usual)
    if facts.own:
        corrections.remove_day(actor=actor, calendar_id=facts.id, day_id=facts.own[0].id, seen=facts.number, at=walk.at)  # fmt: skip
    else:
        on = (walk.at + timedelta(days=walk.draw.randrange(9))).date()
        kind = walk.draw.choice(tuple(DayKind))
        shifts = (Shift(600, 660),) if kind is DayKind.HOURS else ()
        day = Day(on, kind, "调整", "changed", shifts)
        corrections.add_days(actor=actor, calendar_id=facts.id, entries=[Entry(1, day)], seen=facts.number, at=walk.at)  # fmt: skip
    with walk.people.cast.inside():  # as the job in the background does, for this case
        clockwork.recompute(case_id=walk.case_id, at=walk.at)


ASIDE: Mapping[str, Callable[[Walk], None]] = {
    "observe": _observe,
    "cost": _cost,
    "blame": _blame,
    "chase": _chase,
    "dispute": _dispute,
    "answer_dispute": _answer_dispute,
    "join": _join,
    "leave": _leave,
    "tell_all": _tell_all,
    "end_fault": _end_fault,
    "press": _press,
    "press_by_phone": _press,  # twice as often as the rest: it is how most work is told
    "replay": _replay,
    "correct": _correct,
}
EVERY: Mapping[str, Callable[[Walk], None]] = {**ACTS, **ASIDE}
__all__ = ["ASIDE", "EVERY", "Straying"]
