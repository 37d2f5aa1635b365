"""Waves: planned, opened, counted, closed; and what each refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound, Verb
from anju.register.models import Building
from anju.survey import queries
from anju.survey.access import visible_waves, wave_for
from anju.survey.actions.forms import copy_questionnaire
from anju.survey.actions.waves import (
    change_plan,
    close_wave,
    create_wave,
    delete_wave,
    open_wave,
    record_totals,
    revise_wave,
    set_counts,
    set_frame,
    take_step,
)
from anju.survey.models import Wave
from anju.survey.rules.counts import Counts, FrameLine, StratumKind, Totals, TotalsKind
from anju.survey.rules.wave import BatchState, Source, WavePlan, WaveState, WaveVerb
from tests.cast import (
    AT,
    Cast,
    a_plan,
    a_project,
    a_wave,
    answers,
    version_of,
    zhao_of_the_other_company,
)

SATISFIED = ["vs"] * 10 + [None]


def refused(act, code: str, field: str) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    return caught.value


def page(cast: Cast, wave_id: int) -> queries.WavePage:
    with cast.inside():
        return queries.wave_page(wave_id)


def test_a_wave_is_planned_opened_and_closed_with_a_line_of_history_for_each(cast):
    wave = create_wave(actor=cast.quality, plan=a_plan(cast), at=AT)
    assert page(cast, wave.pk).line.state is WaveState.DRAFT
    open_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
    assert page(cast, wave.pk).line.state is WaveState.OPEN
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="试点取消")

    shown = page(cast, wave.pk)
    assert (shown.line.state, shown.line.closed_at) == (WaveState.CLOSED, AT)
    subject = history.Subject(cast.company.id, "wave", wave.pk)
    verbs = list(history.entries(subject).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["planned", "opened", "closed"]
    assert history.verify(subject) == 3


def test_a_wave_without_goal_or_method_cannot_open_and_its_page_says_why(cast):
    plan = a_plan(cast, goal="", method="")
    wave = create_wave(actor=cast.quality, plan=plan, at=AT)

    assert [p.field for p in page(cast, wave.pk).missing] == ["goal", "method"]
    refused(lambda: open_wave(actor=cast.quality, wave_id=wave.pk, at=AT), "E-PLAN", "goal")


def test_the_survey_of_others_opens_without_a_plan(cast):
    plan = WavePlan("2012 第三方", cast.project.id, source=Source.THIRD_PARTY)
    wave = create_wave(actor=cast.quality, plan=plan, at=AT)
    open_wave(actor=cast.quality, wave_id=wave.pk, at=AT)

    assert page(cast, wave.pk).questionnaire is None


def test_half_year_fieldwork_that_overruns_is_taken_and_shown(cast):
    plan = a_plan(
        cast,
        period_label="H1 2012",
        fieldwork_from=date(2012, 6, 18),
        fieldwork_to=date(2012, 7, 12),
    )
    wave = create_wave(actor=cast.quality, plan=plan, at=AT)

    found = page(cast, wave.pk).fieldwork
    assert found is not None
    assert (found.days, found.after) == (25, 12)


def test_returned_above_issued_is_refused_and_nothing_is_written(cast):
    wave = a_wave(cast)
    set_counts(actor=cast.quality, wave_id=wave.pk, counts=Counts(25, 20), at=AT)

    refused(
        lambda: set_counts(actor=cast.quality, wave_id=wave.pk, counts=Counts(25, 26), at=AT),
        "E-COUNT",
        "returned",
    )
    assert page(cast, wave.pk).line.counts == Counts(25, 20)


def test_the_database_itself_refuses_returned_above_issued(cast):
    wave = a_wave(cast)

    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(id=wave.pk).update(issued=25, returned=26)


def test_a_population_below_what_was_issued_is_refused(cast):
    wave = a_wave(cast)
    set_counts(actor=cast.quality, wave_id=wave.pk, counts=Counts(25, 20), at=AT)
    smaller = a_plan(cast, population=24)

    refused(
        lambda: change_plan(actor=cast.quality, wave_id=wave.pk, plan=smaller, at=AT),
        "E-COUNT",
        "issued",
    )


def test_a_frame_shows_planned_issued_returned_and_the_people_whose_answers_are_in(cast):
    wave = a_wave(cast)
    with cast.inside():
        building = Building.objects.get(name="3栋")
    line = FrameLine(StratumKind.BUILDING, "3栋", building.pk, 10, 9, 4, 5)
    stratum = FrameLine(StratumKind.STRATUM, "租户", None, 5)
    lines = [line, stratum]
    set_frame(actor=cast.quality, wave_id=wave.pk, lines=lines, at=AT)
    answers(wave, [SATISFIED] * 3, building_label="3栋", building_id=building.pk)

    shown = page(cast, wave.pk)
    assert [(p.line, p.people) for p in shown.frame] == [(line, 3), (stratum, 0)]
    with cast.inside():
        assert queries.wave_frame(wave.pk).frame == tuple(lines)


def test_a_frame_may_not_name_the_building_of_another_company(cast):
    wave = a_wave(cast)
    line = FrameLine(StratumKind.BUILDING, "x", 999_999, 10)

    with pytest.raises(NotFound):
        set_frame(actor=cast.quality, wave_id=wave.pk, lines=[line], at=AT)


def test_published_totals_are_kept_as_points_and_refused_as_people(cast):
    wave = a_wave(cast)
    points = Totals("2009", TotalsKind.POINTS, 1920, 2000, 25, 20)
    record_totals(actor=cast.quality, wave_id=wave.pk, totals=points, at=AT)

    assert [t.totals for t in page(cast, wave.pk).totals] == [points]
    people = Totals("2009", TotalsKind.PEOPLE, 1920, 2000, 25, 20)
    refused(
        lambda: record_totals(actor=cast.quality, wave_id=wave.pk, totals=people, at=AT),
        "E-SHARE",
        "kind",
    )
    assert [t.totals for t in page(cast, wave.pk).totals] == [points]


def test_a_wave_below_its_plan_closes_only_with_a_reason(cast):
    wave = a_wave(cast, planned=20)
    answers(wave, [SATISFIED] * 19)

    refused(
        lambda: close_wave(actor=cast.quality, wave_id=wave.pk, at=AT), "E-PLAN-SHORT", "reason"
    )
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="停电三天")
    assert page(cast, wave.pk).short_reason == "停电三天"


def test_a_closed_wave_changes_no_more(cast):
    wave = a_wave(cast)
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="试点取消")
    who = {"actor": cast.quality, "wave_id": wave.pk, "at": AT}

    for act in (
        lambda: open_wave(**who),
        lambda: close_wave(**who),
        lambda: delete_wave(**who),
        lambda: set_counts(counts=Counts(25, 20), **who),
        lambda: set_frame(lines=[], **who),
        lambda: change_plan(plan=a_plan(cast), **who),
    ):
        refused(act, "E-STATE", "wave")


def test_a_wave_without_any_answer_closes_only_with_a_reason(cast):
    wave = a_wave(cast)
    published = a_wave(cast, source=Source.PUBLISHED)
    total = Totals("总体", TotalsKind.POINTS, 1920, 2000)
    record_totals(actor=cast.quality, wave_id=published.pk, totals=total, at=AT)

    problem = refused(
        lambda: close_wave(actor=cast.quality, wave_id=wave.pk, at=AT), "E-PLAN-SHORT", "reason"
    )
    assert "back to planning" in problem.text("en")
    close_wave(actor=cast.quality, wave_id=published.pk, at=AT)


def test_a_wave_opened_by_mistake_goes_back_to_planning_and_can_be_deleted(cast):
    wave = a_wave(cast)
    revise_wave(actor=cast.quality, wave_id=wave.pk, at=AT)

    assert page(cast, wave.pk).line.state is WaveState.DRAFT
    open_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
    revise_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
    delete_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
    subject = history.Subject(cast.company.id, "wave", wave.pk)
    verbs = list(history.entries(subject).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["planned", "opened", "revised", "opened", "revised", "deleted"]


@pytest.mark.parametrize("state", [BatchState.LIVE, BatchState.STAGED])
def test_a_wave_with_answers_stays_open(cast, state):
    wave = a_wave(cast)
    answers(wave, [SATISFIED], state=state)

    refused(lambda: revise_wave(actor=cast.quality, wave_id=wave.pk, at=AT), "E-STATE", "wave")
    assert page(cast, wave.pk).line.state is WaveState.OPEN


def test_only_a_draft_can_be_deleted(cast):
    draft = create_wave(actor=cast.quality, plan=a_plan(cast), at=AT)
    opened = a_wave(cast)
    delete_wave(actor=cast.quality, wave_id=draft.pk, at=AT)

    refused(lambda: delete_wave(actor=cast.quality, wave_id=opened.pk, at=AT), "E-STATE", "wave")
    with cast.inside():
        assert [line.id for line in queries.wave_lines()] == [opened.pk]


def test_a_draft_questionnaire_cannot_be_asked(cast):
    copy = copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)

    refused(
        lambda: create_wave(actor=cast.quality, plan=a_plan(cast, version_id=copy.pk), at=AT),
        "E-REF",
        "version",
    )


def test_the_questionnaire_stays_once_there_are_answers(cast):
    wave = a_wave(cast)
    answers(wave, [SATISFIED])
    other = a_plan(cast, version_id=version_of(cast, "repair").pk)

    refused(
        lambda: change_plan(actor=cast.quality, wave_id=wave.pk, plan=other, at=AT),
        "E-STATE",
        "version",
    )


def test_a_title_stands_once_in_a_project(cast):
    wave = a_wave(cast)
    again = a_plan(cast, title=wave.title)

    refused(lambda: create_wave(actor=cast.quality, plan=again, at=AT), "E-NAME-TAKEN", "title")


def test_answers_of_a_batch_that_is_not_live_are_nowhere(cast):
    wave = a_wave(cast)
    answers(wave, [SATISFIED] * 2)
    answers(wave, [SATISFIED] * 5, state=BatchState.STAGED)
    answers(wave, [SATISFIED] * 7, state=BatchState.REVERTED)

    with cast.inside():
        assert queries.wave_page(wave.pk).line.people == 2
        assert queries.wave_frame(wave.pk).people == 2
        assert queries.wave_lines(cast.project.id)[0].rows == 2


def test_a_project_without_a_wave_for_a_year_is_named(cast):
    wave = a_wave(cast)
    with cast.inside():
        ended = Wave.objects.get(id=wave.pk).fieldwork_to
        assert queries.unasked_projects(ended + timedelta(days=364)) == ()
        assert queries.unasked_projects(ended + timedelta(days=365)) == ("翠湖苑",)


def test_another_companys_wave_is_missing_and_the_desk_may_not_change_one(cast):
    wave = a_wave(cast)
    zhao = zhao_of_the_other_company()

    with pytest.raises(NotFound):
        close_wave(actor=zhao, wave_id=wave.pk, at=AT)
    with pytest.raises(Forbidden):
        close_wave(actor=cast.desk, wave_id=wave.pk, at=AT)
    with cast.inside():
        assert wave_for(cast.desk, wave.pk, Verb.SEE_SURVEYS).pk == wave.pk
        assert visible_waves(cast.desk).count() == 1


def test_a_wave_may_follow_an_earlier_one_and_stays_in_its_project(cast):
    first = a_wave(cast)
    later = a_wave(cast, base_wave_id=first.pk)
    assert page(cast, later.pk).base_wave == first.title

    other = a_project(cast.quality, "云台", buildings={})
    moved = a_plan(cast, project_id=other.pk)
    refused(
        lambda: change_plan(actor=cast.quality, wave_id=later.pk, plan=moved, at=AT),
        "E-REF",
        "project",
    )


def test_a_plan_can_be_changed_while_the_wave_is_open(cast):
    wave = a_wave(cast)
    plan = a_plan(cast, title="新名称", planned=18)
    change_plan(actor=cast.quality, wave_id=wave.pk, plan=plan, at=AT)

    assert page(cast, wave.pk).line.plan == plan


def test_whoever_comes_second_is_told_to_load_the_page_again(cast):
    wave = a_wave(cast)
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="试点取消")

    with cast.inside():
        refused(lambda: take_step(wave, WaveVerb.PLAN), "E-STALE", "wave")
