"""What an owner's press asks of the database: few statements, once each, and a refusal still counts."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anju.fieldwork.actions.answering import Given, save_answer
from anju.kernel.limits import Limit
from anju.kernel.models import KeptAnswer
from anju.kernel.pure.clock import utc_now
from anju.survey.asked import asked_form
from anju.survey.models import Invitation, Response
from anju.web.owner.answer import door

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def ticked(cast, links):
    """Tokens of two homes that have answered and not sent; the first has then sent."""
    with cast.inside():
        version_id = Invitation.objects.select_related("wave").get(number=1).wave.version_id
        item = next(item for item in asked_form(version_id).items if item.scale)
    for link in links[:2]:
        given = Given({item.code: [item.scale.options[0].code]}, {})
        save_answer(token=link.token, given=given, at=utc_now())
    press(links[0].token)
    return [link.token for link in links[:2]]


def press(token: str, key: str = "k" * 22) -> int:
    return int(Client().post(f"/o/s/{token}/check/", {"key": key, "contact": "none"}).status_code)


def asked(work) -> list[str]:
    """Return the statements of some work, without those that only mark a transaction."""
    with CaptureQueriesContext(connection) as seen:
        work()
    said = [query["sql"] for query in seen.captured_queries]
    return [sql for sql in said if not sql.startswith(CONTROL)]


def test_a_sent_answer_asks_twelve_times_and_reads_no_row_twice(cast, ticked):
    statements = asked(lambda: press(ticked[1]))
    with cast.inside():
        assert Response.objects.count() == 2
    assert len(statements) == 12
    read = [sql for sql in statements if "FROM survey_invitation" in sql]
    assert len(read) == 1
    assert not [sql for sql in statements if "survey_item" in sql]


def test_a_page_is_one_read_and_its_saving_four_statements(links):
    page = f"/o/s/{links[0].token}/q/1/"
    Client().get(page)
    assert len(asked(lambda: Client().get(page))) == 1
    assert len(asked(lambda: Client().post(page, {"questions": "1"}))) == 4


def test_a_refused_press_keeps_nothing_and_is_counted_all_the_same(cast, ticked):
    with patch.object(door, "BY_LINK", Limit("link", 3, 0.01)):
        statuses = [press(ticked[1], key="short") for _press in range(4)]
    assert statuses == [400, 400, 400, 429]
    with cast.inside():
        assert Response.objects.count() == 1
    assert KeptAnswer.objects.count() == 1


def test_who_used_up_one_limit_spends_none_of_the_other(ticked):
    one, network = Limit("link", 1, 0.01), Limit("link-network", 3, 0.01)
    with patch.object(door, "BY_LINK", one), patch.object(door, "BY_NETWORK", network):
        assert [press(ticked[0], key="short") for _press in range(4)] == [400, 429, 429, 429]
        assert press(ticked[1]) == 302
