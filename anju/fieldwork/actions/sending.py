"""Sends the messages of a stage in the background: begun by a person, done part by part by a worker.

Each part is whole: its messages, its approaches and its entry in the history. A worker that dies
leaves what is done; the job goes on with the homes that have not had the message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from anju.fieldwork.actions.asking import (
    COUNTED_AT_ONCE,
    Address,
    Going,
    post_letters,
    refuse_closed,
    round_now,
)
from anju.fieldwork.asking import Letter, Round, refuse_unwritable
from anju.fieldwork.models import Approach
from anju.fieldwork.rules.approach import Stage, refuse_unexpected
from anju.fieldwork.sendings import SENDING, sending_of
from anju.kernel import history, tasks
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Plain, Run, handles
from anju.register.access import Actor, Verb
from anju.survey.access import wave_for
from anju.survey.actions.keeping import locked
from anju.survey.models import Invitation, Wave

PART = 500
# Stands for a home's own secret in the address that the job is begun with.
PLACE = "home-link"


def start_sending(
    *, actor: Actor, wave_id: int, going: Going, address: Address, at: datetime
) -> int:
    """Begin to send the messages of a stage; return the job. The same form twice begins once.

    Errors: NotFound, E-STATE where the survey takes none or messages are being sent, E-IDEM-…,
    E-CONFIRM without the tick, E-STALE where the number of homes is another than was confirmed.
    """
    with transaction.atomic(), company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        refuse_closed(wave, at)
        said = {"stage": int(going.stage), "expected": going.expected}
        asked = Asked(actor.company_id, f"wave-send:{wave.pk}", going.key, said)
        return int(once(asked, lambda: _begun(actor, wave.pk, going, address, at), at=at).answer)


def _begun(actor: Actor, wave_id: int, going: Going, address: Address, at: datetime) -> str:
    wave = locked(wave_id)
    _refuse_busy(wave_id)
    found = going.expected
    if Invitation.objects.filter(wave=wave).count() <= COUNTED_AT_ONCE:
        found = len(round_now(wave, going.stage, address, at).letters)
    refuse_unexpected(going.expected, found, agreed=going.agreed)
    refuse_unwritable(going.stage)
    argument: dict[str, Plain] = {
        "expected": going.expected,
        "wave": wave_id,
        "stage": going.stage.value,
        "address": address(PLACE),
    }
    by = {"company_id": actor.company_id, "actor_id": actor.account_id}
    return str(tasks.start(SENDING, at=at, argument=argument, **by).id)


def _refuse_busy(wave_id: int) -> None:
    now = sending_of(wave_id)
    if now is not None and now.open:
        raise Problem(
            "E-STATE",
            "agreed",
            "Messages of this survey are being sent. Wait until that is done.",
            "本次调查的消息正在发送中。请等待发送完成。",
        )


@handles(SENDING)
def do_sending(run: Run) -> dict[str, Plain]:
    """Do the background job; return to how many homes messages went.

    Errors: E-STATE where the survey takes none now, E-STALE where more homes wait than were confirmed.
    """
    wave = Wave.objects.select_related("project").get(id=int(str(run.argument["wave"])))
    refuse_closed(wave, run.at)
    before, _, after = str(run.argument["address"]).rpartition(PLACE)
    stage = Stage(int(str(run.argument["stage"])))
    run.report(done=0, total=None, step="who")
    found = round_now(wave, stage, lambda token: f"{before}{token}{after}", run.at)
    total, expected = len(found.letters), int(str(run.argument["expected"]))
    if total > expected:  # who answered meanwhile is not written to; nobody comes in unasked
        refuse_unexpected(expected, total, agreed=True)
    sent = done = 0
    for part in _parts(found.letters):
        sent += _send_part(run, wave, found, part)
        done += len(part)
        run.report(done=done, total=total, step="sending")
    return {"stage": stage.value, "homes": sent}


def _parts(letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    for first in range(0, len(letters), PART):
        yield letters[first : first + PART]


@transaction.atomic
def _send_part(run: Run, wave: Wave, found: Round, part: Sequence[Letter]) -> int:
    """Send to the homes of a part that are still silent and have not had the message."""
    locked(wave.pk)
    silent = Invitation.objects.filter(
        id__in=[letter.invitation_id for letter in part],
        submitted_at__isnull=True,
        revoked_at__isnull=True,
    )
    there = Approach.objects.filter(
        wave=wave, stage=found.stage, unit_id__in=[letter.unit_id for letter in part]
    )
    open_, had = (
        set(silent.values_list("id", flat=True)),
        set(there.values_list("unit_id", flat=True)),
    )
    letters = [one for one in part if one.invitation_id in open_ and one.unit_id not in had]
    posted = post_letters(wave, found, letters, run.at)
    if posted.homes:
        subject = history.Subject(run.company_id, "wave", wave.pk)
        said = posted.said(found.stage)
        history.write(subject, "owners_written_to", actor_id=run.actor_id, at=run.at, payload=said)
    return posted.homes
