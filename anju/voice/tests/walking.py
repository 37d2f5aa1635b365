"""One case led at random through the acts that people use, and what must hold after each of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind, Channel, Mode, Party, Severity, Shown, WaitedFor
from anju.casework.promises import Promised
from anju.casework.states import STEPS, CaseVerb, State
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.register.access import Actor, NotFound
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.voice.actions import clockwork, closing, handling, receiving, writing
from anju.voice.actions.storing import Edition, Said, subject
from anju.voice.models import Case, Category, ReturnVisit
from anju.voice.refold import faults
from anju.voice.tests.making import AT, a_report, her_home
from tests.cast import Cast

# What an owner is written at, and under which stage; the round is the number of times it was opened.
TOLD = {
    "received": "registered", "accept": "handling", "report_back": "closed", "refer": "closed",
    "withdraw": "closed", "decline": "closed",
}  # fmt: skip
ENDS = (CaseVerb.REFER, CaseVerb.WITHDRAW, CaseVerb.DECLINE)
KINDS, SEVERITIES = tuple(CaseKind), (Severity.USUAL, Severity.IMPORTANT, Severity.EMERGENCY)
PLAIN = (
    "fees",
    "decoration",
    "parking",
    "noise",
    "conduct",
    "other",
)  # topics that ask for no photo


@dataclass(frozen=True, slots=True)
class People:
    """Who acts: the cast, somebody who works, and the person who reports."""

    cast: Cast
    worker: Actor
    person_id: int


def people(cast: Cast, worker: Actor) -> People:
    """Let somebody live in Mrs Li's home who can be written to."""
    with cast.inside():
        unit = her_home(cast)
    draft = MoveIn(PersonDraft("李秀兰", "13800138000"), "owner", AT.date() - timedelta(days=900))
    lives = move_in(actor=cast.quality, unit_id=unit.pk, draft=draft, at=AT)
    return People(cast, worker, int(lives.person_id))


@dataclass(slots=True)
class Walk:
    """A walk of one case: what was done, what was refused, and every state it stood in."""

    people: People
    draw: random.Random
    at: datetime = AT
    case_id: int = 0
    done: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    states: set[State] = field(default_factory=set)
    handed: set[State] = field(default_factory=set)  # from which it was handed over
    did: set[str] = field(default_factory=set)
    words: str = ""  # as they were sent

    @property
    def acts(self) -> Mapping[str, Callable[[Walk], None]]:
        """What is tried, by name."""
        return ACTS

    @property
    def edition(self) -> Edition:
        return Edition(self.case_id)

    def row(self) -> Case:
        """Return the case as it is stored; call it inside the company."""
        rows = Case.objects.select_related("level", "category", "project", "unit")
        found: Case = rows.get(id=self.case_id)
        return found

    def state(self) -> State:
        """Return where the case stands."""
        with self.people.cast.inside():
            return State(Case.objects.values_list("state", flat=True).get(id=self.case_id))

    def begin(self) -> None:
        """Register a word of a random kind, at the desk or by the owner herself, sometimes twice."""
        cast = self.people.cast
        by_owner = self.draw.random() < 0.4
        self.words = f"第 {self.draw.randrange(10**9)} 件事"
        report = a_report(
            cast, self.words, kind=self.draw.choice(KINDS),
            severity=self.draw.choice(SEVERITIES), client_id=f"{self.draw.getrandbits(64):x}",
            teller=receiving.Teller(person_id=self.people.person_id),
            channel=Channel.LINK if by_owner else Channel.PHONE,
        )  # fmt: skip

        def send() -> Case:
            if by_owner:
                return receiving.receive_from_owner(company_id=cast.company.pk, report=report, at=self.at)  # fmt: skip
            return receiving.receive(actor=cast.desk, report=report, at=self.at)

        first, again = send(), send()
        if first.pk != again.pk:
            raise AssertionError("a word sent twice is there twice")
        self.case_id = first.pk
        self.states.add(State(first.state))

    def step(self) -> None:
        """Let time pass and try one act; mostly one that the table allows now."""
        self.at += timedelta(minutes=self.draw.choice((1, 7, 45, 240, 900, 2_000)))
        state, acts = self.state(), self.acts
        verbs = [verb.value for at, verb in STEPS if at is state and verb.value in acts]
        aside = [name for name in acts if name not in {verb.value for verb in CaseVerb}]
        chosen = verbs if verbs and self.draw.random() < 0.6 else aside
        chosen = [*acts] if self.draw.random() < 0.15 else chosen
        name = self.draw.choice(chosen)
        try:
            acts[name](self)
        except (Problem, NotFound) as refused:
            code = refused.code if isinstance(refused, Problem) else "not found"
            self.refused[code] = self.refused.get(code, 0) + 1
        else:
            self.done += 1
            self.did.add(name)
        self.states.add(self.state())

    def faults(self, case: Case) -> Mapping[str, tuple[object, object]]:
        """Return the columns that are not what the history makes of them."""
        return faults(case, at=self.at)

    def wrong(self) -> list[str]:
        """Return what does not hold of the case now; call it inside the company."""
        case = self.row()
        try:
            found = self.faults(case)
        except history.BrokenChain as broken:
            return [str(broken)]
        problems = [f"{name}: {was!r}, not {should!r}" for name, (was, should) in found.items()]
        return problems + self._untold(case)

    def _untold(self, case: Case) -> list[str]:
        """Return the stages that the owner was not told exactly once."""
        wanted: list[str] = []
        rounds = 0
        of_note = history.entries(subject(case)).filter(verb__in=[*TOLD, CaseVerb.REOPEN.value])
        for entry in of_note.order_by("seq"):  # `faults` found the chain whole
            rounds += entry.verb == CaseVerb.REOPEN
            by_fault = entry.verb == CaseVerb.ACCEPT and "fault" in entry.payload
            if entry.verb in TOLD and not by_fault:  # its end is told in the same breath
                wanted.append(f"{TOLD[entry.verb]}.{rounds}")
        rows = Message.objects.filter(
            subject_kind="case", subject_id=case.pk, person_id__isnull=False
        )
        told = [
            one
            for one in rows.values_list("stage", flat=True)
            if one.split(".")[0] in set(TOLD.values())
        ]
        return (
            [] if sorted(told) == sorted(wanted) else [f"told {sorted(told)}, not {sorted(wanted)}"]
        )


