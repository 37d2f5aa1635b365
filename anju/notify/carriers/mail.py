"""Mail by Django's own connection; the message's key travels as its Message-ID."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from anju.notify.carriers.port import NotTaken, Parcel


class Mail:
    """Sends plain text; a refused address is not tried again."""

    def send(self, parcel: Parcel) -> str:
        """Return the Message-ID; raises NotTaken."""
        key = f"<{parcel.uid}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
        mail = EmailMessage(
            parcel.title, parcel.body, to=[parcel.address], headers={"Message-ID": key}
        )
        try:
            mail.send()
        except SMTPRecipientsRefused as refused:
            raise NotTaken("address_refused", _plain(refused), final=True) from refused
        except (SMTPException, OSError) as fault:
            raise NotTaken("provider", _plain(fault)) from fault
        return key


def _plain(fault: Exception) -> str:
    return type(fault).__name__
