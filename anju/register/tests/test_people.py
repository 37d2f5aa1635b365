"""Accounts are made by administrators, within their company, and end with the next request."""

from datetime import UTC, datetime

import pytest

from anju.kernel.history import Subject
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register import queries
from anju.register.access import (
    Actor,
    Forbidden,
    NotFound,
    Reach,
    Role,
    Verb,
    actor_of,
    project_for,
    visible_projects,
)
from anju.register.actions.people import (
    ColleagueDraft,
    Reaching,
    add_colleague,
    appoint,
    change_role,
    disable,
    enable,
)
from anju.register.actions.places import ProjectDraft, found_company, save_project
from anju.register.editions import edition
from anju.register.models import Account

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
GOOD = "a long and quiet sentence"
pytestmark = pytest.mark.django_db


def draft(email="chen@example.com", **changes):
    values = {"name": "陈静", "email": email, "password": GOOD, "role": "desk", **changes}
    return ColleagueDraft(**values)


@pytest.fixture
def boss():
    company = found_company(name="翠湖物业", phone="", at=AT)
    first = appoint(
        company_id=company.id, draft=draft("sun@example.com", role="administrator"), at=AT
    )
    return actor_of(first.account)


def test_a_colleague_signs_in_as_what_the_table_says(boss):
    made = add_colleague(actor=boss, draft=draft("Chen@Example.com"), at=AT)

    actor = actor_of(made.account)
    assert (actor.role, actor.company_id) == (Role.DESK, boss.company_id)
    assert Account.objects.get_by_natural_key("CHEN@example.com").check_password(GOOD)
    with company_scope(boss.company_id):
        assert [c.name for c in queries.colleagues()] == ["陈静", "陈静"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "two@x.com,three@x.com"}, "E-EMAIL"),
        ({"email": "a@b.com\r\nBcc: c@d.com"}, "E-EMAIL"),
        ({"email": "SUN@example.com"}, "E-EMAIL-TAKEN"),
        ({"password": "short"}, "E-PASSWORD"),
        ({"password": "1234567890123"}, "E-PASSWORD"),
        ({"role": "emperor"}, "E-CHOICE"),
        ({"name": "\u200b"}, "E-TEXT-EMPTY"),
        ({"name": "a\u202eb"}, "E-TEXT-BIDI"),
    ],
)
def test_a_bad_draft_is_refused_and_nothing_is_written(boss, change, code):
    before = Account.objects.count()

    with pytest.raises(Problem, match=code):
        add_colleague(actor=boss, draft=draft(**change), at=AT)
    assert Account.objects.count() == before


def test_only_an_administrator_adds_people(boss):
    quality = Actor(9, boss.company_id, Role.QUALITY)

    with pytest.raises(Forbidden):
        add_colleague(actor=quality, draft=draft(), at=AT)


def test_a_disabled_colleague_is_nobody_and_can_come_back(boss):
    made = add_colleague(actor=boss, draft=draft(), at=AT)

    disable(actor=boss, membership_id=made.id, at=AT)
    assert actor_of(made.account) is None
    enable(actor=boss, membership_id=made.id, at=AT)
    assert actor_of(made.account, company_id=boss.company_id).role == Role.DESK


def test_the_last_administrator_stays(boss):
    with company_scope(boss.company_id):
        own = next(c for c in queries.colleagues() if c.role == Role.ADMINISTRATOR)

    with pytest.raises(Problem, match="E-LAST-ADMINISTRATOR"):
        disable(actor=boss, membership_id=own.id, at=AT)
    with pytest.raises(Problem, match="E-LAST-ADMINISTRATOR"):
        change_role(actor=boss, membership_id=own.id, role="desk", at=AT)


def test_a_role_changes_with_the_next_request(boss):
    made = add_colleague(actor=boss, draft=draft(), at=AT)

    change_role(actor=boss, membership_id=made.id, role="administrator", at=AT)

    assert actor_of(made.account).role == Role.ADMINISTRATOR


