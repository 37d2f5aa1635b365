"""The judge of simulated rates judges, and its rows can fail."""

import pytest

from validation import alarms, intervals, silent
from validation.__main__ import main
from validation.held import Held


@pytest.mark.parametrize(
    ("hits", "wanted", "good"),
    [(95, True, True), (90, True, False), (99, True, False), (95, False, False), (60, False, True)],
)
def test_a_rate_is_good_inside_its_limits_and_a_control_outside(hits, wanted, good):
    row = Held("mean", hits, 100, 0.934, 0.966, 1, wanted)

    assert row.good is good
    assert row.line.startswith("ok" if good else "FAIL")


def test_every_part_is_measured_and_controls_are_told_from_wishes():
    rows = [*intervals.measure(5), *alarms.measure(5), *silent.measure(4)]

    assert len({row.name for row in rows}) == len(rows) == 17
    assert [row.wanted for row in rows].count(False) == 2
    assert all(row.samples >= 4 and row.first_seed for row in rows)


def test_a_row_outside_its_limits_ends_the_run_with_one(monkeypatch, capsys):
    monkeypatch.setattr(
        intervals, "measure", lambda samples: iter([Held("mean", 1, samples, 0.9, 1.0, 1)])
    )

    assert main(["intervals", "--samples", "10"]) == 1
    assert "FAIL mean" in capsys.readouterr().out
