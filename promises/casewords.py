"""Messages that cases cause: to who told, and to who must act; for P05. Sends nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anju.casework.kinds import CaseKind, Channel, Severity
from anju.kernel.pure.clock import utc_now
from anju.notify.models import Message
from anju.register.access import Actor, Role
from anju.register.models import Person, Unit
from anju.voice.actions.handling import Named, accept
from anju.voice.actions.receiving import Place, Report, Teller, receive_from_owner
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.storing import Edition
from tests.cast import Cast, a_person

KIND = "case"
TO_OWNER, TO_STAFF = ("registered.0", "handling.0"), ("new.0", "new.0", "given.0.0")


@dataclass(frozen=True, slots=True)
class Owners:
    """Who tells, from which home, and who does the work."""

    cast: Cast
    worker: Actor
    unit_id: int
    people: tuple[int, ...]


def owners(cast: Cast, many: int) -> Owners:
    """Let so many people be known to the office who can be written to, and a worker of the project."""
    give_defaults(company_id=cast.company.pk, at=utc_now())
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    with cast.inside():
        unit = Unit.objects.filter(building__project=cast.project).order_by("id")[0]
        made = Person.objects.bulk_create(known(cast, many))
    return Owners(cast, worker, unit.pk, tuple(one.pk for one in made))


def known(cast: Cast, many: int) -> list[Person]:
    """Return rows of people with a phone each; they are not stored yet."""
    return [
        Person(
            company_id=cast.company.pk, project=cast.project, name="住户", phone=f"+86138{n:08d}"
        )
        for n in range(many)
    ]


def told(owners: Owners, place: int) -> None:
    """Let one of them tell of something at any hour, twice by her phone, and somebody take it."""
    report = Report(
        CaseKind.SERVICE, Place(owners.cast.project.pk, owners.unit_id), f"送水 {place}", Channel.LINK,
        teller=Teller(person_id=owners.people[place]), severity=Severity.EMERGENCY,
        client_id=f"told-{place:018d}",
    )  # fmt: skip
    at, company = utc_now(), owners.cast.company.pk
    case = receive_from_owner(company_id=company, report=report, at=at)
    receive_from_owner(company_id=company, report=report, at=at)
    named = Named(owners.worker.account_id)
    accept(actor=owners.cast.desk, edition=Edition(case.pk), named=named, at=utc_now())


def wrong(cast: Cast, many: int) -> list[str]:
    """Return what is wrong with the messages of so many cases: each stage once, and each gone."""
    with cast.inside():
        # Those of the outage were let go of.
        sent = Message.objects.filter(subject_kind=KIND).exclude(state="let_go")
        rows = list(sent.values_list("stage", "state"))
    stages = Counter(stage for stage, _ in rows)
    wanted = Counter({stage: n * many for stage, n in Counter((*TO_OWNER, *TO_STAFF)).items()})
    problems = [] if stages == wanted else [f"stages of cases: {dict(stages)}, not {dict(wanted)}"]
    left = Counter(state for _, state in rows if state != "sent")
    return problems + ([f"messages of cases not sent: {dict(left)}"] if left else [])


def about_cases(words: Sequence[str]) -> int:
    """Return how many different words of those that went out speak of a case."""
    return sum("/o/c/" in one for one in words)
