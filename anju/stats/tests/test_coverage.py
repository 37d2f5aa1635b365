"""The coverage of intervals in small buildings: every printed number of the published table."""

import pytest

from anju.stats.coverage import DESIGNS, coverage_rows, coverage_table

TABLE = {
    (30, 6): (".366 (.43)", ".906 (.47)", ".943 (.51)", ".993 (.54)"),
    (30, 24): (".906 (.13)", ".906 (.13)", "1.000 (.28)", ".993 (.12)"),
    (60, 12): (".495 (.33)", ".901 (.34)", ".981 (.38)", ".981 (.38)"),
    (120, 60): (".897 (.13)", ".960 (.13)", ".995 (.18)", ".960 (.13)"),
    (300, 60): (".837 (.16)", ".912 (.16)", ".973 (.18)", ".969 (.17)"),
    (1000, 500): (".931 (.044)", ".942 (.044)", ".994 (.062)", ".952 (.044)"),
}


@pytest.fixture(scope="module")
def rows():
    return coverage_rows()


@pytest.mark.parametrize("place", range(len(DESIGNS)), ids=[f"{N}-{n}" for N, n in DESIGNS])
def test_the_table_is_reproduced_at_printed_precision(rows, place):
    row = rows[place]
    digits = 3 if row.N >= 1000 else 2
    printed = tuple(
        f"{cell.worst:.3f} ({cell.width:.{digits}f})".replace("0.", ".") for cell in row.cells
    )

    assert printed == TABLE[row.N, row.n]


def test_only_the_inversion_always_keeps_its_level(rows):
    assert min(row.cells[3].worst for row in rows) >= 0.95
    assert min(row.cells[0].worst for row in rows) < 0.37


def test_the_table_prints_every_number(rows):
    text = coverage_table(rows)

    assert all(number in text for numbers in TABLE.values() for number in numbers)
    assert coverage_table().splitlines()[0].split()[:2] == ["N,", "n"]
