"""Passkeys as a second step: what a device or a key answers in place of a code. allauth does it here.

They exist where browsers keep them: for a site with a name under HTTPS, or for localhost. The codes
of an app stand beside them and are never replaced by them alone: spare codes come with the first.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from typing_extensions import override

NAME_MOST = 60
# What the libraries raise at an answer that no browser gives.
MADE_UP = (ValueError, TypeError, LookupError, AttributeError, struct.error, InvalidSignature)
Answer = Callable[..., HttpResponseBase]


def offered() -> bool:
    """Say whether this installation offers passkeys."""
    return "webauthn" in settings.MFA_SUPPORTED_TYPES


def _where_offered(view: Answer) -> Answer:
    @wraps(view)
    def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        if not offered():
            raise Http404
        return view(request, *given, **named)

    return guarded


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name of bounded length; an answer that was made up is refused like a wrong code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = NAME_MOST
        self.fields["name"].validators.append(MaxLengthValidator(NAME_MOST))

    @override
    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except MADE_UP:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step at sign-in by a passkey."""

    @override
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except MADE_UP:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Once more, before what is guarded."""


class RemovePasskey(views.RemoveWebAuthnView):  # type: ignore[misc]
    """Removes one, unless it is all that its owner's role demands."""

    template_name = "mfa/webauthn/remove.html"
    success_url = reverse_lazy("second-step")

    @override
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, get_adapter().error_messages["last_authenticator"])
            return redirect("second-step")
        answer: HttpResponse = super().form_valid(form)
        return answer


add = _where_offered(views.add_webauthn)
again = _where_offered(views.reauthenticate_webauthn)
remove = RemovePasskey.as_view()
