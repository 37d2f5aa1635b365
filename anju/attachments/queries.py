"""Reads of attachments: those of subjects as frozen rows, and the bytes of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anju.attachments.models import Attachment
from anju.attachments.rules.kinds import Kind, media_type
from anju.attachments.signing import PREVIEW
from anju.kernel.files import StoredFile, path_of
from anju.register.access import NotFound


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One file of a subject, as a page lists it."""

    id: int
    kind: Kind
    name: str
    size: int
    width: int
    height: int
    added_at: datetime
    added_by: str
    taken_at: datetime | None

    @property
    def photo(self) -> bool:
        """Whether it is a photo, which a page shows; a document is only offered."""
        return self.kind is Kind.PHOTO

    @property
    def sound(self) -> bool:
        """Whether it is a voice note, which a page plays."""
        return self.kind is Kind.SOUND


@dataclass(frozen=True, slots=True)
class Bytes:
    """Where the bytes of a file lie, and as what they leave."""

    path: Path
    name: str
    media_type: str
    download: bool


def of_subjects(kind: str, ids: Iterable[int]) -> Mapping[int, tuple[AttachmentLine, ...]]:
    """Return the live files of subjects of one kind, oldest first; looked up for the actor before."""
    rows = Attachment.objects.filter(subject_kind=kind, subject_id__in=list(ids), removed_at=None)
    found: dict[int, list[AttachmentLine]] = defaultdict(list)
    for row in rows.select_related("added_by").order_by("id"):
        found[row.subject_id].append(_line(row))
    return {key: tuple(lines) for key, lines in found.items()}


def by_kind(kinds: Iterable[str], subject_id: int) -> Mapping[str, tuple[AttachmentLine, ...]]:
    """Return the live files of one subject under several kinds, oldest first; looked up before."""
    rows = Attachment.objects.filter(
        subject_kind__in=list(kinds), subject_id=subject_id, removed_at=None
    )
    found: dict[str, list[AttachmentLine]] = defaultdict(list)
    for row in rows.select_related("added_by").order_by("id"):
        found[row.subject_kind].append(_line(row))
    return {key: tuple(lines) for key, lines in found.items()}


def _line(row: Attachment) -> AttachmentLine:
    return AttachmentLine(
        id=row.pk,
        kind=Kind(row.kind),
        name=row.name,
        size=row.size,
        width=row.width,
        height=row.height,
        added_at=row.added_at,
        added_by=row.added_by.name if row.added_by else "",
        taken_at=row.taken_at,
    )


def bytes_of(kind: str, subject_id: int, attachment_id: int, size: str) -> Bytes:
    """Return where a live file of a subject lies; raises NotFound."""
    rows = Attachment.objects.filter(subject_kind=kind, subject_id=subject_id, removed_at=None)
    row: Attachment | None = rows.filter(id=attachment_id).first()
    if row is None:
        raise NotFound(f"attachment {attachment_id}")
    kind_ = Kind(row.kind)
    small = kind_ is Kind.PHOTO and size == PREVIEW
    return Bytes(
        path=path_of(row.company_id, row.preview_sha256 if small else row.sha256),
        name=row.name,
        media_type=media_type(row.name, kind_),
        download=kind_ is Kind.DOCUMENT,
    )


def stored_of(kind: str, subject_id: int) -> int | None:
    """Return the stored file of a subject's first live attachment, or None where it has none."""
    rows = Attachment.objects.filter(subject_kind=kind, subject_id=subject_id, removed_at=None)
    first: Attachment | None = rows.order_by("id").first()
    if first is None:
        return None
    stored = StoredFile.objects.filter(company_id=first.company_id, sha256=first.sha256)
    return stored.order_by("id").values_list("id", flat=True).first()
