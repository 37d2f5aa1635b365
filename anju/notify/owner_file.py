"""What messages hold about people, for export and erasure, and their block of the owner file."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.notify.access import shown_to
from anju.notify.models import Message
from anju.notify.rules.ways import State
from anju.privacy.blocks import Block, Home, Moment, contribute
from anju.privacy.holdings import Fate, Holding, Of, declare
from anju.register.access import Actor


def tell() -> None:
    """Declare the holding and add the block."""
    declare(MESSAGES, FOLLOWERS)
    contribute("messages", messages, place=40)


def send_no_more(rows: QuerySet[Message], at: datetime) -> None:
    """Let go what waits for somebody who is erased."""
    waiting = rows.filter(state=State.WAITING.value)
    waiting.update(state=State.LET_GO.value, reason="erased", dropped_at=at)
    rows.update(dropped_at=at)


MESSAGES = Holding(
    "notify.Message",
    "person",
    Of.PERSON,
    Fate.EMPTIED,
    gettext_lazy("Messages to the person"),
    empty={"values": {}, "sealed": "", "path": "", "title": "", "body": "", "told": ""},
    hidden=("sealed", "uid", "lease_key", "lease_until", "provider_key"),
    also=send_no_more,
)


FOLLOWERS = Holding(
    "notify.Follower",
    "person",
    Of.PERSON,
    Fate.REMOVED,
    gettext_lazy("Being told through the official account"),
    hidden=("sealed",),
)


def messages(home: Home, actor: Actor) -> Block:
    """Return what went out to people of a home, and when; not the words."""
    rows = shown_to(
        actor, Message.objects.filter(person_id__in=home.person_ids, sent_at__isnull=False)
    )
    moments = tuple(
        Moment(timezone.localdate(row.sent_at), row.title or _("A message"))
        for row in rows.order_by("-id")[:50]
    )
    return Block("messages", _("Messages"), moments, _("No message went out so far."))
