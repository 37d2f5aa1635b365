"""Two questions of the gate that only a loaded Django can answer: migrations and deployment."""

from __future__ import annotations

import os
import sys


def main(question: str) -> None:
    """Ask one question; Django ends the program with a status where the answer is bad."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "anju.conf.settings"
    if question == "deployment":  # as an office runs it: encrypted, with mail
        os.environ["ANJU_BASE_ADDRESS"] = "https://anju.example"
    import django  # noqa: PLC0415 (after the environment is set)
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    # The web server in front redirects to https; we answer plain requests on loopback alone.
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "security.W008"]
    if question == "deployment":
        call_command("check", deploy=True, fail_level="WARNING")
    else:
        call_command("makemigrations", check_changes=True, dry_run=True)


if __name__ == "__main__":
    main(sys.argv[1])
