"""Coming back to the columns from the work on them: what was said then, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.further import Told, confirmed, with_further
from anju.answers.rules.mapping import ColumnMap, Mapping, Role, from_json
from anju.answers.rules.proposal import Wishes
from anju.kernel.pure.tables import Table
from anju.kernel.tasks import Job
from anju.survey.access import job_for
from anju.survey.previews import Preview
from anju.web.declare import StaffRequest
from anju.web.study.imports.working import listed, unknown_of


@dataclass(frozen=True, slots=True)
class Before:
    """What a person had said when a job was begun, and the answers that it did not know."""

    mapping: Mapping
    levels: tuple[str, ...]
    tops: dict[str, str]
    refused: tuple[Told, ...]

    def put_beside(self, table: Table) -> Table:
        """Return the first rows with the answers from further down that this work was about."""
        return with_further(table, (*confirmed(table, self.mapping), *self.refused))

    @property
    def wishes(self) -> Wishes:
        """Return what was said of the columns, as the guess takes it."""

        def of(role: Role) -> tuple[str, ...]:
            return tuple(column.header for column in self.mapping.of_role(role))

        def one(role: Role) -> str:
            return next(iter(of(role)), "")

        return Wishes(
            items=of(Role.ITEM),
            levels=self.levels,
            count=one(Role.COUNT),
            weight=one(Role.WEIGHT),
            by=of(Role.GROUP),
            unit=one(Role.UNIT),
            building=one(Role.BUILDING),
            stratum=one(Role.STRATUM),
            ignored=of(Role.IGNORED),
        )


def before(request: StaffRequest) -> Before | None:
    """Return what was said in the job that the address names; None where it names none."""
    job_id = request.GET.get("job", "")
    if not (job_id.isascii() and job_id.isdigit()):
        return None
    job = job_for(request.actor, int(job_id[:18]))
    tops = dict(line.split("=", 1) for line in listed(job, "tops") if "=" in line)
    mapping = from_json(str(job.argument["mapping"]))
    return Before(mapping, listed(job, "levels"), tops, _refused(job))


def _refused(job: Job) -> tuple[Told, ...]:
    """Return each text that was none of the answers, with its first row."""
    return tuple(
        Told(int(fault.row), fault.column, fault.value)
        for fault in unknown_of(job)
        if fault.row.isdigit()
    )


def said_again(kept: Mapping, preview: Preview, made: Sequence[ItemDef]) -> Mapping:
    """Return a kept mapping for what the items are now.

    Where the answers of an item are others than those it was said of, they are read anew.
    """
    then = {item.code: item.scale.levels for item in made}
    same = {item.code for item in preview.items if then.get(item.code) == item.scale.levels}
    guessed = {column.header: column for column in preview.guess.mapping.columns}
    return Mapping(
        tuple(
            column
            if column.role is not Role.ITEM or column.item in same
            else _anew(column, guessed[column.header])
            for column in kept.columns
        )
    )


def _anew(column: ColumnMap, guessed: ColumnMap) -> ColumnMap:
    return replace(column, item=guessed.item, answers=guessed.answers, role=guessed.role)
