"""Lookup and right as one act for messages: what is not yours does not exist."""

from __future__ import annotations

from django.db import models

from anju.notify.models import Message, Robot
from anju.notify.rules.ways import SPACED, State
from anju.notify.rules.words import apart_codes
from anju.register.access import Actor, NotFound, Verb, demand, within

MINE = "account_id"


def visible_messages(actor: Actor) -> models.QuerySet[Message]:
    """Return messages to owners and groups of the projects that an actor reaches.

    A reminder tells who has not answered, so it is there for those who run the outbox alone.
    """
    demand(actor, Verb.SEE_OUTBOX)
    rows = shown_to(actor, Message.objects.filter(account__isnull=True))
    if not actor.may(Verb.RUN_OUTBOX):  # what a home does not need any more tells that it answered
        rows = rows.exclude(purpose=SPACED, state=State.LET_GO)
    return within(actor, rows, "project_id")


def shown_to(actor: Actor, rows: models.QuerySet[Message]) -> models.QuerySet[Message]:
    """Return those messages whose mere existence an actor may know of."""
    if actor.may(Verb.RUN_OUTBOX):
        return rows
    return rows.exclude(template__in=apart_codes())


def message_for(actor: Actor, message_id: int, verb: Verb) -> Message:
    """Return a message to an owner or a group for an act; raises NotFound or Forbidden.

    Who runs the outbox may also act on what could not be sent to colleagues.
    """
    rows = Message.objects.select_related("account", "person", "robot").filter(id=message_id)
    if not actor.may(Verb.RUN_OUTBOX):
        rows = shown_to(actor, rows.filter(account__isnull=True))
    found: Message | None = within(actor, rows, "project_id").first()
    if found is None:
        raise NotFound(f"message {message_id}")
    demand(actor, verb)
    return found


def my_messages(actor: Actor) -> models.QuerySet[Message]:
    """Return the messages to an actor herself, those of projects that she no longer reaches apart."""
    rows: models.QuerySet[Message] = Message.objects.across_parts().filter(
        account_id=actor.account_id
    )
    if actor.parts is None:
        return rows
    reached = models.Q(project__isnull=True) | models.Q(project_id__in=actor.parts)
    return rows.filter(reached)


def robot_for(actor: Actor, robot_id: int) -> Robot:
    """Return a group's robot for an act; raises NotFound or Forbidden."""
    found: Robot | None = Robot.objects.filter(id=robot_id).first()
    if found is None:
        raise NotFound(f"robot {robot_id}")
    demand(actor, Verb.RUN_OUTBOX)
    return found
