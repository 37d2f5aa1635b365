"""A web process with the mistake that P23 must catch: it asks the provider while the owner waits."""

from __future__ import annotations

import os
import sys
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()

from anju.aftercare.actions import owning  # noqa: E402 after Django's start
from anju.conf import server  # noqa: E402 after Django's start
from anju.notify.carriers.port import NotTaken, Parcel  # noqa: E402 after Django's start
from anju.web.owner.report import telling  # noqa: E402 after Django's start
from promises.carrying import Carrier  # noqa: E402 after Django's start

honest = owning.send_report


def and_send(**given: object) -> str:
    """Register the word, and tell somebody of it before the owner gets her page."""
    secret = honest(**given)  # type: ignore[arg-type]
    try:
        Carrier().send(Parcel("", "+8613800138000", "title", "words", "naive"))
    except NotTaken:
        return secret
    return secret


if __name__ == "__main__":
    with patch.object(telling, "send_report", and_send):
        sys.exit(server.main())
