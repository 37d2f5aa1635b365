"""Taking a file in: its five steps, what is accepted, and what is wrong with a cell of it.

Shared by every page that takes a spreadsheet; what its columns mean is each page's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.kernel.files import LARGEST, shown_name
from anju.kernel.pure.problems import Problem
from anju.sheets.kinds import kind_of
from anju.sheets.read import read_table
from anju.web.declare import StaffRequest
from anju.web.parts.pieces import Stage

SEND, COLUMNS, CHECK, IMPORT, IN_USE = range(5)
FORMATS = ".xlsx,.csv,.txt,.tsv"
MOST_MB = LARGEST // 1024 // 1024
WHOLE_READ = 1024 * 1024
FAULTS: dict[str, Promise | str] = {
    "E-ANSWER": gettext_lazy("An answer that the item does not have"),
    "E-SCORE-RANGE": gettext_lazy("A score outside the scale"),
    "E-NUM-FORMAT": gettext_lazy("Not a number"),
    "E-NUM-RANGE": gettext_lazy("A number out of range"),
    "E-NUM-DECIMALS": gettext_lazy("Too many decimals"),
    "E-NUM-SCI": gettext_lazy("Digits lost in the spreadsheet"),
    "E-UNIT": gettext_lazy("A unit that the project does not have"),
    "E-DATE": gettext_lazy("A day that does not exist"),
    "E-DATE-RANGE": gettext_lazy("A day out of range"),
    "E-DATE-FORMAT": gettext_lazy("A day that could be read twice"),
    "E-XLS-FORMULA": gettext_lazy("A formula without a stored value"),
    "E-TEXT-CONTROL": gettext_lazy("A character that is not allowed"),
}


def steps(now: int) -> tuple[Stage, ...]:
    """Return the line with one step current; at the last one all are done."""
    names = (_("Send"), _("Columns"), _("Check"), _("Import"), _("In use"))
    done = now if now < IN_USE else IN_USE + 1
    return tuple(Stage(name, did=k < done, now=k == now != IN_USE) for k, name in enumerate(names))


def sent_file(request: StaffRequest) -> UploadedFile[bytes]:
    """Return the file that was sent; raises E-FILE-EMPTY where there is none."""
    found = request.FILES.get("file")
    if isinstance(found, UploadedFile):
        return found
    raise Problem("E-FILE-EMPTY", "file", "Choose a file.", "请选择一个文件。")


@contextmanager
def spooled(upload: UploadedFile[bytes]) -> Iterator[Path]:
    """Lend a sent file as a path, before anything of it is kept; what is too large is not lent whole.

    Receiving a file that is too large gives the exact refusal.
    """
    with tempfile.NamedTemporaryFile() as copy:
        size = 0
        for chunk in upload.chunks():
            size += len(chunk)
            if size > LARGEST:
                break
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
    upload.seek(0)


def refuse_unreadable(upload: UploadedFile[bytes]) -> None:
    """Refuse a bad file at its field: a small one is read whole, a large one by its first bytes.

    What is wrong deeper in a large file is said by the next page, which reads it anyway.
    """
    with spooled(upload) as path:
        size = upload.size or 0
        if 0 < size <= WHOLE_READ:
            read_table(path, name=Path(shown_name(upload.name or "")).stem)
        elif 0 < size <= LARGEST:
            kind_of(path)


def chunks_of(upload: UploadedFile[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file that was sent."""
    yield from upload.chunks()
