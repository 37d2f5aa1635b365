"""Suppression: the floor, the remainder rule over levels and cuts, bands; an attacker who subtracts."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anju.stats.results import BadArgument, BadCounts, Bounds, Suppressed
from anju.stats.suppress import STATE_WORDS, Cell, State, Suppression, band, suppress


def project(*sizes, rest=0):
    total = Cell("all", None, sum(sizes) + rest)
    return [total, *(Cell(f"b{i}", "all", size, "building") for i, size in enumerate(sizes))]


def states(cells, **options):
    return {key: str(state) for key, state in suppress(cells, **options).states.items()}


class Attacker:
    """Knows every exact figure and that divisions add up; solves for the others."""

    def __init__(self, cells, decided):
        self.size = {cell.key: cell.households for cell in cells}
        divisions: dict[tuple[str, str], list[str]] = {}
        for cell in cells:
            if cell.parent is not None:
                divisions.setdefault((cell.parent, cell.cut), []).append(cell.key)
        for (parent, cut), keys in divisions.items():
            left = self.size[parent] - sum(self.size[key] for key in keys)
            keys.append(f"rest of {parent} by {cut}")
            self.size[keys[-1]] = left
        known = (State.SHOWN, State.EMPTY)
        self.unknown = [
            key
            for key, size in self.size.items()
            if decided.states.get(key, State.SMALL) not in known and size > 0
        ]
        self.rows = [self._row(parent, keys) for (parent, _), keys in divisions.items()]

    def _row(self, parent, keys):
        signs = {parent: -1, **dict.fromkeys(keys, 1)}
        return [signs.get(key, 0) for key in self.unknown]

    def derives(self, keys):
        """Say whether the sum over these cells follows from what is shown."""
        if not self.unknown:
            return False
        wanted = [int(key in keys) for key in self.unknown]
        rows = np.array([*self.rows, [0] * len(self.unknown)], dtype=float)
        return np.linalg.matrix_rank(np.vstack([rows, wanted])) == np.linalg.matrix_rank(rows)

    def range_of(self, key):
        """Give the least and most households that the shown figures allow."""
        true = np.array([self.size[one] for one in self.unknown], dtype=float)
        rows = np.array(self.rows, dtype=float)
        aim = np.array([float(one == key) for one in self.unknown])
        ends = [
            linprog(sign * aim, A_eq=rows, b_eq=rows @ true, bounds=(0, 10_000)).fun
            for sign in (1, -1)
        ]
        return ends[0], -ends[1]

    def small_sums(self, k):
        """List every set of unknown cells under k households whose sum follows."""
        return [
            keys
            for count in range(1, len(self.unknown) + 1)
            for keys in combinations(self.unknown, count)
            if sum(self.size[key] for key in keys) < k and self.derives(keys)
        ]


def primary_only(cells):
    """The negative control: hide what is small and nothing else."""
    found = {cell.key: State.SMALL if 0 < cell.households < 5 else State.SHOWN for cell in cells}
    return Suppression(found, 5)


def test_a_small_cell_takes_the_smallest_sibling_along():
    assert states(project(3, 9, 18)) == {
        "all": "shown",
        "b0": "small",
        "b1": "complement",
        "b2": "shown",
    }


def test_two_small_cells_that_reach_k_need_no_more():
    assert suppress(project(3, 4, 18)).hidden == {"b0", "b1"}


def test_two_small_cells_below_k_take_a_third_along():
    assert suppress(project(1, 2, 9, 18)).hidden == {"b0", "b1", "b2"}


def test_households_in_no_part_are_protected_too():
    assert suppress(project(9, 18, rest=2)).hidden == {"b0"}
    assert suppress(project(9, 18, rest=5)).hidden == frozenset()


def test_households_in_no_part_protect_a_small_cell():
    assert suppress(project(3, 9, rest=4)).hidden == {"b0"}


def test_a_silent_building_is_empty_and_hides_nothing():
    assert states(project(0, 9, 18)) == {
        "all": "shown",
        "b0": "empty",
        "b1": "shown",
        "b2": "shown",
    }


def test_a_small_project_hides_all_of_it():
    assert suppress(project(2, 2)).hidden == {"all", "b0", "b1"}


def test_k_may_be_raised_but_never_lowered():
    assert suppress(project(8, 9, 20), k=10).hidden == {"b0", "b1"}
    with pytest.raises(BadArgument, match="never lowered"):
        suppress(project(8, 9), k=4)


def test_a_type_hidden_as_complement_hides_some_of_its_buildings():
    cells = [
        Cell("all", None, 60),
        Cell("flats", "all", 14, "type"),
        Cell("shops", "all", 3, "type"),
        Cell("offices", "all", 43, "type"),
        Cell("f1", "flats", 6, "building"),
        Cell("f2", "flats", 8, "building"),
        Cell("o1", "offices", 43, "building"),
    ]
    found = suppress(cells)

    assert found.hidden == {"shops", "flats", "f1"}
    assert Attacker(cells, found).small_sums(5) == []


def test_a_small_building_deep_down_stays_hidden_in_its_type():
    cells = [
        Cell("all", None, 60),
        Cell("flats", "all", 20, "type"),
        Cell("offices", "all", 40, "type"),
        Cell("f1", "flats", 2, "building"),
        Cell("f2", "flats", 18, "building"),
    ]

    assert suppress(cells).hidden == {"f1", "f2"}


def test_cuts_across_each_other_are_judged_apart():
    cells = [
        *project(3, 9, 18),
        Cell("am", "all", 4, "time"),
        Cell("pm", "all", 12, "time"),
        Cell("eve", "all", 14, "time"),
    ]

    assert suppress(cells).hidden == {"b0", "b1", "am", "pm"}


def test_what_the_wave_hides_an_item_hides_too():
    found = suppress(project(6, 9, 18), already=frozenset({"b0", "b1"}))

    assert found.hidden == {"b0", "b1"}


def test_one_cell_hidden_earlier_needs_no_second_when_it_reaches_k():
    assert suppress(project(6, 9, 18), already=frozenset({"b0"})).hidden == {"b0"}


def uniform(*sizes, equal=()):
    cells = project(*sizes)
    return [
        Cell(cell.key, cell.parent, cell.households, cell.cut, dict(equal).get(cell.key))
        for cell in cells
    ]


def test_a_cell_of_equal_answers_becomes_a_band_and_so_does_a_sibling():
    cells = uniform(8, 9, 18, equal={"b1": "vs"}.items())

    assert states(cells) == {"all": "shown", "b0": "band", "b1": "band", "b2": "shown"}


def test_two_bands_of_the_same_answer_do_not_protect_each_other():
    cells = uniform(8, 9, 18, 20, equal={"b1": "vs", "b2": "vs"}.items())

    assert states(cells)["b0"] == "band"
    assert states(cells)["b3"] == "shown"


def test_two_bands_of_different_answers_protect_each_other():
    cells = uniform(8, 9, 18, equal={"b1": "vs", "b2": "ds"}.items())

    assert states(cells)["b0"] == "shown"


def test_a_project_of_equal_answers_is_bands_throughout():
    cells = uniform(8, 9, equal={"all": "vs", "b0": "vs", "b1": "vs"}.items())

    assert set(states(cells).values()) == {"band"}


def test_a_band_above_exact_parts_would_add_up_so_one_part_is_a_band():
    cells = uniform(8, 9, 18, equal={"all": "vs"}.items())

    assert states(cells)["b0"] == "band"


def test_a_band_is_protected_by_households_in_no_part():
    cells = [
        Cell("all", None, 40),
        Cell("b0", "all", 10, "building", "vs"),
        Cell("b1", "all", 20, "building"),
    ]

    assert states(cells) == {"all": "shown", "b0": "band", "b1": "shown"}


def test_a_small_cell_of_equal_answers_is_hidden_not_banded():
    assert states(uniform(3, 9, 18, equal={"b0": "vs"}.items()))["b0"] == "small"


@pytest.mark.parametrize(
    ("value", "found"),
    [(0.0, (0, 0.2)), (0.5, (0.4, 0.6)), (0.8, (0.8, 1)), (1.0, (0.8, 1))],
)
def test_a_band_is_a_fifth_of_the_range(value, found):
    assert band(value) == Bounds(*found)


def test_a_band_outside_nought_to_one_is_refused():
    with pytest.raises(BadArgument):
        band(1.1)


def test_a_hidden_cell_is_refused_to_whoever_asks():
    found = suppress(project(3, 9, 18))

    with pytest.raises(Suppressed, match="5 households") as caught:
        found.require("b1")
    assert caught.value.code == "E-STATS-SUPPRESSED"
    found.require("b2")
    assert found.shown("b2")
    with pytest.raises(BadArgument, match="No decision"):
        found.shown("b9")


def test_every_state_has_words():
    assert set(STATE_WORDS) == set(State)


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ([Cell("a", None, 9), Cell("a", None, 9)], BadArgument),
        ([Cell("a", "b", 9)], BadArgument),
        ([Cell("a", "b", 9), Cell("b", "a", 9)], BadArgument),
        ([Cell("a", None, -1)], BadCounts),
        ([Cell("a", None, 7), Cell("b", "a", 9)], BadCounts),
    ],
)
def test_cells_that_make_no_tree_are_refused(cells, error):
    with pytest.raises(error):
        suppress(cells)


def test_an_earlier_decision_about_an_unknown_cell_is_refused():
    with pytest.raises(BadArgument):
        suppress(project(9), already=frozenset({"x"}))


def test_hiding_small_cells_alone_is_caught_by_the_attacker():
    cells = project(3, 9, 18)

    assert Attacker(cells, primary_only(cells)).range_of("b0") == pytest.approx((3, 3))
    assert Attacker(cells, primary_only(cells)).small_sums(5) == [("b0",)]
    assert Attacker(cells, suppress(cells)).small_sums(5) == []


@st.composite
def trees(draw):
    """A project by type and building, and the same project by time of day."""
    sizes = st.integers(0, 12)
    types = draw(st.lists(st.lists(sizes, min_size=1, max_size=3), min_size=1, max_size=3))
    rest = draw(st.integers(0, 6))
    total = sum(sum(one) for one in types) + rest
    cells = [Cell("all", None, total)]
    for i, buildings in enumerate(types):
        cells.append(Cell(f"t{i}", "all", sum(buildings), "type"))
        cells += [Cell(f"t{i}b{j}", f"t{i}", n, "building") for j, n in enumerate(buildings)]
    morning = draw(st.integers(0, total))
    cells += [Cell("am", "all", morning, "time"), Cell("pm", "all", total - morning, "time")]
    return cells


@settings(max_examples=150)
@given(trees())
def test_no_sum_of_fewer_than_five_households_can_be_derived(cells):
    assert Attacker(cells, suppress(cells)).small_sums(5) == []


@settings(max_examples=60)
@given(trees())
def test_no_hidden_cell_of_one_to_four_is_determined(cells):
    found = suppress(cells)
    attacker = Attacker(cells, found)
    small = [key for key in attacker.unknown if attacker.size[key] < 5]
    assume(small)

    for key in small:
        low, high = attacker.range_of(key)
        assert high - low > 0.5


@settings(max_examples=60)
@given(trees(), st.randoms(use_true_random=False))
def test_the_order_of_cells_changes_no_decision(cells, random):
    mixed = list(cells)
    random.shuffle(mixed)

    assert suppress(mixed).states == suppress(cells).states


@settings(max_examples=60)
@given(trees(), st.data())
def test_no_band_can_be_worked_out_exactly(cells, data):
    parts = {cell.parent for cell in cells}
    leaves = [cell.key for cell in cells if cell.key not in parts and cell.cut == "building"]
    equal = set(data.draw(st.lists(st.sampled_from(leaves), max_size=2)))
    marked = [
        Cell(cell.key, cell.parent, cell.households, cell.cut, "vs" if cell.key in equal else None)
        for cell in cells
    ]
    found = suppress(marked)
    attacker = Attacker(marked, found)
    alone = {cell.parent for cell in marked if cell.key in equal}
    assume(all(_answered(marked, parent) > 1 for parent in alone))

    for key in equal:
        if found.state(key) is State.BAND:
            assert not attacker.derives([key])


def _answered(cells, parent):
    return sum(1 for cell in cells if cell.parent == parent and cell.households > 0)


def test_a_group_of_exactly_the_least_size_is_shown():
    assert set(states(project(5, 5, 10)).values()) == {"shown"}
    assert states(project(4, 20, 30))["b0"] == "small"


def test_a_hidden_cell_of_one_counts_among_those_who_all_said_the_same():
    sizes = (("b0", 4, "top"), ("b1", 5, "top"), ("b2", 5, None), ("b3", 1, "top"))
    cells = [Cell("all", None, 15), *(Cell(key, "all", many, "b", said) for key, many, said in sizes)]  # fmt: skip

    # Were b2 exact, the total less b2 would say that everybody in the others is satisfied.
    assert states(cells)["b2"] == "band"


def test_a_part_stays_exact_where_a_hidden_one_beside_it_leaves_two_unknowns():
    cells = [
        Cell("all", None, 30), Cell("A", "all", 10, "p"), Cell("B", "all", 20, "p"),
        Cell("a1", "A", 5, "b"), Cell("a2", "A", 5, "b"),
    ]  # fmt: skip

    found = states(cells, already=frozenset({"A"}))

    assert (found["a1"], found["a2"]) == ("complement", "shown")
