"""The second step at sign-in: how allauth does it here, and the page that leads to it."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from typing_extensions import override

from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, actor_of
from anju.register.rules.rights import SECOND_STEP
from anju.register.second_step import another_step, has_codes, passkeys_of, standing
from anju.web.account.passkeys import offered
from anju.web.declare import StaffRequest, page


@cache
def _safe() -> Fernet:
    """Return what hides the secrets in the database; its key follows from the installation's."""
    key = sha256(b"second step at sign-in\x1f" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are kept hidden; who must have a second step cannot switch it off alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take the one that the app shows now."),
        "cannot_delete_authenticator": _(
            "Your role needs the second step. An administrator removes it if your phone is lost."
        ),
        "last_authenticator": _(
            "Your role needs the second step, and this passkey is all there is of it. Set up codes or"
            " another passkey first."
        ),
    }

    @override
    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    @override
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        actor = actor_of(authenticator.user)
        if actor is None or actor.role not in SECOND_STEP:
            return True
        return another_step(authenticator.user_id, but=authenticator.pk)

    @override
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # By the declared address, never by the name that a browser sends.
        host = urlsplit(settings.BASE_ADDRESS).hostname or "localhost"
        return {"id": host, "name": "Anju 安居"}

    @override
    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return gettext("Passkey %(n)d") % {"n": len(passkeys_of(user.pk)) + 1}


@page(Verb.LOOK_AROUND)
@require_GET
def second_step(request: StaffRequest) -> HttpResponse:
    found = standing(request.actor)
    keys = passkeys_of(request.actor.account_id)
    shown = {
        "standing": found,
        "overdue": found.overdue(utc_now()),
        "keys": keys,
        "codes": has_codes(request.actor.account_id),
        "offered": offered(),
    }
    return render(request, "account/second_step.html", shown)
