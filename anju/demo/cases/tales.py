"""What everybody at the demonstration remembers: outages, a long dispute, a complaint about a steward.

Each tale is a matter and how its life was; bundles are named here and made when they are planted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anju.casework.kinds import (
    CaseKind,
    Channel,
    Chase,
    Mode,
    Party,
    Payer,
    Severity,
    Shown,
    Spot,
    VisitState,
)
from anju.casework.states import Outcome
from anju.casework.visits import Solved
from anju.demo.cases.lives import Life, NoteSeed, VerdictSeed, VisitSeed, Writer, begin, office
from anju.demo.cases.matters import MONTHS, Matter
from anju.demo.cases.sayings import TOPICS, Saying, Topic
from anju.survey.rules.questionnaire import Words

Tale = tuple[Matter, Callable[[Writer, Life], Life]]
W = Words
REPORTERS = 40
MRS_LI = (2, 17)  # the third building, 502
FAULT = Saying(
    W("停电了，整栋楼都黑了", "The power is out in the whole building"),
    W("楼栋配电箱进线烧毁", "The building’s supply cable burnt"),
    W("更换进线，21:40 恢复供电", "Cable replaced, power back at 21:40"),
)
NO_WATER = Saying(
    W("家里没水了，是不是停水", "There is no water, is it cut off?"),
    W("二次供水泵故障", "The booster pump failed"),
    W("更换水泵接触器", "Pump contactor replaced"),
)
BURST = Saying(
    W("地下车库水管爆裂，水在往外喷", "A pipe has burst in the garage, water is spraying"),
    W("管件老化爆裂", "An old fitting burst"),
    W("关阀更换管件", "Valve closed, fitting replaced"),
)
DISPUTE = Saying(
    W("次卧外墙渗水半年了，开发商说不归他们管，装修全毁了", "The wall has leaked for half a year, the builder denies it, my rooms are ruined"),
    W("外墙保温层施工缺陷", "Defect of the outer insulation"), W("", ""),
)  # fmt: skip
ABOUT = (
    Saying(
        W("周管家把我投诉邻居的事告诉了邻居，害我被骂", "The steward told my neighbour of my complaint and I was shouted at"),
        W("未遵守保密要求", "Confidence was broken"), W("约谈、书面检讨并调整分工", "Spoken to, in writing, duties changed"),
    ),
    Saying(
        W("管家收了我家旧家具的钱，一直不来搬", "The steward took money for old furniture and never came"),
        W("核实中", "Being looked into"), W("", ""),
    ),
)  # fmt: skip
DISPUTE_NOTES = (
    (9, W("已第一次发函建设单位，附渗水照片", "First letter to the builder, with photos")),
    (24, W("建设单位到场查看，不认可为施工缺陷", "The builder came and denies a defect")),
    (47, W("委托第三方检测，报告约 20 天", "An independent test was ordered, about 20 days")),
    (70, W("检测报告：保温层缺陷，属保修范围", "The report: a defect within the warranty")),
    (84, W("第二次发函并抄送住建部门", "Second letter, copied to the authority")),
)
CHASED = {9: Chase.LETTER, 24: Chase.MET, 84: Chase.LETTER}
ASKED = (
    W("什么时候才有说法？", "When will there be an answer?"),
    W("马上冬天了，墙里都是霉", "Winter is near and the wall is full of mould"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that many reported: its name, building, and from when to when."""

    title: Words
    house: int
    opened: datetime
    expected: datetime
    ended: datetime | None


def faults(now: datetime) -> tuple[Fault, Fault]:
    """Return the outage of the summer and the one that runs now."""
    evening = office(now - timedelta(days=47)).replace(hour=11, minute=5, second=0, microsecond=0)
    morning = now - timedelta(minutes=50)
    title = W("停电：2 栋", "Power out: building 2"), W("停水：4 栋", "No water: building 4")
    return (
        Fault(title[0], 1, evening, evening + timedelta(hours=2), evening + timedelta(hours=3)),
        Fault(title[1], 3, morning, now + timedelta(hours=3), None),
    )


def tales(now: datetime) -> Iterator[Tale]:
    """Yield every tale with the matter that it begins with."""
    yield from _outage(now)
    yield from _running(now)
    yield from _this_hour(now)
    yield _dispute(now)
    yield from _about(now)
    yield from _hers(now)


def _office_before(now: datetime, days: int) -> datetime:
    """Return an instant of office hours so many days back, or more where that would be too late."""
    at = office(now - timedelta(days=days))
    return at if at < now - timedelta(hours=4) else _office_before(now, days + 1)


def _topic(category: str, kind: CaseKind = CaseKind.REPAIR) -> Topic:
    return next(one for one in TOPICS if (one.category, one.kind) == (category, kind))


