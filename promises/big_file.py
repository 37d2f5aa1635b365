"""A file of many answers, clean or with faults at known cells, and the import of it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from anju.answers.rules.answers import ItemDef
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
    wrong = {(fault.row, fault.column): fault.value for fault in planted}
    words = [[level.zh for level in item.scale.levels] for item in items]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("答卷")
        page.write_row(0, 0, heads)
        for number in range(2, rows + 2):
            said = [f"{1 + number % 3}栋", *(chance.choice(levels) for levels in words)]
            for place, head in enumerate(heads):
                page.write_string(number - 1, place, wrong.get((number, head), said[place]))
    return planted


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


def order_import(cast: Cast, wave: Wave, path: Path) -> int:
    """Send the file into the wave, take the proposed columns, and start the import's job."""
    at = utc_now()
    file_id = receive_file(
        actor=cast.quality, wave_id=wave.pk, chunks=chunks(path), name=path.name, at=at
    )
    with cast.inside():
        preview = import_preview(wave.pk, StoredFile.objects.get(id=file_id), wishes=Wishes())
    return start_import(actor=cast.quality, order=Order(wave.pk, file_id, preview.mapping), at=at)


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
