"""Which files of a company name a person, and what stands in their place afterwards.

A workbook is read entry by entry. Pictures and printed pages are not read: nobody is found in them.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from django.db import transaction

from anju.kernel.files import StoredFile, path_of
from anju.privacy.rules.marks import Marks

UNPACKED_MOST = 200 * 1024 * 1024
GONE = "此文件含有应删除的个人信息，内容已清除。\nThis file named a person who was erased; it was emptied.\n"
GONE_NAME = "erased.txt"


def naming(marks: Marks, company_id: int) -> tuple[StoredFile, ...]:
    """Return the files of a company in which somebody stands, by content or by name."""
    rows = StoredFile.objects.filter(company_id=company_id).order_by("id")
    known: dict[str, bool] = {}
    found = []
    for row in rows:
        if row.sha256 not in known:
            known[row.sha256] = _inside(path_of(company_id, row.sha256), marks)
        if known[row.sha256] or marks.inside(row.name):
            found.append(row)
    return tuple(found)


def _inside(path: Path, marks: Marks) -> bool:
    if not marks or not path.exists():
        return False
    body = path.read_bytes()
    return any(marks.in_bytes(piece) for piece in _pieces(body))


def _pieces(body: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and of a package each entry's, as far as they may be unpacked."""
    yield body
    if not body.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            left = UNPACKED_MOST
            for entry in packed.infolist():
                with packed.open(entry) as opened:
                    piece = opened.read(left)
                left -= len(piece)
                yield piece
                if left <= 0:
                    return
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return


def empty(rows: tuple[StoredFile, ...]) -> int:
    """Put a plain sentence in place of each file; the old content goes when the act is committed."""
    body = GONE.encode()
    digest = hashlib.sha256(body).hexdigest()
    for row in rows:
        target, old = path_of(row.company_id, digest), path_of(row.company_id, row.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        row.sha256, row.size, row.name = digest, len(body), GONE_NAME
        row.save(update_fields=["sha256", "size", "name"])
        transaction.on_commit(partial(_drop, old, row.company_id))
    return len(rows)


def _drop(old: Path, company_id: int) -> None:
    """Remove a content that no row needs any more."""
    if not StoredFile.objects.filter(company_id=company_id, sha256=old.name).exists():
        old.unlink(missing_ok=True)
