"""What people do at the outbox: hand over, try again, let go, and end a hold; and what time does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from django.db import connection, models, transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, current_company
from anju.notify.access import message_for
from anju.notify.models import Hold, Message
from anju.notify.rules.needed import not_needed
from anju.notify.rules.retry import KEPT
from anju.notify.rules.ways import State, Way
from anju.notify.rules.words import LINK
from anju.notify.seal import seal, unseal
from anju.register.access import Actor, Verb, demand
from anju.register.models import Company

CHUNK = 1_000
ANSWERED = (
    "UPDATE notify_message SET state = %s, reason = 'answered', sent_at = NULL"
    " WHERE company_id = %s AND subject_kind = %s AND subject_id = %s AND ("
    "(state = %s AND (lease_until IS NULL OR lease_until <= %s)) OR state = %s"
    " OR (state = %s AND way = %s AND handed_at IS NULL))"
)


class Release(StrEnum):
    """What becomes of the messages that waited during a hold."""

    SEND = "send"
    LET_GO = "let_go"


def _tell(actor: Actor, message: Message, verb: str, at: datetime) -> None:
    subject = history.Subject(actor.company_id, "message", message.pk)
    said = {"template": message.template}
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload={**said})


def _moved(rows: models.QuerySet[Message], **columns: object) -> None:
    if not rows.update(**columns):
        raise Problem(
            "E-STATE",
            "message",
            "This message has moved on meanwhile. Look at the list again.",
            "该消息的状态已变化。请刷新列表后再看。",
        )


def _refuse_over(message: Message, at: datetime) -> None:
    about = (message.subject_kind, message.subject_id)
    if message.state == State.SENT and not_needed([about], at):
        raise Problem(
            "E-STATE",
            "message",
            "This message is not needed any more: do not hand it over. It leaves the list by itself.",
            "该消息已无需转发，请不要再转发。稍后它会自动移出列表。",
        )


@transaction.atomic
def hand_over(*, actor: Actor, message_id: int, at: datetime) -> None:
    """Note that a message of the visible outbox was handed over by a person.

    Errors: NotFound, Forbidden, E-STATE.
    """
    with company_scope(actor.company_id):
        message = message_for(actor, message_id, Verb.SEE_OUTBOX)
        _refuse_over(message, at)
        rows = Message.objects.filter(
            id=message.pk, state=State.SENT, way=Way.OUTBOX, handed_at__isnull=True
        )
        # A personal link was handed over with the words; nobody needs it here any more.
        gone = {"sealed": "", "dropped_at": at} if message.sealed else {}
        _moved(rows, handed_at=at, handed_by_id=actor.account_id, **gone)
        _tell(actor, message, "handed_over", at)


@transaction.atomic
def try_again(*, actor: Actor, message_id: int, at: datetime) -> None:
    """Make a dead message due once more, with five tries; its key stays the same.

    Errors: NotFound, Forbidden, E-STATE.
    """
    with company_scope(actor.company_id):
        message = message_for(actor, message_id, Verb.RUN_OUTBOX)
        rows = Message.objects.filter(id=message.pk, state=State.DEAD)
        _moved(rows, state=State.WAITING, tries=0, due_at=at, reason="", told="")
        _tell(actor, message, "tried_again", at)


@transaction.atomic
def let_go(*, actor: Actor, message_id: int, at: datetime) -> None:
    """Decide that a dead or waiting message is not sent any more.

    Errors: NotFound, Forbidden, E-STATE where it was sent or a worker holds it just now.
    """
    with company_scope(actor.company_id):
        message = message_for(actor, message_id, Verb.RUN_OUTBOX)
        free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lte=at)
        rows = Message.objects.filter(free, id=message.pk, state__in=[State.DEAD, State.WAITING])
        _moved(rows, state=State.LET_GO, reason="by_hand")
        _tell(actor, message, "let_go", at)


def undelivered(at: datetime) -> models.Q:
    """Tell messages that nobody has yet: waiting and in no worker's hands, to hand over, or dead."""
    free = models.Q(lease_until__isnull=True) | models.Q(lease_until__lte=at)
    by_hand = models.Q(state=State.SENT, way=Way.OUTBOX, handed_at__isnull=True)
    return (free & models.Q(state=State.WAITING)) | by_hand | models.Q(state=State.DEAD)


def subjects_undelivered(kind: str, at: datetime) -> models.QuerySet[Message, dict[str, int]]:
    """Return the ids of the things of a kind about which a message is not delivered, as a query."""
    rows = Message.objects.across_parts().filter(undelivered(at), subject_kind=kind)
    return rows.order_by().values("subject_id")


