"""What PostgreSQL itself shows of two companies. On SQLite there is no floor, and this says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from anju.kernel import floor
from anju.kernel.floor import Floor, NoFloor, bare_tables, company_tables, refuse_without_floor
from anju.kernel.scope import account_scope, company_scope
from anju.register.models import Account, Company, Membership, Project

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def has_floor() -> bool:
    return connection.vendor == "postgresql"


def make_two() -> list[Company]:
    made = []
    for name in ("翠湖物业", "别家物业"):
        company = Company.objects.create(name=name, created_at=AT)
        with company_scope(company.id):
            Project(company=company, name=name, use_type="residential").save()
        made.append(company)
    return made


def seen() -> list[str]:
    """Return the names of all projects that the database shows to plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM register_project ORDER BY id")
        return [str(name) for (name,) in cursor.fetchall()]


def test_every_table_of_a_company_has_the_floor():
    assert len(company_tables()) > 30
    assert not has_floor() or bare_tables(connection) == ()


def test_a_table_that_lost_its_policy_is_named_and_the_product_refuses(monkeypatch):
    told = Floor("anju_app", superuser=False, bypasses=False, owns=0, bare=("register_tie",))
    monkeypatch.setattr(floor, "connection", _Vendor())
    monkeypatch.setattr(floor, "read_floor", lambda: told)

    with pytest.raises(NoFloor, match="register_tie"):
        refuse_without_floor()


@pytest.mark.parametrize("wrong", ["superuser", "bypasses", "owns"])
def test_a_role_that_could_step_over_the_floor_is_refused(monkeypatch, wrong):
    values = {"superuser": False, "bypasses": False, "owns": 0, wrong: 1}
    monkeypatch.setattr(floor, "connection", _Vendor())
    monkeypatch.setattr(floor, "read_floor", lambda: Floor("anju", **values, bare=()))

    with pytest.raises(NoFloor, match="ANJU_DATABASE_OWNER"):
        refuse_without_floor()


def test_a_role_of_its_own_on_whole_tables_may_serve(monkeypatch):
    told = Floor("anju_app", superuser=False, bypasses=False, owns=0, bare=())
    monkeypatch.setattr(floor, "connection", _Vendor())
    monkeypatch.setattr(floor, "read_floor", lambda: told)

    refuse_without_floor()


def test_the_owner_of_the_tables_is_found_out():
    if has_floor():  # the role of a test run makes the tables
        with pytest.raises(NoFloor):
            refuse_without_floor()
    else:
        refuse_without_floor()


def test_plain_sql_sees_the_company_in_force_alone():
    mine, theirs = make_two()
    both = [mine.name, theirs.name]

    with company_scope(mine.id):
        assert seen() == ([mine.name] if has_floor() else both)
    assert seen() == ([] if has_floor() else both)


def test_a_savepoint_taken_back_leaves_nobody_elses_company_in_force():
    mine, theirs = make_two()
    first = [mine.name] if has_floor() else [mine.name, theirs.name]

    with company_scope(mine.id):
        assert seen() == first
        with transaction.atomic(), company_scope(theirs.id):
            seen()
            transaction.set_rollback(True)
        assert seen() == first


def test_a_failed_statement_can_still_be_taken_back():
    mine, _ = make_two()

    with company_scope(mine.id):
        with pytest.raises(Exception, match="nowhere"), transaction.atomic():
            connection.cursor().execute("SELECT 1 FROM nowhere")
        assert mine.name in seen()


def test_a_person_is_known_by_her_own_memberships_alone():
    mine, _ = make_two()
    people = [Account.objects.create(email=f"{n}@anhe.example", name=str(n)) for n in range(2)]
    with company_scope(mine.id):
        for person in people:
            Membership(company=mine, account=person, role="desk").save()

    every = Membership.objects.unscoped("test")
    assert every.count() == (0 if has_floor() else 2)
    with account_scope(people[0].pk):
        assert every.all().count() == (1 if has_floor() else 2)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_stays_on_the_connection():
    mine, theirs = make_two()
    both = [mine.name, theirs.name]

    with company_scope(mine.id):
        assert seen() == ([mine.name] if has_floor() else both)
        assert [p.name for p in Project.objects.iterator()] == [mine.name]
    assert seen() == ([] if has_floor() else both)
    with company_scope(theirs.id):
        assert seen() == ([theirs.name] if has_floor() else both)


class _Vendor:
    vendor = "postgresql"
