"""The one table of rights is whole."""

import pytest

from anju.register.rules.rights import (
    OWN_VERBS,
    RAW,
    REACHES,
    RIGHTS,
    SECOND_STEP,
    SENSITIVE,
    USUAL_REACH,
    Actor,
    Forbidden,
    Reach,
    Role,
    Verb,
    demand,
)


def test_every_verb_has_a_row_with_somebody_in_it():
    assert set(RIGHTS) == set(Verb)
    assert all(RIGHTS.values())


def test_every_role_can_look_around():
    assert RIGHTS[Verb.LOOK_AROUND] == frozenset(Role)


def test_single_answers_are_for_quality_and_administrators_and_for_a_consultant_who_keeps_them():
    assert RIGHTS[Verb.EXPORT_ANSWERS] == {Role.ADMINISTRATOR, Role.QUALITY, Role.CONSULTANT}
    given = {verb for verb, roles in RIGHTS.items() if Role.CONSULTANT in roles}
    beside = {Verb.LOOK_AROUND, Verb.SEE_SURVEYS, Verb.SEE_RESULTS, Verb.SEE_CALENDAR}
    assert given - RAW == beside, "what she holds at every survey"


def test_whoever_sees_her_own_alone_holds_nothing_of_owners_homes_or_surveys():
    worker = Actor(1, 1, Role.WORKER, own=True)

    assert {verb for verb in Verb if worker.may(verb)} == OWN_VERBS
    assert Actor(1, 1, Role.WORKER).may(Verb.SEE_REGISTER)


def test_who_sees_anything_sensitive_needs_a_second_step_and_nobody_else_does():
    """A shared desk has one telephone, and its looks are asked for; a head and a committee see sums."""
    without = {Role.HEAD, Role.DESK, Role.WORKER, Role.COMMITTEE}

    assert set(Role) - SECOND_STEP == without
    assert all(not RIGHTS[verb] & without for verb in SENSITIVE)


def test_every_roles_usual_reach_is_one_that_it_may_have():
    assert all(USUAL_REACH[role] in REACHES[role] for role in Role)
    assert {role for role in Role if Reach.ZONES in REACHES[role]} == {Role.STEWARD, Role.WORKER}
    assert {role for role in Role if Reach.OWN in REACHES[role]} == {Role.WORKER}


def test_what_the_table_does_not_give_is_refused():
    with pytest.raises(Forbidden):
        demand(Actor(1, 1, Role.DESK), Verb.SEE_RESULTS)
    demand(Actor(1, 1, Role.MANAGER), Verb.SEE_RESULTS)
