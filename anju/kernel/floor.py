"""The floor under the scope: PostgreSQL itself shows each transaction the rows of one company.

Two database roles: the owner makes tables and policies, the application is neither owner nor
superuser and cannot step over them. Not a permission, and nothing on SQLite: see decision 0027.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POLICY, WHOLE = "anju_company", "anju_whole"
# In a query of its own, so that the planner asks once and not for every row.
_COMPANY = "(SELECT NULLIF(current_setting('anju.company', true), '')::bigint)"
# The owner of the tables, and nobody else, may ask for all rows: to migrate, copy and restore.
_OWNER = (
    "(SELECT current_setting('anju.whole', true) = 'on' AND current_user ="
    " (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = '{table}'::regclass))"
)


class NoFloor(RuntimeError):
    """The database would show one company's rows to another; we do not serve on it."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What the database says of the role in use and of the tables without a floor."""

    role: str
    superuser: bool
    bypasses: bool
    owns: int
    bare: tuple[str, ...]


def company_tables() -> tuple[str, ...]:
    """Return the table of every model whose rows belong to a company."""
    # By what they have, not by their class: the entry point reads this before there are any models.
    models = (model for model in apps.get_models() if hasattr(model, "part"))
    return tuple(sorted(model._meta.db_table for model in models))


def raise_on(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Put the floor under one table; the same again changes nothing."""
    quoted = editor.quote_name(table)
    editor.execute(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY")
    editor.execute(f"ALTER TABLE {quoted} FORCE ROW LEVEL SECURITY")
    for name, rule in ((POLICY, f"company_id = {_COMPANY}"), (WHOLE, _OWNER.format(table=table))):
        editor.execute(f"DROP POLICY IF EXISTS {name} ON {quoted}")
        editor.execute(f"CREATE POLICY {name} ON {quoted} USING ({rule}) WITH CHECK ({rule})")


def bare_tables(database: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the tables of company rows that lack the floor, or any part of it."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy"
            " WHERE polrelid = pg_class.oid AND polname = %s)",
            [POLICY],
        )
        firm = {str(name) for (name,) in cursor.fetchall()}
        there = set(database.introspection.table_names(cursor))
    return tuple(table for table in company_tables() if table in there - firm)


def raise_floor(*, role: str) -> None:
    """Put the floor under every table that lacks it, and let the application's role work on it.

    Called as the owner after each migration; on SQLite there is no floor to raise.
    """
    if connection.vendor != "postgresql":
        return
    with connection.schema_editor() as editor:
        for table in bare_tables(connection):
            raise_on(editor, table)
        for line in (
            _grants(editor.quote_name(role)) if role != connection.settings_dict["USER"] else ()
        ):
            editor.execute(line)


def _grants(role: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    # Its trigger refuses changes as well; the right to update is what locking it asks for.
    yield f"REVOKE DELETE ON kernel_historyentry FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"


def read_floor() -> Floor:
    """Ask PostgreSQL what the role in use could step over, and which tables are bare."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relkind"
            " IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND"
            " pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_roles"
            " WHERE rolname = current_user"
        )
        role, superuser, bypasses, owns = cursor.fetchone()
    return Floor(role, superuser, bypasses, int(owns), bare_tables(connection))


def refuse_without_floor() -> None:
    """Raise NoFloor where the role could see over the floor, or a table has none."""
    if connection.vendor != "postgresql":
        return
    found = read_floor()
    if found.superuser or found.bypasses or found.owns:
        raise NoFloor(
            f"The database role “{found.role}” may see every company's rows: it owns the tables,"
            " is a superuser or has BYPASSRLS. Give ANJU_DATABASE a role of its own, put the"
            " owner into ANJU_DATABASE_OWNER, and run: anju upgrade"
        )
    if found.bare:
        raise NoFloor(f"No row-level security on: {', '.join(found.bare)}. Run: anju upgrade")
