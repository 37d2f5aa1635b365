"""Writes of attachments: give, remove, put back; and what the clock sweeps away."""

from __future__ import annotations

from dataclasses import dataclass
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
MOST_A_SUBJECT = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file belongs to, the project it lies in, and whose history tells of it."""

    kind: str
    id: int
    project_id: int
    told: history.Subject


@transaction.atomic
def attach(*, actor: Actor, subject: Subject, taken: Taken, at: datetime) -> Attachment:
    """Keep a file that was taken in; the same content again is the same attachment.

    The caller has looked the subject up for the actor. Errors: E-FILE-MANY.
    """
    with company_scope(actor.company_id):
        _refuse_too_many(subject)
        stored = _stored(actor, taken.body, taken.name, at)
        preview = _stored(actor, taken.preview, taken.name, at) if taken.preview else None
        known = _known(subject, stored.sha256)
        row, _fresh = Attachment.objects.update_or_create(
            company_id=actor.company_id,
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
                "added_by_id": actor.account_id,
                "added_at": at,
            },
        )
        made: Attachment = row
        if not known:
            _tell(actor, subject, "file_added", made, at)
        return made


def _known(subject: Subject, sha256: str) -> bool:
    rows = Attachment.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, sha256=sha256, removed_at=None
    )
    return bool(rows.exists())


def _stored(actor: Actor, body: bytes, name: str, at: datetime) -> StoredFile:
    return keep([body], name=name, company_id=actor.company_id, actor_id=actor.account_id, at=at)


def _refuse_too_many(subject: Subject) -> None:
    live = Attachment.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, removed_at=None
    )
    if live.count() >= MOST_A_SUBJECT:
        raise Problem(
            "E-FILE-MANY",
            "file",
            "There are {most} files already. Remove one before you add another.",
            "已有 {most} 个附件。请先移除一个再添加。",
            most=MOST_A_SUBJECT,
        )


def _tell(actor: Actor, subject: Subject, verb: str, row: Attachment, at: datetime) -> None:
    said: dict[str, history.Plain] = {"file": row.name, "content": row.sha256[:12]}
    history.write(subject.told, verb, actor_id=actor.account_id, at=at, payload=said)


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
    """Delete what was removed thirty days ago, and its bytes if nothing else has them."""
    swept = 0
    for company_id in company_ids():
        with company_scope(company_id):
            rows = Attachment.objects.filter(removed_at__lt=at - KEPT_FOR).order_by("id")
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
