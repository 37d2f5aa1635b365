"""Writes to the homes of a survey: invitations, and at most two reminders. Also the rest between surveys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.fieldwork.asking import (
    STAGES,
    SUBJECT,
    Homes,
    Letter,
    Round,
    Words,
    open_links,
    refuse_unwritable,
    resting,
    round_of,
    secrets_of,
    template_for,
)
from anju.fieldwork.counting import Counted, counted
from anju.fieldwork.days import today_of
from anju.fieldwork.models import Approach, RestRule
from anju.fieldwork.needed import Needless
from anju.fieldwork.rules.approach import Stage, refuse_rest, refuse_unexpected
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.desk import withdraw
from anju.notify.actions.post import post_many
from anju.notify.rules.words import both
from anju.register.access import Actor, Verb, demand
from anju.register.models import Company
from anju.survey.access import wave_for
from anju.survey.actions.keeping import locked
from anju.survey.actions.waves import tell
from anju.survey.forms import form_plan
from anju.survey.models import Invitation, QuestionnaireVersion, Wave
from anju.survey.rules.questionnaire import minutes
from anju.survey.rules.wave import WaveState

Address = Callable[[str], str]
# So many homes are counted one by one before the answer to who confirmed; more, by the worker.
COUNTED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Going:
    """What a person confirmed: the stage, to how many homes, and that it shall go out."""

    stage: Stage
    expected: int
    agreed: bool
    key: str


def prepare(*, actor: Actor, wave_id: int, stage: Stage, address: Address, at: datetime) -> Round:
    """Return whom a stage would reach now; nothing is written. `address` makes a link's address.

    Errors: NotFound, E-STATE where the survey is not open or has ended.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        refuse_closed(wave, at)
        return round_now(wave, stage, address, at)


def count_round(
    *, actor: Actor, wave_id: int, stage: Stage, address: Address, at: datetime
) -> Counted:
    """Return how many homes a stage would reach now, and why others are left out; writes nothing.

    Errors: as `prepare`.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        refuse_closed(wave, at)
        many = Invitation.objects.filter(wave=wave).count() > COUNTED_AT_ONCE
        found = counted(wave, stage, at) if many else None
        if found is not None:
            return found
        exact = round_now(wave, stage, address, at)
        return Counted(len(exact.letters), exact.left_out, exact.rest_days)


def round_now(wave: Wave, stage: Stage, address: Address, at: datetime) -> Round:
    """Return whom a stage of a wave would reach now; the caller looked it up before."""
    rows = open_links(wave)
    links = {key: address(token) for key, token in secrets_of(rows).items()}
    return round_of(wave, stage, words=_words(wave), homes=Homes(rows, links), at=at)


def _words(wave: Wave) -> Words:
    company = Company.objects.get(id=wave.company_id)
    version = QuestionnaireVersion.objects.get(id=wave.version_id)
    until = wave.fieldwork_to.isoformat() if wave.fieldwork_to else "–"
    return Words(
        company=company.name,
        phone=company.phone or both("服务中心", "the service centre"),
        project=wave.project.name,
        survey=wave.title,
        minutes=minutes(form_plan(version)),
        until=until,
    )


def refuse_closed(wave: Wave, at: datetime) -> None:
    """Raise E-STATE where a survey is not open or its last day has passed."""
    ended = wave.fieldwork_to is not None and wave.fieldwork_to < today_of(at)
    if wave.state != WaveState.OPEN or wave.version_id is None or ended:
        raise Problem(
            "E-STATE",
            "wave",
            "Owners are written to while the survey is open and before its last day has passed.",
            "只有调查进行中且未过截止日期时才能发送邀请。",
        )
    if wave.keeper_id is not None:
        raise Problem(
            "E-STATE",
            "wave",
            "An independent consultant keeps this survey, and messages of the company would show"
            " its links to staff. Print slips or posters instead.",
            "本次调查由独立顾问保管答卷，而公司发出的消息会让员工看到链接。请改为打印纸条或海报。",
        )


def send(*, actor: Actor, wave_id: int, going: Going, address: Address, at: datetime) -> int:
    """Put the messages of a stage into the outbox at once; return to how many homes they go.

    A page begins it in the background instead: see `sending`. The same form twice sends once.
    Errors: NotFound, E-STATE, E-IDEM-…, E-CONFIRM without the tick, E-STALE where the number of
    homes is another than the one that was confirmed.
    """
    with transaction.atomic(), company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        refuse_closed(wave, at)
        said = {"stage": int(going.stage), "expected": going.expected}
        asked = Asked(actor.company_id, f"wave-send:{wave.pk}", going.key, said)
        done = once(asked, lambda: _sent(actor, wave.pk, going, address, at), at=at)
        return int(done.answer)


def _sent(actor: Actor, wave_id: int, going: Going, address: Address, at: datetime) -> str:
    wave = locked(wave_id)
    found = round_now(wave, going.stage, address, at)
    refuse_unexpected(going.expected, len(found.letters), agreed=going.agreed)
    refuse_unwritable(going.stage)
    posted = post_letters(wave, found, found.letters, at)
    tell(actor, wave, "owners_written_to", at=at, payload=posted.said(found.stage))
    return str(posted.homes)


@dataclass(frozen=True, slots=True)
class Posted:
    """To how many homes letters went, and how many earlier ones they replace that nobody had yet."""

    homes: int
    replaced: int

    def said(self, stage: Stage) -> dict[str, history.Plain]:
        """Return what the history says of it."""
        replaced: dict[str, history.Plain] = {"replaced": self.replaced} if self.replaced else {}
        return {"stage": stage.value, "homes": self.homes, **replaced}


def post_letters(wave: Wave, found: Round, letters: Sequence[Letter], at: datetime) -> Posted:
    """Put letters of a round into the outbox and note each home that is reached; return how many.

    An earlier message of the survey that the home never had is withdrawn: this one stands for it.
    Part of other actions, which hold the wave and write the history.
    """
    notes = [letter.note for letter in letters]
    days = resting(found.stage, found.rest_days)
    posted = post_many(template_for(found.stage), notes, at=at, days=days)
    reached = {note.about.id for note in posted.notes}
    rows = [
        Approach(
            company_id=wave.company_id,
            wave=wave,
            unit_id=letter.unit_id,
            person_id=letter.person_id,
            stage=found.stage.value,
            at=at,
        )
        for letter in letters
        if letter.invitation_id in reached
    ]
    Approach.objects.bulk_create(rows, batch_size=500)
    stage = STAGES[found.stage]
    replaced = withdraw(SUBJECT, reached, why=Needless.REPLACED, at=at, but=stage)
    return Posted(len(rows), replaced)


@transaction.atomic
def set_rest(*, actor: Actor, days: int, at: datetime) -> None:
    """Set for how many days a home is left in peace after it was asked. Errors: E-NUM-RANGE."""
    refuse_rest(days)
    with company_scope(actor.company_id):
        demand(actor, Verb.EDIT_SURVEYS)
        row = RestRule.objects.first()
        if row is not None and row.days == days:
            return
        if row is None:
            RestRule(company_id=actor.company_id, days=days).save()
        else:
            RestRule.objects.filter(id=row.pk).update(days=days)
        subject = history.Subject(actor.company_id, "company", actor.company_id)
        said: dict[str, history.Plain] = {"days": days}
        history.write(subject, "rest_set", actor_id=actor.account_id, at=at, payload=said)
