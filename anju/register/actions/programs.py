"""Writes of the keys of programs: made, used, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.register.models import ProgramKey, Project
from anju.register.programs import PREFIX, Program, hash_of, program_for

BYTES = 24
NOTED_EACH = timedelta(minutes=5)
MOST = 20


@transaction.atomic
def make_key(*, actor: Actor, name: str, projects: Sequence[int], at: datetime) -> str:
    """Make a key for a program and return it; it is shown once and kept as a hash alone.

    Errors: Forbidden, E-TEXT-*, E-REF, E-PROGRAM-MANY.
    """
    demand(actor, Verb.MANAGE_PEOPLE)
    with company_scope(actor.company_id):
        clean = clean_line(name, "name", most=60)
        known = set(Project.objects.filter(id__in=projects).values_list("id", flat=True))
        if known != set(projects):
            raise Problem("E-REF", "projects", "Not found. Choose again.", "未找到，请重新选择。")
        if ProgramKey.objects.filter(revoked_at=None).count() >= MOST:
            raise Problem(
                "E-PROGRAM-MANY", "name",
                "A company has at most {most} keys in force. End one first.",
                "每家公司最多 {most} 个有效密钥。请先停用一个。", most=MOST,
            )  # fmt: skip
        key = f"{PREFIX}-{actor.company_id}-{token_urlsafe(BYTES)}"
        row = ProgramKey(
            company_id=actor.company_id, name=clean, token_hash=hash_of(key),
            projects=sorted(known), made_by_id=actor.account_id, made_at=at,
        )  # fmt: skip
        row.save()
        _tell(actor, row, "program_key_made", at)
        return key


@transaction.atomic
def revoke_key(*, actor: Actor, program_id: int, at: datetime) -> None:
    """End a key at once and for good; a second time is nothing. Errors: NotFound, Forbidden."""
    with company_scope(actor.company_id):
        row = program_for(actor, program_id)
        if ProgramKey.objects.filter(id=row.pk, revoked_at=None).update(revoked_at=at):
            _tell(actor, row, "program_key_ended", at)


def note_use(program: Program, *, at: datetime) -> None:
    """Remember when a key was last used, to five minutes."""
    if program.used_at is None or at - program.used_at >= NOTED_EACH:
        with company_scope(program.company_id):
            ProgramKey.objects.filter(id=program.id).update(used_at=at)


def _tell(actor: Actor, row: ProgramKey, verb: str, at: datetime) -> None:
    subject = history.Subject(actor.company_id, "company", actor.company_id)
    said: dict[str, history.Plain] = {"name": row.name}
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=said)
