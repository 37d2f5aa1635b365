"""The demonstration company: planted once, the same everywhere, with a story to be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from anju.casework.kinds import CaseKind
from anju.casework.states import OPEN, State
from anju.casework.states import Outcome as CaseOutcome
from anju.demo.actions import Planted, plant
from anju.demo.asking import link_of
from anju.demo.cases.planting import where_they_stand
from anju.demo.owners import lakeside
from anju.demo.places import PLACES
from anju.demo.queries import account_for_role
from anju.fieldwork.models import Outcome, SecondForm
from anju.improve.models import Finding
from anju.improve.rules.states import FindingState
from anju.insight.models import WaveTally
from anju.kernel import history
from anju.kernel.models import HistoryEntry
from anju.kernel.scope import CompanyRow, company_scope
from anju.notify.models import Message
from anju.register.access import Forbidden, Role, Verb, actor_of
from anju.register.models import Building, Company, Project, Tie, Unit
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.answers import answer_set
from anju.survey.data import library
from anju.survey.models import ImportBatch, Invitation, Response, Wave
from anju.survey.rules.wave import WaveState
from anju.voice.access import visible_cases
from anju.voice.models import Bundle, Case, ReturnVisit, Verdict
from anju.voice.refold import faults

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LEFT_EMPTY = {
    "Follower",
    "ProgramKey",
    "RosterBatch",
    "RosterChange",
    "Erasure",
    "Hold",
    "Preference",
    "RestRule",
    "PaperRule",
}


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker) -> Iterator[Planted]:
    """Plant once for all tests here, and take everything back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant(at=AT, language="zh-hans")
        transaction.set_rollback(True)


@pytest.fixture
def planted(once: Planted, db) -> Planted:
    return once


def test_there_are_three_projects_a_dozen_buildings_and_480_units(planted):
    with company_scope(planted.company_id):
        assert len(set(Project.objects.values_list("use_type", flat=True))) == 3
        assert (Building.objects.count(), Unit.objects.count()) == (12, 480)
        (hers,) = Tie.objects.filter(unit__key="3-502", unit__building__name="3栋", kind="owner")
        assert hers.person.name == "李秀兰（示例）"


def test_planting_twice_does_nothing(planted):
    entries = HistoryEntry.objects.count()
    again = plant(at=AT, language="en")

    assert (again.fresh, again.company_id) == (False, planted.company_id)
    assert HistoryEntry.objects.count() == entries
    assert Company.objects.count() == 1


def test_the_shops_returned_twenty_of_twenty_five_and_nineteen_are_satisfied(planted):
    with company_scope(planted.company_id):
        line = next(line for line in queries.wave_lines() if line.people == 20)
        found = answer_set(line.id)
        totals = queries.total_lines(line.id)
    codes = [found.items[0].scale.levels[index].code for index in found.levels[:, 0]]

    assert (line.counts.issued, line.counts.returned) == (25, 20)
    assert Counter(codes) == {"vs": 16, "bs": 3, "ds": 1}
    assert [(t.totals.numerator, t.totals.denominator) for t in totals] == [(1920, 2000)]


def test_one_building_is_silent_and_one_is_small(planted):
    with company_scope(planted.company_id):
        line = next(line for line in queries.wave_lines() if line.people == 175)
        progress = {
            p.line.label: (p.line.population, p.people) for p in queries.wave_page(line.id).frame
        }

    assert progress["6栋"] == (36, 0)
    assert progress["7栋"][0] == 12


def test_responsiveness_changed_and_what_can_be_seen_did_not():
    form = library.form("short", "zh-hans")

    def satisfied(dimension: str, *, later: bool) -> float:
        rated = [item for item in form.items if item.scale is not None]
        places = [n for n, item in enumerate(rated) if item.dimension == dimension]
        filled = lakeside(form, later=later, language="zh-hans")
        codes = [one.codes[n] for one in filled for n in places if one.codes[n]]
        return sum(code != "ds" for code in codes) / len(codes)

    assert satisfied("responsiveness", later=True) - satisfied("responsiveness", later=False) > 0.1
    assert abs(satisfied("tangibles", later=True) - satisfied("tangibles", later=False)) < 0.03


