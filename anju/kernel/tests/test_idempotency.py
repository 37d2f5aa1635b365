"""The same request twice has one effect; limits are shared and fill again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from anju.kernel import idempotency, limits
from anju.kernel.idempotency import Asked, once
from anju.kernel.limits import Limit, bucket_name, take, take_each
from anju.kernel.models import Bucket, KeptAnswer
from anju.kernel.pure.problems import Problem

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
KEY = "abcdefghijklmnop"
pytestmark = pytest.mark.django_db


def ask(
    effects: list[int], key: str = KEY, body: str = "a", company: int = 1
) -> idempotency.Outcome:
    def effect() -> str:
        effects.append(1)
        return f"done {len(effects)}"

    return once(Asked(company, "home", key, {"said": body}), effect, at=AT)


def test_the_same_request_twice_has_one_effect_and_one_answer():
    effects: list[int] = []
    first, second = ask(effects), ask(effects)
    assert (len(effects), first.answer, second.answer) == (1, "done 1", "done 1")
    assert (first.fresh, second.fresh) == (True, False)


def test_another_key_or_company_is_another_request():
    effects: list[int] = []
    for key, company in [(KEY, 1), (KEY[::-1], 1), (KEY, 2)]:
        assert ask(effects, key, company=company).fresh
    assert len(effects) == 3


@pytest.mark.parametrize(
    ("key", "body", "code"),
    [
        (KEY, "b", "E-IDEM-MISMATCH"),
        ("", "a", "E-IDEM-MISSING"),
        ("x" * 10_000, "a", "E-IDEM-FORMAT"),
        ("short", "a", "E-IDEM-FORMAT"),
    ],
)
def test_a_wrong_key_is_refused_and_does_nothing(key, body, code):
    effects: list[int] = []
    ask(effects)
    with pytest.raises(Problem) as caught:
        ask(effects, key, body)
    assert (caught.value.code, len(effects)) == (code, 1)


def test_a_refused_effect_leaves_no_key_behind():
    def fails() -> str:
        raise Problem("E-X", "x", "No.", "否。")

    with pytest.raises(Problem), transaction.atomic():
        once(Asked(1, "home", KEY, {}), fails, at=AT)
    assert not KeptAnswer.objects.exists()


def test_keys_are_forgotten_after_thirty_days():
    ask([])
    assert idempotency.sweep(at=AT + timedelta(days=30)) == 0
    assert idempotency.sweep(at=AT + timedelta(days=30, seconds=1)) == 1


LIMIT = Limit("try", 3, 6)


def test_a_limit_lets_a_burst_through_and_then_says_how_long_to_wait():
    assert [take(LIMIT, "me", at=AT) for _ in range(4)] == [0, 0, 0, 10]
    assert take(LIMIT, "you", at=AT) == 0
    assert take(LIMIT, "me", at=AT + timedelta(seconds=10)) == 0
    assert take(LIMIT, "me", at=AT + timedelta(seconds=10)) == 10


def test_a_clock_put_back_gives_nothing_away():
    for _ in range(3):
        take(LIMIT, "me", at=AT)
    assert take(LIMIT, "me", at=AT - timedelta(hours=1)) == 10
    assert take(LIMIT, "me", at=AT) == 10


def test_no_name_of_a_sender_is_kept_and_unused_buckets_are_forgotten():
    take(LIMIT, "203.0.113.7", at=AT)
    assert "203" not in Bucket.objects.get().name.split(":")[0]
    assert Bucket.objects.get().name == bucket_name(LIMIT, "203.0.113.7")
    assert limits.sweep(at=AT + timedelta(days=1, seconds=1)) == 1


def test_of_two_limits_both_are_taken_or_none():
    narrow, wide = Limit("narrow", 1, 6), Limit("wide", 5, 6)
    taken = [take_each([(narrow, "me"), (wide, "us")], at=AT) for _ in range(3)]
    assert taken == [0, 10, 10]
    assert [take(wide, "us", at=AT) for _ in range(5)] == [0, 0, 0, 0, 10]


def test_what_is_undone_gives_its_acts_back():
    with transaction.atomic():
        take(Limit("one", 1, 6), "me", at=AT)
        transaction.set_rollback(True)
    assert take(Limit("one", 1, 6), "me", at=AT) == 0
