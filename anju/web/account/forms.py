"""The form of signing in: allauth's, with a password no longer than any that we keep."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.core.validators import MaxLengthValidator

PASSWORD_MOST = 128
TOO_MANY = "too_many_login_attempts"


class SignInForm(LoginForm):  # type: ignore[misc]
    """Refuses an endless password before anything is computed from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.max_length = PASSWORD_MOST
        field.validators.append(MaxLengthValidator(PASSWORD_MOST))

    @property
    def must_wait(self) -> bool:
        """Whether too many wrong passwords came for this account, whoever sent them."""
        told = self.non_field_errors().as_data() if self.is_bound else []
        return any(error.code == TOO_MANY for error in told)