def test_closed_waves_have_their_small_tables_and_the_open_one_has_not(planted):
    with company_scope(planted.company_id):
        closed = {line.id for line in queries.wave_lines() if line.state is WaveState.CLOSED}
        assert set(WaveTally.objects.values_list("wave_id", flat=True)) == closed
        assert len(closed) == 3


def test_nobody_signs_in_with_a_password_and_every_role_has_a_person(planted):
    for role in Role:
        account = account_for_role(role.value)
        assert account is not None
        assert account.email == planted.accounts[role]
        assert not account.has_usable_password()
    assert account_for_role("owner") is None


def test_every_chain_of_history_holds(planted):
    rows = HistoryEntry.objects.exclude(kind="case")  # of these, some are looked at below
    chains = set(rows.values_list("company_id", "kind", "subject_id"))

    assert all(history.verify(history.Subject(*chain)) for chain in chains)


def test_every_answer_belongs_to_a_home_of_the_register(planted):
    with company_scope(planted.company_id):
        assert not Response.objects.filter(unit__isnull=True).exists()
        assert not Response.objects.filter(building__isnull=True).exists()


def test_every_house_has_units_of_its_own():
    for place in PLACES:
        for house in place.houses:
            assert len(set(house.units)) == len(house.units) == house.floors * house.doors


def test_each_survey_has_its_answers(planted):
    with company_scope(planted.company_id):
        assert sorted(line.people for line in queries.wave_lines()) == [20, 28, 44, 75, 175, 191]


def test_each_table_of_the_office_and_of_asking_has_something_to_show(planted):
    rooms = {"register", "fieldwork", "privacy", "notify", "improve", "survey"}
    with company_scope(planted.company_id):
        empty = {
            model.__name__
            for model in apps.get_models()
            if issubclass(model, CompanyRow)
            and model._meta.app_label in rooms
            and not model.objects.across_parts().exists()
        }

    # What nobody would want planted: lists brought in, people erased, messages held back, own wishes.
    assert empty <= LEFT_EMPTY


def test_the_running_survey_is_answered_by_phone_and_on_paper_and_partly_silent(planted):
    with company_scope(planted.company_id):
        wave = Wave.objects.get(version__questionnaire__code="repair")
        asked = Invitation.objects.filter(wave=wave)
        homes = asked.count()
        modes = Counter(Response.objects.filter(wave=wave).values_list("mode", flat=True))
        wishes = Counter(asked.exclude(contact__in=["", "none"]).values_list("contact", flat=True))
        handed = Message.objects.filter(handed_at__isnull=False).count()
        states = set(Message.objects.values_list("state", flat=True))
        doors = Counter(Outcome.objects.values_list("kind", flat=True))
        second = SecondForm.objects.filter(entered_at__isnull=True).count()

    assert (homes, modes) == (110, {"online": 22, "paper": 6})
    assert wishes == {"call": 2, "visit": 1}
    assert (handed, second, doors) == (9, 1, {"refused": 1, "unreachable": 2})
    assert "sent" in states


def test_a_consultant_keeps_one_survey_and_the_company_none_of_its_answers(planted):
    account = account_for_role(Role.CONSULTANT)
    with company_scope(planted.company_id):
        (wave,) = Wave.objects.filter(keeper_id=account.pk)
        batch = ImportBatch.objects.get(wave=wave)
        quality = actor_of(account_for_role(Role.QUALITY))
        keeper = actor_of(account)
        with pytest.raises(Forbidden):
            wave_for(quality, wave.pk, Verb.EXPORT_ANSWERS)
        assert wave_for(keeper, wave.pk, Verb.EXPORT_ANSWERS) == wave
        assert wave_for(quality, wave.pk, Verb.SEE_RESULTS) == wave

    assert (wave.state, batch.people) == ("open", 44)


def test_the_steward_is_held_to_her_zones(planted):
    steward = actor_of(account_for_role(Role.STEWARD))
    with company_scope(planted.company_id):
        held = Building.objects.filter(id__in=steward.homes.buildings)
        names = set(held.values_list("name", flat=True))

    assert names == {"1栋", "2栋", "3栋", "4栋", "5栋"}


def test_findings_stand_in_every_state_that_a_list_can_show(planted):
    with company_scope(planted.company_id):
        states = set(Finding.objects.values_list("state", flat=True))

    assert states == set(FindingState)


