"""How a matter went on at the demonstration: its entries, notes, visits and verdicts. Pure.

A life is written to its end and cut off at the present; what is left is a case as it stands now.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anju.casework.fold import Entry, Plain
from anju.casework.kinds import CaseKind, Channel, Mode, Shown, VisitState
from anju.casework.states import ENDS, CaseVerb, Outcome
from anju.casework.visits import SECOND_AFTER, Ended, Solved
from anju.demo.cases import sayings
from anju.demo.cases.matters import LIFTS, LOCAL, SILENT, Matter
from anju.survey.rules.questionnaire import Words

V, K = CaseVerb, CaseKind
OPENS, CLOSES = timedelta(hours=8, minutes=35), timedelta(hours=17, minutes=40)
MODES = (Mode.PHONE, Mode.LINK, Mode.DOOR)
LATELY = timedelta(hours=64)  # of what closed since then, most owners have not been called yet
GIVEN = {  # score and reasons that go with a verdict
    Solved.YES: ((5, ("+speed",)), (5, ("+manner",)), (4, ()), (5, ("+quality", "+explained")), (4, ("-speed",))),
    Solved.PARTLY: ((3, ("-quality",)), (3, ("-speed",)), (2, ("-explained",))),
    Solved.NO: ((1, ("-quality",)), (2, ("-speed", "-explained")), (1, ("-manner",))),
}  # fmt: skip


@dataclass(slots=True)
class NoteSeed:
    """Words at a case."""

    at: datetime
    by: int | None
    words: Words
    shown: Shown
    pk: int = 0


@dataclass(slots=True)
class VisitSeed:
    """A return visit and its attempts: (when, by whom, how, reached)."""

    number: int
    begins: datetime
    due: datetime
    second: bool = False
    state: VisitState = VisitState.DUE
    ended: datetime | None = None
    attempts: list[tuple[datetime, int | None, Mode, bool]] = field(default_factory=list)
    pk: int = 0


@dataclass(slots=True)
class VerdictSeed:
    """An owner's verdict, by its place among the visits of the case."""

    visit: int
    at: datetime
    by: int | None
    mode: Mode
    solved: Solved
    score: int | None
    reasons: tuple[str, ...]
    words: Words
    pk: int = 0


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of the office, by their accounts."""

    desk: int
    steward: int
    manager: int
    quality: int
    head: int
    workers: tuple[int, ...]


# By when the owner of a closed case is to be asked; None where nobody asks her.
Owed = Callable[[Ended], datetime | None]


@dataclass(frozen=True, slots=True)
class World:
    """What every life needs to know: the people, whether a visit is owed, and the present."""

    staff: Staff
    owed: Owed
    now: datetime
    language: str


@dataclass(slots=True)
class Life:
    """A case as it grows; a number in a payload's `note` or `verdict` is a place in these lists."""

    number: int
    matter: Matter
    entries: list[Entry] = field(default_factory=list)
    notes: list[NoteSeed] = field(default_factory=list)
    visits: list[VisitSeed] = field(default_factory=list)
    verdicts: list[VerdictSeed] = field(default_factory=list)
    restricted: bool = False
    about: int | None = None
    bundle: int | None = None
    merged_into: int | None = None

    def tell(self, verb: str, by: int | None, at: datetime, **payload: Plain) -> None:
        """Add an entry."""
        self.entries.append(Entry(verb, by, at, payload))

    def note(self, at: datetime, by: int | None, words: Words, shown: Shown = Shown.INSIDE) -> int:
        """Add words and return their place."""
        self.notes.append(NoteSeed(at, by, words, shown))
        return len(self.notes) - 1

    def cut(self, now: datetime) -> None:
        """Take away all that has not happened yet."""
        self.entries = [one for one in self.entries if one.at <= now]
        self.notes = [one for one in self.notes if one.at <= now]
        self.verdicts = [one for one in self.verdicts if one.at <= now]
        confirmed = any(one.verb == V.CONFIRM for one in self.entries)
        self.visits = [
            one for one in self.visits if (confirmed if one.second else one.begins <= now)
        ]
        for visit in self.visits:
            visit.attempts = [one for one in visit.attempts if one[0] <= now]
            if visit.ended is not None and visit.ended > now:
                visit.state, visit.ended = VisitState.DUE, None


