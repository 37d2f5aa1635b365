"""What every test obeys: no network but loopback, and one choice of which tests run here."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from anju.insight import queries
from anju.kernel.guards import create_history_guard, drop_history_guard, emptied
from anju.survey.asked import forget_forms
from anju.voice.learned import forget_learned

DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
)
LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefusedError(RuntimeError):
    """A test tried to leave the machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice that the PostgreSQL pass makes."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only tests that touch a database: the others cannot differ between databases",
    )


def touches_database(item: pytest.Item) -> bool:
    """Say whether a test asks for a database by mark or by fixture."""
    asked = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the pass cannot say anything about, and report it as deselected."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection beyond loopback: a test that needs the world is not a test."""
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise NetworkRefusedError(f"a test may not connect to {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_loopback)
        # Playwright keeps an event loop open; Django would take its own calls for asynchronous ones.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(autouse=True, scope="session")
def history_can_be_emptied() -> Iterator[None]:
    """Let a test database be emptied between tests, although history refuses deletion."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def without_guard(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        if not emptied(sql_list):
            flush(self, sql_list)
            return
        with connection.schema_editor() as editor:
            drop_history_guard(editor)
        flush(self, sql_list)
        with connection.schema_editor() as editor:
            create_history_guard(editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_guard)
        yield


@pytest.fixture(autouse=True)
def pages_wait_their_turn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server of a browser test answer one request at a time.

    It shares one connection with the test, in a database in memory: two requests at once would find
    each other's tables locked, which no installation can.
    """
    if "live_server" not in request.fixturenames:
        return
    answer, turn = WSGIHandler.get_response, threading.Lock()

    def in_turn(self: WSGIHandler, asked: HttpRequest) -> HttpResponseBase:
        with turn:
            return answer(self, asked)

    monkeypatch.setattr(WSGIHandler, "get_response", in_turn)


@pytest.fixture(autouse=True)
def figures_are_built_anew() -> None:
    """Forget figures of closed waves and forms: a test database gives the same ids to others."""
    queries.forget_figures()
    forget_learned()
    forget_forms()
