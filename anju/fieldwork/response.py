"""Reads what each building was given and gave back, by every way, for the report of a survey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Sum

from anju.fieldwork.models import PaperCount
from anju.fieldwork.rules.counts import together
from anju.fieldwork.rules.response import FieldLine, Forms, field_lines
from anju.register.models import Building
from anju.survey.models import Invitation, Response, Wave, WaveStratum
from anju.survey.rules.answering import Channel, Privacy
from anju.survey.rules.counts import StratumKind

Pair = tuple[int | None, int | None]
Rows = Iterable[tuple[str, int | None, int | None]]


def response_by_building(wave_id: int) -> tuple[FieldLine, ...]:
    """Return issued and returned by building as a report may print them; the caller looked it up.

    A home that got a form and a link was asked once; what came by link came back beside paper.
    """
    wave = Wave.objects.get(id=wave_id)
    frame = WaveStratum.objects.filter(wave=wave, kind=StratumKind.BUILDING)
    planned = _pairs(frame.values_list("label", "issued", "returned"))
    counts = PaperCount.objects.filter(wave=wave)
    paper = _pairs(counts.values_list("building__name", "issued", "returned"))
    links = Invitation.objects.filter(wave=wave, revoked_at__isnull=True).order_by()
    invited = dict(links.values_list("unit__building_id").annotate(n=Count("id")))
    if not (planned or paper or invited):
        return ()
    came = _came(wave)
    places = Building.objects.filter(project_id=wave.project_id).order_by("id")
    forms = [
        _forms(name, [planned.get(name), paper.get(name)], invited.get(key), came.get(key, {}))
        for key, name in places.values_list("id", "name")
    ]
    return field_lines(forms, named=wave.privacy == Privacy.NAMED)


def _pairs(rows: Rows) -> dict[str, Pair]:
    return {name: (issued, returned) for name, issued, returned in rows}


def _came(wave: Wave) -> dict[int | None, dict[str, int]]:
    """Return for how many people the answers of each building stand, by way."""
    rows = Response.objects.filter(wave=wave).order_by()
    found: defaultdict[int | None, dict[str, int]] = defaultdict(dict)
    for key, channel, people in rows.values_list("building_id", "batch__channel").annotate(
        n=Sum("count")
    ):
        found[key][channel] = people
    return found


def _forms(name: str, known: list[Pair | None], invited: int | None, came: dict[str, int]) -> Forms:
    """Return one building: what was counted, raised to what is there already, never lowered."""
    counted = [pair for pair in known if pair is not None]
    out = [pair[0] for pair in counted] + [invited]
    issued = max((n for n in out if n is not None), default=None)
    back = [pair[1] for pair in counted]
    links = came.get(Channel.LINK, 0)
    by_hand = max((n for n in back if n is not None), default=None)
    counted_back = together([by_hand, links]) if by_hand is not None else None
    people = sum(came.values())
    if counted_back is None and not people and invited is None:
        return Forms(name, issued)
    return Forms(name, issued, max(counted_back or 0, people))
