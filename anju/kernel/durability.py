"""Reads the database's durability settings back: what was acknowledged must survive a power cut."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the database: what it is and what it has to be."""

    name: str
    found: str
    wanted: str

    @property
    def right(self) -> bool:
        return self.found == self.wanted


class NotDurable(RuntimeError):
    """The database would lose acknowledged rows in a power cut; we do not serve on it."""


SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
POSTGRES = {"synchronous_commit": "on", "fsync": "on"}


def read_settings() -> tuple[Setting, ...]:
    """Ask the database in use for the settings that our promises rest on."""
    found = []
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for name, wanted in (SQLITE if sqlite else POSTGRES).items():
            cursor.execute(f"PRAGMA {name}" if sqlite else f"SHOW {name}")
            row = cursor.fetchone()
            value = str(row[0]) if row else ""
            memory = sqlite and name == "journal_mode" and value == "memory"
            found.append(Setting(name, wanted if memory else value, wanted))
    if sqlite:
        mode = connection.settings_dict["OPTIONS"].get("transaction_mode", "DEFERRED")
        found.append(Setting("transaction_mode", str(mode), "IMMEDIATE"))
    return tuple(found)


def refuse_unless_durable() -> None:
    """Raise NotDurable, naming each wrong setting, unless every setting reads back right."""
    wrong = [setting for setting in read_settings() if not setting.right]
    if wrong:
        listed = "; ".join(f"{s.name} is {s.found}, must be {s.wanted}" for s in wrong)
        raise NotDurable(f"The database is not durable: {listed}.")
