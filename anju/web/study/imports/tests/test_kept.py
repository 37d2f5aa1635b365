"""A consultant who keeps a survey takes a file in; what is the company's to do is not offered to her."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from anju.kernel.models import Job
from anju.register.access import Role
from anju.register.models import Account
from anju.survey.forms import item_defs
from anju.web.study.imports.tests.test_pages import a_file, checked, imported
from tests.cast import a_person, a_wave, keep_all, the_cast


def test_a_keeper_is_told_who_enters_the_counts_and_offered_no_page_that_is_closed(
    db, settings, tmp_path
):
    settings.FILES_ROOT = tmp_path
    cast = the_cast()
    wave = a_wave(cast)
    lin = a_person(cast.company, Role.CONSULTANT, projects=[cast.project])
    keep_all(cast, lin)
    keeper = Client()
    keeper.cookies["anju-language"] = "en"
    keeper.force_login(Account.objects.get(id=lin.account_id))
    with cast.inside():
        head = item_defs(wave.version_id)[0].zh
    text = "\n".join([head, *["很满意", "不满意"] * 4])

    sent = keeper.post(reverse("import-upload", args=[wave.pk]), {"file": a_file(text)})
    checked(keeper, keeper.get(sent.url))
    page = imported(keeper, Job.objects.latest("id")).content.decode()

    assert "Import 1 of this survey is in use." in page
    assert "tell the quality department how many forms" in page
    assert reverse("wave-counts", args=[wave.pk]) not in page
