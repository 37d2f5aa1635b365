"""Many reports of one fault become one bundle, told of once; each case keeps an end of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.grouping import Near, goes_on, homes, is_one_fault, like_reports
from anju.casework.kinds import CaseKind, Channel, Severity
from anju.casework.states import State
from anju.intake.actions import faults
from anju.intake.duplicates import Draft, clusters_seen, likely, running
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.models import Account, Building, Unit, Zone, ZonePlace
from anju.voice.actions import clockwork
from anju.voice.actions.receiving import Place, Report, receive_from_owner
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Bundle, Case, Category, ReturnVisit
from anju.voice.refold import faults as differs
from anju.voice.tests.making import AT, a_case
from tests.cast import HER_BUILDING, Cast, a_person, the_cast

MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def topic(cast: Cast, code: str = "power") -> Category:
    give_defaults(company_id=cast.company.id, at=AT)
    with cast.inside():
        found: Category = Category.objects.get(code=code)
        return found


def reports(cast: Cast, many: int, *, of: str = "3栋", kind=CaseKind.REPAIR, **more) -> list[Case]:
    """Send so many reports of a building by its owners, a second apart."""
    with cast.inside():
        house = Building.objects.get(name=of, project=cast.project)
        units = list(Unit.objects.filter(building=house).order_by("id"))
    made = []
    for n in range(many):
        report = Report(
            kind, Place(cast.project.pk, units[n % len(units)].pk), f"停电了 {n}", Channel.LINK,
            client_id=f"{of}{n:018d}", **more,
        )  # fmt: skip
        at = AT + timedelta(seconds=n)
        made.append(receive_from_owner(company_id=cast.company.id, report=report, at=at))
    return made


def test_four_homes_are_four_cases_and_the_fifth_makes_one_fault(cast):
    power = topic(cast).pk
    reports(cast, 4, category_id=power)
    with cast.inside():
        assert not Bundle.objects.exists()
    reports(cast, 5, category_id=power)
    with cast.inside():
        bundle = Bundle.objects.get()
        assert Case.objects.filter(bundle=bundle).count() == 5
        case = Case.objects.order_by("id").first()
        assert case is not None
        verbs = history.entries(history.Subject(cast.company.id, "case", case.pk))
        assert list(verbs.order_by("seq").values_list("verb", flat=True)) == ["received", "bundled"]


def test_a_rung_of_a_fault_names_the_fault_and_its_homes_and_no_single_case(cast):
    made = reports(cast, 7, category_id=topic(cast).pk, severity=Severity.IMPORTANT)
    units = len({one.unit_id for one in made})
    clockwork.escalate_due(at=AT + timedelta(days=9))
    with cast.inside():
        bundle = Bundle.objects.get()
        told = Message.objects.filter(stage__startswith="rung.", subject_kind="case_bundle")
        said = {(row.template[:11], row.values["title"], row.values["homes"]) for row in told}
        where = {row.values["place"] for row in told}
    assert said == {("case.fault_", bundle.title, units)}
    assert where == {f"{cast.project.name} 3栋"}, "a fault lies in its building, not in one home"


def test_two_hundred_reports_are_two_hundred_cases_and_one_message_to_each_colleague(cast):
    power = topic(cast).pk
    reports(cast, 200, category_id=power, severity=Severity.IMPORTANT)
    with cast.inside():
        assert Case.objects.count() == 200
        assert Bundle.objects.count() == 1
        once = Message.objects.filter(subject_kind="case_bundle")
        told = {row.account_id for row in once}
        assert told == {cast.manager.account_id, cast.desk.account_id}
        assert once.count() == len(told)
        before = Message.objects.filter(subject_kind="case", account_id__isnull=False).count()
        assert before <= 4  # those that came before anybody could know
    clockwork.escalate_due(at=AT + timedelta(days=40))
    with cast.inside():
        ladder = Message.objects.filter(stage__startswith="rung.", account_id__isnull=False)
        boss = Account.objects.get(id=cast.manager.account_id)
        assert ladder.filter(account_id=boss.pk).count() <= 6


def test_a_late_fault_is_one_message_a_rung_and_silences_nobody_else(cast, monkeypatch):
    monkeypatch.setattr(clockwork, "STORM", 3)
    alone = a_case(cast, severity=Severity.IMPORTANT)
    reports(cast, 8, category_id=topic(cast).pk, severity=Severity.IMPORTANT)
    with cast.inside():
        fault = Bundle.objects.get()
        before = set(Message.objects.values_list("id", flat=True))
        rungs = Case.objects.filter(bundle=fault).order_by("-rung_at")
        late = rungs.values_list("rung_at", flat=True)[0]
        assert late is not None
    assert clockwork.escalate_due(at=late) == 9
    with cast.inside():
        new = Message.objects.exclude(id__in=before)
        told = sorted(new.values_list("subject_kind", "subject_id", "stage"))
        assert told == [("case", alone.pk, "rung.1.0"), ("case_bundle", fault.pk, "rung.1")]
        for case in Case.objects.filter(bundle=fault):
            entries = history.entries(history.Subject(cast.company.id, "case", case.pk))
            assert entries.filter(verb="escalated").count() == 1
            assert differs(case, at=late) == {}


def test_another_building_or_topic_and_a_report_of_tomorrow_stand_alone(cast):
    power, water = topic(cast).pk, topic(cast, "water").pk
    reports(cast, 5, category_id=power)
    reports(cast, 1, of="2栋", category_id=power)
    late = a_case(cast, category_id=power, at=AT + timedelta(days=1))
    other = a_case(cast, category_id=water, at=AT + MINUTE)
    hidden = a_case(cast, category_id=power, at=AT + MINUTE, restricted=True)
    assert (late.bundle_id, other.bundle_id, hidden.bundle_id) == (None, None, None)


def test_reports_without_a_topic_gather_by_their_words(cast):
    topic(cast)
    reports(cast, 5)
    with cast.inside():
        assert Case.objects.filter(bundle__isnull=False).count() == 5


def test_a_fault_that_is_over_closes_each_case_with_a_visit_of_its_own(cast):
    power = topic(cast).pk
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    reports(cast, 6, category_id=power)
    with cast.inside():
        bundle = Bundle.objects.get()
    act = {"actor": cast.desk, "bundle_id": bundle.pk, "version": None}
    news = faults.News("16:00 前来电", AT + timedelta(hours=3))
    assert faults.tell_all(**act, news=news, at=AT + MINUTE) == 6
    over = faults.Over(worker.account_id, "变压器跳闸", "已恢复供电")
    assert faults.end_fault(**act, over=over, at=AT + 2 * MINUTE) == 0
    with cast.inside():
        for case in Case.objects.filter(bundle=bundle):
            assert case.state == State.CLOSED
            assert differs(case, at=AT + 2 * MINUTE) == {}
        assert ReturnVisit.objects.count() == 6
        assert running(cast.project.pk, bundle.building_id) == ()
    with pytest.raises(Problem, match="E-BUNDLE-OVER"):
        faults.end_fault(**act, over=over, at=AT + 3 * MINUTE)


def test_a_large_fault_is_ended_in_turns_by_the_clock(cast, monkeypatch):
    monkeypatch.setattr(faults, "MOST", 4)
    power = topic(cast).pk
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    reports(cast, 6, category_id=power)
    with cast.inside():
        bundle = Bundle.objects.get()
    over = faults.Over(worker.account_id, "变压器跳闸", "已恢复供电")
    act = {"actor": cast.desk, "bundle_id": bundle.pk, "version": None}
    assert faults.end_fault(**act, over=over, at=AT + MINUTE) == 2
    assert faults.end_the_rest(at=AT + 2 * MINUTE) == 1
    assert faults.end_the_rest(at=AT + 3 * MINUTE) == 0
    with cast.inside():
        assert Case.objects.filter(state=State.CLOSED).count() == 6


def test_who_did_the_work_does_not_end_the_fault(cast):
    reports(cast, 5, category_id=topic(cast).pk)
    with cast.inside():
        bundle = Bundle.objects.get()
    over = faults.Over(cast.desk.account_id, "跳闸", "已恢复")
    with pytest.raises(Problem, match="E-CASE-DOER"):
        faults.end_fault(
            actor=cast.desk, bundle_id=bundle.pk, version=None, over=over, at=AT + MINUTE
        )


def test_a_fault_is_offered_with_its_homes_before_another_report_is_sent(cast):
    power = topic(cast).pk
    made = reports(cast, 5, category_id=power)
    with cast.inside():
        (found,) = running(cast.project.pk, made[0].building_id)
        assert (found.homes, found.category_id) == (5, power)
        draft = Draft(cast.project.pk, made[0].building_id, made[0].unit_id, power, "停电了")
        same = likely(cast.desk, draft, AT + MINUTE)
        assert (same[0].number, same[0].own) == (made[0].number, True)


def test_three_homes_that_complain_of_one_topic_within_a_week_are_a_cluster(cast):
    noise = topic(cast, "noise").pk
    reports(cast, 3, kind=CaseKind.COMPLAINT, category_id=noise)
    with cast.inside():
        (found,) = clusters_seen(cast.desk, AT + timedelta(days=2))
        assert (found.category_id, len(found.ids)) == (noise, 3)
        assert clusters_seen(cast.desk, AT + timedelta(days=9)) == ()


def test_homes_of_two_buildings_of_one_zone_gather_and_those_of_another_zone_do_not(cast):
    noise = topic(cast, "noise").pk
    with cast.inside():
        first = Building.objects.get(name=HER_BUILDING)
        next_door, far = (
            Building(company_id=cast.company.id, project=cast.project, name=name)
            for name in ("近楼", "远楼")
        )
        next_door.save(), far.save()
        zone = Zone(company_id=cast.company.id, project=cast.project, name="东区")
        zone.save()
        for house in (first, next_door):
            ZonePlace(company_id=cast.company.id, zone=zone, building=house).save()
        for house in (first, next_door, next_door, far, far):
            home = Unit.objects.filter(building=house).first()
            place = Place(cast.project.pk, building_id=house.pk, unit_id=home.pk if home else None)
            report = Report(
                CaseKind.COMPLAINT, place, "吵", Channel.PHONE, category_id=noise
            )  # fmt: skip
            receive_from_owner(company_id=cast.company.id, report=report, at=AT)
        (found,) = clusters_seen(cast.desk, AT + MINUTE)

    assert (found.area, len(found.ids)) == (f"z{zone.pk}", 3)
    assert found.place == f"{cast.project.name} 东区"


def test_one_home_that_tells_it_five_times_is_no_fault():
    assert not is_one_fault([Near(n, 7, "停电") for n in range(5)])
    assert is_one_fault([Near(n, None, "停电") for n in range(5)])
    assert homes([Near(1, 7, ""), Near(2, 7, ""), Near(3, None, "")]) == 2


def test_reports_go_on_for_half_an_hour_after_the_last():
    assert goes_on(AT, AT + 30 * MINUTE)
    assert not goes_on(AT, AT + 31 * MINUTE)
    assert not goes_on(None, AT)


def test_without_a_topic_only_like_words_tell_the_same():
    near = [Near(1, 1, "家里停电了"), Near(2, 2, "楼道有垃圾")]
    assert like_reports("停电了", near, sorted_=False) == (near[0],)
    assert like_reports("停电了", near, sorted_=True) == tuple(near)
