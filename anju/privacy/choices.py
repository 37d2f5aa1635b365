"""Names of what was looked at and why, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.privacy.holdings import Fate
from anju.privacy.rules.erasing import Ground
from anju.privacy.rules.looks import Reason, What


def what_names() -> dict[str, str]:
    """Return what was looked at → its name."""
    return {
        What.PHONE: _("the whole phone number"),
        What.CARE: _("signs of special care"),
        What.EXPORT: _("everything on record, given out"),
    }


def reason_names() -> dict[str, str]:
    """Return reason → its name."""
    return {
        Reason.CALL: _("To call about a matter of the home"),
        Reason.VISIT: _("A visit to the home"),
        Reason.REPAIR: _("A repair in the home"),
        Reason.EMERGENCY: _("An emergency"),
        Reason.CHECK: _("Keeping the file up to date"),
        Reason.ASKED: _("The person asked for it"),
        Reason.OTHER: _("Something else"),
    }


def ground_names() -> dict[str, str]:
    """Return the grounds on which somebody is erased → their names."""
    return {
        Ground.ASKED: _("The person asked for it"),
        Ground.MOVED: _("Moved out long ago"),
        Ground.MISTAKE: _("Entered by mistake"),
    }


def fate_names() -> dict[str, str]:
    """Return what becomes of rows → in words."""
    return {
        Fate.KEPT: _("kept under a number without a name"),
        Fate.EMPTIED: _("personal parts are emptied"),
        Fate.REMOVED: _("removed"),
    }


def column_name(column: str) -> str:
    """Return what a column of an export is called; one without a name keeps its own."""
    return {
        "name": _("Name"),
        "phone": _("Phone"),
        "phone_written": _("Phone as it was given"),
        "language": _("Preferred language"),
        "channel": _("Reached best by"),
        "quiet_from": _("Please do not call from"),
        "quiet_until": _("until"),
        "project": _("Project"),
        "unit": _("Unit"),
        "person": _("Person"),
        "kind": _("Kind"),
        "since": _("From"),
        "until": _("Until"),
        "purpose": _("Purpose"),
        "text_version": _("Version of the words"),
        "given_at": _("Given at"),
        "withdrawn_at": _("Taken back at"),
        "added_at": _("Added at"),
        "account": _("Colleague"),
        "what": _("What"),
        "grade": _("Class"),
        "reason": _("Why"),
        "words": _("In their words"),
        "at": _("When"),
        "wave": _("Survey"),
        "answers": _("Answers"),
        "texts": _("What was written"),
        "text": _("What was written"),
        "heading": _("Heading"),
        "contact": _("Wish to be contacted"),
        "contact_where": _("How to reach"),
        "contact_at": _("Wished at"),
        "drawn_at": _("Asked at"),
        "seen_at": _("Opened at"),
        "submitted_at": _("Answered at"),
        "answered_at": _("Answered at"),
        "title": _("Title"),
        "body": _("Message"),
        "sent_at": _("Sent at"),
        "made_at": _("Made at"),
        "expires_at": _("Valid until"),
        "used_at": _("Used at"),
        "state": _("State"),
    }.get(column, column)
