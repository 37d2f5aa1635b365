"""What an act remembered is told in words, and what only the program needs is not told."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from anju.kernel import history
from anju.kernel.models import HistoryEntry
from anju.web.manage.past.words import line_of
from tests.cast import AT

pytestmark = pytest.mark.django_db


def told(verb: str, payload: dict[str, history.Plain]) -> list[str]:
    """Write an act and read what the page says of it, in Chinese."""
    subject = history.Subject(1, "wave", 1)
    history.write(subject, verb, actor_id=None, at=AT, payload=payload)
    with override("zh-hans"):
        line = line_of(HistoryEntry.objects.latest("id"), {})
        return [" ".join(part for part in detail if part) for detail in line.details]


@pytest.mark.parametrize(
    ("verb", "payload", "words"),
    [
        ("door_noted", {"found": "refused"}, ["拒访"]),
        ("door_noted", {"found": "unreachable"}, ["未联系上"]),
        ("door_noted", {"found": ""}, []),
        ("owners_written_to", {"stage": 1, "homes": 2}, ["户数 2", "第一次提醒"]),
        ("links_drawn", {"method": "buildings", "seed": 7}, ["按楼栋比例抽取", "随机种子 7"]),
        ("lobby_made", {"building": 9}, []),
        ("building_added", {"building": "3栋", "units": 4}, ["3栋", "户数 4"]),
        ("handed_over", {"template": "fieldwork.invitation"}, []),
        ("consent_given", {"purpose": "survey"}, ["调查邀请"]),
        ("counted", {"refused": 3}, ["拒访 3"]),
    ],
)
def test_codes_are_told_as_words_where_they_stand(verb, payload, words):
    assert sorted(told(verb, payload)) == sorted(words)
