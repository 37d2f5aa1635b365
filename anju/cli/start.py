"""Starts Django for a command; the one place of the command line that does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from anju.cli.tongue import here
from anju.help.typed import command

NOT_SET_UP = (
    "This machine is not set up yet. Run: {command}",
    "本机尚未设置完成。请运行：{command}",
)
SILENT = (
    "The database does not answer: {reason}. Check that it runs, and ANJU_DATABASE.",
    "数据库没有响应：{reason}。请检查数据库是否在运行，以及 ANJU_DATABASE。",
)


def refuse(sentence: str) -> SystemExit:
    """Say why a command cannot go on, and return what ends it."""
    sys.stderr.write(f"{sentence}\n")
    return SystemExit(2)


def start_django(*, as_owner: bool = False) -> None:
    """Make models and settings usable; a wrong setting ends the command with its sentence.

    As owner the database lets everything be seen and changed: for set-up, upgrade and copies.
    """
    if apps.ready:
        return
    if as_owner:
        os.environ["ANJU_AS_OWNER"] = "1"
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise refuse(str(wrong)) from None


def refuse_unless_set_up() -> None:
    """End the command where this machine has no key yet: set-up writes it."""
    try:
        known = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        known = False
    if not known:
        raise refuse(here(NOT_SET_UP).format(command=command("setup")))


@contextmanager
def _database() -> Iterator[None]:
    """End the command with a sentence where the database does not answer."""
    try:
        yield
    except OperationalError as silent:
        reason = (str(silent).strip().splitlines() or ["no answer"])[0]
        raise refuse(here(SILENT).format(reason=reason)) from None


def migrate() -> None:
    """Bring the database to this version, row-level security with it."""
    from anju.kernel.floor import raise_floor  # tables are known only after start_django()

    with _database():
        call_command("migrate", interactive=False, verbosity=0)
        raise_floor(role=settings.DATABASE_ROLE)


def is_empty() -> bool:
    """Say whether the database holds no table yet."""
    with _database():
        return not connections["default"].introspection.table_names()


def waiting_migrations() -> int:
    """Return how many migrations the database still lacks."""
    with _database():
        executor = MigrationExecutor(connections["default"])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
