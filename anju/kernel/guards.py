"""What the database itself refuses: changed history, and keys across companies on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from typing_extensions import override

from anju.kernel import floor

SQLITE_TRIGGERS = {
    "kernel_history_no_update": "UPDATE",
    "kernel_history_no_delete": "DELETE",
}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION kernel_history_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'history is append-only'; END $$ LANGUAGE plpgsql
"""


def create_history_guard(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the database refuse UPDATE and DELETE on history entries."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
        schema_editor.execute(
            "CREATE TRIGGER kernel_history_guard BEFORE UPDATE OR DELETE ON kernel_historyentry"
            " FOR EACH ROW EXECUTE FUNCTION kernel_history_refuse()"
        )
        return
    for name, event in SQLITE_TRIGGERS.items():
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON kernel_historyentry"
            " BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        )


def drop_history_guard(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away again, for migrations backward and for emptying a test database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS kernel_history_guard ON kernel_historyentry")
        return
    for name in SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def history_guard() -> migrations.RunPython:
    """Return the migration operation that installs the guard."""
    return migrations.RunPython(
        lambda _, editor: create_history_guard(editor),
        lambda _, editor: drop_history_guard(editor),
    )


def _company_keys(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """Return (column, target table, constraint) for every key of a model to a company row."""
    found = []
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        if not isinstance(field, models.ForeignKey) or field.name == "company":
            continue
        if any(other.name == "company" for other in target._meta.concrete_fields):
            name = f"same_company_{model._meta.db_table}_{field.column}"[:60]
            found.append((field.column, target._meta.db_table, name))
    return found


def add_company_keys(apps: Any, editor: BaseDatabaseSchemaEditor, label: str, *tables: str) -> None:
    """On PostgreSQL, make (company_id, id) a key of each table, point every key at such pairs, and
    put the floor of row-level security under it.
    """
    every = list(apps.get_app_config(label).get_models())
    chosen = [model for model in every if not tables or model.__name__ in tables]
    for model in chosen:
        if not any(field.name == "company" for field in model._meta.concrete_fields):
            continue
        table = model._meta.db_table
        editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_in_company UNIQUE (company_id, id)"
        )
        floor.raise_on(editor, table)
    for model in chosen:
        for column, target, name in _company_keys(model):
            editor.execute(
                f"ALTER TABLE {model._meta.db_table} ADD CONSTRAINT {name}"
                f" FOREIGN KEY (company_id, {column}) REFERENCES {target} (company_id, id)"
                " DEFERRABLE INITIALLY DEFERRED"
            )


class OnPostgres(migrations.RunPython):
    """Work for PostgreSQL alone; elsewhere not even the models of that day are built for it."""

    @override
    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def company_keys(label: str, *tables: str) -> migrations.RunPython:
    """Return the operation that adds a room's composite keys on PostgreSQL, of some tables or all.

    A later migration names the tables that it makes; those of earlier ones have their keys.
    """
    return OnPostgres(
        lambda apps, editor: add_company_keys(apps, editor, label, *tables),
        migrations.RunPython.noop,
    )


def emptied(tables: Sequence[str]) -> bool:
    """Say whether a list of tables to be emptied touches the history."""
    return any("kernel_historyentry" in table for table in tables)
