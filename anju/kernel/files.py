"""Plain files kept under their content's hash outside the web root; never opened by name."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from anju.kernel.models import StoredFile as StoredFile
from anju.kernel.pure.problems import Problem

LARGEST = 60 * 1024 * 1024


def shown_name(name: str) -> str:
    """Return a file name that is safe to print: last part, no control or direction characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return kept.strip(". ")[-180:] or "file"


def path_of(company_id: int, sha256: str) -> Path:
    """Return where a company's file with this content lies."""
    return Path(settings.FILES_ROOT) / str(company_id) / sha256[:2] / sha256


def keep(
    chunks: Iterable[bytes], *, name: str, company_id: int, actor_id: int | None, at: datetime
) -> StoredFile:
    """Write a file durably, then its row; refuses empty files and files over 60 MB."""
    folder = Path(settings.FILES_ROOT) / str(company_id)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{uuid4().hex}.partial"
    try:
        sha256, size = _pour(chunks, partial)
        final = path_of(company_id, sha256)
        final.parent.mkdir(exist_ok=True)
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
    return StoredFile.objects.create(
        company_id=company_id,
        actor_id=actor_id,
        sha256=sha256,
        name=shown_name(name),
        size=size,
        at=at,
    )


def _pour(chunks: Iterable[bytes], target: Path) -> tuple[str, int]:
    summed, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise Problem(
                    "E-FILE-LONG",
                    "file",
                    "The file is larger than {most} MB. Split it and send the parts.",
                    "文件超过 {most} MB。请拆分后分别上传。",
                    most=LARGEST // 1024 // 1024,
                )
            summed.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Problem(
            "E-FILE-EMPTY",
            "file",
            "The file is empty. Choose a file that has something in it.",
            "文件是空的。请选择有内容的文件。",
        )
    return summed.hexdigest(), size
