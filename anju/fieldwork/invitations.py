"""Reads of invitations: what a link leads to, how many answered; never who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hmac import compare_digest
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from anju.fieldwork.rules.links import (
    Moments,
    Standing,
    company_of_token,
    standing,
    token_hash,
)
from anju.kernel.scope import company_scope
from anju.survey.asked import asked_form
from anju.survey.invited import Hold, Home, invited
from anju.survey.models import Invitation, Wave
from anju.survey.rules.answering import Contact, Privacy
from anju.survey.rules.questionnaire import FormPlan


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that the pages behind one link show."""

    company_id: int
    invitation_id: int
    company: str
    phone: str
    project: str
    home: str
    title: str
    privacy: Privacy
    keeper: str
    standing: Standing
    ends: datetime | None
    form: FormPlan
    answers: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    begun: bool
    submitted_at: datetime | None
    late: bool
    contact: Contact
    contact_where: str


def last_moment(day: date | None) -> datetime | None:
    """Return the end of the last day of asking in the installation's zone."""
    if day is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def moments_of(row: Home) -> Moments:
    """Return the instants that decide what an invitation's link leads to."""
    return Moments(
        opened=row.opened_at,
        ends=last_moment(row.fieldwork_to),
        closed=row.closed_at,
        expires=row.expires_at,
        revoked=row.revoked_at,
        seen=row.seen_at,
        submitted=row.submitted_at,
    )


def home_of(token: str, hold: Hold = Hold.NOTHING) -> Home | None:
    """Return the home of a link; call it inside the company that the link names."""
    hashed = token_hash(token)
    found = invited(hashed, hold)
    return found if found is not None and compare_digest(found.token_hash, hashed) else None


def asking(token: str, *, at: datetime) -> Asking | None:
    """Return what a link leads to; None where there is no such link, whatever the reason."""
    company_id = company_of_token(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        row = home_of(token)
        return asking_of(row, at) if row is not None else None


def asking_of(row: Home, at: datetime) -> Asking:
    """Return what the pages behind a home's link show at an instant."""
    moments = moments_of(row)
    return Asking(
        company_id=row.company_id,
        invitation_id=row.id,
        company=row.company,
        phone=row.phone,
        project=row.project,
        home=f"{row.building} {row.unit}",
        title=row.title,
        privacy=Privacy(row.privacy),
        keeper=row.keeper,
        standing=standing(moments, at),
        ends=moments.ends,
        form=asked_form(row.version_id).plan,
        answers=row.answers,
        texts=row.texts,
        begun=row.seen_at is not None,
        submitted_at=row.submitted_at,
        late=row.late,
        contact=Contact(row.contact) if row.contact else Contact.NONE,
        contact_where=row.contact_where,
    )


@dataclass(frozen=True, slots=True)
class Invited:
    """A building with the homes that were asked and those that answered by their link."""

    building: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class LinksPage:
    """A wave's links as staff see them: counts alone."""

    wave_id: int
    privacy: Privacy
    asked: int
    answered: int
    late: int
    buildings: tuple[Invited, ...]


def links_page(wave_id: int) -> LinksPage:
    """Return the progress of a wave's links; the caller looked the wave up before."""
    wave = Wave.objects.get(id=wave_id)
    rows = Invitation.objects.filter(wave_id=wave_id, revoked_at__isnull=True)
    counted = rows.values("unit__building_id", "unit__building__name").annotate(
        asked=Count("id"),
        done=Count("id", filter=Q(submitted_at__isnull=False)),
        after=Count("id", filter=Q(late=True)),
    )
    lines = list(counted.order_by("unit__building_id"))
    return LinksPage(
        wave_id,
        Privacy(wave.privacy),
        asked=sum(line["asked"] for line in lines),
        answered=sum(line["done"] for line in lines),
        late=sum(line["after"] for line in lines),
        buildings=tuple(
            Invited(line["unit__building__name"], line["asked"], line["done"]) for line in lines
        ),
    )
