"""Passkeys: offered where browsers keep them, made-up answers refused, the last one kept; in Chromium whole."""

from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from anju.conf.env import read_environment
from anju.register.access import Role
from anju.register.models import Account
from anju.register.second_step import has_second_step
from tests.cast import PASSWORD, Cast, the_cast
from tests.pages.camera import browser, send

PATIENCE = 20_000
SIGN_IN = "form:has([name=password]) button[type=submit] >> nth=0"
ON = ["totp", "recovery_codes", "webauthn"]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def cast(settings, db) -> Cast:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MFA_SUPPORTED_TYPES = ON
    settings.BASE_ADDRESS = "http://localhost"
    return the_cast()


def proven(account: Account) -> Client:
    """Return a browser that gave the password just now; counting that is not what is tested here."""
    client = Client()
    client.force_login(account)
    session = client.session
    told = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [told]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def a_key(account: Account, name: str = "Phone") -> Authenticator:
    """Keep a passkey that no device holds."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=account, type="webauthn", data=data)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://anju.example.com", True),
        ("http://localhost:8000", True),
        ("http://anju.example.com", False),
        ("http://127.0.0.1:8000", False),
        ("https://10.0.0.5", False),
        ("https://[fd00::5]", False),
    ],
)
def test_they_are_offered_where_a_browser_keeps_them(monkeypatch, address, kept):
    monkeypatch.setenv("ANJU_BASE_ADDRESS", address)
    assert read_environment().passkeys is kept


def test_elsewhere_there_is_no_page_and_no_offer(cast, settings):
    settings.MFA_SUPPORTED_TYPES = ON[:2]
    client = proven(cast.account(Role.MANAGER))

    assert reverse("mfa_add_webauthn") not in client.get(reverse("second-step")).content.decode()
    assert client.get(reverse("mfa_add_webauthn")).status_code == 404


def test_what_no_browser_answers_is_refused_and_nothing_is_kept(cast):
    account = cast.account(Role.MANAGER)
    client = proven(account)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200

    for said in ("", "no json", "[]", "{}", '{"response": 1}', '{"id": "AA"}'):
        given = {"name": "x" * 61, "credential": said}
        refused = client.post(reverse("mfa_add_webauthn"), given)
        assert (refused.status_code, "errsum" in refused.content.decode()) == (200, True), said

    assert not has_second_step(account.pk)


def test_a_made_up_answer_signs_nobody_in(cast):
    account = cast.account(Role.MANAGER)
    auth.TOTP.activate(account, auth.generate_totp_secret())
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})

    for said in ("", "[]", "{}", '{"id": "AA", "response": {}}'):
        refused = client.post(reverse("mfa_authenticate"), {"credential": said})
        assert refused.status_code == 200, said

    assert client.get(reverse("surveys")).status_code == 302


def test_the_only_second_step_of_who_needs_one_stays(cast):
    account = cast.account(Role.MANAGER)
    key = a_key(account)
    client = Client()
    client.force_login(account)
    assert not get_adapter().can_delete_authenticator(key)

    auth.TOTP.activate(account, auth.generate_totp_secret())
    RecoveryCodes.activate(account)

    assert get_adapter().can_delete_authenticator(key)
    page = client.get(reverse("second-step")).content.decode()
    assert reverse("mfa_remove_webauthn", args=[key.pk]) in page


def test_nobody_removes_the_passkey_of_another(cast):
    key = a_key(cast.account(Role.QUALITY))
    client = proven(cast.account(Role.MANAGER))

    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.chromium
def test_a_device_proves_who_signs_in(transactional_db, live_server, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MFA_SUPPORTED_TYPES = ON
    address = settings.BASE_ADDRESS = live_server.url.replace("127.0.0.1", "localhost")
    account = the_cast().account(Role.MANAGER)
    with browser() as started:
        page = started.new_context().new_page()
        faults: list[str] = []
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

        def sign_in() -> None:
            page.goto(address + reverse("account_login"))
            page.fill("[name=login]", account.email)
            page.fill("[name=password]", PASSWORD)
            send(page, SIGN_IN)

        sign_in()
        page.goto(address + reverse("mfa_add_webauthn"))
        if page.locator("[name=password]").count():
            page.fill("[name=password]", PASSWORD)
            send(page, SIGN_IN)
        page.fill("#id_name", "前台电脑")
        page.locator("form[data-passkey] button").click()
        page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}", timeout=PATIENCE)

        page.context.clear_cookies()
        sign_in()
        page.wait_for_url(f"**{reverse('mfa_authenticate')}**", timeout=PATIENCE)
        page.locator("form[data-passkey] button").click()
        page.wait_for_url(lambda url: reverse("mfa_authenticate") not in url, timeout=PATIENCE)
        page.goto(address + reverse("surveys"))
        assert page.url.endswith(reverse("surveys"))
        page.goto(address + reverse("second-step"))
        assert "前台电脑" in page.content()
        assert faults == []
    kept = Authenticator.objects.get(user=account, type="webauthn")
    assert "publicKey" not in json.dumps(kept.data)
    assert kept.last_used_at is not None
