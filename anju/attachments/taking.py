"""Taking a file in before anything is written: measured, recognised, a photo written anew.

It touches no table: a long decoding must not hold a transaction open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from anju.attachments.rules.kinds import (
    EDGE,
    MOST_BYTES,
    Kind,
    ending,
    kind_of,
    too_long,
    unreadable,
)
from anju.attachments.rules.sound import check_sound
from anju.kernel.files import shown_name
from anju.kernel.pure.problems import Problem
from anju.sheets.limits import MEGA, Limits
from anju.sheets.read import run_child

LIMITS = Limits(memory_bytes=1024 * MEGA, cpu_seconds=20, wall_seconds=40, output_bytes=40 * MEGA)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept: what it is, its bytes as they will lie there, and its preview."""

    kind: Kind
    name: str
    body: bytes
    preview: bytes = b""
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None


def take_in(chunks: Iterable[bytes], *, name: str, sound: bool = False) -> Taken:
    """Return a given file in the form in which it is kept; `sound` where voice notes are taken too.

    Errors: E-FILE-EMPTY, E-FILE-LONG, E-FILE-TYPE, E-IMG-PIXELS, E-IMG-READ.
    """
    with TemporaryDirectory(prefix="anju-given-") as folder:
        source = Path(folder) / "given"
        _pour(chunks, source)
        head, tail = _ends(source)
        kind = kind_of(head, tail, sound=sound)
        if kind is Kind.SOUND:
            return _sound(source.read_bytes(), shown_name(name))
        shown = ending(shown_name(name), kind)
        if kind is Kind.DOCUMENT:
            return Taken(kind, shown, source.read_bytes())
        return _photo(source, shown)


def _sound(body: bytes, name: str) -> Taken:
    """Return a voice note as it came: it is played by a browser and opened by nothing of ours."""
    form = check_sound(body)
    return Taken(Kind.SOUND, ending(name, Kind.SOUND, form), body)


def _pour(chunks: Iterable[bytes], target: Path) -> None:
    size = 0
    with target.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise too_long()
            out.write(chunk)
    if not size:
        raise Problem(
            "E-FILE-EMPTY",
            "file",
            "The file is empty. Choose a file that has something in it.",
            "文件是空的。请选择有内容的文件。",
        )


def _ends(source: Path) -> tuple[bytes, bytes]:
    with source.open("rb") as file:
        head = file.read(EDGE)
        file.seek(max(0, source.stat().st_size - EDGE))
        return head, file.read(EDGE)


def _photo(source: Path, name: str) -> Taken:
    photo, preview = source.with_name("photo"), source.with_name("preview")
    order = {
        "source": str(source),
        "photo": str(photo),
        "preview": str(preview),
        "limits": asdict(LIMITS),
    }
    try:
        said = run_child("anju.attachments.child", order, LIMITS)["picture"]
    except Problem as problem:
        # Ended by its limits, or gave up: for the person it is a picture that cannot be read.
        if problem.code in {"E-FILE-UNPACKED", "E-FILE-READ"}:
            raise unreadable() from None
        raise
    return Taken(
        Kind.PHOTO,
        name,
        photo.read_bytes(),
        preview.read_bytes(),
        width=int(said["width"]),
        height=int(said["height"]),
        taken_at=datetime.fromisoformat(said["taken_at"]) if said["taken_at"] else None,
    )
