"""What the other parts of the stage leave empty: every table of the company gets a row.

Drafts, wishes, a hold, a seal, a sample, letters, doors, counts of paper, and somebody erased.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from secrets import token_urlsafe
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps

from anju.drafts.actions import saving
from anju.fieldwork.actions.asking import Going, prepare, send, set_rest
from anju.fieldwork.actions.doors import note_door
from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.paper import count_forms
from anju.fieldwork.rules.approach import OutcomeKind, Stage
from anju.fieldwork.rules.counts import BuildingForms
from anju.fieldwork.rules.sample import Sample
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import CompanyRow
from anju.notify.actions import desk, wishes
from anju.notify.actions.following import follow
from anju.privacy.actions import erase
from anju.register.access import Actor, Role
from anju.register.actions.consents import give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Person
from anju.seals.actions.sealing import seal_company
from anju.survey.models import Invitation
from tests.cast import Cast

Word = Callable[[int], str]


def company_models() -> Iterator[type[Any]]:
    """Yield every model whose rows belong to a company."""
    return (model for model in apps.get_models() if issubclass(model, CompanyRow))


def rows_of(model: type[Any], company_id: int) -> int:
    """Count a company's rows of a table, over every scope."""
    return int(model._base_manager.filter(company_id=company_id).count())


def empty_tables(company_id: int) -> list[str]:
    """Return the company tables in which a company has no row, by name."""
    return [str(model._meta.label) for model in company_models() if not rows_of(model, company_id)]


def fill(cast: Cast, word: Word, wave_id: int) -> dict[str, tuple[object, ...]]:
    """Fill what is empty, by the actions that people use, beside a wave asked by link; return ids."""
    quality, at = cast.quality, utc_now()
    key = saving.Key("finding-new")
    window = saving.Window(token_urlsafe(8))
    saving.save(actor=quality, key=key, fields={"title": [word(200)]}, window=window, at=at)
    wishes.choose(actor=quality, wishes=wishes.chosen([], by_mail=True, digest=True), at=at)
    _asked(cast, word, wave_id)
    _erased(cast, word, wave_id)
    with cast.inside():
        followed = Person.objects.order_by("id")[0].pk
    follow(company_id=quality.company_id, person_id=followed, openid="o" + word(12), at=at)
    desk.hold_everything(at=at)
    desk.end_hold(actor=cast.actors[Role.ADMINISTRATOR], choice="let_go", at=at)
    desk.hold_everything(at=at)
    seal_company(cast.company.pk, at=at)
    return {"pk": (_passkey(cast, word),)}


def _passkey(cast: Cast, word: Word) -> int:
    """Give the administrator a key for the second step, as a browser would have made it."""
    account_id = cast.administrator.account_id
    data = {"name": word(60), "credential": {"clientExtensionResults": {}}}
    made = Authenticator(user_id=account_id, type=Authenticator.Type.WEBAUTHN, data=data)
    made.save()
    return int(made.pk)


def _home(cast: Cast, wave_id: int, number: int) -> Invitation:
    """Return the invitation of a home by its number; the first five are spoken for."""
    with cast.inside():
        rows = Invitation.objects.across_parts().select_related("unit")
        found: Invitation = rows.get(wave_id=wave_id, number=number)
        return found


def _lives(quality: Actor, unit_id: int, name: str) -> int:
    draft = MoveIn(PersonDraft(name, "13900139000"), "owner", date(2020, 1, 1))
    return int(move_in(actor=quality, unit_id=unit_id, draft=draft, at=utc_now()).person_id)


def _asked(cast: Cast, word: Word, wave_id: int) -> None:
    """Write to a home that agreed, find one that refuses, count paper, and draw a sample."""
    quality, at = cast.quality, utc_now()
    act: dict[str, Any] = {"actor": quality, "wave_id": wave_id, "at": at}
    home, door = _home(cast, wave_id, 6), _home(cast, wave_id, 7)
    person = _lives(quality, home.unit_id, word(80))
    give_consent(actor=quality, person_id=person, purpose="survey", channel="paper", at=at)
    set_rest(actor=quality, days=30, at=at)
    round_ = prepare(stage=Stage.INVITE, address=_address, **act)
    going = Going(Stage.INVITE, len(round_.letters), agreed=True, key=token_urlsafe(16))
    send(going=going, address=_address, **act)
    note_door(unit_id=door.unit_id, found=OutcomeKind.REFUSED, **act)
    count_forms(lines=[BuildingForms(home.unit.building_id, 3, 2)], **act)
    draw_invitations(sample=Sample(size=3, seed=1), **act)


def _address(token: str) -> str:
    return f"https://anju.example/o/s/{token}/"


def _erased(cast: Cast, word: Word, wave_id: int) -> None:
    """Let somebody move in and erase her."""
    person_id = _lives(cast.quality, _home(cast, wave_id, 8).unit_id, word(80))
    with cast.inside():
        name = Person.objects.across_parts().get(id=person_id).name
    order = erase.Order(person_id, "mistake", name)
    erase.erase(actor=cast.quality, order=order, at=utc_now())
