"""PostgreSQL as Django speaks to it, with the company in force told to every transaction.

The setting lives as long as the transaction, never as long as the connection: a pool hands a
connection on, and a setting that stayed would show the next person another company's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from typing_extensions import override

from anju.kernel.in_force import InForce, in_force

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
NOBODY = InForce()
SET = "SELECT set_config('anju.company', %s, true), set_config('anju.account', %s, true)"
# These must reach a transaction that has failed already; they read no row.
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows what its transaction was told; None where it cannot know."""

    told: InForce | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = NOBODY
        self.execute_wrappers.append(self._tell_first)

    def _tell_first(
        self,
        execute: Execute,
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 Django hands it by place
        context: dict[str, Any],
    ) -> Any:
        """Run a statement inside a transaction that was told the company now in force."""
        wanted = in_force()
        if wanted == self.told or str(sql).startswith(CONTROL):
            return execute(sql, params, many, context)
        if self.get_autocommit():
            with transaction.atomic(using=self.alias):
                self._tell(wanted)
                return execute(sql, params, many, context)
        self._tell(wanted)
        return execute(sql, params, many, context)

    def _tell(self, wanted: InForce) -> None:
        self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(SET, [wanted.company, wanted.account])
        self.told = wanted

    # What a transaction was told ends with it; after a savepoint is taken back it is unknown.

    @override
    def connect(self) -> None:
        self.told = NOBODY
        super().connect()

    @override
    def commit(self) -> None:
        super().commit()
        self.told = NOBODY

    @override
    def rollback(self) -> None:
        self.told = NOBODY
        super().rollback()

    @override
    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self.told = None
