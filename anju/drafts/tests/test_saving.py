"""Drafts: one a person and form, another window never written over unasked, gone after a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.drafts.actions.saving import KEPT_FOR, MOST_A_PERSON, Key, Window, drop, save, sweep
from anju.drafts.models import Draft
from anju.drafts.queries import draft_of
from anju.drafts.rules.holding import MOST_FIELDS, held, read
from anju.kernel.pure.problems import Problem
from tests.cast import AT, the_cast

KEY = Key("finding-new")
HERE, THERE = Window("here"), Window("there")


@pytest.fixture
def cast(db):
    return the_cast()


def keep(cast, text: str, window: Window = HERE, *, key: Key = KEY, at=AT) -> int:
    return save(actor=cast.quality, key=key, fields={"gap": [text]}, window=window, at=at)


def text_of(cast, actor=None, key: Key = KEY) -> str:
    with cast.inside():
        line = draft_of(actor or cast.quality, key)
    return line.fields["gap"][0] if line else ""


def test_what_was_typed_last_is_what_is_kept(cast):
    assert (keep(cast, "东门"), keep(cast, "东门夜间"), keep(cast, "东门夜间无人")) == (1, 2, 3)
    assert text_of(cast) == "东门夜间无人"


def test_a_draft_is_its_writers_alone_and_of_one_form_and_object(cast):
    keep(cast, "东门")

    assert text_of(cast, cast.manager) == ""
    assert text_of(cast, key=Key("finding-new", 7)) == ""
    assert text_of(cast, key=Key("item")) == ""


def test_another_window_is_asked_before_it_writes_over_a_draft(cast):
    keep(cast, "东门")

    with pytest.raises(Problem) as caught:
        keep(cast, "西门", THERE)
    assert caught.value.code == "E-DRAFT-OTHER"
    assert text_of(cast) == "东门"
    keep(cast, "西门", replace(THERE, wins=True))
    assert text_of(cast) == "西门"
    with pytest.raises(Problem):
        keep(cast, "北门", HERE)


def test_a_window_that_shows_the_draft_goes_on_with_it(cast):
    edition = keep(cast, "东门")

    assert keep(cast, "东门夜间", replace(THERE, known=edition)) == edition + 1


def test_the_same_words_in_two_windows_are_no_conflict(cast):
    keep(cast, "东门")

    assert keep(cast, "东门", THERE) == 2


def test_a_dropped_draft_is_gone_and_dropping_none_is_no_fault(cast):
    keep(cast, "东门")

    assert drop(actor=cast.quality, key=KEY)
    assert not drop(actor=cast.quality, key=KEY)
    assert text_of(cast) == ""


def test_the_oldest_goes_where_a_person_leaves_too_many(cast):
    for number in range(MOST_A_PERSON + 1):
        keep(cast, "x", key=Key("item", number), at=AT + timedelta(seconds=number))

    assert text_of(cast, key=Key("item", 0)) == ""
    assert text_of(cast, key=Key("item", 1)) == "x"


def test_the_clock_forgets_what_nobody_touched_for_a_month(cast):
    keep(cast, "东门")
    keep(cast, "西门", key=Key("item", 1), at=AT + timedelta(days=2))

    assert sweep(at=AT + KEPT_FOR + timedelta(days=1)) == 1
    with cast.inside():
        assert Draft.objects.get().form == "item"


def test_no_secret_is_kept():
    said = held({"csrfmiddlewaretoken": ["s"], "key": ["k"], "new_password": ["p"], "gap": ["g"]})

    assert read(said) == {"gap": ["g"]}


@pytest.mark.parametrize(
    "fields", [{"gap": ["长" * 600_000]}, {f"f{n}": [""] for n in range(MOST_FIELDS + 1)}]
)
def test_too_much_is_refused(fields):
    with pytest.raises(Problem) as caught:
        held(fields)
    assert caught.value.code == "E-DRAFT-LONG"


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=20)), max_size=4))
def test_whatever_was_typed_comes_back_as_it_was(fields):
    kept = {k: v for k, v in fields.items() if "password" not in k and k != "key"}

    assert read(held(fields)) == kept
