"""Invented owners for the sample's homes: names that say so, phones that nobody has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from anju.register.models import Person, Project, Tie, TieKind, Unit
from anju.register.rules.initials import initials
from anju.register.rules.phones import tail_of
from anju.survey.rules.questionnaire import Words

SURNAMES = tuple(
    Words(zh, en)
    for zh, en in zip(
        "李王张刘陈杨赵黄周吴徐孙",
        ["Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun"],
        strict=True,
    )
)
GIVEN = tuple(
    Words(zh, en)
    for zh, en in (
        ("秀兰", "Xiulan"),
        ("建国", "Jianguo"),
        ("晓雨", "Xiaoyu"),
        ("志强", "Zhiqiang"),
        ("美玲", "Meiling"),
        ("春华", "Chunhua"),
        ("永安", "Yong'an"),
    )
)
SAMPLE = Words("{name}（示例）", "{name} (sample)")
OWNED_FOR = timedelta(days=900)
EVERY_TENANT = 9  # every ninth home is let


def _name(number: int, language: str) -> str:
    surname = SURNAMES[number % len(SURNAMES)].text(language)
    given = GIVEN[number % len(GIVEN)].text(language)
    whole = f"{surname}{given}" if language.startswith("zh") else f"{surname} {given}"
    return SAMPLE.text(language).format(name=whole)


def settle(project: Project, *, at: datetime, language: str, first: int) -> int:
    """Give each unit of a project an owner, some a tenant as well; return the next number."""
    units = list(Unit.objects.filter(building__project=project).order_by("id"))
    people = list(_people(project, units, language, first))
    saved = Person.objects.bulk_create(people)
    since = (at - OWNED_FOR).date()
    ties = [_tie(unit, person, since) for unit, person in zip(units, saved, strict=False)]
    tenants = zip(units[::EVERY_TENANT], saved[len(units) :], strict=True)
    ties += [_tie(unit, person, at.date(), TieKind.TENANT) for unit, person in tenants]
    Tie.objects.bulk_create(ties)
    return first + len(people)


def _people(project: Project, units: list[Unit], language: str, first: int) -> Iterator[Person]:
    for number in range(first, first + len(units) + len(units[::EVERY_TENANT])):
        name, phone = _name(number, language), f"+861380000{number:04d}"
        yield Person(
            company_id=project.company_id,
            project=project,
            name=name,
            initials=initials(name),
            phone=phone,
            phone_tail=tail_of(phone),
            phone_written=phone[3:],
            language=language,
        )


def _tie(unit: Unit, person: Person, since: date, kind: str = TieKind.OWNER) -> Tie:
    return Tie(company_id=unit.company_id, unit=unit, person=person, kind=kind, since=since)
