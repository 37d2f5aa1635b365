"""What an office sets holds from then on, is written down, and never changes what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from anju.casework.defaults import CATEGORIES, LEVELS
from anju.casework.kinds import CaseKind, Severity
from anju.casework.ladder import Rung
from anju.casework.promises import Promised
from anju.casework.settings import Figures, Spoken
from anju.kernel import history, tasks
from anju.kernel.models import Job
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import part_scope
from anju.register.access import Forbidden, NotFound, Role
from anju.terms import settings as reads
from anju.terms.actions import levels
from anju.terms.actions import settings as acts
from anju.terms.actions.levels import LevelDraft
from anju.terms.actions.settings import CategoryDraft
from anju.terms.actions.undoing import Undone, take_back
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Case, Category, LadderRung, ServiceLevel, VoiceRule
from anju.voice.promised import find_level
from anju.voice.tests.making import AT, a_case
from tests.cast import Cast, a_person, a_project, the_cast

TODAY = date(2026, 11, 20)
SOON = {Promised.ACKNOWLEDGE: 10, Promised.RESOLVE: 60}
REPAIRS = LevelDraft(CaseKind.REPAIR, SOON, TODAY)
FIGURES = Figures(0.4, 1, 2, 3, 0.5, 20.0, 200.0, 14)


@pytest.fixture
def cast(db) -> Cast:
    made = the_cast()
    give_defaults(company_id=made.company.id, at=AT)
    return made


def test_a_new_row_ends_the_former_and_what_was_promised_stays(cast):
    before = a_case(cast)
    tomorrow = TODAY + timedelta(days=1)

    key = levels.add_level(actor=cast.quality, draft=replace(REPAIRS, since=tomorrow), at=AT)

    later = a_case(cast, "又漏水", at=AT + timedelta(days=1))
    with cast.inside():
        former = ServiceLevel.objects.get(id=before.level_id)
        again = Case.objects.select_related("level").get(id=before.pk)
    assert (former.until, again.level_id) == (tomorrow, before.level_id)
    assert (later.level_id, again.resolve_due) == (key, before.resolve_due)


def test_the_younger_of_two_rows_of_one_day_holds_and_alone_is_shown(cast):
    levels.add_level(actor=cast.quality, draft=REPAIRS, at=AT)
    second = levels.add_level(actor=cast.quality, draft=REPAIRS, at=AT)

    with cast.inside():
        now = reads.level_lines(cast.quality, TODAY).now
        case = a_case(cast)
    assert [line.id for line in now if line.kind == "repair" and line.base] == [second]
    assert case.level_id == second


def test_a_row_for_a_project_is_nearer_than_the_general_one(cast):
    draft = replace(REPAIRS, project_id=cast.project.pk)
    key = levels.add_level(actor=cast.quality, draft=draft, at=AT)
    assert a_case(cast).level_id == key

    levels.end_level(actor=cast.quality, level_id=key, at=AT + timedelta(days=1))

    assert a_case(cast, at=AT + timedelta(days=1)).level_id != key


def test_the_row_that_a_kind_cannot_be_without_is_not_ended(cast):
    with cast.inside():
        base = next(x for x in reads.level_lines(cast.quality, TODAY).now if x.base)
    with pytest.raises(Problem, match="E-SLA-LAST"):
        levels.end_level(actor=cast.quality, level_id=base.id, at=AT)
    with pytest.raises(Problem, match="E-SLA-USED"):
        levels.take_back_level(actor=cast.quality, level_id=base.id, at=AT)


def test_a_row_is_taken_back_while_nobody_was_promised_anything_by_it(cast):
    with cast.inside():
        count = ServiceLevel.objects.count()
    key = levels.add_level(
        actor=cast.quality, draft=replace(REPAIRS, since=date(2026, 12, 1)), at=AT
    )
    levels.take_back_level(actor=cast.quality, level_id=key, at=AT)
    with cast.inside():
        assert ServiceLevel.objects.count() == count
        assert not ServiceLevel.objects.filter(until__isnull=False).exists()

    used = levels.add_level(actor=cast.quality, draft=REPAIRS, at=AT)
    a_case(cast)
    with pytest.raises(Problem, match="E-SLA-USED"):
        levels.take_back_level(actor=cast.quality, level_id=used, at=AT)


def test_what_was_planned_for_a_later_day_ends_what_is_put_before_it(cast):
    levels.add_level(actor=cast.quality, draft=replace(REPAIRS, since=date(2026, 12, 1)), at=AT)
    key = levels.add_level(actor=cast.quality, draft=REPAIRS, at=AT)
    with cast.inside():
        assert ServiceLevel.objects.get(id=key).until == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"since": TODAY - timedelta(days=1)}, "E-SLA-ORDER"),
        ({"minutes": {}}, "E-SLA-EMPTY"),
        ({"category_id": 987654321}, "E-REF"),
        ({"project_id": 987654321}, "E-REF"),
    ],
)
def test_a_bad_row_is_refused_whole(cast, change, code):
    with cast.inside():
        count = ServiceLevel.objects.count()
    with pytest.raises(Problem, match=code):
        levels.add_level(actor=cast.quality, draft=replace(REPAIRS, **change), at=AT)
    with cast.inside():
        assert ServiceLevel.objects.count() == count


def test_who_works_on_cases_does_not_set_their_times(cast):
    with pytest.raises(Forbidden):
        levels.add_level(actor=cast.manager, draft=REPAIRS, at=AT)


def test_a_row_of_a_project_that_she_does_not_reach_is_not_there(cast):
    other = a_project(cast.quality, "枫林苑")
    key = levels.add_level(
        actor=cast.quality, draft=replace(REPAIRS, project_id=cast.project.pk), at=AT
    )
    limited = a_person(cast.company, Role.QUALITY, mail="second.example", projects=[other])
    with pytest.raises(NotFound):
        levels.end_level(actor=limited, level_id=key, at=AT)


def test_whoever_sees_some_projects_finds_the_general_levels(cast):
    with cast.inside():
        case = a_case(cast)
        with part_scope(frozenset({cast.project.pk})):
            assert find_level(case).id == case.level_id


def test_a_call_on_friday_evening_is_tried_out_step_by_step(cast):
    friday = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    tried = reads.Tried("repair", Severity.USUAL.value, None, cast.project.pk, friday)
    with cast.inside():
        trial = reads.try_out(tried)
        important = reads.try_out(replace(tried, severity=Severity.IMPORTANT.value))
    due = trial.due[Promised.ACKNOWLEDGE]
    assert due.instant is not None
    assert due.instant >= friday + timedelta(minutes=30)
    assert due.steps
    assert important.due[Promised.RESOLVE].instant < trial.due[Promised.RESOLVE].instant


def test_a_category_is_made_changed_moved_retired_and_brought_back(cast):
    draft = CategoryDraft("充电桩", "Chargers", words={"充电": 1.0})
    key = acts.save_category(actor=cast.quality, draft=draft, at=AT)
    acts.save_category(
        actor=cast.quality, draft=replace(draft, zh="充电设施"), at=AT, category_id=key, version=1
    )
    with pytest.raises(Problem, match="E-STALE"):
        acts.save_category(actor=cast.quality, draft=draft, at=AT, category_id=key, version=1)
    acts.move_category(actor=cast.quality, category_id=key, up=True, at=AT)
    acts.move_category(actor=cast.quality, category_id=key, up=False, at=AT)
    acts.move_category(actor=cast.quality, category_id=key, up=False, at=AT)
    acts.retire_category(actor=cast.quality, category_id=key, at=AT)
    with cast.inside():
        assert key not in {line.id for line in reads.category_lines()}
        assert key in {line.id for line in reads.category_lines(retired=True)}
    acts.move_category(actor=cast.quality, category_id=key, up=True, at=AT)
    acts.bring_back_category(actor=cast.quality, category_id=key, at=AT)
    acts.bring_back_category(actor=cast.quality, category_id=key, at=AT)
    with cast.inside():
        line = reads.category_lines()[-1]
        assert (line.id, line.zh, line.code) == (key, "充电设施", "chargers")
        assert len(reads.category_lines()) == len(CATEGORIES) + 1


def test_a_tree_keeps_its_shape(cast):
    act = {"actor": cast.quality, "at": AT}
    with cast.inside():
        root = Category.objects.get(code="water")
    below = acts.save_category(draft=CategoryDraft("漏水", "Leaks", parent_id=root.pk), **act)
    with pytest.raises(Problem, match="E-CAT-PARENT"):
        acts.save_category(
            draft=CategoryDraft("给排水", "Water", parent_id=below), category_id=root.pk, **act
        )
    with pytest.raises(Problem, match="E-CAT-BELOW"):
        acts.retire_category(category_id=root.pk, **act)
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        acts.save_category(draft=CategoryDraft("漏水", "Leak", parent_id=root.pk), **act)
    with pytest.raises(Problem, match="E-REF"):
        acts.save_category(draft=CategoryDraft("甲", "A", parent_id=987654321), **act)
    with cast.inside():
        lines = {line.id: line for line in reads.category_lines()}
    assert (lines[below].deep, lines[below].parent_id) == (1, root.pk)


def test_two_categories_of_one_english_name_have_codes_of_their_own(cast):
    with cast.inside():
        root = Category.objects.get(code="water")
    for parent in (None, root.pk):
        acts.save_category(
            actor=cast.quality, draft=CategoryDraft("管", "Pipes", parent_id=parent), at=AT
        )
    with cast.inside():
        assert Category.objects.filter(code__in=["pipes", "pipes-2"]).count() == 2


def test_figures_are_set_once_and_a_late_form_is_refused(cast):
    acts.set_figures(actor=cast.quality, figures=FIGURES, version=1, at=AT)
    with pytest.raises(Problem, match="E-STALE"):
        acts.set_figures(actor=cast.quality, figures=FIGURES, version=1, at=AT)
    with cast.inside():
        row = VoiceRule.objects.get()
        assert (row.visit_rate, row.reopen_days, row.version) == (0.4, 14, 2)
        subject = history.Subject(cast.company.id, reads.SUBJECT, cast.company.id)
        last = history.entries(subject).order_by("-seq")[0]
    assert last.payload["visit_rate"] == "0.2 → 0.4"
    with cast.inside():
        assert reads.confirmed(cast.company.id)


def test_another_ladder_holds_for_open_cases_too(cast):
    case = a_case(cast)
    rungs = (Rung(1, "manager", share=0.1), Rung(2, "head", days=2))

    acts.set_ladder(actor=cast.quality, rungs=rungs, version=1, at=AT)

    with cast.inside():
        assert LadderRung.objects.count() == 2
    job = Job.objects.get(kind="voice.recompute")
    tasks.run_job.func(job.pk)
    job.refresh_from_db()
    with cast.inside():
        again = Case.objects.get(id=case.pk)
    assert (job.state, job.result["cases"]) == ("done", 1)
    assert again.rung_at < case.rung_at


def test_a_company_begins_with_levels_for_every_kind(cast):
    acts.accept_settings(actor=cast.quality, at=AT)
    with cast.inside():
        lines = reads.level_lines(cast.quality, TODAY)
        assert {line.kind for line in lines.now if line.base} == {kind.value for kind in CaseKind}
        assert len(lines.now) == len(LEVELS)
        assert reads.set_up()
        assert reads.figures().visit_rate == 0.2
        assert len(reads.ladder_lines()) == 6


def test_mailbox_and_texts_are_taken_back_once(cast):
    with cast.inside():
        acts.set_spoken(
            actor=cast.quality,
            spoken=Spoken(
                mailbox_page=True, mailbox_mail="a@b.cn", texts=(("收到", "今天答复：好。"),)
            ),
            version=None,
            at=AT,
        )
        acts.set_spoken(
            actor=cast.quality,
            spoken=Spoken(mailbox_page=False, mailbox_mail="", texts=()),
            version=None,
            at=AT,
        )
        take_back(actor=cast.quality, what=Undone.SPOKEN, at=AT)
        row = VoiceRule.objects.get()
    held = (row.mailbox_page, row.mailbox_mail, row.texts)
    assert held == (True, "a@b.cn", [["收到", "今天答复：好。"]])
    with pytest.raises(Problem) as refused:
        take_back(actor=cast.quality, what=Undone.SPOKEN, at=AT)
    assert refused.value.code == "E-UNDO-USED"
