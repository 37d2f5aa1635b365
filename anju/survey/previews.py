"""What a page shows of a file before it is imported: a proposal for its columns, the first rows.

A page looks at the first rows of a large file only, so that it comes at once; the check reads all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.guess import guess_mapping
from anju.answers.rules.mapping import Mapping, check_headers, fingerprint, from_json
from anju.answers.rules.proposal import Guess, Wishes
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.survey.actions.reading import open_table
from anju.survey.forms import item_defs
from anju.survey.models import ImportBatch, RememberedMapping, Wave
from anju.survey.rules.wave import BatchState

LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Preview:
    """A file under a wave: the table, the proposal, and the mapping of last time if there is one."""

    table: Table
    guess: Guess
    remembered: Mapping | None
    items: tuple[ItemDef, ...]
    version_id: int | None = None

    @property
    def mapping(self) -> Mapping:
        """Return what to show first: last time's mapping, else the proposal."""
        return self.remembered or self.guess.mapping


def import_preview(
    wave_id: int, stored: StoredFile, *, sheet: str = "", header_row: int = 0, wishes: Wishes
) -> Preview:
    """Return a proposal for a kept file; the caller looked wave and file up for the actor before.

    Errors: those of reading a file, E-IMP-COLUMN.
    """
    table = open_table(stored, sheet=sheet, header_row=header_row)
    return table_preview(wave_id, table, wishes=wishes)


def beginning(stored: StoredFile, *, sheet: str = "", header_row: int = 0) -> Table:
    """Return the first rows of a kept file, quickly however large it is.

    Errors: those of reading a file; what is wrong further down is found by the check.
    """
    return open_table(stored, sheet=sheet, header_row=header_row, first=LOOKED_AT + 1)


def table_preview(wave_id: int, table: Table, *, wishes: Wishes) -> Preview:
    """Return a proposal for a table that was read already; raises E-IMP-COLUMN."""
    version_id = settled_version(wave_id)
    items = item_defs(version_id) if version_id is not None else ()
    guess = guess_mapping(table, items or None, wishes=wishes)
    last = remembered(table.headers, version_id or _chosen(wave_id) or 0)
    return Preview(table, guess, last, items or guess.items, version_id)


def _chosen(wave_id: int) -> int | None:
    found: int | None = Wave.objects.values_list("version_id", flat=True).get(id=wave_id)
    return found


def settled_version(wave_id: int) -> int | None:
    """Return the questionnaire that a file must fit, or None where its columns may still make one.

    A form that was made from a file's columns stays open to correction until answers count.
    """
    wave = Wave.objects.select_related("version__questionnaire").get(id=wave_id)
    version = wave.version
    chosen: int | None = wave.version_id
    if version is None or not version.questionnaire.from_file:
        return chosen
    live = ImportBatch.objects.filter(wave__version=version, state=BatchState.LIVE)
    return chosen if live.exists() or version.waves.count() > 1 else None


def made_items(wave_id: int) -> tuple[ItemDef, ...]:
    """Return the items of the questionnaire that a wave has now, however it came to it."""
    version_id = _chosen(wave_id)
    return item_defs(version_id) if version_id is not None else ()


def same_items(version_id: int, items: Sequence[ItemDef]) -> bool:
    """Say whether a stored form asks the same items on the same answers, in any order."""
    return _marks(item_defs(version_id)) == _marks(items)


def _marks(items: Sequence[ItemDef]) -> set[tuple[str, str, str, frozenset[str]]]:
    return {(i.code, i.zh, i.scale.signature, i.scale.top) for i in items}


def version_known(headers: Sequence[str]) -> int | None:
    """Return the questionnaire under which a file with the same columns was last imported."""
    rows = RememberedMapping.objects.filter(fingerprint=fingerprint(headers), version_key__gt=0)
    return rows.order_by("-at", "-id").values_list("version_key", flat=True).first()


def remembered(headers: Sequence[str], version_id: int) -> Mapping | None:
    """Return how a file with the same columns was read last time under the same questionnaire."""
    rows = RememberedMapping.objects.filter(
        fingerprint=fingerprint(headers), version_key=version_id
    )
    row = rows.first()
    if row is None:
        return None
    try:
        mapping = from_json(str(row.mapping["kept"]))
        check_headers(headers, mapping)
    except Problem:
        return None
    return mapping
