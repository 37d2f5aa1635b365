"""What a case holds about people goes with them, and stays with others."""

from __future__ import annotations

from datetime import date

import pytest

from anju.casework.kinds import CaseKind, Channel
from anju.privacy.actions.erase import Order, erase
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.voice.actions import receiving, writing
from anju.voice.models import Case, CaseNote
from anju.voice.tests.making import AT, a_report, her_home
from tests.cast import MRS_LI, Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def told_by(cast: Cast, person_id: int | None, **more: object) -> Case:
    report = a_report(cast, teller=receiving.Teller(person_id, "李秀兰"), **more)
    return receiving.receive(actor=cast.desk, report=report, at=AT)


def test_an_erasure_empties_the_words_of_who_told_wherever_the_case_lies(cast):
    with cast.inside():
        unit = her_home(cast)
    hers = MoveIn(PersonDraft(MRS_LI, "13800138000"), "owner", date(2024, 1, 1))
    his = MoveIn(PersonDraft("李建国", "13800138001"), "family", date(2024, 1, 1))
    person = move_in(actor=cast.quality, unit_id=unit.pk, draft=hers, at=AT).person
    husband = move_in(actor=cast.quality, unit_id=unit.pk, draft=his, at=AT).person
    outside = {"place": receiving.Place(cast.project.pk, spot="东门"), "kind": CaseKind.COMPLAINT}
    in_the_open, at_home = told_by(cast, person.pk, **outside), told_by(cast, person.pk)
    of_him = told_by(cast, husband.pk, channel=Channel.DESK)
    writing.write_by_owner(
        company_id=cast.company.id, case_id=in_the_open.pk, words="我晚上在家", at=AT
    )

    erase(actor=cast.quality, order=Order(person.pk, "asked", MRS_LI), at=AT)

    with cast.inside():
        for gone in (in_the_open, at_home):
            row = Case.objects.get(id=gone.pk)
            assert (row.words, row.caller, row.reporter_id, row.token_hash) == ("", "", None, "")
        assert CaseNote.objects.get(case=in_the_open).words == ""
        assert Case.objects.get(id=of_him.pk).words != ""
