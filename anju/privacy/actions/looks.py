"""Looks at personal data: counted, written down with a reason, sealed by the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from anju.kernel import history, idempotency
from anju.kernel.idempotency import Asked
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.privacy.models import Erasure, Look
from anju.privacy.rules.looks import (
    GRADES,
    Grade,
    What,
    Why,
    instant,
    reason_of,
    refuse_over,
    seal,
    shows,
    spoken,
)
from anju.register.access import Actor, Verb
from anju.register.models import Account, Person
from anju.register.residents import CareLine, care_lines, person_for

VERBS: dict[What, Verb] = {
    What.PHONE: Verb.REVEAL,
    What.CARE: Verb.REVEAL_SENSITIVE,
    What.EXPORT: Verb.EXPORT_PERSON,
}
REVEALED = "looked_at"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look brought, for this answer alone; empty once its minute is over."""

    person_id: int
    what: What
    phone: str = ""
    care: tuple[CareLine, ...] = ()
    over: bool = False

    @property
    def spoken(self) -> str:
        """The number as people say it."""
        return spoken(self.phone)


@transaction.atomic
def look(*, actor: Actor, person_id: int, what: What, why: Why, key: str, at: datetime) -> Seen:
    """Return what is asked to be seen, for one minute, and write down who looked, when and why.

    The same form sent again writes no second look and shows nothing after its minute.
    Errors: E-CHOICE, E-REASON, E-TEXT-*, E-QUOTA, E-STATE where the person was erased.
    """
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, VERBS[what])
        body = {"person": person.pk, "what": what.value, "reason": why.reason, "words": why.words}
        asked = Asked(actor.company_id, f"look:{actor.account_id}", key, body)
        kept = idempotency.once(asked, lambda: str(note(actor, person, what, why, at).pk), at=at)
        seen: Look = Look.objects.get(id=int(kept.answer))
        if not shows(seen.at, at):
            return Seen(person.pk, what, over=True)
        if what is What.CARE:
            return Seen(person.pk, what, care=care_lines(person.pk))
        return Seen(person.pk, what, phone=person.phone)


def note(actor: Actor, person: Person, what: What, why: Why, at: datetime) -> Look:
    """Write a look into the table and its seal into the history; part of an act that shows data."""
    reason = reason_of(why)
    words = clean_line(why.words, "words", most=200) if why.words.strip() else ""
    _refuse_erased(person)
    grade = GRADES[what]
    refuse_over(grade, _today(actor, grade, at))
    row = Look(
        company_id=actor.company_id,
        project_id=person.project_id,
        person=person,
        account_id=actor.account_id,
        what=what.value,
        grade=grade.value,
        reason=reason.value,
        words=words,
        salt=token_hex(16),
        at=at,
    )
    row.save()
    subject = history.Subject(actor.company_id, "person", person.pk)
    history.write(subject, REVEALED, actor_id=actor.account_id, at=at, payload=sealed(row))
    return row


def sealed(row: Look) -> dict[str, history.Plain]:
    """Return what the history keeps of a look: all of it, of the words the seal."""
    kept = [str(row.pk), row.grade, seal(row.salt, row.words)]
    return {"what": row.what, "reason": row.reason, history.KEPT: kept}


def _refuse_erased(person: Person) -> None:
    if Erasure.objects.filter(person=person).exists():
        raise Problem(
            "E-STATE",
            "person",
            "This person was erased; there is nothing left to look at.",
            "此人信息已删除，无可查看内容。",
        )


def _today(actor: Actor, grade: Grade, at: datetime) -> int:
    """Count somebody's looks since midnight; the account is locked, so that two count in turn."""
    Account.objects.select_for_update().filter(id=actor.account_id).first()
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Look.objects.across_parts().filter(account_id=actor.account_id, grade=grade.value)
    return int(rows.filter(at__gte=midnight, at__lte=at).count())


def check_looks(company_id: int, *, person_id: int | None = None) -> tuple[int, list[str]]:
    """Recompute the seals of a company, or of one person: return how many looks, and each that lies.

    A row that was changed, added or taken away by hand is named, and so is a broken chain. Words
    that an erasure took out are missing with right.
    """
    with company_scope(company_id):
        kept = Look.objects.across_parts()
        kept = kept if person_id is None else kept.filter(person_id=person_id)
        rows = {row.pk: row for row in kept}
        erased = set(Erasure.objects.across_parts().values_list("person_id", flat=True))
    wrong, told = list[str](), set[int]()
    entries = history.of_company(company_id).filter(kind="person", verb=REVEALED)
    if person_id is not None:
        entries = entries.filter(subject_id=person_id)
    for entry in entries.order_by("id"):
        key = int(entry.payload[history.KEPT][0])
        told.add(key)
        row = rows.get(key)
        if row is None:
            wrong.append(f"look {key} was taken away")
        elif not _honest(row, entry, gone=row.person_id in erased):
            wrong.append(f"look {key} was altered")
    wrong += [f"look {key} has no entry" for key in rows.keys() - told]
    for person_id in {row.person_id for row in rows.values()}:
        try:
            history.verify(history.Subject(company_id, "person", person_id))
        except history.BrokenChain as broken:
            wrong.append(str(broken))
    return len(rows), sorted(wrong)


def _honest(row: Look, entry: history.HistoryEntry, *, gone: bool) -> bool:
    """Say whether a row is what its entry says."""
    said: Mapping[str, object] = entry.payload
    wanted: Mapping[str, object] = sealed(row)
    if gone and not row.words and not row.salt:  # an erasure took the words out, and their seal
        said, wanted = _without_words(said), _without_words(wanted)
    return (
        entry.subject_id == row.person_id
        and entry.actor_id == row.account_id
        and instant(entry.at) == instant(row.at)
        and said == wanted
    )


def _without_words(said: Mapping[str, object]) -> dict[str, object]:
    kept = said[history.KEPT]
    return {**said, history.KEPT: list(kept[:2]) if isinstance(kept, list) else kept}
