"""Phones in one form, masks that hide, initials, unit keys and stays: plain rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure.problems import Problem
from anju.register.rules.initials import initials
from anju.register.rules.masking import mask_numbers, mask_phone
from anju.register.rules.phones import office_phone, phone_of, tail_of, written_phone
from anju.register.rules.stays import Stay, check_order, check_twice, ownerless
from anju.register.rules.units import named_building, unit_key, unit_number


@pytest.mark.parametrize(
    "written",
    [
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "138-0013-8000",
        "0086 13800138000",
        13800138000.0,
    ],
)
def test_a_mobile_phone_in_any_writing_has_one_form(written):
    assert phone_of(written, "phone") == "+8613800138000"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0571-87654321", "+8657187654321"),
        ("+44 20 7946 0958", "+442079460958"),
        ("", ""),
        (None, ""),
    ],
)
def test_landlines_foreign_numbers_and_nothing_are_taken(written, kept):
    assert phone_of(written, "phone") == kept


@pytest.mark.parametrize(
    "written", ["1380013800", "138abc13800", "87654321", "+99912345678", "12", "电话", "4001234567"]
)
def test_what_cannot_be_called_is_refused(written):
    with pytest.raises(Problem) as refused:
        phone_of(written, "phone")

    assert refused.value.code == "E-PHONE"


def test_digits_that_a_spreadsheet_lost_are_named():
    with pytest.raises(Problem) as refused:
        phone_of("1.38E+10", "phone")

    assert refused.value.code == "E-NUM-SCI"


def test_the_writing_is_kept_narrow_beside_the_form():
    assert written_phone("１３８ 0013 8000 ") == "138 0013 8000"
    assert written_phone(None) == ""
    assert (tail_of("+8613800138000"), tail_of("")) == ("8000", "")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613800132201", "138****2201"),
        ("+442079460958", "+4420****0958"),
        ("1234567", "****67"),
        ("123", "****"),
        ("", ""),
    ],
)
def test_a_phone_is_shown_with_its_ends_only(phone, shown):
    assert mask_phone(phone) == shown


@given(st.from_regex(r"\+\d{9,15}", fullmatch=True))
def test_a_mask_hides_at_least_two_signs_of_every_number(phone):
    assert phone.removeprefix("+86") not in mask_phone(phone)
    assert "****" in mask_phone(phone)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("李秀兰", "lxl"),
        ("曾国强", "zgq"),
        ("Zhao Min", "zm"),
        ("李 Anna", "la"),
        ("É3", ""),
        ("", ""),
    ],
)
def test_a_name_has_the_first_letters_of_its_signs(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("building", "number", "key"),
    [
        ("3栋", "1201", "3-1201"),
        ("3栋", "2-1201", "3-2-1201"),
        ("03", "3-2-1201", "3-2-1201"),
        ("", "502", "502"),
    ],
)
def test_a_unit_has_one_key(building, number, key):
    assert unit_key(building, number) == key


def test_a_building_is_called_as_it_was_written():
    assert named_building("3幢1201室", "3-1201") == "3幢"
    assert named_building("3-1201", "3-1201") == "3"
    assert unit_number("3-2-1201") == "2-1201"


JAN, JUN, DEC = date(2024, 1, 1), date(2024, 6, 1), date(2024, 12, 1)


def test_a_stay_holds_its_first_day_and_not_its_last():
    stay = Stay(1, "owner", JAN, JUN)

    assert stay.holds(JAN)
    assert not stay.holds(JUN)
    assert Stay(1, "owner", None, None).holds(JUN)
    assert not stay.holds(date(2023, 1, 1))


def test_stays_that_follow_each_other_do_not_meet():
    first, second = Stay(1, "owner", JAN, JUN), Stay(1, "owner", JUN, None)

    assert not first.meets(second)
    assert not second.meets(first)
    check_twice(second, [first])
    with pytest.raises(Problem, match="E-STAY-TWICE"):
        check_twice(Stay(1, "owner", JAN, None), [first])


def test_a_stay_must_end_after_it_begins():
    check_order(JAN, JUN)
    check_order(None, JUN)
    with pytest.raises(Problem, match="E-STAY-ORDER"):
        check_order(JUN, JUN)


@pytest.mark.parametrize(
    ("owners", "gap"),
    [
        ([], True),
        ([(None, None)], False),
        ([(JAN, JUN), (JUN, None)], False),
        ([(JAN, JUN)], True),
        ([(JUN, None)], True),
        ([(JAN, date(2024, 3, 1)), (date(2024, 4, 1), None)], True),
    ],
)
def test_a_tenant_without_an_owner_is_noticed(owners, gap):
    others = [Stay(number, "owner", *days) for number, days in enumerate(owners)]

    assert ownerless(Stay(9, "tenant", JAN, DEC), others) is gap
    assert not ownerless(Stay(9, "owner", JAN, DEC), others)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("请打138 0013 2201找我", "请打138****2201找我"),
        ("+86-13800132201", "138****2201"),
        ("家里0571-88886666", "家里057****6666"),
        (
            "2026年11月22日交了1380.50元，单号20261122001",
            "2026年11月22日交了1380.50元，单号20261122001",
        ),
    ],
)
def test_telephone_numbers_in_owners_words_are_masked_and_nothing_else(written, shown):
    assert mask_numbers(written) == shown


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("96811", "96811"),
        ("４００－８２０－８８２０", "400-820-8820"),
        ("+86 (571)  8765 4321", "+86 (571) 8765 4321"),
    ],
)
def test_the_number_for_owners_is_kept_as_it_is_printed(written, kept):
    assert office_phone(written, "phone") == kept


@pytest.mark.parametrize("written", ["ask Li", "12", "1" * 21, "400-820-8820 ext. 3"])
def test_what_no_owner_can_dial_is_no_number(written):
    with pytest.raises(Problem, match="E-PHONE") as refused:
        office_phone(written, "phone")

    assert "400-820-8820" in refused.value.text("zh-hans")
