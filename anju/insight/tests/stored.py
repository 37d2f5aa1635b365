"""Waves whose answers lie in the tables: the short form, by building."""

from __future__ import annotations

from datetime import timedelta

from anju.insight.actions.snapshot import SNAPSHOT
from anju.kernel.tasks import Plain, Run, start
from anju.survey.actions.waves import close_wave
from anju.survey.models import Wave
from tests.cast import AT, Cast, a_wave, answers

LATER = AT + timedelta(days=1)
ITEMS = 10  # of the short form; its last question is open
OTHER = {"vs": "bs", "bs": "ds", "ds": "bs"}
ESTATE = {"1栋": (12, "vs"), "2栋": (9, "bs"), "3栋": (3, "ds"), "4栋": (6, "vs")}


def told(wave: Wave, house: str, people: int, code: str) -> None:
    """Put so many whole forms of one building into a wave: two of three answers are the same."""
    rows = [
        [code if (person + item) % 3 else OTHER[code] for item in range(ITEMS)] + [None]
        for person in range(people)
    ]
    answers(wave, rows, building_label=house)


def asked(cast: Cast, houses: dict[str, tuple[int, str]] = ESTATE, **changes: object) -> Wave:
    """Return an open wave that holds the answers of these buildings."""
    wave = a_wave(cast, **{"population": 60, **changes})
    for house, (people, code) in houses.items():
        told(wave, house, people, code)
    return wave


def closed(cast: Cast, wave: Wave, *, at=AT) -> int:
    """Close a wave and order its counting; return the job."""
    close_wave(actor=cast.quality, wave_id=wave.pk, at=at)
    return start(
        SNAPSHOT,
        company_id=cast.company.id,
        actor_id=cast.quality.account_id,
        at=at,
        argument={"wave": wave.pk},
    ).id


def a_run(cast: Cast, job_id: int, *, at=LATER, **argument: Plain) -> Run:
    """Return what a handler holds while it works."""
    return Run(job_id, cast.company.id, cast.quality.account_id, argument, at)