def _outage(now: datetime) -> Iterator[Tale]:
    fault, topic = faults(now)[0], _topic("power")
    for number in range(REPORTERS):
        at = fault.opened + timedelta(seconds=40 + number * number * 3)
        channel = Channel.PHONE if number % 3 == 0 else Channel.LINK
        matter = Matter(
            at, replace(topic, party=Party.PROPERTY), FAULT, fault.house, number + 11, channel,
            MONTHS - 2, severity=Severity.IMPORTANT,
        )  # fmt: skip
        yield matter, _in_the_dark


def _in_the_dark(writer: Writer, life: Life) -> Life:
    """One of the forty: taken together, repaired together, asked each by herself."""
    fault, staff = faults(writer.world.now)[0], writer.world.staff
    assert fault.ended is not None
    at, doer = begin(life, writer.receiver(life)), staff.workers[0]
    life.bundle = 0
    life.tell("accept", staff.desk, at + timedelta(minutes=4), assignee=doer, executor=doer)
    at = max(at + timedelta(minutes=9), fault.opened + timedelta(minutes=35))
    life.tell("start", doer, at)
    at = max(at, fault.ended)
    kept = life.note(at, doer, FAULT.done, Shown.ALL)
    life.tell(
        "finish",
        doer,
        at,
        note=kept,
        cause=FAULT.cause.text(writer.world.language),
        party=Party.PROPERTY.value,
    )
    while writer.told_and_asked(life, at):
        at = writer.worked(life, writer.soon(life.entries[-1].at, 30, 200), "")
    life.cut(writer.world.now)
    return life


def _running(now: datetime) -> Iterator[Tale]:
    fault, topic = faults(now)[1], _topic("water")
    for number in range(5):
        at = fault.opened + timedelta(minutes=4 + 8 * number)
        channel = Channel.LINK if number % 2 else Channel.PHONE
        matter = Matter(at, topic, NO_WATER, fault.house, number * 7, channel, MONTHS - 1)
        yield matter, _without_water


def _without_water(writer: Writer, life: Life) -> Life:
    at, staff = begin(life, writer.receiver(life)), writer.world.staff
    doer, life.bundle = staff.workers[0], 1
    life.tell("accept", staff.desk, at + timedelta(minutes=3), assignee=doer, executor=doer)
    life.cut(writer.world.now)
    return life


def _this_hour(now: datetime) -> Iterator[Tale]:
    """Yield a burst pipe that somebody is at, and three words that nobody has taken yet."""
    garage = Topic("water", CaseKind.REPAIR, Spot.COMMON, 0, (BURST,), spots=())
    at = now - timedelta(minutes=27)
    yield (
        Matter(at, garage, BURST, 0, 3, Channel.PHONE, MONTHS - 1, W("地下车库", "Garage"), Severity.EMERGENCY),
        _burst,
    )  # fmt: skip
    for minutes, topic, said in (
        (8, _topic("doors"), 1),
        (31, _topic("lift"), 1),
        (52, _topic("noise", CaseKind.COMPLAINT), 0),
    ):
        at = now - timedelta(minutes=minutes)
        spot = topic.spots[0] if topic.spots else None
        yield (
            Matter(at, topic, topic.sayings[said], 4, minutes % 40, Channel.LINK, MONTHS - 1, spot),
            _untaken,
        )  # fmt: skip


def _burst(writer: Writer, life: Life) -> Life:
    staff, at = writer.world.staff, begin(life, writer.receiver(life))
    doer = staff.workers[0]
    life.tell("accept", staff.desk, at + timedelta(minutes=2), assignee=doer, executor=doer)
    life.tell("start", doer, at + timedelta(minutes=11))
    return life


def _untaken(writer: Writer, life: Life) -> Life:
    begin(life, writer.receiver(life))
    return life


def _dispute(now: datetime) -> Tale:
    at = _office_before(now, 92)
    topic = replace(_topic("roof"), kind=CaseKind.COMPLAINT, party=Party.DEVELOPER)
    return Matter(at, topic, DISPUTE, 4, 45, Channel.DESK, MONTHS - 4), _long