def _accept(walk: Walk) -> None:
    doer = walk.draw.choice((walk.people.worker, walk.people.cast.manager))
    named = handling.Named(doer.account_id)
    handling.accept(actor=walk.people.cast.desk, edition=walk.edition, named=named, at=walk.at)


def _hand_over(walk: Walk) -> None:
    if walk.draw.random() < 0.7:  # mostly not, or few cases would go far
        return
    doer = walk.draw.choice((walk.people.worker, walk.people.cast.manager))
    named = handling.Named(doer.account_id, walk.people.worker.account_id)
    state = walk.state()
    handling.hand_over(actor=walk.people.cast.manager, edition=walk.edition, named=named, why="换班", at=walk.at)  # fmt: skip
    walk.handed.add(state)


def _schedule(walk: Walk) -> None:
    arrival = walk.at + timedelta(hours=walk.draw.choice((-1, 2, 20)))
    handling.schedule(actor=walk.people.cast.manager, edition=walk.edition, arrival=arrival, why="改期", at=walk.at)  # fmt: skip


def _moment(walk: Walk) -> handling.Moment:
    return handling.Moment(walk.at)


def _start(walk: Walk) -> None:
    handling.start(actor=walk.people.cast.manager, edition=walk.edition, moment=_moment(walk))


def _wait(walk: Walk) -> None:
    why = handling.Waiting(walk.draw.choice(tuple(WaitedFor)), "等")
    handling.wait(actor=walk.people.cast.manager, edition=walk.edition, waiting=why, moment=_moment(walk))  # fmt: skip


def _resume(walk: Walk) -> None:
    handling.resume(actor=walk.people.cast.manager, edition=walk.edition, moment=_moment(walk))


def _finish(walk: Walk) -> None:
    work = handling.Work("老化", walk.draw.choice(tuple(Party)), walk.draw.choice(("", "已更换")))
    handling.finish(actor=walk.people.cast.manager, edition=walk.edition, work=work, moment=_moment(walk))  # fmt: skip


def _report_back(walk: Walk) -> None:
    told = closing.Told("已电话告知", walk.at - timedelta(minutes=walk.draw.choice((0, 1, 90))))
    closing.report_back(actor=walk.people.cast.desk, edition=walk.edition, told=told, at=walk.at)


def _send_back(walk: Walk) -> None:
    closing.send_back(actor=walk.people.cast.desk, edition=walk.edition, why="没修好", at=walk.at)


def _end(verb: CaseVerb) -> Callable[[Walk], None]:
    def end(walk: Walk) -> None:
        if walk.draw.random() < 0.7:  # mostly not, or few cases would go far
            return
        closing.end(actor=walk.people.cast.desk, edition=walk.edition, verb=verb, why="说明", at=walk.at)  # fmt: skip

    return end


def _merge(walk: Walk) -> None:
    if walk.draw.random() < 0.8:
        return
    with walk.people.cast.inside():
        number = Case.objects.exclude(id=walk.case_id).values_list("number", flat=True).first()
    closing.merge(actor=walk.people.cast.desk, edition=walk.edition, target=number or 0, why="重复", at=walk.at)  # fmt: skip


