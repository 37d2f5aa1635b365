"""A case that waits already: asked to wait again, it refuses by name and keeps its one pause."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.kinds import WaitedFor
from anju.kernel.pure.problems import Problem
from anju.voice.actions import handling
from anju.voice.actions.storing import Edition
from anju.voice.models import Case, CasePause
from anju.voice.refold import faults
from anju.voice.tests.making import AT, a_case
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def test_a_case_told_twice_to_wait_refuses_the_second_and_keeps_one_pause(cast):
    edition, worker = Edition(a_case(cast).pk), cast.manager
    named = handling.Named(worker.account_id)
    handling.accept(actor=cast.desk, edition=edition, named=named, at=AT)
    handling.start(actor=worker, edition=edition, moment=handling.Moment(AT))
    waiting = handling.Waiting(WaitedFor.PART, "等阀芯")
    handling.wait(actor=worker, edition=edition, waiting=waiting, moment=handling.Moment(AT))
    later = AT + timedelta(minutes=1)

    with pytest.raises(Problem) as refused:
        handling.wait(actor=worker, edition=edition, waiting=waiting, moment=handling.Moment(later))

    assert refused.value.code == "E-STATE"
    with cast.inside():
        assert CasePause.objects.count() == 1
        assert not faults(Case.objects.get(id=edition.case_id), at=later)
