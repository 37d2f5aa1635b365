"""What of a frame may be seen by whom."""

from __future__ import annotations

from anju.survey.queries import Progress
from anju.survey.rules.counts import FrameLine, StratumKind
from anju.web.study.surveys.framed import framed


def rows() -> tuple[Progress, ...]:
    sizes = {"1栋": (40, 30), "2栋": (40, 25), "3栋": (6, 6)}
    return tuple(
        Progress(FrameLine(StratumKind.BUILDING, name, None, homes, homes, back), back)
        for name, (homes, back) in sizes.items()
    )


def test_a_small_building_is_a_band_and_so_is_the_one_that_would_give_it_away():
    told = [(one.returned, one.people) for one in framed(rows(), exact=False)]

    assert told == [("–", "30–34"), ("25", "25"), ("–", "5–6")]


def test_whoever_handles_the_answers_sees_every_count():
    assert [one.people for one in framed(rows(), exact=True)] == ["30", "25", "6"]