def office(at: datetime) -> datetime:
    """Return an instant of office hours not before another."""
    local = at + LOCAL
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local - day > CLOSES:
        day, local = day + timedelta(days=1), day + timedelta(days=1)
    if day.weekday() == 6:
        day, local = day + timedelta(days=1), day + timedelta(days=1)
    begins = day + OPENS + timedelta(minutes=(day.day * 7 + at.minute) % 50)
    return max(local, begins) - LOCAL


def begin(life: Life, by: int | None) -> datetime:
    """Write the first entry and return when somebody could take the case."""
    matter = life.matter
    said = {"channel": matter.channel, "kind": matter.topic.kind, "severity": matter.severity}
    plain: dict[str, Plain] = {name: one.value for name, one in said.items()}
    life.entries.append(Entry("received", by, matter.at, plain))
    return matter.at


class Writer:
    """Writes one life after the other with chances of its own."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.draw = random.Random(seed)  # noqa: S311 (a story, not a secret)

    def after(self, at: datetime, low: float, high: float) -> datetime:
        """Return an instant of office hours, so many hours later."""
        hours = low + (high - low) * self.draw.random()
        return office(at + timedelta(hours=hours))

    def soon(self, at: datetime, low: float, high: float) -> datetime:
        """Return an instant so many minutes later, at any hour."""
        return at + timedelta(minutes=low + (high - low) * self.draw.random())

    def receiver(self, life: Life) -> int | None:
        staff = self.world.staff
        by = {Channel.LINK: None, Channel.MAIL: None, Channel.MAILBOX: None}
        near = {Channel.STAFF: staff.steward, Channel.VISIT: staff.steward}
        return {**by, **near}.get(life.matter.channel, staff.desk)

    def doer(self, life: Life) -> int:
        staff, kind = self.world.staff, life.matter.topic.kind
        if kind is K.REPAIR:
            return staff.workers[(life.matter.house + len(life.matter.topic.category)) % 3]
        return staff.manager if kind in {K.PRAISE, K.COMPLAINT} else staff.steward

    def gloom(self, life: Life) -> float:
        """Return from 0 to 1 how ill things go: the fading building, the firm in trouble."""
        matter = life.matter
        fading = max(0.0, (matter.month - 5) / 9) if matter.house == SILENT else 0.0
        firm = 0.9 if matter.topic.category == LIFTS and matter.month >= 9 else 0.0
        return max(fading, firm)

    def live(self, life: Life, *, halt: str = "") -> Life:
        """Write a whole life; `halt` stops it before a step that has not come yet."""
        at = begin(life, self.receiver(life))
        if self.draw.random() < 0.035 and not halt and life.matter.topic.kind is K.REPAIR:
            return self.ended(life, at)
        if halt == "accept":
            return life
        at = self.taken(life, at)
        for _round in range(3):
            at = self.worked(life, at, halt)
            if not halt and self.told_and_asked(life, at):
                at = self.soon(life.entries[-1].at, 30, 300)
                continue
            break
        life.cut(self.world.now)
        return life

    def ended(self, life: Life, at: datetime) -> Life:
        """End a case that is no work of ours."""
        staff = self.world.staff
        verb = self.draw.choice((V.WITHDRAW, V.REFER, V.DECLINE))
        if verb is V.DECLINE:
            at = self.taken(life, at)
        at = self.after(at, 0.3, 5)
        kept = life.note(at, staff.desk, sayings.ENDINGS[verb.value], Shown.ALL)
        life.tell(verb.value, staff.desk, at, note=kept)
        self.close(life, at, ENDS[verb])
        life.cut(self.world.now)
        return life

    def taken(self, life: Life, at: datetime) -> datetime:
        """Let the desk take a case and name who does it; now and then it is handed over."""
        staff, doer = self.world.staff, self.doer(life)
        slow = self.draw.random() < 0.1 + 0.3 * self.gloom(life)
        at = self.after(at, 1, 4) if slow else self.after(at, 0.05, 0.4)
        by = staff.head if life.restricted else staff.desk
        life.tell("accept", by, at, assignee=doer, executor=doer)
        if life.matter.topic.kind is K.REPAIR and self.draw.random() < 0.06:
            at = self.after(at, 0.5, 4)
            other = staff.workers[(staff.workers.index(doer) + 1) % 3]
            words = Words("当班任务已满", "My day is full")
            kept = life.note(at, doer, words)
            said: dict[str, Plain] = {"from": doer, "assignee": other, "executor": other}
            life.tell("hand_over", doer, at, note=kept, **said)
        if self.draw.random() < 0.12:
            life.note(
                self.soon(at, 30, 200), None, self.draw.choice(sayings.OWNER_NOTES), Shown.ALL
            )
            last = life.notes[-1]
            life.tell("noted", None, last.at, note=len(life.notes) - 1, shown=Shown.ALL.value)
            at = max(at, last.at)
        return at

    def worked(self, life: Life, at: datetime, halt: str) -> datetime:
        """Write the work from the appointment to its end."""
        doer = self.named(life)
        late = self.draw.random() < 0.1 + 0.45 * self.gloom(life)
        home = life.matter.topic.home and life.matter.topic.kind in {K.REPAIR, K.SERVICE}
        arrives = self.after(at, 70, 190) if late else self.after(at, 0.6, 22)
        first = life.entries[-1].verb != "reopen"
        if home and self.draw.random() < 0.45 and first and halt != "schedule":
            arrives = self.world.now + timedelta(hours=5) if halt == "start" else arrives
            at = self.soon(at, 5, 40)
            arrives = max(office(arrives), at + timedelta(hours=1))
            life.tell("schedule", doer, at, arrival=arrives.isoformat())
        if halt in {"schedule", "start"}:
            return at
        at = arrives
        life.tell("start", doer, at)
        if halt in {"wait", "finish"} or self.draw.random() < 0.05:
            at = self.waited(life, at, halt)
        if halt in {"wait", "finish", "resume"}:
            return at
        at = self.soon(at, 20, 170)
        saying = life.matter.saying
        kept = life.note(at, doer, saying.done, Shown.ALL)
        cause = saying.cause.text(self.world.language)
        life.tell("finish", doer, at, note=kept, cause=cause, party=life.matter.topic.party.value)
        return at

    def named(self, life: Life) -> int:
        named = [
            one for entry in life.entries if isinstance(one := entry.payload.get("executor"), int)
        ]
        return named[-1] if named else self.doer(life)

    def waited(self, life: Life, at: datetime, halt: str) -> datetime:
        """Let the clock stand for a part, the weather or the builder."""
        doer = self.named(life)
        if halt == "finish":
            return at
        why = self.draw.choice(("part", "part", "weather", "builder"))
        at = self.soon(at, 10, 60)
        kept = life.note(at, doer, sayings.WAITS[why], Shown.ALL)
        life.tell("wait", doer, at, waited_for=why, note=kept)
        if halt != "wait":
            at = self.after(at, 20, 80)
            life.tell("resume", doer, at)
        return at

    def told_and_asked(self, life: Life, at: datetime) -> bool:
        """Tell the owner, close, and ask her; True where she opened it again."""
        staff = self.world.staff
        by = staff.desk if not life.restricted else staff.head
        at = self.after(at, 0.2, 5 + 20 * self.gloom(life))
        kept = life.note(at, by, self.draw.choice(sayings.TOLD), Shown.ALL)
        life.tell("report_back", by, at, note=kept, told_at=(at - timedelta(minutes=6)).isoformat())
        return self.close(life, at, Outcome.UNCONFIRMED)

    def close(self, life: Life, at: datetime, outcome: Outcome) -> bool:
        """Owe the visit, or settle; True where the owner opened the case again."""
        due = self.owed(life, outcome, at)
        if due is None:
            life.tell("settle", None, at)
            return False
        visit = VisitSeed(len(life.visits) + 1, at, due)
        life.visits.append(visit)
        if at > self.world.now - LATELY and self.draw.random() < 0.8:
            return False  # nobody has called yet
        return self.asked(life, visit, closed=at)

    def owed(self, life: Life, outcome: Outcome, at: datetime) -> datetime | None:
        """Return by when the owner of a case closed now is to be asked; None where nobody asks."""
        topic = life.matter.topic
        return self.world.owed(Ended(str(life.number), topic.kind.value, topic.home, outcome, at))

    def asked(self, life: Life, visit: VisitSeed, *, closed: datetime) -> bool:
        """Let somebody call, or the owner answer by her link; or nobody be reached."""
        if self.draw.random() < 0.09:
            self.in_vain(life, visit)
            return False
        mode = self.draw.choices(MODES, (64, 22, 14))[0]
        at = (
            self.soon(visit.begins, 40, 900)
            if mode is Mode.LINK
            else self.after(visit.begins, 1, 27)
        )
        by = {Mode.PHONE: self.caller(life), Mode.DOOR: self.caller(life), Mode.LINK: None}[mode]
        if by is not None and self.draw.random() < 0.15:
            visit.attempts.append((at, by, mode, False))
            life.tell("not_reached", by, at, visit=visit.number, mode=mode.value)
            at = self.after(at, 1.2, 6)
        visit.attempts.append((at, by, mode, True))
        visit.state, visit.ended = VisitState.REACHED, at
        solved = self.solved(life, visit)
        self.judged(life, VerdictSeed(visit.number - 1, at, by, mode, solved, *self.given(solved)))
        if solved is Solved.YES and not visit.second:
            life.tell("confirm", by, at, verdict=len(life.verdicts) - 1)
            self.asked_again(life, closed)
        if solved is not Solved.YES:
            life.tell("reopen", by, at, verdict=len(life.verdicts) - 1)
        return solved is not Solved.YES

    def caller(self, life: Life) -> int:
        return self.world.staff.quality if life.restricted else self.world.staff.desk

    def judged(self, life: Life, verdict: VerdictSeed) -> None:
        life.verdicts.append(verdict)
        place = len(life.verdicts) - 1
        said: dict[str, Plain] = {"solved": verdict.solved.value, "mode": verdict.mode.value}
        life.tell("verdict", verdict.by, verdict.at, verdict=place, **said)

    def solved(self, life: Life, visit: VisitSeed) -> Solved:
        ended = any(one.verb in sayings.ENDINGS for one in life.entries)
        if visit.second or ended or len(life.visits) > 2:
            return Solved.YES
        gloom = self.gloom(life)
        weights = (86 - 45 * gloom, 8 + 22 * gloom, 6 + 23 * gloom)
        return self.draw.choices((Solved.YES, Solved.PARTLY, Solved.NO), weights)[0]

    def given(self, solved: Solved) -> tuple[int | None, tuple[str, ...], Words]:
        score, reasons = self.draw.choice(GIVEN[solved])
        texts = {Solved.YES: sayings.GLAD, Solved.PARTLY: sayings.HALF, Solved.NO: sayings.UNHAPPY}
        words = self.draw.choice(texts[solved])
        return (score if self.draw.random() < 0.9 else None), reasons, words

    def asked_again(self, life: Life, closed: datetime) -> None:
        """Owe the second question, and let it be asked once its day has come."""
        begins = closed + SECOND_AFTER
        due = begins + timedelta(days=3)
        visit = VisitSeed(len(life.visits) + 1, begins, due, second=True)
        life.visits.append(visit)
        if begins < self.world.now - LATELY or self.draw.random() < 0.3:
            self.asked(life, visit, closed=closed)

    def promised_anew(self, life: Life, halt: str) -> None:
        """Give an open case that runs late a new time, with a reason that its owner reads."""
        now, by = self.world.now, self.world.staff.manager
        at = max(now - timedelta(hours=20), life.entries[-1].at + timedelta(minutes=30))
        if at > now or halt == "wait":
            return
        due = office(now + timedelta(hours=self.draw.choice((6, 26, 50))))
        kept = life.note(at, by, self.draw.choice(sayings.ANEW), Shown.ALL)
        what = "report_back" if halt == "report_back" else "resolve"
        said: dict[str, Plain] = {"promise": what, "due": due.isoformat(), "due_was": ""}
        life.tell("promise_moved", by, at, note=kept, **said)

    def in_vain(self, life: Life, visit: VisitSeed) -> None:
        """Try at three hours of the day, and give up."""
        by, at = self.caller(life), office(visit.begins)
        for hour in (10, 14, 17):
            local = at + LOCAL + timedelta(days=1)
            at = local.replace(hour=hour, minute=self.draw.randrange(5, 40)) - LOCAL
            visit.attempts.append((at, by, Mode.PHONE, False))
            life.tell("not_reached", by, at, visit=visit.number, mode=Mode.PHONE.value)
        visit.state, visit.ended = VisitState.NOT_REACHED, at
        if not visit.second:
            life.tell("give_up", None, at, visit=visit.number)
