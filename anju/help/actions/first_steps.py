"""What is decided about the first steps: put away, taken up again, the usual rules accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.help.queries import DEFAULTS, PUT_AWAY, TAKEN_UP, begun
from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.register.actions.calendar import HoursDraft, make_calendar
from anju.register.calendars import calendar_lines
from anju.register.rules.calendar import USUAL, ZONE
from anju.survey.actions.forms import load_library
from anju.voice.actions.seeding import give_defaults

CALENDAR = {"en": "Office hours", "zh-hans": "办公时间"}


@transaction.atomic
def put_away(*, actor: Actor, at: datetime) -> None:
    """Let the company begin with its surveys instead of the first steps; a second time is nothing."""
    demand(actor, Verb.SET_UP)
    if not begun(actor.company_id).put_away:
        _tell(actor, PUT_AWAY, at)


@transaction.atomic
def take_up(*, actor: Actor, at: datetime) -> None:
    """Show the first steps again at the beginning."""
    demand(actor, Verb.SET_UP)
    if begun(actor.company_id).put_away:
        _tell(actor, TAKEN_UP, at)


@transaction.atomic
def accept_defaults(*, actor: Actor, language: str, at: datetime) -> None:
    """Take the usual rules: a working calendar and the shipped questionnaires where there are none.

    Everything accepted can be changed later on its own page; a second time adds nothing.
    """
    demand(actor, Verb.SET_UP)
    with company_scope(actor.company_id):
        if not calendar_lines():
            name = CALENDAR["zh-hans" if language.startswith("zh") else "en"]
            make_calendar(actor=actor, draft=HoursDraft(name, ZONE, USUAL), at=at)
        load_library(actor=actor, at=at, language=language)
        give_defaults(company_id=actor.company_id, at=at)
        if not begun(actor.company_id).defaults:
            _tell(actor, DEFAULTS, at)


def _tell(actor: Actor, verb: str, at: datetime) -> None:
    subject = history.Subject(actor.company_id, "company", actor.company_id)
    history.write(subject, verb, actor_id=actor.account_id, at=at)
