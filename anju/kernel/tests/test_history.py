"""History is appended, chained, and refused by the database when changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from anju.kernel import history
from anju.kernel.models import HistoryEntry

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
SUBJECT = history.Subject(7, "wave", 3)
pytestmark = pytest.mark.django_db


def write_three():
    for verb in ("created", "opened", "closed"):
        history.write(SUBJECT, verb, actor_id=1, at=AT, payload={"n": 20})


def test_entries_are_numbered_and_chained():
    write_three()

    kept = list(history.entries(SUBJECT).order_by("seq"))
    assert [entry.verb for entry in kept] == ["created", "opened", "closed"]
    assert [entry.seq for entry in kept] == [1, 2, 3]
    assert kept[1].previous == kept[0].digest
    assert kept[0].payload == {"n": 20}
    assert history.verify(SUBJECT) == 3


def test_histories_written_at_once_are_the_same_as_written_one_by_one():
    write_three()
    other = history.Subject(7, "wave", 4)
    told = [history.Entry(verb, 1, AT, {"n": 20}) for verb in ("created", "opened", "closed")]

    assert history.write_first([(other, told)]) == 3
    assert history.verify(other) == 3
    assert history.write(other, "opened", actor_id=1, at=AT) == 4
    assert history.verify(other) == 4


def test_a_history_that_has_begun_is_not_begun_again_and_nothing_of_the_rest_is_kept():
    write_three()
    new = history.Subject(7, "wave", 5)
    told = [history.Entry("created", 1, AT, {})]

    with pytest.raises(DatabaseError), transaction.atomic():
        history.write_first([(new, told), (SUBJECT, told)])

    assert not history.entries(new).exists()
    assert history.verify(SUBJECT) == 3


def test_subjects_have_chains_of_their_own():
    write_three()
    other = history.Subject(8, "wave", 3)

    assert history.write(other, "created", actor_id=None, at=AT) == 1
    assert history.of_company(8).get().actor_id is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_historyentry SET verb = 'forged'",
        "DELETE FROM kernel_historyentry",
    ],
    ids=["changing", "removing"],
)
def test_the_database_refuses(statement):
    write_three()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert history.verify(SUBJECT) == 3


@pytest.mark.parametrize(
    "column", [{"actor_id": 2}, {"actor_id": None}, {"at": AT + timedelta(days=1)}], ids=str
)
def test_another_name_or_time_put_to_an_entry_is_noticed(column):
    told = history.Subject(7, "wave", 9)
    history.write(told, "created", actor_id=1, at=AT)
    honest = history.entries(told).get()
    values = {
        name: getattr(honest, name) for name in ("said", "verb", "previous", "digest", "kind")
    }
    row = {**values, "actor_id": 1, "at": AT, "seq": 1, "company_id": 7, "subject_id": 9, **column}

    assert history.follows(honest, told, 1, history.GENESIS)
    assert not history.follows(HistoryEntry(**row), told, 1, history.GENESIS)


def test_an_hour_of_another_zone_is_the_same_instant():
    history.write(SUBJECT, "created", actor_id=1, at=AT.astimezone(ZoneInfo("Asia/Shanghai")))

    assert history.verify(SUBJECT) == 1


@pytest.mark.parametrize("column", ["said", "verb", "previous"])
def test_an_entry_that_was_altered_behind_our_back_is_noticed(column):
    write_three()
    entry = history.entries(SUBJECT).get(seq=3)
    setattr(entry, column, "forged")
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(
                company_id=9,
                actor_id=1,
                kind=entry.kind,
                subject_id=4,
                seq=1,
                verb=entry.verb,
                at=AT,
                said=entry.said,
                previous=history.GENESIS if column != "previous" else "forged",
                digest=entry.digest,
            )
        ]
    )

    with pytest.raises(history.BrokenChain):
        history.verify(history.Subject(9, "wave", 4))
