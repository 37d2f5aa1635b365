"""The first steps as pages: where a new administrator lands, what ticks itself, what is put away."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.help.contents import PAGES
from anju.help.probe import Trial, Tried
from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.register.access import Role
from anju.register.models import Account, Company, WorkCalendar
from anju.web.start import phones
from tests.cast import a_company, the_cast

pytestmark = pytest.mark.django_db


def signed_in(account_id: int, language: str = "en") -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def new():
    """A company that was founded a moment ago, and its administrator."""
    company, actors = a_company()
    return company, actors[Role.ADMINISTRATOR]


@pytest.fixture
def boss(new):
    return signed_in(new[1].account_id)


def test_a_new_administrator_lands_on_the_first_steps(boss):
    answer = boss.get(reverse("home"), follow=True)

    assert answer.redirect_chain == [(reverse("first-steps"), 302)]
    assert "after: Company and project" in words(answer)
    assert reverse("project-new") in answer.content.decode()


def test_everybody_else_begins_with_the_work():
    cast = the_cast()
    answer = signed_in(cast.quality.account_id).get(reverse("home"))

    assert answer["Location"] == reverse("surveys")


def test_what_exists_ticks_itself_and_leads_on():
    cast = the_cast()
    answer = signed_in(cast.administrator.account_id).get(reverse("first-steps"))
    page = answer.content.decode()

    assert "3 of 13 done" in words(answer)  # project, homes, colleagues
    assert reverse("roster", args=[cast.project.pk]) in page  # owners are still to come
    assert reverse("project", args=[cast.project.pk]) in page
    assert reverse("wave-new") in page


def test_put_away_it_begins_with_the_surveys_and_can_be_taken_up_again(boss, new):
    company, _ = new
    boss.post(reverse("first-steps-away"))
    boss.post(reverse("first-steps-away"))
    assert boss.get(reverse("home"))["Location"] == reverse("surveys")

    boss.post(reverse("first-steps-again"))
    assert boss.get(reverse("home"))["Location"] == reverse("first-steps")
    subject = history.Subject(company.pk, "company", company.pk)
    verbs = list(history.entries(subject).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["founded", "first_steps_put_away", "first_steps_taken_up"]


def test_the_demonstration_begins_with_its_surveys(boss, new):
    Company.objects.filter(id=new[0].pk).update(demonstration=True)

    assert boss.get(reverse("home"))["Location"] == reverse("surveys")


def test_the_usual_rules_are_shown_and_taken_over_once(boss, new):
    shown = words(boss.get(reverse("defaults")))
    assert "90 % satisfied" in shown
    assert "5 households" in shown
    assert "none yet" in shown
    assert reverse("company") in boss.get(reverse("defaults")).content.decode()

    for _ in range(2):
        boss.post(reverse("defaults"))

    assert "These rules are in use" in words(boss.get(reverse("defaults")))
    page = boss.get(reverse("first-steps"))
    assert "usual rules" in words(page).lower()
    with company_scope(new[0].pk):
        assert WorkCalendar.objects.count() == 1


def test_phones_are_told_what_came_of_each_address(boss, settings, monkeypatch):
    settings.BASE_ADDRESS = "http://192.168.1.20:8000"
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr(phones, "numbers", lambda: ("192.168.1.20",))
    monkeypatch.setattr(
        phones,
        "try_address",
        lambda address: Tried(address, Trial.SILENT if "168" in address else Trial.ANSWERS),
    )
    before = boss.get(reverse("phones"))
    assert 'src="data:image/svg+xml' in before.content.decode()

    after = words(boss.post(reverse("phones")))
    assert after.count("192.168.1.20:8000") >= 2
    assert "A firewall may stand in between" in after
    assert "This machine answers here" in after


def test_an_address_that_only_this_machine_knows_is_called_so(boss, settings, monkeypatch):
    settings.BASE_ADDRESS = "http://127.0.0.1:8000"
    monkeypatch.setattr(phones, "numbers", lambda: ())

    shown = words(boss.get(reverse("phones")))
    assert "Phones cannot open this yet" in shown
    assert "This machine is in no network at the moment" in shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_manual_opens_without_signing_in(language):
    client = Client()
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    assert client.get(reverse("help")).status_code == 200
    for entry in PAGES:
        answer = client.get(reverse("help-page", args=[entry.slug]))
        assert answer.status_code == 200, entry.slug
        assert b"&lt;p&gt;" not in answer.content


def test_a_page_that_the_manual_lacks_is_not_found():
    assert Client().get(reverse("help-page", args=["nowhere"])).status_code == 404


def test_the_question_mark_of_a_page_leads_to_its_page_of_the_manual(boss):
    page = boss.get(reverse("people")).content.decode()

    assert reverse("help-page", args=["people"]) in page


def test_the_cards_are_listed_ones_own_first_and_printed(boss):
    shown = words(boss.get(reverse("cards")))
    assert shown.index("Administrator (yours)") < shown.index("Front desk")

    answer = Client().get(reverse("card", args=["desk", "en"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert Client().get(reverse("card", args=["nobody", "en"])).status_code == 404
    assert Client().get(reverse("card", args=["desk", "fr"])).status_code == 404


def test_the_manual_leads_only_to_pages_that_its_reader_may_open():
    cast = the_cast()
    page, leads_on = reverse("help-page", args=["surveys"]), f'href="{reverse("wave-new")}"'

    told = {
        role: signed_in(actor.account_id).get(page).content.decode()
        for role, actor in ((Role.QUALITY, cast.quality), (Role.DESK, cast.desk))
    }

    assert leads_on in told[Role.QUALITY]
    assert leads_on not in told[Role.DESK]
    assert leads_on in Client().get(page).content.decode(), "a stranger is led to sign in"


def test_beside_the_work_the_manual_is_its_text_alone(boss):
    address = reverse("help-page", args=["findings"])

    whole = boss.get(address)
    drawer = boss.get(address, headers={"HX-Request": "true"})

    text = drawer.content.decode()
    assert "<html" in whole.content.decode()
    assert "<html" not in text
    assert 'id="manual-title"' in text
    assert ' id="manual-' in text
    assert "HX-Request" in whole.headers["Vary"]


def test_the_menu_keeps_the_first_steps_until_they_are_put_away(boss):
    shown = boss.get(reverse("surveys")).content.decode()
    boss.post(reverse("first-steps-away"))
    after = boss.get(reverse("surveys")).content.decode()

    assert shown.count(f'href="{reverse("first-steps")}"') == 3  # rail, phone's menu, this page
    assert reverse("first-steps") not in after


def test_the_health_page_is_never_all_well_while_phones_cannot_come_in(boss, settings):
    settings.BASE_ADDRESS = "http://localhost:8000"
    page = words(boss.get(reverse("health")))

    assert "All is well" not in page
    assert "http://localhost:8000, which this machine alone can open" in page
