"""Where a promise keeps its rows: SQLite in its own folder, or a database of its own on PostgreSQL.

`ANJU_TEST_DATABASE` names a server on which databases may be created, as for the tests; beside
its role stands one called the same with `_app` behind, which owns nothing. What is served runs as
that one; the promise itself, which sets the stage and looks behind it, runs as the owner.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PATIENCE = 120.0


def as_application(owned: str) -> str:
    """Return the address of a database as the role that pages and jobs have."""
    parts = urlsplit(owned)
    role = f"{parts.username}_app:{parts.password}"
    return parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port}").geturl()


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
    owned = f"{server.rpartition('/')[0]}/{name}"
    env["ANJU_DATABASE"], env["ANJU_DATABASE_OWNER"] = as_application(owned), owned
    env["ANJU_AS_OWNER"] = "1"
    try:
        yield
    finally:
        _drop(server, name)


def _drop(server: str, name: str) -> None:
    """Drop a database; one that the server itself is tidying just then may only be dropped after it."""
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    until = time.monotonic() + PATIENCE
    with psycopg.connect(server, autocommit=True) as owner:
        while True:
            try:
                owner.execute(drop)
            except psycopg.errors.InsufficientPrivilege:
                if time.monotonic() > until:
                    raise
                time.sleep(1)
            else:
                return
