"""Reasons, quotas, links and grounds as rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anju.kernel.pure.problems import Problem
from anju.privacy.rules import erasing, links, looks

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def test_a_reason_is_one_of_the_list_and_another_one_is_said():
    assert looks.reason_of(looks.Why("visit")) is looks.Reason.VISIT
    assert looks.reason_of(looks.Why("other", "钥匙交接")) is looks.Reason.OTHER
    for why, code in ((looks.Why("nosy"), "E-CHOICE"), (looks.Why("other", " x "), "E-REASON")):
        with pytest.raises(Problem) as refused:
            looks.reason_of(why)
        assert refused.value.code == code


def test_the_quota_ends_with_the_last_look_of_the_day():
    looks.refuse_over(looks.Grade.SENSITIVE, 19)
    with pytest.raises(Problem) as refused:
        looks.refuse_over(looks.Grade.SENSITIVE, 20)
    assert refused.value.code == "E-QUOTA"


def test_what_was_seen_stands_for_a_minute():
    assert looks.shows(AT, AT)
    assert looks.shows(AT, AT + timedelta(seconds=59))
    assert not looks.shows(AT, AT + timedelta(seconds=60))
    assert not looks.shows(AT, AT - timedelta(seconds=1))


def test_a_number_is_written_as_people_say_it():
    assert looks.spoken("+8613800132201") == "138 0013 2201"
    assert looks.spoken("+862164000000") == "2164000000"
    assert looks.spoken("+442079460000") == "+442079460000"


def test_a_seal_needs_its_salt_and_no_words_have_none():
    assert looks.seal("a", "x") != looks.seal("b", "x")
    assert looks.seal("a", "") == ""
    assert looks.instant(AT) == "2026-11-20T01:30:00.000000+00:00"


def test_a_link_names_its_company_and_ends():
    assert links.company_of_token(f"12-{'a' * 22}") == 12
    for wrong in ("", "0-x", f"01-{'a' * 22}", f"1-{'a' * 21}", "1-" + "é" * 22):
        assert links.company_of_token(wrong) is None
    assert links.open_now(expires=AT + links.LASTS, used=None, at=AT)
    assert not links.open_now(expires=AT, used=None, at=AT)
    assert not links.open_now(expires=AT + links.LASTS, used=AT, at=AT)


def test_an_erasure_has_a_ground_and_the_name_typed():
    assert erasing.ground_of("asked") is erasing.Ground.ASKED
    assert erasing.tombstone(7) == "#7"
    erasing.confirmed(" 李秀兰 ", "李秀兰")
    with pytest.raises(Problem, match="E-CHOICE"):
        erasing.ground_of("because")
    with pytest.raises(Problem, match="李秀兰"):
        erasing.confirmed("李秀", "李秀兰")


def test_a_list_is_drawn_anew_for_a_day_after_it_was_shown():
    assert links.drawn_anew(used=AT, at=AT)
    assert not links.drawn_anew(used=AT, at=AT + links.DRAWN_ANEW)
    assert not links.drawn_anew(used=AT, at=AT - timedelta(seconds=1))
    assert not links.drawn_anew(used=None, at=AT)
