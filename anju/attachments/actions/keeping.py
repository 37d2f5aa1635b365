"""Writes of attachments: give, remove, put back; and what the clock sweeps away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from anju.attachments.models import Attachment
from anju.attachments.taking import Taken
from anju.kernel import history
from anju.kernel.files import StoredFile, keep, path_of
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound
from anju.register.queries import company_ids

KEPT_FOR = timedelta(days=30)
HELD_FOR = timedelta(days=7)
MOST_A_SUBJECT = 20
HELD = "held"  # given with a form that is not sent yet


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file belongs to, the project it lies in, and whose history tells of it, if any does.

    `said` is what the entry says besides, such as the time by the phone that took a photo.
    """

    kind: str
    id: int
    project_id: int
    told: history.Subject | None
    said: Mapping[str, history.Plain] = field(default_factory=dict)


@transaction.atomic
def attach(*, actor: Actor, subject: Subject, taken: Taken, at: datetime) -> Attachment:
    """Keep a file that was taken in; the same content again is the same attachment.

    The caller has looked the subject up for the actor. Errors: E-FILE-MANY.
    """
    with company_scope(actor.company_id):
        return _attach(Giver(actor.company_id, actor.account_id), subject, taken, at)


@transaction.atomic
def attach_from_owner(
    *, company_id: int, subject: Subject, taken: Taken, at: datetime, most: int = MOST_A_SUBJECT
) -> Attachment:
    """Keep a file that an owner gave by her link; the caller has found the subject by it.

    Errors: E-FILE-MANY.
    """
    with company_scope(company_id):
        return _attach(Giver(company_id, None), subject, taken, at, most=most)


@dataclass(frozen=True, slots=True)
class Giver:
    """In which company a file is given, and by which colleague; None for an owner."""

    company_id: int
    account_id: int | None


def _attach(
    giver: Giver, subject: Subject, taken: Taken, at: datetime, *, most: int = MOST_A_SUBJECT
) -> Attachment:
    _refuse_too_many(subject, most)
    stored = _stored(giver, taken.body, taken.name, at)
    preview = _stored(giver, taken.preview, taken.name, at) if taken.preview else None
    known = _known(subject, stored.sha256)
    row, _fresh = Attachment.objects.update_or_create(
        company_id=giver.company_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        sha256=stored.sha256,
        defaults={"removed_at": None, "removed_by_id": None},
        create_defaults={
            "project_id": subject.project_id,
            "kind": taken.kind.value,
            "name": taken.name,
            "preview_sha256": preview.sha256 if preview else "",
            "size": stored.size,
            "width": taken.width,
            "height": taken.height,
            "taken_at": taken.taken_at,
            "added_by_id": giver.account_id,
            "added_at": at,
        },
    )
    made: Attachment = row
    if not known:
        _tell(giver, subject, "file_added", made, at)
    return made


def hand_on(*, company_id: int, held_id: int, subject: Subject, at: datetime) -> int:
    """Give what lies with a form to what became of it; return how many files.

    The caller is inside the company and in the transaction that makes the subject.
    """
    rows = Attachment.objects.across_parts().filter(subject_kind=HELD, subject_id=held_id)
    moved = 0
    for row in rows.filter(removed_at=None, project_id=subject.project_id).order_by("id"):
        row.subject_kind, row.subject_id = subject.kind, subject.id
        row.save(update_fields=["subject_kind", "subject_id"])
        _tell(Giver(company_id, None), subject, "file_added", row, at)
        moved += 1
    return moved


def _known(subject: Subject, sha256: str) -> bool:
    rows = Attachment.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, sha256=sha256, removed_at=None
    )
    return bool(rows.exists())


def _stored(giver: Giver, body: bytes, name: str, at: datetime) -> StoredFile:
    return keep([body], name=name, company_id=giver.company_id, actor_id=giver.account_id, at=at)


def _refuse_too_many(subject: Subject, most: int = MOST_A_SUBJECT) -> None:
    live = Attachment.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, removed_at=None
    )
    if live.count() >= most:
        raise Problem(
            "E-FILE-MANY",
            "file",
            "There are {most} files already. Remove one before you add another.",
            "已有 {most} 个附件。请先移除一个再添加。",
            most=most,
        )


def _tell(giver: Giver | Actor, subject: Subject, verb: str, row: Attachment, at: datetime) -> None:
    if subject.told is None:
        return
    said = {**subject.said, "file": row.name, "content": row.sha256[:12]}
    history.write(subject.told, verb, actor_id=giver.account_id, at=at, payload=said)


@transaction.atomic
def remove(*, actor: Actor, subject: Subject, attachment_id: int, at: datetime) -> Attachment:
    """Take a file away from its subject; it can be put back for thirty days. Errors: NotFound."""
    with company_scope(actor.company_id):
        return _turn(actor, subject, attachment_id, at, gone=True)


@transaction.atomic
def put_back(*, actor: Actor, subject: Subject, attachment_id: int, at: datetime) -> Attachment:
    """Put a removed file back to its subject. Errors: NotFound, E-FILE-MANY."""
    with company_scope(actor.company_id):
        _refuse_too_many(subject)
        return _turn(actor, subject, attachment_id, at, gone=False)


def _turn(
    actor: Actor, subject: Subject, attachment_id: int, at: datetime, *, gone: bool
) -> Attachment:
    rows = Attachment.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, removed_at__isnull=gone
    )
    row: Attachment | None = rows.filter(id=attachment_id).first()
    if row is None:
        raise NotFound(f"attachment {attachment_id}")
    row.removed_at = at if gone else None
    row.removed_by_id = actor.account_id if gone else None
    row.save(update_fields=["removed_at", "removed_by"])
    _tell(actor, subject, "file_removed" if gone else "file_put_back", row, at)
    return row


def sweep(*, at: datetime) -> int:
    """Delete what was removed thirty days ago, or lies a week with a form that was never sent.

    Bytes go as well if nothing else has them.
    """
    swept = 0
    for company_id in company_ids():
        with company_scope(company_id):
            unsent = Q(subject_kind=HELD, added_at__lt=at - HELD_FOR)
            rows = Attachment.objects.filter(Q(removed_at__lt=at - KEPT_FOR) | unsent)
            rows = rows.order_by("id")
            for row in rows[:500]:
                _forget(row)
                swept += 1
    return swept


def _forget(row: Attachment) -> None:
    """Delete the row first: bytes without a row are waste, a row without bytes is a loss."""
    contents = {row.sha256, row.preview_sha256} - {""}
    with transaction.atomic():
        Attachment.objects.filter(id=row.pk).delete()
        alone = {one for one in contents if not _used(one)}
        stored = StoredFile.objects.filter(company_id=row.company_id, sha256__in=alone)
        stored.filter(actor_id=row.added_by_id, at__gte=row.added_at).delete()
        kept = StoredFile.objects.filter(company_id=row.company_id, sha256__in=alone)
        alone -= set(kept.values_list("sha256", flat=True))
    for one in alone:
        path_of(row.company_id, one).unlink(missing_ok=True)


def _used(sha256: str) -> bool:
    rows = Attachment.objects.across_parts()
    return bool(rows.filter(Q(sha256=sha256) | Q(preview_sha256=sha256)).exists())


def held_count(held_id: int, project_id: int) -> int:
    """Return how many files lie with a form that is not sent yet; the caller is inside the company."""
    rows = Attachment.objects.across_parts().filter(subject_kind=HELD, subject_id=held_id)
    return int(rows.filter(project_id=project_id, removed_at=None).count())
