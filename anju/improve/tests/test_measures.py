"""Measures from their setting to their check; the doer never checks, whoever writes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anju.improve import queries
from anju.improve.actions.boxes import People, name_people
from anju.improve.actions.measures import (
    Evidence,
    MeasureEdition,
    change_measure,
    check,
    finish,
    hold,
    set_measure,
    start,
    take_back,
    withdraw,
    write_for_owners,
)
from anju.improve.actions.storing import Edition
from anju.improve.models import Checkpoint, Finding, Measure
from anju.improve.rules.states import FindingState, MeasureState, MeasureVerb
from anju.improve.tests.making import (
    DUE,
    LATER,
    a_done_measure,
    a_draft,
    a_finding,
    a_measure,
    a_ready_finding,
    a_running_measure,
)
from anju.kernel.pure.problems import Problem
from anju.register.access import Role
from anju.register.models import Account
from tests.cast import AT, a_person


def code_of(act, **given) -> str:
    with pytest.raises(Problem) as refused:
        act(at=LATER, **given)
    return refused.value.code


def states(cast, measure) -> tuple[str, str]:
    with cast.inside():
        found = Measure.objects.select_related("finding").get(id=measure.pk)
        return found.state, found.finding.state


def test_a_measure_waits_for_cause_and_people(cast):
    finding = a_finding(cast)

    refused = code_of(set_measure, actor=cast.quality, edition=Edition(finding.pk), draft=a_draft())

    assert refused == "E-MEASURE-CAUSE"


@pytest.mark.parametrize("due", [date(2026, 11, 19), date(2099, 1, 1)])
def test_a_deadline_in_the_past_or_far_away_is_refused(cast, due):
    edition = Edition(a_ready_finding(cast).pk)

    refused = code_of(set_measure, actor=cast.quality, edition=edition, draft=a_draft(due))

    assert refused == "E-MEASURE-DUE"
    with cast.inside():
        assert not Measure.objects.exists()


def test_nobody_who_left_is_left_responsible_for_a_new_measure_or_a_start(cast):
    finding = a_ready_finding(cast)
    edition = Edition(finding.pk)
    measure = set_measure(actor=cast.quality, edition=edition, draft=a_draft(), at=AT)
    Account.objects.filter(id=cast.manager.account_id).update(is_active=False)

    again = code_of(set_measure, actor=cast.quality, edition=edition, draft=a_draft())
    begin = code_of(start, actor=cast.quality, edition=MeasureEdition(measure.pk))

    assert (again, begin) == ("E-MEASURE-LEFT", "E-MEASURE-LEFT")
    with cast.inside():
        assert queries.line_of(finding.pk, DUE).responsible.left


def test_a_measure_goes_from_set_to_verified_and_its_finding_follows(cast):
    measure = a_measure(cast)
    edition = MeasureEdition(measure.pk)
    assert states(cast, measure) == ("set", "set")

    start(actor=cast.manager, edition=edition, at=AT)
    assert states(cast, measure) == ("running", "running")
    finish(actor=cast.manager, edition=edition, evidence=Evidence("值班本"), at=LATER)
    assert states(cast, measure) == ("done", "done")
    check(actor=cast.quality, edition=edition, verb=MeasureVerb.VERIFY, words="看过三天", at=LATER)

    assert states(cast, measure) == ("verified", "verified")
    with cast.inside():
        found = Checkpoint.objects.get(measure=measure)
        assert (found.doer_id, found.checker_id) == (
            cast.manager.account_id,
            cast.quality.account_id,
        )
        assert Finding.objects.get(id=measure.finding_id).settled_at == LATER


def test_only_the_named_checker_checks_and_never_what_she_did_herself(cast):
    measure = a_done_measure(cast)
    edition = MeasureEdition(measure.pk)
    given = {"edition": edition, "verb": MeasureVerb.VERIFY, "words": "看过"}

    assert code_of(check, actor=cast.manager, **given) == "E-MEASURE-CHECKER"
    assert code_of(check, actor=cast.administrator, **given) == "E-MEASURE-CHECKER"
    with cast.inside():
        Finding.objects.filter(id=measure.finding_id).update(
            checker_id=cast.manager.account_id, responsible_id=cast.quality.account_id
        )
    assert code_of(check, actor=cast.manager, **given) == "E-MEASURE-SELF"
    assert states(cast, measure) == ("done", "done")


def test_the_database_itself_refuses_a_checker_who_is_the_doer(cast):
    measure = a_done_measure(cast)
    who = cast.manager.account_id
    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint(
            company_id=cast.company.id,
            measure=measure,
            number=1,
            at=AT,
            doer_id=who,
            checker_id=who,
            verb="verify",
            words="看过",
        ).save()


def test_the_named_checker_cannot_report_it_done(cast):
    measure = a_running_measure(cast)

    refused = code_of(
        finish,
        actor=cast.quality,
        edition=MeasureEdition(measure.pk),
        evidence=Evidence("值班本"),
    )

    assert refused == "E-MEASURE-SELF"


def test_done_needs_evidence_in_the_rules_and_in_the_database(cast):
    measure = a_running_measure(cast)

    refused = code_of(
        finish, actor=cast.manager, edition=MeasureEdition(measure.pk), evidence=Evidence(" ")
    )

    assert refused == "E-MEASURE-EVIDENCE"
    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(id=measure.pk).update(state="done")


def test_a_measure_without_effect_asks_for_another_one(cast):
    measure = a_done_measure(cast)
    edition = MeasureEdition(measure.pk)
    check(actor=cast.quality, edition=edition, verb=MeasureVerb.REFUTE, words="没有变化", at=LATER)
    assert states(cast, measure) == ("not_effective", "not_effective")

    again = Edition(measure.finding_id)
    second = set_measure(actor=cast.quality, edition=again, draft=a_draft(), at=LATER)

    assert states(cast, second) == ("set", "set")
    assert second.number == 2


def test_what_is_sent_back_runs_again_and_keeps_the_look(cast):
    measure = a_done_measure(cast)
    edition = MeasureEdition(measure.pk)
    check(actor=cast.quality, edition=edition, verb=MeasureVerb.RETURN, words="少一半", at=LATER)

    assert states(cast, measure) == ("running", "running")
    with cast.inside():
        (line,) = queries.line_of(measure.finding_id, DUE).measures
        assert (line.done_by, [one.words for one in line.checks]) == ("", ["少一半"])


def test_a_start_and_a_report_are_undone_by_a_step_back(cast):
    measure = a_running_measure(cast)
    edition = MeasureEdition(measure.pk)
    hold(actor=cast.manager, edition=edition, at=LATER)
    assert states(cast, measure) == ("set", "set")

    start(actor=cast.manager, edition=edition, at=LATER)
    finish(actor=cast.manager, edition=edition, evidence=Evidence("值班本"), at=LATER)
    take_back(actor=cast.manager, edition=edition, at=LATER)

    assert states(cast, measure) == ("running", "running")


def test_a_withdrawn_measure_stays_in_the_list_and_its_box_is_empty_again(cast):
    measure = a_measure(cast)
    withdraw(actor=cast.quality, edition=MeasureEdition(measure.pk), reason="另有办法", at=LATER)

    assert states(cast, measure) == ("withdrawn", "open")
    with cast.inside():
        line = queries.line_of(measure.finding_id, DUE)
        assert (line.measure, line.red, len(line.measures)) == (None, True, 1)


def test_a_step_that_the_state_does_not_allow_says_what_is_possible(cast):
    measure = a_measure(cast)

    with pytest.raises(Problem, match="start it") as refused:
        take_back(actor=cast.manager, edition=MeasureEdition(measure.pk), at=LATER)

    assert refused.value.code == "E-STATE"


def test_an_old_version_of_a_measure_is_refused_and_nothing_moves(cast):
    measure = a_measure(cast)
    old = MeasureEdition(measure.pk, 1)

    assert code_of(start, actor=cast.manager, edition=old) == "E-STALE"
    assert code_of(change_measure, actor=cast.quality, edition=old, draft=a_draft()) == "E-STALE"
    assert states(cast, measure) == ("set", "set")


def test_words_may_change_while_an_old_deadline_stands_but_a_new_one_must_lie_ahead(cast):
    measure = a_measure(cast)
    edition, late = MeasureEdition(measure.pk), LATER + timedelta(days=400)
    change_measure(actor=cast.quality, edition=edition, draft=a_draft(), at=late)

    moved = a_draft(DUE + timedelta(days=1))
    with pytest.raises(Problem) as refused:
        change_measure(actor=cast.quality, edition=edition, draft=moved, at=late)

    assert refused.value.code == "E-MEASURE-DUE"


def test_a_late_measure_is_late_from_the_day_after(cast):
    measure = a_measure(cast)
    with cast.inside():
        assert not queries.line_of(measure.finding_id, DUE).overdue
        after = DUE + timedelta(days=1)
        assert queries.line_of(measure.finding_id, after).overdue
        rows = Finding.objects.all()
        assert (queries.overdue_count(rows, DUE), queries.overdue_count(rows, after)) == (0, 1)


def test_words_for_owners_are_kept_and_nobody_is_told(cast):
    measure = a_measure(cast)
    edition = MeasureEdition(measure.pk)
    given = {"actor": cast.manager, "edition": edition}
    assert code_of(write_for_owners, wanted=True, words="", **given) == "E-TEXT-EMPTY"

    write_for_owners(wanted=True, words="晚上加一班", at=LATER, **given)

    with cast.inside():
        found = Measure.objects.get(id=measure.pk)
        assert (found.for_owners, found.owner_words, found.told_at) == (True, "晚上加一班", None)
    write_for_owners(wanted=False, words="", at=LATER, **given)
    withdraw(actor=cast.quality, edition=edition, reason="另有办法", at=LATER)
    assert code_of(write_for_owners, wanted=True, words="x", **given) == "E-STATE"


def test_a_head_works_on_a_measure_only_where_he_is_responsible(cast):
    head = a_person(cast.company, Role.HEAD)
    measure = a_measure(cast)
    edition = MeasureEdition(measure.pk)
    assert code_of(start, actor=head, edition=edition) == "E-MEASURE-DOER"

    people = People(head.account_id, cast.quality.account_id)
    finding = Edition(measure.finding_id)
    name_people(actor=cast.quality, edition=finding, people=people, at=LATER)
    start(actor=head, edition=edition, at=LATER)

    assert states(cast, measure) == (MeasureState.RUNNING, FindingState.RUNNING)
