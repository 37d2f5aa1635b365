"""Numbers as they are printed."""

from __future__ import annotations

import pytest

from anju.paper import formats
from anju.stats.proportion import proportion_ci
from anju.stats.results import Bounds, Unit
from anju.stats.scores import Sums, mean_score, totals_only


@pytest.mark.parametrize(
    ("share", "printed"),
    [(0.95, "95.0%"), (1.0, "100.0%"), (0.99996, "99.9%"), (0.0, "0.0%"), (-0.0, "0.0%")],
)
def test_a_share_below_one_is_never_printed_as_a_hundred(share, printed):
    assert formats.percent(share) == printed


@pytest.mark.parametrize(("value", "printed"), [(1.26, "+1.3"), (-1.26, "−1.3"), (0.01, "0.0")])
def test_differences_carry_a_true_sign(value, printed):
    assert formats.signed(value) == printed


def test_limits_are_joined_so_that_no_sign_reads_as_a_dash():
    assert formats.span(0.88, 0.96, Unit.SHARE) == "88.0–96.0"
    assert formats.span(-0.5, 0.5, Unit.GAP) == "−0.50至+0.50"
    assert formats.span(-5, 12, Unit.NPS, "en") == "−5.0 to 12.0"
    assert formats.limits(Bounds(76.8, 96.8), Unit.INDEX) == "76.8–96.8"


def test_what_is_not_known_is_a_dash():
    bare = totals_only(0.96, 20, (0, 1))
    assert (formats.interval(bare), formats.bounds(bare), formats.count(None)) == ("–",) * 3
    assert formats.ratio(bare) == ""


def test_counts_keep_their_thousands_apart():
    assert formats.count(1681) == "1,681"
    assert formats.count(2.5) == "2.50"


def test_a_figure_shows_what_it_was_made_of():
    assert formats.ratio(proportion_ci(19, 20, 25)) == "19 / 20"
    assert formats.figure(mean_score(Sums.plain(2, 100.0, 5200.0), (0, 100))) == "50.0"
