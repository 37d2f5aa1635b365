"""Verdicts stand beside a survey by dimension, with their own base, and hide under five homes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.kinds import CaseKind, Channel, Mode
from anju.casework.visits import Solved
from anju.insight.heard import heard_of
from anju.register.models import Unit
from anju.voice.models import Case, Verdict
from tests.cast import AT, Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def verdicts(cast: Cast, reasons: list[list[str]], *, restricted: bool = False) -> None:
    """Let one home after the other give a verdict with its reasons."""
    units = list(Unit.objects.filter(building__project=cast.project).order_by("id"))
    for place, said in enumerate(reasons):
        unit = units[place]
        case = Case(
            company_id=cast.company.id, number=Case.objects.count() + 1, project=cast.project,
            building_id=unit.building_id, unit=unit, kind=CaseKind.REPAIR.value,
            channel=Channel.PHONE.value, received_at=AT, clock_from=AT, restricted=restricted,
        )  # fmt: skip
        case.save()
        Verdict(
            company_id=cast.company.id, case=case, solved=Solved.YES.value, reasons=said,
            mode=Mode.PHONE.value, at=AT,
        ).save()  # fmt: skip


def test_reasons_count_for_their_dimension_once_a_verdict(cast):
    with cast.inside():
        verdicts(cast, [["-speed"]] * 4 + [["+speed", "+price", "+explained"]] * 2 + [[]])
        found = heard_of(cast.project.pk, until=AT + timedelta(days=1))

    assert (found.n, found.homes, found.few) == (7, 7, False)
    told = {line.code: (line.praised, line.blamed) for line in found.lines}
    assert told == {"responsiveness": (2, 4), "trust": (None, None)}


@pytest.mark.parametrize(("homes", "restricted"), [(4, False), (6, True)])
def test_few_homes_and_the_managers_mailbox_are_not_told(cast, homes, restricted):
    with cast.inside():
        verdicts(cast, [["-speed"]] * homes, restricted=restricted)
        found = heard_of(cast.project.pk, until=AT + timedelta(days=1))

    assert found.few
    assert (found.n, found.lines) == (0, ())


def test_what_is_older_than_a_year_or_of_another_project_is_not_heard(cast):
    with cast.inside():
        verdicts(cast, [["-speed"]] * 6)
        assert heard_of(cast.project.pk, until=AT + timedelta(days=366)).few
        assert heard_of(cast.project.pk + 1, until=AT + timedelta(days=1)).few