def test_the_links_of_its_messages_lead_to_the_owners_page():
    assert link_of("a-b") == settings.BASE_ADDRESS + reverse("answer", args=["a-b"])


def test_fourteen_months_of_cases_stand_in_every_state(planted):
    with company_scope(planted.company_id):
        kinds = Counter(Case.objects.values_list("kind", flat=True))
        states = Counter(Case.objects.values_list("state", flat=True))
        stand = where_they_stand(AT)
        outcomes = set(Case.objects.values_list("outcome", flat=True))

    assert set(kinds) == {one.value for one in CaseKind}
    assert (1_300 < kinds.total() < 1_500, 165 < kinds["complaint"] < 205) == (True, True)
    assert set(states) == {one.value for one in State}
    assert outcomes == {"", *(one.value for one in CaseOutcome)}
    assert (30 < stand["open"] < 60, stand["late"] > 5, stand["today"] > 0) == (True, True, True)


def test_each_planted_case_is_what_its_history_makes_of_it(planted):
    with company_scope(planted.company_id):
        rows = Case.objects.select_related("level", "category", "project", "unit").order_by("id")
        young = list(rows.filter(state__in=[one.value for one in OPEN]))
        wrong = {case.number: faults(case, at=AT) for case in [*rows[::40], *young]}

    assert not {number: found for number, found in wrong.items() if found}


def test_owners_were_asked_in_every_way_and_some_never_reached(planted):
    with company_scope(planted.company_id):
        visits = set(ReturnVisit.objects.values_list("second", "state"))
        given = set(Verdict.objects.values_list("solved", "mode"))
        doers = Case.objects.filter(verdicts__by=F("executor_id"))

        assert not doers.exists()
    assert {(False, one) for one in ("due", "reached", "not_reached")} <= visits
    assert (True, "due") in visits
    assert {solved for solved, _ in given} == {"yes", "partly", "no"}
    assert {mode for _, mode in given} == {"phone", "door", "link"}


def test_forty_homes_told_of_one_outage_and_each_has_her_own_verdict(planted):
    with company_scope(planted.company_id):
        bundle = Bundle.objects.get(ended_at__isnull=False)
        cases = Case.objects.filter(bundle=bundle)
        asked = ReturnVisit.objects.filter(case__bundle=bundle).values("case").distinct()
        running = Case.objects.filter(bundle__ended_at=None, bundle__isnull=False).count()

        assert (cases.count(), asked.count(), running) == (40, 40, 5)


def test_a_dispute_with_the_builder_had_its_three_alerts_in_three_months(planted):
    with company_scope(planted.company_id):
        case = Case.objects.filter(state="waiting", waited_for="builder").order_by("number")[0]
        told = history.entries(history.Subject(case.company_id, "case", case.pk))
        rungs = [entry.payload["rung"] for entry in told.filter(verb="escalated").order_by("seq")]
        days = (AT - case.received_at).days

    assert (case.kind, rungs[-3:], days) == ("complaint", [4, 5, 6], 92)


def test_one_category_has_a_month_beyond_chance_and_a_steady_one_has_none(planted):
    def monthly(code: str) -> list[int]:
        rows = Case.objects.filter(category__code=code, kind="complaint")
        ages = [(AT - at).days // 30 for at in rows.values_list("received_at", flat=True)]
        return [ages.count(month) for month in range(14)]

    def beyond(counts: list[int]) -> int:
        usual = sum(counts) / len(counts)
        return sum(one > usual + 3 * usual**0.5 for one in counts)

    with company_scope(planted.company_id):
        parking, safety = monthly("parking"), monthly("safety")
    assert (beyond(parking), beyond(safety)) == (1, 0)


def test_the_steward_never_sees_what_is_said_of_her(planted):
    steward = actor_of(account_for_role(Role.STEWARD))
    head = actor_of(account_for_role(Role.HEAD))
    with company_scope(planted.company_id):
        hidden = Case.objects.filter(about_id=steward.account_id)
        assert hidden.count() == 2
        assert not visible_cases(steward).filter(id__in=hidden).exists()
        assert visible_cases(head).filter(id__in=hidden).count() == 2
