"""A file of many answers, clean or with faults at known cells, and the import of it."""

from __future__ import annotations

import io
import itertools
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import ascii_uppercase
from typing import IO

import xlsxwriter

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.mapping import Mapping
from anju.answers.rules.proposal import Wishes
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope
from anju.survey.actions.imports import Order, receive_file, start_import
from anju.survey.forms import item_defs
from anju.survey.models import ImportBatch, Response, Wave
from anju.survey.previews import import_preview
from tests.cast import Cast

ROWS, ITEMS, FAULTS = 100_000, 12, 23
STRANGE = ("说不清道不明", "6", "-1", "满意吗？", "9999")
_serial = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put into a file: the row as a spreadsheet numbers it, the head, what stands there."""

    row: int
    column: str
    value: str


def chosen_items(version_id: int) -> tuple[ItemDef, ...]:
    """Return the first twelve items of a questionnaire that have a scale."""
    return item_defs(version_id)[:ITEMS]


def write(
    path: Path, items: tuple[ItemDef, ...], *, faults: int, rows: int = ROWS
) -> list[Planted]:
    """Write a workbook of answers and return the faults planted in it, in reading order."""
    chance = random.Random(20261122 + next(_serial))
    heads = ["楼栋", *(item.zh for item in items)]
    planted = _faults(chance, heads, faults, rows)
    wrong: dict[int, dict[int, str]] = {}
    for fault in planted:
        wrong.setdefault(fault.row, {})[heads.index(fault.column)] = fault.value
    words = [[level.zh for level in item.scale.levels] for item in items]
    with _sheet(path, "答卷") as page:
        page.write(_row(1, heads))
        for number in range(2, rows + 2):
            said = [f"{1 + number % 3}栋", *(chance.choice(levels) for levels in words)]
            for place, value in wrong.get(number, {}).items():
                said[place] = value
            page.write(_row(number, said))
    return planted


@contextmanager
def _sheet(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Write a workbook of one sheet, whose rows come as they are: cell by cell takes a minute."""
    bare = io.BytesIO()
    with xlsxwriter.Workbook(bare) as book:
        book.add_worksheet(name)
    inner = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(bare) as was, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for member in was.namelist():
            if member != inner:
                made.writestr(member, was.read(member))
        before, after = was.read(inner).split(b"<sheetData/>")
        with made.open(inner, "w") as page:
            page.write(before.replace(b'<dimension ref="A1"/>', b"") + b"<sheetData>")
            yield page
            page.write(b"</sheetData>" + after)


def _row(number: int, said: list[str]) -> bytes:
    cells = "".join(
        f'<c r="{ascii_uppercase[place]}{number}" t="inlineStr"><is><t>{escape(word)}</t></is></c>'
        for place, word in enumerate(said)
    )
    return f'<row r="{number}">{cells}</row>'.encode()


def _faults(chance: random.Random, heads: list[str], count: int, rows: int) -> list[Planted]:
    """Choose cells, the first and last rows and columns of answers among them."""
    cells = {(2, heads[1]), (rows + 1, heads[-1])} if count else set()
    while len(cells) < count:
        cells.add((chance.randint(2, rows + 1), chance.choice(heads[1:])))
    ordered = sorted(cells, key=lambda cell: (cell[0], heads.index(cell[1])))
    return [Planted(row, head, chance.choice(STRANGE)) for row, head in ordered]


def chunks(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, as an upload brings them."""
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            yield part


def order_import(cast: Cast, wave: Wave, path: Path, columns: Mapping | None = None) -> int:
    """Send the file into the wave and start its import, with the columns proposed or given."""
    at = utc_now()
    file_id = receive_file(
        actor=cast.quality, wave_id=wave.pk, chunks=chunks(path), name=path.name, at=at
    )
    columns = columns or proposed(cast, wave, file_id)
    return start_import(actor=cast.quality, order=Order(wave.pk, file_id, columns), at=at)


def proposed(cast: Cast, wave: Wave, file_id: int) -> Mapping:
    """Return what the page proposes for the columns of a file."""
    with cast.inside():
        stored = StoredFile.objects.get(id=file_id)
        return import_preview(wave.pk, stored, wishes=Wishes()).mapping


def job(job_id: int) -> Job:
    """Return a job as it stands now."""
    return Job.objects.get(id=job_id)


def visible(wave: Wave) -> int:
    """Return how many answers of a wave anybody can see: what every page and file reads."""
    with company_scope(wave.company_id):
        return Response.objects.filter(wave=wave).count()


def kept(wave: Wave) -> tuple[int, int]:
    """Return how many rows lie in the table for a wave, seen or not, and how many imports."""
    with company_scope(wave.company_id):
        rows = Response.objects.whole().filter(wave=wave).count()
        return rows, ImportBatch.objects.filter(wave=wave).count()