def test_a_role_that_somebody_else_changed_meanwhile_is_not_written_over(boss):
    made = add_colleague(actor=boss, draft=draft(), at=AT)
    with company_scope(boss.company_id):
        seen = edition(Subject(boss.company_id, "account", made.account_id))
    change_role(actor=boss, membership_id=made.id, role="quality", at=AT, version=seen)

    with pytest.raises(Problem, match="E-STALE"):
        change_role(actor=boss, membership_id=made.id, role="administrator", at=AT, version=seen)

    assert actor_of(made.account).role == Role.QUALITY
    change_role(actor=boss, membership_id=made.id, role="administrator", at=AT, version=seen + 1)
    assert actor_of(made.account).role == Role.ADMINISTRATOR


def test_people_of_another_company_cannot_be_reached(boss):
    theirs = found_company(name="别家物业", phone="", at=AT)
    stranger = Actor(99, theirs.id, Role.ADMINISTRATOR)
    made = add_colleague(actor=boss, draft=draft(), at=AT)

    for act in (disable, enable):
        with pytest.raises(NotFound):
            act(actor=stranger, membership_id=made.id, at=AT)
    assert actor_of(made.account, company_id=theirs.id) is None


@pytest.fixture
def estates(boss):
    return [
        save_project(actor=boss, draft=ProjectDraft(name, "residential"), at=AT)
        for name in ("翠湖苑", "枫林苑")
    ]


def test_a_role_that_reaches_one_project_sees_that_one_alone(boss, estates):
    mine, other = estates
    wanted = draft(role="manager", reach=Reaching("projects", (mine.pk,)))
    made = add_colleague(actor=boss, draft=wanted, at=AT)

    actor = actor_of(made.account)

    assert actor.parts == {mine.pk}
    with company_scope(boss.company_id):
        assert list(visible_projects(actor)) == [mine]
        assert project_for(actor, mine.pk, Verb.SEE_REGISTER) == mine
        with pytest.raises(NotFound):
            project_for(actor, other.pk, Verb.SEE_REGISTER)


def test_a_reach_can_be_changed_and_shows_in_the_list(boss, estates):
    made = add_colleague(actor=boss, draft=draft(role="quality", reach=Reaching("company")), at=AT)

    change_role(
        actor=boss,
        membership_id=made.pk,
        role="manager",
        at=AT,
        reach=Reaching("projects", tuple(estate.pk for estate in estates)),
    )

    with company_scope(boss.company_id):
        line = next(line for line in queries.colleagues() if line.id == made.pk)
        assert (line.reach, line.projects) == (Reach.PROJECTS, ("枫林苑", "翠湖苑"))
        assert queries.reached_by(made.pk).project_ids == {estate.pk for estate in estates}


def test_a_role_without_a_word_about_its_reach_gets_the_usual_one(boss):
    roles = ("quality", "head", "manager", "committee")

    made = [
        add_colleague(actor=boss, draft=draft(f"{role}@example.com", role=role), at=AT)
        for role in roles
    ]

    assert [actor_of(member.account).parts for member in made] == [None, None, set(), set()]


@pytest.mark.parametrize(
    ("role", "reach", "code", "field"),
    [
        ("manager", Reaching("everything"), "E-CHOICE", "reach"),
        ("administrator", Reaching("projects", (1,)), "E-REACH", "reach"),
        ("manager", Reaching("projects"), "E-REACH", "project"),
        ("manager", Reaching("projects", (987_654_321,)), "E-REF", "project"),
    ],
    ids=["unknown", "administrator of a part", "none ticked", "a project that is not there"],
)
def test_a_reach_that_cannot_be_is_refused_and_nothing_is_kept(
    boss, estates, role, reach, code, field
):
    with pytest.raises(Problem) as refused:
        add_colleague(actor=boss, draft=draft(role=role, reach=reach), at=AT)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Account.objects.filter(email="chen@example.com").exists()


def test_another_companys_project_cannot_be_reached(boss, estates):
    theirs = found_company(name="别家物业", phone="", at=AT)
    stranger = Actor(99, theirs.id, Role.ADMINISTRATOR)
    foreign = save_project(actor=stranger, draft=ProjectDraft("远山", "office"), at=AT)

    wanted = draft(role="desk", reach=Reaching("projects", (foreign.pk,)))
    with pytest.raises(Problem) as refused:
        add_colleague(actor=boss, draft=wanted, at=AT)

    assert refused.value.code == "E-REF"
