"""Codes for owners, and the pages behind them that are for everybody who holds a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from anju.kernel.pure.clock import utc_now
from anju.register.models import Building
from anju.voice.actions.hanging import hang
from anju.voice.actions.receiving import Place
from tests.cast import Cast
from tests.tables.shape import Row

_number = count(1)
STAFF, STEERING = "AQHMDSW", "AHMDS"
TABLE: Mapping[str, Row] = {
    "case-places": Row(STAFF),
    "case-places-project": Row(STAFF),
    "case-places-labels": Row(STAFF),
    "case-place-poster": Row(STAFF),
    "case-place-end": Row(STEERING, post=True),
}
PUBLIC = frozenset(
    {
        "report-home",
        "report-tell",
        "report-look",
        "report-done",
        "case-progress",
        "case-progress-file",
        "case-follow",
    }
)


def a_code(cast: Cast) -> int:
    """Return a code that hangs in the first house of the cast's project."""
    with cast.inside():
        house = Building.objects.filter(project=cast.project).order_by("id")[0]
    place = Place(cast.project.pk, None, house.pk, f"电梯 {next(_number)}")
    return hang(actor=cast.desk, place=place, at=utc_now())


OWN: Mapping[str, Callable[[Cast], object]] = {"link_id": a_code}
