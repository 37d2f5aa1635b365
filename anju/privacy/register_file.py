"""What the register and this room hold about people, and their blocks of the owner file."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.privacy.blocks import Block, Home, Moment, contribute
from anju.privacy.holdings import Fate, Holding, Of, declare
from anju.register.access import Actor
from anju.register.models import Consent, Tie


def tell() -> None:
    """Declare the holdings and add the blocks."""
    declare(
        Holding("register.Tie", "person", Of.PERSON, Fate.KEPT, gettext_lazy("Stays in homes")),
        Holding("register.Consent", "person", Of.PERSON, Fate.KEPT, gettext_lazy("Consents")),
        Holding(
            "register.CareTag",
            "person",
            Of.PERSON,
            Fate.REMOVED,
            gettext_lazy("Signs of special care"),
        ),
        Holding("register.ZonePlace", "unit", Of.HOME, Fate.APART, gettext_lazy("Zones")),
        Holding(
            "privacy.Look",
            "person",
            Of.PERSON,
            Fate.EMPTIED,
            gettext_lazy("Looks at the file"),
            empty={"words": "", "salt": ""},
            hidden=("salt",),
        ),
        Holding(
            "privacy.FileLink",
            "person",
            Of.PERSON,
            Fate.REMOVED,
            gettext_lazy("Links to who looked"),
            hidden=("token_hash",),
        ),
        Holding("privacy.Erasure", "person", Of.PERSON, Fate.KEPT, gettext_lazy("Erasures")),
    )
    contribute("household", household, place=10)
    contribute("consents", consents, place=20)


def household(home: Home, _actor: Actor) -> Block:
    """Return moves in and out of a home."""
    moments = []
    for tie in Tie.objects.select_related("person").filter(unit_id=home.unit_id).order_by("id"):
        kind = str(tie.get_kind_display())
        moments.append(Moment(tie.since, _("%s moved in") % tie.person.name, kind))
        if tie.until is not None:
            moments.append(Moment(tie.until, _("%s moved out") % tie.person.name, kind))
    return Block("household", _("Household"), tuple(moments), _("Nobody was ever on record."))


def consents(home: Home, _actor: Actor) -> Block:
    """Return the consents of everybody in a home, given and taken back."""
    rows = Consent.objects.select_related("person").filter(person_id__in=home.person_ids)
    moments = []
    for row in rows.order_by("id"):
        said = {"name": row.person.name, "purpose": str(row.get_purpose_display())}
        note = _("words of version %s") % row.text_version
        moments.append(Moment(_day(row.given_at), _("%(name)s agreed: %(purpose)s") % said, note))
        if row.withdrawn_at is not None:
            words = _("%(name)s took back: %(purpose)s") % said
            moments.append(Moment(_day(row.withdrawn_at), words))
    return Block("consents", _("Consents"), tuple(moments), _("No consent was given so far."))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
