"""The product reads its durability back and does not serve on a database that forgets."""

import sqlite3

import pytest
from django.db import connection

from anju.kernel import durability
from anju.kernel.durability import NotDurable, read_settings, refuse_unless_durable

pytestmark = pytest.mark.django_db


def test_the_settings_in_use_read_back_right():
    assert [s.name for s in read_settings() if not s.right] == []
    refuse_unless_durable()


@pytest.fixture
def loosened(tmp_path, monkeypatch):
    """A database of the kind in use that would lose rows in a power cut; says how."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        yield "synchronous_commit is off, must be on"
        return
    loose = sqlite3.connect(tmp_path / "loose.sqlite3")
    loose.execute("PRAGMA journal_mode=WAL")
    loose.execute("PRAGMA synchronous=NORMAL")
    monkeypatch.setattr(durability.connection, "cursor", lambda: _Cursor(loose))
    yield "synchronous is 1, must be 2"
    loose.close()


def test_a_database_that_syncs_less_is_refused(loosened):
    with pytest.raises(NotDurable, match=loosened):
        refuse_unless_durable()


class _Cursor:
    def __init__(self, database):
        self.cursor = database.cursor()

    def __enter__(self):
        return self.cursor

    def __exit__(self, *rest):
        self.cursor.close()
