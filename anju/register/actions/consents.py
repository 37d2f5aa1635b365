"""Writes of what people agreed to and of signs for special care, each with its purpose."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.actions.residents import choice, tell
from anju.register.models import CareKind, CareTag, Channel, Consent, Purpose
from anju.register.residents import care_for, consent_for, person_for

# The words that people agree to, by their version; a change of the words is a new version.
TEXT_VERSION = "2026-11"


@transaction.atomic
def give_consent(
    *, actor: Actor, person_id: int, purpose: str, channel: str, at: datetime
) -> Consent:
    """Note a yes to one purpose; E-CHOICE, E-STATE where it is given already."""
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, Verb.EDIT_OWNERS)
        choice(purpose, tuple(Purpose.values), "purpose")
        choice(channel, tuple(Channel.values), "consent_channel")
        if in_force(person.pk, purpose):
            raise Problem(
                "E-STATE",
                "purpose",
                "This consent is given already. Take it back first to note a new one.",
                "该项同意已登记。如需重新登记，请先撤回。",
            )
        consent = Consent(
            company_id=actor.company_id,
            person=person,
            purpose=purpose,
            text_version=TEXT_VERSION,
            channel=channel,
            given_at=at,
        )
        consent.save()
        tell(actor, "person", person.pk, "consent_given", at=at, purpose=purpose)
        return consent


def in_force(person_id: int, purpose: str) -> bool:
    """Say whether somebody has agreed to a purpose and not taken it back."""
    rows = Consent.objects.filter(person_id=person_id, purpose=purpose)
    return bool(rows.filter(withdrawn_at__isnull=True).exists())


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: int, at: datetime) -> Consent:
    """Take a consent back; signs of care go with the consent that carried them. E-STATE."""
    with company_scope(actor.company_id):
        consent = consent_for(actor, consent_id, Verb.EDIT_OWNERS)
        rows = Consent.objects.filter(id=consent.pk, withdrawn_at__isnull=True)
        if not rows.update(withdrawn_at=at):
            raise Problem(
                "E-STATE",
                "consent",
                "This consent was taken back already.",
                "该项同意已撤回。",
            )
        if consent.purpose == Purpose.CARE:
            CareTag.objects.filter(person_id=consent.person_id).delete()
        said = {"purpose": str(consent.purpose)}
        tell(actor, "person", consent.person_id, "consent_withdrawn", at=at, **said)
        return consent


@transaction.atomic
def add_care(*, actor: Actor, person_id: int, kind: str, purpose: str, at: datetime) -> CareTag:
    """Note a sign of care for a purpose; E-CONSENT where the person has not agreed to it."""
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, Verb.SEE_CARE)
        choice(kind, tuple(CareKind.values), "care_kind")
        text = clean_line(purpose, "care_purpose", most=120)
        if not in_force(person.pk, Purpose.CARE):
            raise Problem(
                "E-CONSENT",
                "care_kind",
                "This person has not agreed to notes on special care. Ask first and note the"
                " consent.",
                "此人尚未同意登记特别关怀信息。请先征得同意并登记。",
            )
        CareTag.objects.filter(person=person, kind=kind).delete()
        tag = CareTag(
            company_id=actor.company_id, person=person, kind=kind, purpose=text, added_at=at
        )
        tag.save()
        tell(actor, "person", person.pk, "care_added", at=at)
        return tag


@transaction.atomic
def drop_care(*, actor: Actor, care_id: int, at: datetime) -> int:
    """Remove a sign of care and return whose it was."""
    with company_scope(actor.company_id):
        tag = care_for(actor, care_id, Verb.SEE_CARE)
        person_id = tag.person_id
        tag.delete()
        tell(actor, "person", person_id, "care_removed", at=at)
        return person_id
