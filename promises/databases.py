"""Where a promise keeps its rows: SQLite in its own folder, or a database of its own on PostgreSQL.

`ANJU_TEST_DATABASE` names a server on which databases may be created, as for the tests.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

import psycopg
from psycopg import sql


@contextmanager
def private(env: MutableMapping[str, str]) -> Iterator[None]:
    """Put the address of a fresh database into a child's environment, and drop it afterwards."""
    server = os.environ.get("ANJU_TEST_DATABASE", "")
    if not server.startswith("postgres"):
        yield
        return
    name = f"anju_promise_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    env["ANJU_DATABASE"] = f"{server.rpartition('/')[0]}/{name}"
    try:
        yield
    finally:
        with psycopg.connect(server, autocommit=True) as owner:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            owner.execute(drop.format(sql.Identifier(name)))
