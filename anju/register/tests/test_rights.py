"""The one table of rights is whole."""

import pytest

from anju.register.rules.rights import RIGHTS, Actor, Forbidden, Role, Verb, demand


def test_every_verb_has_a_row_with_somebody_in_it():
    assert set(RIGHTS) == set(Verb)
    assert all(RIGHTS.values())


def test_every_role_can_look_around():
    assert RIGHTS[Verb.LOOK_AROUND] == frozenset(Role)


def test_single_answers_are_for_the_quality_department_and_administrators_alone():
    assert RIGHTS[Verb.EXPORT_ANSWERS] == {Role.ADMINISTRATOR, Role.QUALITY}


def test_what_the_table_does_not_give_is_refused():
    with pytest.raises(Forbidden):
        demand(Actor(1, 1, Role.DESK), Verb.SEE_RESULTS)
    demand(Actor(1, 1, Role.MANAGER), Verb.SEE_RESULTS)