def withdraw(kind: str, ids: Collection[int], *, why: str, at: datetime, but: str = "") -> int:
    """Let go what nobody has yet about some things, save one stage of them; return how many.

    The rows stay and tell why. The caller is inside the company and writes the history.
    """
    count, listed = 0, list(ids)
    for first in range(0, len(listed), CHUNK):
        part = listed[first : first + CHUNK]
        rows = Message.objects.across_parts().filter(undelivered(at), subject_kind=kind)
        rows = rows.filter(subject_id__in=part).exclude(stage=but)
        count += rows.update(state=State.LET_GO, reason=why, sent_at=None)
    return count


def relink(kind: str, tokens: Mapping[int, tuple[str, str]], *, at: datetime) -> int:
    """Let what nobody has yet carry the new secret of its link in place of the old; return how many.

    `tokens` are old and new by the id of the thing. The caller is inside the company.
    """
    listed, changed = list(tokens), list[Message]()
    for first in range(0, len(listed), CHUNK):
        rows = Message.objects.across_parts().filter(undelivered(at), subject_kind=kind)
        for row in rows.filter(subject_id__in=listed[first : first + CHUNK]):
            old, new = tokens[row.subject_id]
            held = unseal(row.sealed)
            if old in held.get(LINK, ""):
                row.sealed = seal({**held, LINK: held[LINK].replace(old, new)})
                changed.append(row)
    Message.objects.bulk_update(changed, ["sealed"], batch_size=500)
    return len(changed)


def let_go_answered(kind: str, one: int, *, at: datetime) -> int:
    """Let go what nobody has yet about a thing that was answered; return how many.

    The caller is inside the company and writes the history of the answer. It is part of every
    answer that an owner sends, so the statement is written out: see `undelivered`.
    """
    said: list[str | int | datetime | None]
    said = [State.LET_GO.value, current_company(), kind, one, State.WAITING.value]
    said += [connection.ops.adapt_datetimefield_value(at), State.DEAD.value, State.SENT.value]
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [*said, Way.OUTBOX.value])
        return int(cursor.rowcount)


def hold_everything(*, at: datetime, why: str = "restored") -> int:
    """Stop all messages of all companies until a person decides; return how many companies hold."""
    count = 0
    for company_id in Company.objects.order_by("id").values_list("id", flat=True):
        with company_scope(company_id), transaction.atomic():
            if not Hold.objects.filter(ended_at__isnull=True).exists():
                held = Hold(company_id=company_id, since=at, why=why)
                held.save()
                subject = history.Subject(company_id, "hold", held.pk)
                history.write(subject, "held", actor_id=None, at=at, payload={"why": why})
            count += 1
    return count


@transaction.atomic
def end_hold(*, actor: Actor, choice: str, at: datetime) -> int:
    """End the hold: send what waited, or let it go; return how many waited.

    Errors: Forbidden, E-CHOICE, E-STATE where nothing is held.
    """
    demand(actor, Verb.RUN_OUTBOX)
    if choice not in set(Release):
        raise Problem("E-CHOICE", "choice", "Choose one of the list.", "请从列表中选择一项。")
    with company_scope(actor.company_id):
        held: Hold | None = Hold.objects.select_for_update().filter(ended_at__isnull=True).first()
        if held is None:
            raise Problem(
                "E-STATE",
                "choice",
                "Messages are not held any more. Look at the list.",
                "消息已不在暂缓状态。请查看列表。",
            )
        rows = Message.objects.across_parts().filter(state=State.WAITING)
        old = rows.filter(created_at__lte=held.since)
        count = old.count()
        if choice == Release.LET_GO:
            old.update(state=State.LET_GO, reason="after_restore")
        Hold.objects.filter(id=held.pk).update(ended_at=at, ended_by_id=actor.account_id)
        subject = history.Subject(actor.company_id, "hold", held.pk)
        said: dict[str, history.Plain] = {"choice": choice, "n": count}
        history.write(subject, "ended", actor_id=actor.account_id, at=at, payload=said)
        return count


@transaction.atomic
def read(*, actor: Actor, message_ids: Collection[int] | None, at: datetime) -> int:
    """Mark one's own messages as read, some or all; return how many were new."""
    with company_scope(actor.company_id):
        rows = Message.objects.across_parts().filter(
            account_id=actor.account_id, read_at__isnull=True
        )
        if message_ids is not None:
            rows = rows.filter(id__in=list(message_ids))
        return int(rows.update(read_at=at))


def drop_bodies(*, at: datetime) -> int:
    """Drop the words of messages that ended ninety days ago, in every company; return how many."""
    count = 0
    for company_id in Company.objects.order_by("id").values_list("id", flat=True):
        with company_scope(company_id):
            rows = Message.objects.across_parts().filter(
                created_at__lt=at - KEPT, dropped_at__isnull=True
            )
            ended = rows.exclude(state=State.WAITING)
            count += ended.update(title="", body="", values={}, sealed="", dropped_at=at)
    return count
