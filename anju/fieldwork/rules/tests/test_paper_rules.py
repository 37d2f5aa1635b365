"""What is typed from paper means what is printed, or is refused at its box; and mistakes are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.units import Home
from anju.fieldwork.rules.counts import BuildingForms, faults, together
from anju.fieldwork.rules.paper import Kind, cells_of, read_form
from anju.fieldwork.rules.rooms import Meant, meant
from anju.fieldwork.rules.second import Differing, differences, drawn, error_share, how_many
from anju.kernel.pure.problems import Problem
from anju.survey.rules.answering import row_of
from anju.survey.rules.questionnaire import ItemPlan, OptionPlan, Purpose, ScalePlan, Words


def an_item(code, *values, choose_any=False):
    options = tuple(OptionPlan(f"o{n}", Words(f"答{n}"), v) for n, v in enumerate(values, start=1))
    scale = ScalePlan("s", Words("量表"), options, choose_any) if values else None
    return ItemPlan(code, Words(f"题{code}"), scale, Purpose.SATISFACTION)


ITEMS = (
    an_item("a", 3.0, 2.0, 1.0, None),
    an_item("b", 1.0, 2.0, choose_any=True),
    an_item("c", *[float(n) for n in range(12)]),
    an_item("d"),
)
CELLS = cells_of(ITEMS)
GOOD = {"d.a": "1", "d.b": "0", "d.c": "o12", "d.d": " 门 关不紧 "}


def test_cells_are_numbered_as_printed_and_filled_by_their_kind():
    kinds = [(cell.number, cell.kind) for cell in CELLS]

    assert kinds == [
        (1, Kind.DIGIT),
        (2, Kind.TICKS),
        (3, Kind.CHOICE),
        (4, Kind.TEXT),
    ]
    assert CELLS[0].digits == {"1": "o1", "2": "o2", "3": "o3", "9": "o4"}
    assert [cell.code for cell in CELLS if cell.rated] == ["a", "c"]


def test_digits_choices_and_words_are_read():
    reading = read_form(CELLS, GOOD)

    assert reading.problems == ()
    assert reading.answers == {"a": ("o1",), "b": (), "c": ("o12",)}
    assert reading.texts == {"d": "门 关不紧"}


@pytest.mark.parametrize(("typed", "code"), [("９", "o4"), (" 2 ", "o2"), ("0", None)])
def test_a_digit_is_read_in_any_width_and_nought_is_left_empty(typed, code):
    answers = read_form(CELLS, GOOD | {"d.a": typed}).answers

    assert answers["a"] == ((code,) if code else ())


@pytest.mark.parametrize(
    ("options", "typed", "ticked"),
    [
        (4, "13", "o1 o3"),
        (4, "3 1", "o1 o3"),
        (4, "１、４", "o1 o4"),
        (4, "0", ""),
        (12, "2 12", "o2 o12"),
        (12, "11,1", "o1 o11"),
    ],
)
def test_a_list_to_tick_takes_every_number_that_is_ticked(options, typed, ticked):
    cells = cells_of([an_item("b", *range(options), choose_any=True), an_item("d")])
    reading = read_form(cells, {"d.b": typed, "d.d": "words"})

    assert reading.problems == ()
    assert reading.answers["b"] == tuple(ticked.split())


@pytest.mark.parametrize(
    ("options", "typed", "said"),
    [
        (4, "", "1 to 4"),
        (4, "15", "1 to 4"),
        (4, "10", "1 to 4"),
        (4, "11", "once"),
        (4, ",", "1 to 4"),
        (12, "13", "space"),
        (12, "1 1", "once"),
    ],
)
def test_what_no_list_to_tick_holds_is_refused_at_its_box(options, typed, said):
    cells = cells_of([an_item("b", *range(options), choose_any=True), an_item("d")])
    (problem,) = read_form(cells, {"d.b": typed, "d.d": "words"}).problems

    assert (problem.code, problem.field) == ("E-PAPER-DIGIT", "d.b")
    assert said in problem.text("en")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"d.a": ""}, "E-PAPER-DIGIT", "d.a"),
        ({"d.a": "4"}, "E-PAPER-DIGIT", "d.a"),
        ({"d.a": "11"}, "E-PAPER-DIGIT", "d.a"),
        ({"d.c": "o13"}, "E-PAPER-CHOICE", "d.c"),
        ({"d.d": "x" * 2001}, "E-TEXT-LONG", "d.d"),
    ],
)
def test_what_is_not_printed_is_refused_at_its_box(change, code, field):
    (problem,) = read_form(CELLS, GOOD | change).problems

    assert (problem.code, problem.field) == (code, field)


@pytest.mark.parametrize(("cells", "field"), [(CELLS, "d.a"), ((), "room")])
def test_a_form_without_any_answer_is_refused(cells, field):
    (problem,) = read_form(cells, {"d.a": "0", "d.b": "0", "d.c": "", "d.d": " "}).problems

    assert (problem.code, problem.field) == ("E-PAPER-EMPTY", field)


@given(st.dictionaries(st.sampled_from(["d.a", "d.b", "d.c", "d.d"]), st.text(max_size=8)))
def test_no_typing_whatever_brings_an_answer_that_is_not_printed(typed):
    reading = read_form(CELLS, typed)

    known = {item.code: {option.code for option in item.scale.options} for item in ITEMS[:3]}
    assert all(set(codes) <= known[code] for code, codes in reading.answers.items())
    assert all(problem.field in {"d.a", "d.b", "d.c", "d.d"} for problem in reading.problems)


def homes(*keys):
    return {key: Home(key, f"{key.split('-')[0]}栋") for key in keys}


HOMES = homes("1-101", "3-502", "3-1-502", "12-1", "1-21")
BLOCKS = {"1": 1, "3": 3}


@pytest.mark.parametrize(
    ("room", "building", "expected"),
    [
        ("3-502", "", Meant("3-502")),
        ("502", "3栋", Meant("3-502")),
        ("101", "", Meant("1-101")),
        ("1101", "", Meant("1-101")),
        ("1-101", "3栋", Meant("1-101")),
        ("", "3栋", Meant(building="3")),
        ("", "", Meant()),
        ("", "9栋", Meant()),
        ("1栋", "", Meant(building="1")),
        ("1502", "3栋", Meant("3-1-502")),
        ("1-21", "1栋", Meant("1-21")),
    ],
)
def test_a_room_is_looked_for_in_its_building_then_everywhere(room, building, expected):
    assert meant(room, building, homes=HOMES, buildings=BLOCKS) == expected


@pytest.mark.parametrize(
    ("room", "code", "said"),
    [
        ("502", "E-PAPER-WHICH", "3-1-502, 3-502"),
        ("121", "E-PAPER-WHICH", "1-21, 12-1"),
        ("3-505", "E-PAPER-ROOM", "3-502"),
        ("QQ", "E-PAPER-ROOM", "such as 3-502"),
    ],
)
def test_a_room_that_is_not_clear_is_refused_with_the_cure(room, code, said):
    with pytest.raises(Problem) as refused:
        meant(room, "", homes=HOMES, buildings=BLOCKS)

    assert (refused.value.code, refused.value.field) == (code, "room")
    assert said in refused.value.text("en")


@pytest.mark.parametrize("room", ["1101", "101", "21"])
def test_a_home_of_another_building_than_the_chosen_one_is_never_taken_by_chance(room):
    alone = {**HOMES, "101": HOMES["1-101"]}
    with pytest.raises(Problem) as refused:
        meant(room, "3栋", homes=alone, buildings=BLOCKS)

    assert refused.value.code == "E-PAPER-WHICH"
    assert "1栋" in refused.value.text("zh-hans")
    assert meant(room, "", homes=alone, buildings=BLOCKS).home in {"1-101", "1-21"}


@given(st.integers(1, 5000), st.integers(1, 100))
def test_the_share_is_drawn_but_at_least_five_and_never_more_than_there_are(forms, percent):
    size = how_many(forms, percent)

    assert min(forms, 5) <= size <= forms
    assert size * 100 >= forms * percent or size == forms


@pytest.mark.parametrize(("forms", "percent"), [(10, 0), (10, 101), (0, 5)])
def test_a_draw_that_cannot_be_is_refused(forms, percent):
    with pytest.raises(Problem):
        how_many(forms, percent)


@given(st.sets(st.integers(1, 10_000), min_size=5, max_size=60), st.integers(0, 2**31))
def test_the_same_seed_draws_the_same_forms_once_each(keys, seed):
    ordered = sorted(keys)

    chosen = drawn(ordered, 5, seed)

    assert chosen == drawn(ordered, 5, seed)
    assert len(set(chosen)) == 5
    assert set(chosen) <= keys


def test_entries_differ_where_their_codes_do_and_only_in_what_enters_figures():
    first = ["o1", None, "o3", None]

    assert differences(CELLS, first, {"a": ("o1",), "c": ("o3",)}) == ()
    assert differences(CELLS, first, {"a": (), "c": ("o4",), "d": ("x",)}) == (
        Differing("a", "o1", None),
        Differing("c", "o3", "o4"),
    )


def test_the_share_of_mistaken_forms_carries_an_exact_interval_or_is_not_there():
    found = error_share(0, 12, 240)

    assert found is not None
    assert (found.estimate, found.n, found.population, found.method) == (
        0.0,
        12,
        240,
        "hypergeometric",
    )
    assert found.ci_high is not None
    assert 0.2 < found.ci_high < 0.27
    assert error_share(0, 0, 240) is None


def test_counts_that_contradict_themselves_are_named_at_their_fields():
    lines = [
        BuildingForms(1, 10, 10),
        BuildingForms(2, 10, 11),
        BuildingForms(3, -1),
        BuildingForms(4, None, 3),
        BuildingForms(5),
    ]

    assert [(one.code, one.field) for one in faults(lines)] == [
        ("E-COUNT", "returned-2"),
        ("E-NUM-RANGE", "issued-3"),
    ]


def test_unknown_counts_are_not_nought():
    assert together([None, None]) is None
    assert together([None, 2, 3]) == 5


def test_what_was_ticked_is_kept_as_one_text_in_printed_order():
    given_ = {"a": ("o1",), "b": ("o2", "o1"), "c": ()}

    assert row_of(ITEMS, given_) == ["o1", "o1+o2", None, None]
    assert row_of(ITEMS, {"b": ("gone",)}) == [None, None, None, None]


ENTERED = {
    text: Home(key, f"{key[0]}栋")
    for text, key in {
        "2-1-104": "2-1-104",
        "2-104": "2-1-104",
        "1-103": "1-103",
        "1-1-103": "1-103",
        "3-502": "3-502",
        "3-1-502": "3-502",
        "1-502": "1-502",
    }.items()
}
BLOCKS = {"1": 1, "2": 2, "3": 3}


@pytest.mark.parametrize(
    ("room", "building", "home"),
    [
        *((room, "", "2-1-104") for room in ("2-104", "2栋104", "2号楼1单元104")),
        *((room, "", "1-103") for room in ("1栋1单元103室", "1-1-103", "1-103")),
        ("104", "2栋", "2-1-104"),
        ("1单元103", "1栋", "1-103"),
        ("1单元502", "3栋", "3-502"),
        ("1-502", "3栋", "1-502"),
    ],
)
def test_a_room_is_found_with_or_without_its_entrance(room, building, home):
    assert meant(room, building, homes=ENTERED, buildings=BLOCKS).home == home


def test_an_entrance_left_out_is_never_a_home_of_another_building_than_the_one_that_stays():
    with pytest.raises(Problem, match="E-PAPER-WHICH"):
        meant("2-104", "1栋", homes=ENTERED, buildings=BLOCKS)
