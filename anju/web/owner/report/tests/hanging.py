"""Codes that hang, and owners who scan them; for the tests of the pages behind them."""

from __future__ import annotations

from django.test import Client

from anju.kernel.pure.clock import utc_now
from anju.register.models import Building, Unit
from anju.voice.actions.hanging import hang
from anju.voice.actions.receiving import Place
from anju.voice.actions.seeding import give_defaults
from anju.voice.places import to_print
from tests.cast import HER_BUILDING, HER_UNIT, Cast

KEY = "k" * 22


def a_code(cast: Cast, *, door: bool = False, spot: str = "") -> str:
    """Hang a code in Mrs Li's lobby, or at her door, and return its secret."""
    give_defaults(company_id=cast.company.id, at=utc_now())
    with cast.inside():
        house = Building.objects.get(name=HER_BUILDING, project=cast.project)
        link = hang(
            actor=cast.desk,
            place=Place(cast.project.pk, None, house.pk, spot),
            door=HER_UNIT if door else "",
            at=utc_now(),
        )
        return to_print(cast.desk, link)[1]


def her_unit(cast: Cast) -> Unit:
    """Return her home; call it inside the company."""
    found: Unit = Unit.objects.get(building__name=HER_BUILDING, number=HER_UNIT)
    return found


def phone(language: str = "zh-hans", *, care: bool = False) -> Client:
    """Return an owner's browser: no account, and forged requests are checked."""
    made = Client(enforce_csrf_checks=True)
    made.cookies["anju-language"] = language
    made.cookies["anju-care"] = "1" if care else "0"
    return made


def form(**more: str) -> dict[str, str]:
    """Return what the second page sends."""
    usual = {"kind": "repair", "what": "water", "key": KEY, "step": "2", "words": "厨房水管漏水"}
    return {**usual, **more}
