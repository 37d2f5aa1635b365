"""Findings through the database: written, refused, undone; nothing half-written."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from anju.improve import queries
from anju.improve.actions.boxes import (
    People,
    name_people,
    reopen,
    take_up,
    waive,
    write_cause,
    write_gap,
)
from anju.improve.actions.by_hand import open_at_once
from anju.improve.actions.opening import Draft, Part, add_part, open_by_hand
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding
from anju.improve.rules.boxes import Box, Origin
from anju.improve.rules.states import FindingState
from anju.improve.tests.making import DUE, a_draft, a_finding, a_ready_finding, now, people_of
from anju.improve.waiting import waiting_for
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Forbidden, NotFound, Role
from anju.register.models import Account, Membership
from anju.survey.rules.wave import Source
from tests.cast import AT, a_person, a_project, a_wave, zhao_of_the_other_company


def code_of(act, **given) -> str:
    with pytest.raises(Problem) as refused:
        act(at=AT, **given)
    return refused.value.code


def verbs(cast, finding) -> list[str]:
    subject = history.Subject(cast.company.id, "finding", finding.pk)
    assert history.verify(subject)
    return list(history.entries(subject).order_by("seq").values_list("verb", flat=True))


def test_a_finding_is_red_until_its_four_boxes_are_filled(cast):
    finding = a_finding(cast)
    with cast.inside():
        assert queries.line_of(finding.pk, DUE).empty == (
            Box.CAUSE,
            Box.RESPONSIBLE,
            Box.MEASURE,
        )
        assert queries.line_of(finding.pk, DUE).red

    ready = a_ready_finding(cast)
    with cast.inside():
        assert queries.line_of(ready.pk, DUE).empty == (Box.MEASURE,)


def test_an_old_version_is_refused_and_changes_nothing(cast):
    finding = a_finding(cast)
    old = Edition(finding.pk, finding.version)
    write_gap(actor=cast.quality, edition=old, title="甲", text="甲的话", at=AT)

    stale = code_of(write_gap, actor=cast.manager, edition=old, title="乙", text="乙的话")

    assert stale == "E-STALE"
    assert now(cast, finding).gap == "甲的话"
    assert verbs(cast, finding) == ["opened", "gap_written"]


def test_every_act_writes_one_entry_that_follows_from_the_one_before(cast):
    finding = a_ready_finding(cast)
    waive(actor=cast.quality, edition=Edition(finding.pk), reason="本年度不做", at=AT)
    reopen(actor=cast.quality, edition=Edition(finding.pk), reason="有经费了", at=AT)

    assert verbs(cast, finding) == ["opened", "cause_written", "people_named", "waived", "reopened"]
    assert now(cast, finding).state == FindingState.OPEN
    assert now(cast, finding).reason == ""


def test_no_action_needs_a_reason_a_name_and_the_right(cast):
    finding = a_finding(cast)
    edition = Edition(finding.pk)

    assert code_of(waive, actor=cast.quality, edition=edition, reason="  ") == "E-TEXT-EMPTY"
    with pytest.raises(Forbidden):
        waive(actor=cast.manager, edition=edition, reason="不做", at=AT)
    waive(actor=cast.quality, edition=edition, reason="不做", at=AT)

    assert now(cast, finding).decided_by_id == cast.quality.account_id
    assert code_of(waive, actor=cast.quality, edition=edition, reason="再来") == "E-STATE"


def test_the_database_itself_refuses_a_waiver_without_a_name_and_a_share_without_a_base(cast):
    finding = a_finding(cast)
    with cast.inside():
        rows = Finding.objects.filter(id=finding.pk)
        for wrong in (
            {"state": "waived"},
            {"figure": 41.0},
            {"state": "elsewhere"},
            {"parent_id": finding.pk},
            {
                "responsible_id": cast.quality.account_id,
                "checker_id": cast.quality.account_id,
            },
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**wrong)


def test_people_who_left_cannot_see_it_or_would_check_themselves_are_refused(cast):
    finding = a_finding(cast)
    quality, manager, desk = (
        cast.quality.account_id,
        cast.manager.account_id,
        cast.desk.account_id,
    )

    def refused(responsible: int | None, checker: int | None) -> str:
        people = People(responsible, checker)
        edition = Edition(finding.pk)
        return code_of(name_people, actor=cast.quality, edition=edition, people=people)

    assert refused(None, quality) == "E-MEASURE-NOBODY"
    assert refused(manager, None) == "E-MEASURE-NOBODY"
    assert refused(manager, manager) == "E-MEASURE-SELF"
    assert refused(desk, quality) == "E-MEASURE-RIGHT"
    assert refused(zhao_of_the_other_company().account_id, quality) == "E-MEASURE-NOBODY"
    Account.objects.filter(id=manager).update(is_active=False)
    assert refused(manager, quality) == "E-MEASURE-LEFT"
    Account.objects.filter(id=manager).update(is_active=True)
    with cast.inside():
        Membership.objects.filter(account_id=manager).update(active=False)
    assert refused(manager, quality) == "E-MEASURE-LEFT"
    assert now(cast, finding).responsible_id is None


def test_saving_what_stands_there_already_is_no_event(cast):
    finding = a_ready_finding(cast)
    edition = Edition(finding.pk, finding.version)
    before = verbs(cast, finding)

    name_people(actor=cast.quality, edition=edition, people=people_of(cast), at=AT)
    write_cause(actor=cast.quality, edition=edition, text="路线两年未变", party="property", at=AT)

    assert verbs(cast, finding) == before
    assert now(cast, finding).version == finding.version


def test_somebody_of_another_project_cannot_be_named_and_does_not_see_it(cast):
    elsewhere = a_project(cast.quality, "枫林苑")
    other = a_person(cast.company, Role.MANAGER, mail="second.example", projects=[elsewhere])
    finding = a_finding(cast)
    people = People(other.account_id, cast.quality.account_id)

    edition = Edition(finding.pk)
    named = code_of(name_people, actor=cast.quality, edition=edition, people=people)

    assert named == "E-MEASURE-RIGHT"
    with pytest.raises(NotFound):
        write_cause(actor=other, edition=edition, text="x", party="property", at=AT)


def test_another_companys_finding_does_not_exist(cast):
    finding = a_finding(cast)
    stranger = zhao_of_the_other_company()
    with company_scope(stranger.company_id), pytest.raises(NotFound):
        take_up(actor=stranger, edition=Edition(finding.pk), at=AT)


def test_a_cause_names_a_known_party(cast):
    finding = a_finding(cast)

    wrong = code_of(
        write_cause, actor=cast.quality, edition=Edition(finding.pk), text="x", party="moon"
    )

    assert wrong == "E-CHOICE"


def test_an_imported_problem_is_split_into_parts_with_leaders_before_measures(cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY, consultant="甲咨询")
    draft = Draft(cast.project.pk, "安全感低", "报告第 12 页", wave_id=wave.pk)
    problem = open_by_hand(actor=cast.quality, draft=draft, at=AT)
    with cast.inside():
        line = queries.line_of(problem.pk, DUE)
    assert (line.origin, line.wants_parts) == (Origin.THIRD_PARTY, True)

    at_once = code_of(
        open_at_once,
        actor=cast.quality,
        draft=Draft(
            cast.project.pk, "甲", "乙", "丙", "property", people_of(cast), wave_id=wave.pk
        ),
        measure=a_draft(),
    )
    assert at_once == "E-MEASURE-PART"

    edition = Edition(problem.pk)
    nobody = Part("东门", "东门没有巡逻", People(None, None))
    assert code_of(add_part, actor=cast.quality, edition=edition, part=nobody) == "E-MEASURE-NOBODY"
    named = Part("东门", "东门没有巡逻", people_of(cast))
    part = add_part(actor=cast.quality, edition=edition, part=named, at=AT)

    with cast.inside():
        line = queries.line_of(problem.pk, DUE)
        assert (line.state, line.parts, line.wants_parts) == (FindingState.SPLIT, 1, False)
        assert queries.part_lines(problem.pk, DUE)[0].id == part.pk


def test_a_survey_of_ones_own_or_of_another_project_is_no_survey_of_others(cast):
    own = a_wave(cast)
    draft = Draft(cast.project.pk, "甲", "乙", wave_id=own.pk)

    assert code_of(open_by_hand, actor=cast.quality, draft=draft) == "E-REF"


def test_one_form_writes_all_four_boxes_or_nothing(cast):
    draft = Draft(cast.project.pk, "休息区分数低", "休息区没有座椅", "没有预算", "property")
    before = code_of(open_at_once, actor=cast.quality, draft=draft, measure=a_draft())
    with cast.inside():
        assert (before, Finding.objects.count()) == ("E-MEASURE-NOBODY", 0)

    whole = Draft(cast.project.pk, "休息区", "没有座椅", "没有预算", "property", people_of(cast))
    made = open_at_once(actor=cast.quality, draft=whole, measure=a_draft(), at=AT)

    assert now(cast, made).state == FindingState.SET


def test_what_waits_is_counted_for_the_person_who_must_act(cast):
    a_finding(cast)
    with cast.inside():
        assert waiting_for(cast.quality, DUE) == 1
        assert waiting_for(cast.manager, DUE) == 1
