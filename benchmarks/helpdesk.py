"""The peer of the work list: django-helpdesk's ticket list, in an environment of its own.

Runs with the Python of `requirements/peers.txt`, knows nothing of Anju, and is no part of product or
tests. Its list is a page that asks for its rows in a second request; both are measured together, as a
person waits for both. Most tickets are closed, as our cases are; the list is the one it opens with.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

OPEN, ROUNDS = 2_000, 5
APPS = [
    *(f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "sites", "admin", "messages", "staticfiles", "humanize")),
    "helpdesk",
    "rest_framework",
]  # fmt: skip


def begin(folder: Path) -> None:
    """Set Django up with a database in a folder, as the peer's own guide asks."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    names = ("auth.context_processors.auth", "messages.context_processors.messages")
    settings.configure(
        SECRET_KEY="only for benchmarks " + "x" * 40,
        ALLOWED_HOSTS=["*"],
        SITE_ID=1,
        ROOT_URLCONF="benchmarks.helpdesk_urls",
        INSTALLED_APPS=APPS,
        USE_TZ=True,
        STATIC_URL="/static/",
        LOGIN_URL="/login/",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_TEAMS_MODEL="auth.User",
        HELPDESK_TEAMS_MIGRATION_DEPENDENCIES=[],
        HELPDESK_KBITEM_TEAM_GETTER=lambda _: None,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "peer.sqlite3")}},
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        *(f"django.contrib.{name}" for name in names),
                    ]
                },
            }
        ],
    )  # fmt: skip
    django.setup()


def users() -> Any:
    """Return the peer's accounts: Django's own, which Anju does not use."""
    return import_module("django.contrib.auth.models").User.objects


def fill(count: int) -> None:
    """Bring the tickets up to a count."""
    from django.core.management import call_command  # noqa: PLC0415

    peer = import_module("helpdesk.models")
    queues, ticket = peer.Queue.objects, peer.Ticket
    call_command("migrate", verbosity=0)
    staff, _ = users().get_or_create(username="desk", is_staff=True, is_superuser=True)
    queue, _ = queues.get_or_create(title="Repairs", slug="repairs")
    have = ticket.objects.count()
    fresh = [
        ticket(
            title=f"No. {number}: water leaks in the kitchen",
            queue=queue,
            assigned_to=staff,
            status=ticket.OPEN_STATUS if number <= OPEN else ticket.CLOSED_STATUS,
            description="It began this morning.",
            priority=1 + number % 5,
            submitter_email=f"owner{number % 4000}@example.org",
        )
        for number in range(have + 1, count + 1)
    ]
    ticket.objects.bulk_create(fresh, batch_size=2_000)


def spent(work: Callable[[], Any]) -> float:
    """Return the median ms of this process's own time."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)


def listed() -> float:
    """Return what the list costs that staff open: the page, and the rows that it asks for."""
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(users().get(username="desk"))

    def look() -> None:
        page = client.get("/tickets/")
        if page.status_code != 200:
            raise SystemExit(f"bench: the peer answered {page.status_code}")
        asked = re.search(r"(/datatables_ticket_list/[^\"']+)", page.content.decode())
        if asked is None:
            raise SystemExit("bench: the peer's page asks for no rows")
        order: dict[str, str | int] = {
            "order[0][column]": 0,
            "order[0][dir]": "desc",
            "columns[0][data]": "id",
        }
        rows = client.get(asked[1], {"draw": 1, "start": 0, "length": 50, **order})
        if rows.status_code != 200 or len(rows.json()["data"]) != 50:
            raise SystemExit(f"bench: the peer's rows answered {rows.status_code}")

    return spent(look)


def main(words: list[str]) -> None:
    """Print a line of JSON for each count: the count and the ms of the list."""
    begin(Path(words[0]))
    for count in map(int, words[1:]):
        fill(count)
        print(json.dumps([count, listed()]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
