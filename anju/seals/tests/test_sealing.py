"""The daily seal: whole histories stay whole, and what was rewritten afterwards is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from anju.kernel import history
from anju.kernel.guards import SQLITE_TRIGGERS
from anju.kernel.history import HistoryEntry, Subject
from anju.kernel.scope import company_scope
from anju.seals.actions.sealing import seal_all, seal_company
from anju.seals.models import Seal
from anju.seals.queries import altered, has_seal, standing
from tests.cast import AT, the_cast, zhao_of_the_other_company

DAY = timedelta(days=1)


@pytest.fixture
def cast(db):
    return the_cast()


@pytest.fixture
def unguarded(cast):
    """Take away what the database itself refuses, as somebody with its password could."""
    with connection.cursor() as cursor:
        for name in (*SQLITE_TRIGGERS, "kernel_history_guard"):
            table = " ON kernel_historyentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def sealed(cast, *, at=AT) -> Seal:
    made = seal_company(cast.company.pk, at=at)
    assert made is not None
    return made


def fault(cast) -> str:
    with cast.inside():
        return altered(cast.company.pk)


def first(cast, **where: object) -> HistoryEntry:
    return HistoryEntry.objects.filter(company_id=cast.company.pk, **where).order_by("id")[0]


def test_a_day_is_sealed_once_and_bound_to_the_day_before(cast):
    one = sealed(cast)
    assert seal_company(cast.company.pk, at=AT) is None
    two = sealed(cast, at=AT + DAY)

    assert (one.previous, two.previous) == (history.GENESIS, one.digest)
    assert (one.fault, two.fault, fault(cast)) == ("", "", "")
    with cast.inside():
        stood = standing(cast.company.pk)
        assert has_seal(one.digest)
        assert not has_seal("0" * 64)
    assert (stood.sealed, stood.fault) == ((AT + DAY).date(), "")
    assert stood.entries == HistoryEntry.objects.filter(company_id=cast.company.pk).count() > 0


def test_new_entries_after_a_seal_break_nothing(cast):
    sealed(cast)
    history.write(Subject(cast.company.pk, "company", cast.company.pk), "x", actor_id=None, at=AT)

    assert fault(cast) == ""
    assert sealed(cast, at=AT + DAY).fault == ""


def test_every_company_is_sealed_by_itself(cast):
    zhao_of_the_other_company()

    assert seal_all(at=AT) == 2
    assert seal_all(at=AT) == 0


@pytest.mark.usefixtures("unguarded")
def test_an_edited_old_entry_is_found_and_stays_found(cast):
    sealed(cast)
    entry = first(cast, kind="project")
    HistoryEntry.objects.filter(id=entry.pk).update(said=entry.said.replace("翠湖苑", "枫林苑"))

    assert fault(cast) == f"project {entry.subject_id}: 1"
    for days in (1, 2):
        assert sealed(cast, at=AT + days * DAY).fault == f"project {entry.subject_id}: 1"
    with cast.inside():
        assert standing(cast.company.pk).fault != ""


@pytest.mark.usefixtures("unguarded")
def test_a_history_made_anew_from_an_old_entry_on_is_found_by_the_seal(cast):
    sealed(cast)
    one = first(cast, kind="project")
    rows = history.entries(Subject(cast.company.pk, "project", one.subject_id)).order_by("seq")
    previous = history.GENESIS
    for row in rows:
        said = row.said.replace("翠湖苑", "枫林苑")
        subject = Subject(cast.company.pk, "project", one.subject_id)
        now = history.digest(previous, subject, row.seq, row.verb, said=said)
        HistoryEntry.objects.filter(id=row.pk).update(said=said, previous=previous, digest=now)
        previous = now
    assert history.verify(Subject(cast.company.pk, "project", one.subject_id))

    assert fault(cast) == AT.date().isoformat()


@pytest.mark.usefixtures("unguarded")
def test_a_removed_history_is_found(cast):
    sealed(cast)
    HistoryEntry.objects.filter(id=first(cast, kind="company").pk).delete()

    assert fault(cast) == AT.date().isoformat()


def test_a_seal_that_was_changed_is_found(cast):
    sealed(cast)
    sealed(cast, at=AT + DAY)
    with company_scope(cast.company.pk):
        Seal.objects.filter(day=AT.date()).update(entries=1)

    assert fault(cast) == AT.date().isoformat()


def test_a_company_that_was_never_sealed_says_so(cast):
    with cast.inside():
        assert standing(cast.company.pk).sealed is None
    assert fault(cast) == ""
