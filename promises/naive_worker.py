"""A worker with the mistake that P13 must catch: rows count while they are still being written."""

from __future__ import annotations

import os
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()

from anju.kernel.tasks import Run  # noqa: E402 after Django's start
from anju.survey.actions import imports  # noqa: E402 after Django's start
from anju.survey.actions.reading import Read  # noqa: E402 after Django's start
from anju.survey.models import ImportBatch  # noqa: E402 after Django's start
from anju.survey.rules.wave import BatchState  # noqa: E402 after Django's start

staged = imports._stage


def at_once(run: Run, read: Read) -> ImportBatch:
    """Make the batch live before its first row is written."""
    batch = staged(run, read)
    ImportBatch.objects.filter(id=batch.pk).update(state=BatchState.LIVE, live_at=run.at)
    return batch


if __name__ == "__main__":
    imports._stage = at_once
    import_module("anju.jobs.runner").work()
