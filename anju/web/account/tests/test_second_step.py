"""Who must prove twice who she is, is led there, let wait for some days, and then held up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from anju.kernel.history import Subject, entries
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Role
from anju.register.actions.second_step import remove_second_step, set_grace
from anju.register.models import Account, Membership
from tests.cast import PASSWORD, Cast, a_person, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings) -> Cast:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return the_cast()


def signs_in(account: Account, client: Client | None = None) -> Client:
    client = client or Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    return client


def proves(client: Client, wanted: str):
    """Give the password once more, as is asked before anything that is guarded, and go on."""
    asked = client.get(wanted)
    assert asked.status_code == 302
    given = {"password": PASSWORD, "next": wanted}
    return client.post(reverse("account_reauthenticate"), given, follow=True)


def code_of(secret: str):
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def with_factor(account: Account):
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return secret


def test_who_sees_data_of_homes_is_led_to_the_second_step_and_may_wait(cast):
    account = cast.account(Role.MANAGER)

    client = Client()
    answer = client.post(
        reverse("account_login"),
        {"login": account.email, "password": PASSWORD, "next": "/manage/surveys/"},
    )

    assert answer.headers["Location"] == reverse("second-step")
    account.refresh_from_db()
    assert account.second_step_by is not None
    assert timedelta(days=13) < account.second_step_by - utc_now() <= timedelta(days=14)
    assert reverse("home") in client.get(reverse("second-step")).content.decode()
    assert client.get(reverse("surveys")).status_code == 200


def test_a_consultant_is_led_there_before_she_keeps_anything(cast):
    her = a_person(cast.company, Role.CONSULTANT, projects=[cast.project])

    client = signs_in(Account.objects.get(id=her.account_id))

    assert "单份答卷" in client.get(reverse("second-step")).content.decode()
    Account.objects.filter(id=her.account_id).update(second_step_by=utc_now())
    held = client.get(reverse("surveys"))
    assert (held.status_code, held.headers["Location"]) == (302, reverse("second-step"))


def test_the_desk_is_not_led_anywhere(cast):
    client = Client()
    account = cast.account(Role.DESK)

    answer = client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})

    assert answer.headers["Location"] == reverse("home")


def test_after_the_days_of_grace_nothing_else_may_be_done_first(cast):
    account = cast.account(Role.QUALITY)
    Account.objects.filter(id=account.pk).update(second_step_by=utc_now() - timedelta(days=1))
    client = signs_in(account)

    held = client.get(reverse("surveys"))
    page = client.get(reverse("second-step")).content.decode()

    assert (held.status_code, held.headers["Location"]) == (302, reverse("second-step"))
    assert reverse("mfa_activate_totp") in page
    with_factor(account)
    assert client.get(reverse("surveys")).status_code == 200


def test_a_demonstration_holds_nobody_up(cast, settings):
    settings.DEMO = True
    account = cast.account(Role.QUALITY)
    Account.objects.filter(id=account.pk).update(second_step_by=utc_now() - timedelta(days=1))
    client = Client()
    client.force_login(account)

    assert client.get(reverse("surveys")).status_code == 200


def test_it_is_set_up_with_the_apps_code_and_spare_codes_are_shown(cast):
    account = cast.account(Role.MANAGER)
    client = signs_in(account)
    shown = proves(client, reverse("mfa_activate_totp"))
    page = shown.content.decode()
    secret = page.partition('<code class="break">')[2].partition("<")[0]

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert "data:image/svg+xml" in page
    assert wrong.status_code == 200
    assert "errsum" in wrong.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert answer.content.decode().count("<li><code>") == 10
    kept = Authenticator.objects.get(user=account, type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_a_password_alone_opens_nothing_any_more(cast):
    account = cast.account(Role.MANAGER)
    secret = with_factor(account)

    client = signs_in(account)

    assert client.get(reverse("surveys")).status_code == 302
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "errsum" in refused.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("surveys")).status_code == 200


def test_a_spare_code_opens_once(cast):
    account = cast.account(Role.MANAGER)
    with_factor(account)
    spare = Authenticator.objects.get(user=account, type="recovery_codes").wrap()
    code = spare.get_unused_codes()[0]

    first, second = signs_in(account), signs_in(account)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})

    assert first.get(reverse("surveys")).status_code == 200
    assert second.get(reverse("surveys")).status_code == 302


def test_who_must_have_it_cannot_switch_it_off(cast):
    account = cast.account(Role.MANAGER)
    secret = with_factor(account)
    client = signs_in(account)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    page = proves(client, reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))

    assert "errsum" in page
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_an_administrator_removes_it_and_the_history_says_so(cast):
    account = cast.account(Role.MANAGER)
    with_factor(account)
    with cast.inside():
        held = Membership.objects.get(account=account)
        own = Membership.objects.get(account_id=cast.administrator.account_id)

    remove_second_step(actor=cast.administrator, membership_id=held.pk, at=utc_now())

    assert not Authenticator.objects.filter(user=account).exists()
    verbs = entries(Subject(cast.company.pk, "account", account.pk)).values_list("verb", flat=True)
    assert "second_step_removed" in verbs
    with pytest.raises(Problem, match="another administrator"):
        remove_second_step(actor=cast.administrator, membership_id=own.pk, at=utc_now())


def test_the_page_of_a_person_removes_it_and_the_list_sets_the_days(cast):
    account = cast.account(Role.MANAGER)
    with_factor(account)
    with cast.inside():
        held = Membership.objects.get(account=account)
    client = Client()
    client.force_login(cast.account(Role.ADMINISTRATOR))
    remove = reverse("second-step-remove", args=[held.pk])

    assert remove in client.get(reverse("person", args=[held.pk])).content.decode()
    client.post(remove)
    client.post(reverse("second-step-days"), {"days": "3"})
    refused = client.post(reverse("second-step-days"), {"days": "91"})

    cast.company.refresh_from_db()
    assert cast.company.second_step_days == 3
    assert refused.status_code == 422
    assert not Authenticator.objects.filter(user=account).exists()


def test_the_days_of_grace_are_numbers_from_nought_to_ninety(cast):
    set_grace(actor=cast.administrator, days=0, at=utc_now())
    for days in (-1, 91):
        with pytest.raises(Problem, match="0 to 90"):
            set_grace(actor=cast.administrator, days=days, at=utc_now())
    told = entries(Subject(cast.company.pk, "company", cast.company.pk))
    assert [e.payload for e in told.filter(verb="second_step_days")] == [{"days": 0, "before": 14}]