def _long(writer: Writer, life: Life) -> Life:
    """A dispute with the builder that is still open after three months."""
    staff = writer.world.staff
    at = begin(life, staff.desk)
    life.tell("accept", staff.desk, at + timedelta(minutes=20), assignee=staff.manager, executor=staff.manager)  # fmt: skip
    life.tell("start", staff.manager, office(at + timedelta(hours=20)))
    begun = life.entries[-1].at + timedelta(minutes=45)
    words = W("属建设单位保修责任，已函告，等待答复", "The builder’s warranty: written to, waiting")
    kept = life.note(begun, staff.manager, words, Shown.ALL)
    life.tell("wait", staff.manager, begun, waited_for="builder", note=kept)
    told = [(days, staff.manager, words) for days, words in DISPUTE_NOTES]
    told += [(30, 0, ASKED[0]), (76, 0, ASKED[1])]
    for days, by, words in sorted(told, key=lambda one: one[0]):
        when = office(at + timedelta(days=days, minutes=days * 5))
        kept = life.note(when, by or None, words, Shown.ALL)
        if days in CHASED and by:
            life.tell("chased", by, when, how=CHASED[days].value, note=kept)
        else:
            life.tell("noted", by or None, when, note=kept, shown=Shown.ALL.value)
    tested = office(at + timedelta(days=70, hours=7))
    life.tell("cost_set", staff.manager, tested, cost=320_000, payer=Payer.RETENTION.value)
    life.tell("urged", None, office(at + timedelta(days=76, hours=9)))
    life.entries.sort(key=lambda one: one.at)
    life.cut(writer.world.now)
    return life


def _about(now: datetime) -> Iterator[Tale]:
    for days, saying, door in ((150, ABOUT[0], 21), (4, ABOUT[1], 33)):
        topic = _topic("conduct", CaseKind.COMPLAINT)
        at = _office_before(now, days) + timedelta(hours=1)
        month = MONTHS - 1 - days // 30
        yield Matter(at, topic, saying, 0, door, Channel.MAILBOX, month), _restricted


def _restricted(writer: Writer, life: Life) -> Life:
    life.restricted, life.about = True, writer.world.staff.steward
    return writer.live(life, halt="" if life.matter.month < MONTHS - 1 else "finish")


def _hers(now: datetime) -> Iterator[Tale]:
    """Mrs Li: a tap repaired well, a damp wall opened again, and a visit tomorrow morning."""
    water, roof = _topic("water"), _topic("roof")
    cases = (
        (131, water, 0, Channel.PHONE),
        (52, roof, 0, Channel.LINK),
        (1, water, 2, Channel.PHONE),
    )
    for days, topic, said, channel in cases:
        at = _office_before(now, days) + timedelta(minutes=25)
        month = MONTHS - 1 - days // 30
        yield Matter(at, topic, topic.sayings[said], *MRS_LI, channel, month), _mrs_li


def _mrs_li(writer: Writer, life: Life) -> Life:
    now, staff = writer.world.now, writer.world.staff
    at = begin(life, writer.receiver(life))
    at = office(at + timedelta(minutes=6))
    doer = staff.workers[0]
    life.tell("accept", staff.desk, at, assignee=doer, executor=doer)
    if life.matter.month == MONTHS - 1:
        at += timedelta(minutes=15)
        arrival = office(now + timedelta(hours=14)).replace(second=0, microsecond=0)
        life.tell("schedule", doer, at, arrival=arrival.isoformat())
        life.cut(now)
        return life
    rounds = (Solved.NO, Solved.YES) if life.matter.topic.category == "roof" else (Solved.YES,)
    for solved in rounds:
        at = _round(writer, life, at, solved)
    life.cut(now)
    return life


def _round(writer: Writer, life: Life, at: datetime, solved: Solved) -> datetime:
    """Write one round of work, and her own verdict by her link on the evening after."""
    at = writer.worked(life, at, "")
    at = office(at + timedelta(hours=2))
    desk = writer.world.staff.desk
    kept = life.note(at, desk, W("已电话告知业主", "Told the owner by phone"), Shown.ALL)
    life.tell("report_back", desk, at, note=kept, told_at=(at - timedelta(minutes=5)).isoformat())
    due = writer.owed(life, Outcome.UNCONFIRMED, at)
    assert due is not None  # every repair in a home is asked about
    visit = VisitSeed(len(life.visits) + 1, at, due)
    life.visits.append(visit)
    when = at + timedelta(hours=5)
    visit.attempts.append((when, None, Mode.LINK, True))
    visit.state, visit.ended = VisitState.REACHED, when
    words = W("又渗了，和上次一个地方", "Damp again, at the same place")
    said = words if solved is Solved.NO else W("修好了，谢谢", "It is good now, thank you")
    score = 1 if solved is Solved.NO else 5
    reasons = ("-quality",) if solved is Solved.NO else ("+speed", "+quality")
    place = visit.number - 1
    writer.judged(life, VerdictSeed(place, when, None, Mode.LINK, solved, score, reasons, said))
    if solved is Solved.YES:
        life.tell("confirm", None, when, verdict=len(life.verdicts) - 1)
        writer.asked_again(life, at)
        return when
    life.tell("reopen", None, when, verdict=len(life.verdicts) - 1)
    return office(when + timedelta(hours=1))


__all__ = ["Fault", "NoteSeed", "Tale", "faults", "tales"]
