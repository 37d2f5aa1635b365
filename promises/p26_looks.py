"""P26: every look at personal data has who, when and why; a row changed by hand is found.

Everybody walks through every address: a whole phone or a sign of care stands on no page that was
not asked with a reason, and each that was shown has its row and its sealed entry. Then every column
of a row, the row itself and its entry are tampered with. Controls: pages that forget to mask are
found, and so is a look that is not written down.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from anju.kernel import guards, history
from anju.kernel.scope import company_scope
from anju.privacy.actions import looks as acts
from anju.privacy.actions.looks import check_looks
from anju.privacy.files import _pieces
from anju.privacy.models import Look
from anju.privacy.rules.looks import A_DAY, Grade, Reason
from anju.privacy.rules.marks import Marks
from anju.register import residents
from anju.register.access import Actor, Role
from anju.register.actions.consents import add_care
from anju.register.actions.residents import PersonDraft, save_person
from anju.register.models import Person
from promises import ground, walk
from promises.registry import Outcome, Promise
from promises.stage import Stage, build
from tests.cast import AT, everybody

GOAL = "0 whole phones or signs of care without a look; 100 % with who, when, why; each edit found"
PHONE, CARE = "13917654821", "标记轮椅"
SHOWN = Marks((PHONE, CARE))
# The person who asks for it, the one who shows it: everybody else is refused.
WAYS = {"resident-phone": "AMD", "resident-care": "MS", "care-look": "MS", "resident-export": "AQ"}
LETTERS = {"A": Role.ADMINISTRATOR, "Q": Role.QUALITY, "M": Role.MANAGER, "D": Role.DESK,
           "S": Role.STEWARD}  # fmt: skip
EDITS = (
    ("reason", "UPDATE privacy_look SET reason = 'check' WHERE id = %s"),
    ("who", "UPDATE privacy_look SET account_id = account_id - 1 WHERE id = %s"),
    ("what", "UPDATE privacy_look SET what = 'export' WHERE id = %s"),
    ("class", "UPDATE privacy_look SET grade = 'P3' WHERE id = %s"),
    ("words", "UPDATE privacy_look SET words = 'harmless' WHERE id = %s"),
    ("salt", "UPDATE privacy_look SET salt = '' WHERE id = %s"),
    ("when", "UPDATE privacy_look SET at = '2026-01-01 00:00:00+00:00' WHERE id = %s"),
    ("removed", "DELETE FROM privacy_look WHERE id = %s"),
)
ENTRY = "UPDATE kernel_historyentry SET said = replace(said, 'call', 'check') WHERE id = %s"


def _plain(most: int) -> str:
    return "平常的话"[:most]


def _stage() -> tuple[Stage, int]:
    """Build the company, and give one person a phone and a sign that are looked for."""
    numbers = iter(range(1, 100_000))
    stage = build(lambda most: f"{_plain(most)}{next(numbers)}"[-most:])
    cast, person = stage.cast, int(str(stage.ids["resident_id"][0]))
    with cast.inside():
        version = Person.objects.get(id=person).version
    draft = PersonDraft("欧阳秀珍甲", PHONE)
    save_person(actor=cast.quality, person_id=person, draft=draft, version=version, at=AT)
    add_care(actor=cast.manager, person_id=person, kind="help", purpose=CARE, at=AT)
    return stage, person


def _clients(stage: Stage) -> dict[str, tuple[Actor, Client]]:
    people = {**everybody(stage.cast)}
    return {
        letter: (people[role], walk.client_of(people[role].account_id, "zh-hans"))
        for letter, role in LETTERS.items()
    }


def _open(answer: Any) -> bool:
    """Say whether an answer shows what is looked for, packed or not."""
    return any(SHOWN.in_bytes(piece) for piece in _pieces(walk.body_of(answer)))


def _walked(stage: Stage, clients: dict[str, tuple[Actor, Client]]) -> tuple[int, list[str]]:
    """Ask for every address by GET as those who may see files; return how many, and what leaked."""
    asked, leaks = 0, list[str]()
    for _url, address in walk.addresses(stage.ids):
        if "/o/" in address or "logout" in address:
            continue
        for letter in "MD":
            asked += 1
            with walk.undone():
                if _open(clients[letter][1].get(address)):
                    leaks.append(f"{address} as {letter}")
    return asked, leaks


def _looked(person: int, clients: dict[str, tuple[Actor, Client]]) -> tuple[int, list[str]]:
    """Ask with every reason in every way as everybody; return what was shown, and what is amiss."""
    shown, problems = 0, list[str]()
    for name, letters in WAYS.items():
        address = reverse(name, args=[person])
        for letter, (actor, client) in clients.items():
            for reason in ("", *Reason):
                before = _rows(actor)
                sent = {"reason": reason, "words": "送钥匙上门", "key": token_urlsafe(16)}
                seen = _open(client.post(address, sent))
                shown += seen
                wanted = letter in letters and bool(reason)
                if seen != wanted or _rows(actor) - before != int(wanted):
                    problems.append(f"{name} as {letter} for “{reason}”: shown {seen}")
    return shown, problems


def _rows(actor: Actor) -> int:
    rows = Look.objects.unscoped("promise: looks of a person").filter(company_id=actor.company_id)
    return int(rows.filter(account_id=actor.account_id).exclude(reason="").count())


def _edits(company_id: int) -> list[str]:
    """Tamper with a look in every way and return what was neither refused nor found."""
    with company_scope(company_id):
        row = Look.objects.filter(what="phone", reason="call").order_by("-id")[0]
    entries = history.of_company(company_id).filter(verb=acts.REVEALED).order_by("-id")
    entry = next(one for one in entries if one.payload[history.KEPT][0] == str(row.pk))
    missed = [
        f"an edit was not found: {what}"
        for what, statement in EDITS
        if not _found(company_id, statement, row.pk)
    ]
    if not _found(company_id, ENTRY, entry.pk, guarded=False):
        missed.append("an edited entry was not found")
    if _found(company_id, "SELECT %s", row.pk):
        missed.append("rows that nobody touched are called altered")
    return missed


def _found(company_id: int, statement: str, key: int, *, guarded: bool = True) -> bool:
    """Say whether an edit is refused by the database, or found afterwards; it is taken back."""
    try:
        with transaction.atomic(), company_scope(company_id):
            if not guarded:  # as somebody with the database in her hands could
                with connection.schema_editor(atomic=False) as editor:
                    guards.drop_history_guard(editor)
            with connection.cursor() as cursor:
                cursor.execute(statement, [key])
            altered = bool(check_looks(company_id)[1])
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return altered


def _controls(stage: Stage, person: int, clients: dict[str, tuple[Actor, Client]]) -> list[str]:
    """Say whether unmasked pages and an unwritten look are found, as they must be."""
    problems = []
    with patch.object(residents, "mask_phone", lambda phone: phone):
        shown = _open(clients["D"][1].get(reverse("resident", args=[person])))
    if not shown:
        problems.append("control not caught: a page that forgets to mask")
    actor, client = clients["D"]
    with transaction.atomic():
        sent = {"reason": "call", "key": token_urlsafe(16)}
        client.post(reverse("resident-phone", args=[person]), sent)
        with company_scope(actor.company_id):
            Look.objects.filter(account_id=actor.account_id).order_by("-id")[0].delete()
        if not check_looks(stage.cast.company.pk)[1]:
            problems.append("control not caught: a look without its row")
        transaction.set_rollback(True)
    return problems


def attempt(folder: Path) -> Outcome:
    """Walk, look in every way, tamper, and try both controls."""
    ground.migrate()
    stage, person = _stage()
    clients = _clients(stage)
    asked, problems = _walked(stage, clients)
    with patch.dict(A_DAY, dict.fromkeys(Grade, 10_000)):
        shown, amiss = _looked(person, clients)
    company_id = stage.cast.company.pk
    looks, altered = check_looks(company_id)
    problems += amiss + altered + _edits(company_id) + _controls(stage, person, clients)
    told = (
        f"{asked} pages asked by those who see files, 0 whole phones; {shown} looks shown, each"
        f" with who, when and why; {looks} rows sealed, {len(EDITS) + 1} edits found; controls caught"
    )
    evidence = f"{'; '.join(problems[:6])} | {told}" if problems else told
    figures = {"pages": asked, "shown": shown, "rows": looks, "edits": len(EDITS) + 1}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P26", "Every look at personal data is written down and sealed", attempt)
