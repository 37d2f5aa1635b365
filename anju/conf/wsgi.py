"""The WSGI entry: refuses wrong declarations, a database that forgets, and one without a floor."""

from __future__ import annotations

import os

from django.core.checks import run_checks
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from anju.kernel.durability import refuse_unless_durable
from anju.kernel.floor import refuse_without_floor


class NotReady(RuntimeError):
    """The start-up check found something that must not be served."""


def make_application() -> WSGIHandler:
    """Set Django up, run the start-up checks, read durability back, and return the application."""
    made = get_wsgi_application()
    wrong = [str(found) for found in run_checks() if found.is_serious()]
    if wrong:
        raise NotReady("\n".join(wrong))
    refuse_unless_durable()
    refuse_without_floor()
    return made


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
application = make_application()
