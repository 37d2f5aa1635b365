"""Who is signed in, asked at every page: Django's own tables by statements that are written once.

Nothing is decided here: which session counts and whose it is stays with Django and allauth.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from typing_extensions import override

from anju.kernel.planned import Planned
from anju.kernel.pure.clock import utc_now
from anju.register.models import Account

OF_SESSION = ("session_key", "session_data", "expire_date")
OF_ACCOUNT = tuple(field.attname for field in Account._meta.concrete_fields)
_SESSION = Planned(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at).values_list(
        *OF_SESSION
    )
)
_ACCOUNT = Planned(lambda key: Account.objects.filter(pk=key).values_list(*OF_ACCOUNT))


class SessionStore(db.SessionStore):
    """Django's sessions in the database; the module is named in the settings."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.rows(given=(str(self.session_key), utc_now()))
        if not found:
            self._session_key = None
            return None
        key, data, expires = found[0]
        return Session(session_key=key, session_data=data, expire_date=expires)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signing in as allauth does it."""

    @override
    def get_user(self, user_id: Any) -> Account | None:
        found = _ACCOUNT.rows(int(user_id))
        if not found:
            return None
        account = Account.from_db(DEFAULT_DB_ALIAS, OF_ACCOUNT, found[0])
        return account if self.user_can_authenticate(account) else None
