"""Links for owners: made at the desk, opened once; a look at the page itself opens nothing."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe

from django.core.signing import Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare

from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.privacy.models import FileLink
from anju.privacy.queries import PersonLooks, looks_of
from anju.privacy.rules.links import LASTS, company_of_token, drawn_anew, open_now, token_hash
from anju.register.access import Actor, Verb
from anju.register.models import Company
from anju.register.residents import person_for


@transaction.atomic
def make_link(*, actor: Actor, person_id: int, at: datetime) -> str:
    """Return the secret of a new link to who looked at a person's data; earlier ones end."""
    with company_scope(actor.company_id):
        person = person_for(actor, person_id, Verb.SEE_LOOKS)
        FileLink.objects.filter(person=person, used_at__isnull=True).delete()
        token = f"{actor.company_id}-{token_urlsafe(16)}"
        FileLink(
            company_id=actor.company_id,
            project_id=person.project_id,
            person=person,
            account_id=actor.account_id,
            token_hash=token_hash(token),
            made_at=at,
            expires_at=at + LASTS,
        ).save()
        subject = history.Subject(actor.company_id, "person", person.pk)
        history.write(subject, "looks_link_made", actor_id=actor.account_id, at=at)
        return token


def waits(token: str, *, at: datetime) -> Company | None:
    """Return whose link it is while it can be opened; None for any other, whatever the cause."""
    company_id = company_of_token(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        row = FileLink.objects.filter(token_hash=token_hash(token)).first()
        if row is None or not open_now(expires=row.expires_at, used=row.used_at, at=at):
            return None
        return Company.objects.get(id=row.company_id)


@transaction.atomic
def open_link(*, token: str, at: datetime) -> PersonLooks | None:
    """Spend a link and return who looked; None where it was spent, is over or never was."""
    company_id = company_of_token(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        rows = FileLink.objects.filter(token_hash=token_hash(token), used_at__isnull=True)
        if not rows.filter(expires_at__gt=at).update(used_at=at):
            return None
        link = FileLink.objects.select_related("person__project").get(token_hash=token_hash(token))
        subject = history.Subject(company_id, "person", link.person_id)
        history.write(subject, "looks_link_opened", actor_id=None, at=at)
        return looks_of(link.person)


def shown_here(token: str) -> str:
    """Return what the page with the list carries, so that it may be drawn anew and the link not.

    Whoever holds the link alone cannot make it.
    """
    return Signer(salt="who looked").signature(token_hash(token))


def draw_anew(*, token: str, proof: str, at: datetime) -> tuple[Company, PersonLooks] | None:
    """Return the list once more to the page that shows it, for a day; None to anybody else.

    It is no second look: nothing is there that the page does not show already, so nothing is
    written.
    """
    company_id = company_of_token(token)
    if company_id is None or not constant_time_compare(proof, shown_here(token)):
        return None
    with company_scope(company_id):
        rows = FileLink.objects.select_related("person__project", "company")
        link = rows.filter(token_hash=token_hash(token)).first()
        if link is None or not drawn_anew(used=link.used_at, at=at):
            return None
        return link.company, looks_of(link.person)
