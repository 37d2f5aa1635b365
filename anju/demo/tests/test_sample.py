"""The sample project: planted beside a company's own, shown on every page, removed without a rest."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.demo.queries import sample_of
from anju.demo.removal import tables_of_projects
from anju.demo.sample import remove_sample, start_sample
from anju.kernel import history, tasks
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden
from anju.register.models import Account
from tests.cast import AT, the_cast

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {
        model.__name__: model.objects.across_parts().count() for model, _ in tables_of_projects()
    }


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def test_it_comes_shows_itself_and_goes_without_a_rest(files):
    cast = the_cast()
    boss = cast.administrator
    with cast.inside():
        before = rows()
    job_id = start_sample(actor=boss, language="en", at=AT)
    tasks.run_job.func(job_id)
    assert Job.objects.get(id=job_id).state == "done", Job.objects.get(id=job_id).problem

    with cast.inside():
        sample = sample_of(cast.company.pk)
        grown = rows()
    assert sample is not None
    assert all(grown[name] > before[name] for name in ("Unit", "Wave", "Response", "Finding"))
    client = Client()
    client.force_login(Account.objects.get(id=boss.account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    assert f"{sample.name} is a sample" in client.get(reverse("people")).content.decode()
    with pytest.raises(Problem) as refused:
        start_sample(actor=boss, language="en", at=AT)
    assert refused.value.code == "E-SAMPLE-TWICE"

    answer = client.post(reverse("sample-remove"))
    assert answer["Location"] == reverse("first-steps")

    with cast.inside():
        assert rows() == before
        assert sample_of(cast.company.pk) is None
    assert StoredFile.objects.filter(company_id=cast.company.pk).count() == 0
    assert "is a sample" not in client.get(reverse("people")).content.decode()
    told = history.of_company(cast.company.pk).filter(kind="project", subject_id=sample.project_id)
    assert told.filter(verb="created").exists()
    assert not remove_sample(actor=boss, at=AT)


def test_only_who_sets_up_may_plant_or_remove_it():
    cast = the_cast()
    for act in (
        lambda: start_sample(actor=cast.quality, language="en", at=AT),
        lambda: remove_sample(actor=cast.quality, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()
