"""How the page tests go about: signed in as somebody, in a language, running the work by hand."""

from __future__ import annotations

from django.test import Client

from anju.kernel.models import Job
from anju.kernel.tasks import run_job
from anju.register.access import Role
from tests.cast import Cast


def signed_in(cast: Cast, role: Role = Role.QUALITY, *, language: str = "en") -> Client:
    """Return a browser of the person who has the role."""
    client = Client()
    client.force_login(cast.account(role))
    client.cookies["anju-language"] = language
    return client


def work() -> Job:
    """Do the newest job as a worker would and return it."""
    job = Job.objects.latest("id")
    run_job.func(job.id)
    job.refresh_from_db()
    return job
