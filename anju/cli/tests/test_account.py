"""At the server a lost second step or password is mended: sessions end, history and owner are told."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client
from django.urls import reverse

from anju.cli import account as command
from anju.cli import main
from anju.flows.recovery import set_password_anew, take_second_step_off
from anju.kernel.history import Subject, entries
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.deliver import deliver_company
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.actions.recovery import find_account
from anju.register.models import Account
from tests.cast import PASSWORD, Cast, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings) -> Cast:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return the_cast()


@pytest.fixture
def boss(cast) -> Account:
    """The sole administrator, with a second step whose telephone is lost."""
    account: Account = cast.account(Role.ADMINISTRATOR)
    auth.TOTP.activate(account, auth.generate_totp_secret())
    RecoveryCodes.activate(account)
    return account


def signs_in(account: Account, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": password})
    return client


def verbs(cast: Cast, account: Account) -> list[str]:
    told = entries(Subject(cast.company.pk, "account", account.pk)).order_by("seq")
    return [entry.verb for entry in told]


def test_who_lost_it_sets_it_up_anew_before_anything_else(cast, boss):
    elsewhere = Client()
    elsewhere.force_login(boss)
    assert elsewhere.get(reverse("people")).status_code == 200

    ended = take_second_step_off(find_account(boss.email.upper()), at=utc_now())

    assert ended == 1
    assert elsewhere.get(reverse("people")).headers["Location"].startswith(reverse("account_login"))
    assert not Authenticator.objects.filter(user=boss).exists()
    client = signs_in(boss)
    assert client.get(reverse("people")).headers["Location"] == reverse("second-step")
    assert "second_step_off" in verbs(cast, boss)


def test_a_sign_in_that_waits_for_its_code_ends_too_and_others_stay(cast, boss):
    waiting, colleague = signs_in(boss), Client()
    colleague.force_login(cast.account(Role.DESK))

    assert take_second_step_off(find_account(boss.email), at=utc_now()) == 1

    assert waiting.get(reverse("mfa_authenticate")).status_code == 302
    assert colleague.get(reverse("home")).status_code in {200, 302}
    assert not colleague.get(reverse("messages")).headers.get("Location")


def test_the_owner_is_told_by_mail_whatever_she_wishes(cast, boss, settings):
    settings.EMAIL_CONFIGURED = True
    at = utc_now()
    take_second_step_off(find_account(boss.email), at=at)

    with company_scope(cast.company.pk):
        deliver_company(at=at)
        told = Message.objects.get(account_id=boss.pk)

    assert (told.template, told.way) == ("account.second_step_off", "mail")
    assert [letter.to for letter in mail.outbox] == [[boss.email]]


def test_a_password_is_set_and_the_old_one_opens_nothing(cast, boss):
    found = find_account(cast.account(Role.DESK).email)
    account = cast.account(Role.DESK)

    with pytest.raises(Problem, match="at least 10"):
        set_password_anew(found, password="short", at=utc_now())
    set_password_anew(found, password="five other plain words", at=utc_now())

    assert signs_in(account).get(reverse("messages")).status_code == 302
    assert signs_in(account, "five other plain words").get(reverse("messages")).status_code == 200
    assert verbs(cast, account).count("password_set") == 1


def test_the_command_says_whose_account_it_is_and_asks(cast, boss, capsys, monkeypatch):
    call = ["account", "second-step-off", boss.email, "--language", "en"]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "somebody@else.example")
    with pytest.raises(SystemExit):
        main.main(call)
    assert Authenticator.objects.filter(user=boss).exists()

    monkeypatch.setattr("builtins.input", lambda _question: boss.email.title())
    assert main.main(call) == 0

    said = capsys.readouterr().out
    assert boss.name in said
    assert not Authenticator.objects.filter(user=boss).exists()


def test_without_anybody_to_ask_nothing_is_done_unless_told(cast, boss, monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(SystemExit):
        main.main(["account", "second-step-off", boss.email])
    assert Authenticator.objects.filter(user=boss).exists()
    kept = tmp_path / "password"
    kept.write_text("five other plain words\n")

    call = ["account", "password", boss.email, "--yes", "--password-file", str(kept)]
    assert main.main(call) == 0

    boss.refresh_from_db()
    assert boss.check_password("five other plain words")


def test_an_address_without_an_account_is_refused(cast, capsys):
    call = ["account", "password", "nobody@anhe.example", "--yes", "--language", "zh"]

    assert main.main(call) == 2

    assert "没有使用该邮箱的账号" in capsys.readouterr().err
    assert set(command.SAID["zh"]) == set(command.SAID["en"])
