"""The judge of simulated rates judges, and its rows can fail."""

from dataclasses import replace

import pytest

from anju.stats.cautions import FEW_CLUSTERS
from validation import alarms, intervals, page, published, silent, uneven
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


def test_published_figures_are_met_and_a_wrong_one_is_not():
    rows = list(published.measure())

    assert [row.name for row in rows if not row.good] == []
    assert len({row.name for row in rows}) == len(rows) == 25
    wrong = replace(rows[0], wanted=rows[0].wanted + 1e-5)
    assert not wrong.good
    assert wrong.line.startswith("FAIL")


def test_few_uneven_buildings_are_drawn_for_every_share_that_is_printed():
    rows = list(uneven.measure(4))

    assert [row.name.split()[1] for row in rows] == [str(many) for many, _ in FEW_CLUSTERS]
    assert all(0.8 < (row.low + row.high) / 2 < 0.9 for row in rows)


def test_the_page_tells_rates_figures_and_recorded_speed(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(page, "SPEED", tmp_path / "speed.json")
    monkeypatch.setattr(page, "agreement", lambda: "nine agree")
    rows = [*published.measure(), Held("mean", 1, 2, 0.9, 1.0, 7), Held("blind", 1, 2, 0.9, 1.0, 7, wanted=False)]  # fmt: skip

    assert "Not recorded yet" in page.written(rows)

    page.record([("beside R", 0.004, "", 1 / 150, "250 ×")], "1000000")
    told = page.written(rows)

    assert "nine agree" in told
    assert "| mean | 50.00 % | 90.0 to 100.0 % | 2 | 7 | **FAIL** |" in told
    assert "| blind | 50.00 % | not 90.0 to 100.0 % | 2 | 7 | ok |" in told
    assert "| beside R | 0.004  | ≤ 0.006667 | 250 × |" in told
    assert "1000000 answers" in told
    assert page.machine() in told


def test_the_page_is_written_when_asked_for(monkeypatch, tmp_path):
    monkeypatch.setattr("validation.__main__.PAGE", tmp_path / "validation.md")
    monkeypatch.setattr(page, "agreement", lambda: "nine agree")

    assert main(["published", "--write"]) == 0
    assert "McNemar" in (tmp_path / "validation.md").read_text(encoding="utf-8")