def _reopen(walk: Walk) -> None:
    closing.reopen(actor=walk.people.cast.desk, edition=walk.edition, why="又坏了", at=walk.at)


def _call(walk: Walk) -> None:
    with walk.people.cast.inside():
        visit = ReturnVisit.objects.filter(case_id=walk.case_id, state="due").first()
    answer = None
    if walk.draw.random() < 0.5:
        solved = walk.draw.choice((Solved.YES, Solved.YES, Solved.PARTLY))
        answer = visiting.Answer(solved, walk.draw.choice((None, 1, 5, 6)))
    call = visiting.Call(walk.draw.choice((Mode.PHONE, Mode.DOOR)), answer=answer)
    visiting.record(actor=walk.people.cast.desk, visit_id=visit.pk if visit else 0, version=None, call=call, at=walk.at)  # fmt: skip


def _answer(walk: Walk) -> None:
    answer = visiting.Answer(walk.draw.choice(tuple(Solved)), walk.draw.choice((None, 2, 5)))
    visiting.answer_by_owner(company_id=walk.people.cast.company.pk, case_id=walk.case_id, answer=answer, at=walk.at)  # fmt: skip


def _write(walk: Walk) -> None:
    said = Said("已联系", walk.draw.choice(tuple(Shown)))
    writing.write(actor=walk.people.cast.desk, edition=walk.edition, said=said, at=walk.at)


def _write_by_owner(walk: Walk) -> None:
    writing.write_by_owner(company_id=walk.people.cast.company.pk, case_id=walk.case_id, words="还在漏", at=walk.at)  # fmt: skip


def _urge(walk: Walk) -> None:
    writing.urge(company_id=walk.people.cast.company.pk, case_id=walk.case_id, at=walk.at)


def _sort(walk: Walk) -> None:
    with walk.people.cast.inside():
        category = Category.objects.get(code=walk.draw.choice(PLAIN)).pk
    sorted_ = writing.Sorted(
        walk.draw.choice((None, *KINDS)), walk.draw.choice((None, category)),
        walk.draw.choice((None, *SEVERITIES)),
    )  # fmt: skip
    writing.sort(actor=walk.people.cast.desk, edition=walk.edition, as_=sorted_, at=walk.at)


def _move_promise(walk: Walk) -> None:
    due = walk.at + timedelta(hours=walk.draw.choice((-1, 5, 50)))
    writing.move_promise(
        actor=walk.people.cast.desk, edition=walk.edition,
        promised=walk.draw.choice(tuple(Promised)), due=due, why="等配件", at=walk.at,
    )  # fmt: skip


def _bundle(walk: Walk) -> None:
    fault = closing.Fault("停水", walk.at + timedelta(hours=3))
    closing.bundle(actor=walk.people.cast.desk, edition=walk.edition, fault=fault, at=walk.at)


def _clock(walk: Walk) -> None:
    clockwork.escalate_due(at=walk.at)


def _recompute(walk: Walk) -> None:
    with walk.people.cast.inside():
        clockwork.recompute(case_id=walk.case_id, at=walk.at)


ACTS: Mapping[str, Callable[[Walk], None]] = {
    "accept": _accept,
    "hand_over": _hand_over,
    "schedule": _schedule,
    "reschedule": _schedule,
    "start": _start,
    "wait": _wait,
    "resume": _resume,
    "finish": _finish,
    "report_back": _report_back,
    "send_back": _send_back,
    **{verb.value: _end(verb) for verb in ENDS},
    "merge": _merge,
    "reopen": _reopen,
    "confirm": _call,
    "give_up": _call,
    "answer": _answer,
    "write": _write,
    "write_by_owner": _write_by_owner,
    "urge": _urge,
    "sort": _sort,
    "move_promise": _move_promise,
    "bundle": _bundle,
    "clock": _clock,
    "recompute": _recompute,
}


def walked(
    people: People,
    draw: random.Random,
    steps: int,
    *,
    each: bool = True,
    kind: type[Walk] = Walk,
) -> Walk:
    """Lead one case so many steps; raises AssertionError with what did not hold, and when."""
    walk = kind(people, draw)
    walk.begin()
    for number in range(steps):
        walk.step()
        if each or number == steps - 1:
            with people.cast.inside():
                if problems := walk.wrong():
                    raise AssertionError(f"after {number + 1} steps: {problems[:3]}")
    return walk


def altered(walk: Walk, **columns: object) -> list[str]:
    """Return what is found wrong of a case after somebody changed its row behind the acts' back."""
    with walk.people.cast.inside():
        Case.objects.filter(id=walk.case_id).update(**columns)
        return walk.wrong()


__all__ = ["ACTS", "People", "Walk", "altered", "people", "subject", "walked"]
