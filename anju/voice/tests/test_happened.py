"""Every act that the history of a case can tell of has its words, and whose turn it then is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anju import voice
from anju.casework import onsite
from anju.casework.acts import Also, Standing, also_for, verbs_for
from anju.casework.states import CaseVerb, State, Turn
from anju.casework.turns import People, turn_of
from anju.voice.happened import HAPPENED

ACTIONS = Path(voice.__file__).parent / "actions"
TOLD = re.compile(r"\btell\(\s*[\w.]+,\s*\"(\w+)\"")


def test_every_verb_of_the_table_and_every_entry_besides_has_its_words():
    sources = [path.read_text("utf-8") for path in ACTIONS.glob("*.py")]
    cases = [one for one in sources if re.search(r"storing import[^)]*\btell\b", one)]
    said = {verb for source in cases for verb in TOLD.findall(source)}
    steps = {onsite.TAKEN, onsite.NO_PHOTO, onsite.PARTS, onsite.HELP}

    assert {"received", "noted", "escalated"} <= said
    assert (said | steps | {verb.value for verb in CaseVerb}) - set(HAPPENED) == set()


@pytest.mark.parametrize(
    ("state", "people", "turn", "who"),
    [
        (State.REGISTERED, People(), Turn.DESK, None),
        (State.REGISTERED, People(7), Turn.DESK, 7),
        (State.ACCEPTED, People(7, 8), Turn.ASSIGNEE, 8),
        (State.WORKING, People(7, 8, 9), Turn.EXECUTOR, 9),
        (State.WORKING, People(7, 8), Turn.EXECUTOR, 8),
        (State.DONE, People(7, 8, 9), Turn.RECEIVER, 7),
        (State.DONE, People(7, 8, 7), Turn.RECEIVER, None),
        (State.CLOSED, People(7, 8, 9), Turn.CALLER, None),
        (State.SETTLED, People(7, 8, 9), Turn.NOBODY, None),
    ],
)
def test_whose_turn_it_is_names_a_person_and_never_who_did_the_work(state, people, turn, who):
    assert turn_of(state, people) == (turn, who)


def test_only_the_legal_verbs_that_are_hers_are_offered():
    steward = Standing(State.DONE, takes=True, works=True, steers=True)
    doer = Standing(State.DONE, takes=True, works=True, steers=True, did=True)
    worker = Standing(State.WORKING, takes=True, works=True)

    assert verbs_for(steward) == (CaseVerb.REPORT_BACK, CaseVerb.SEND_BACK)
    assert verbs_for(doer) == (CaseVerb.SEND_BACK,)
    assert verbs_for(worker) == (CaseVerb.WAIT, CaseVerb.FINISH, CaseVerb.HAND_OVER)
    assert verbs_for(Standing(State.CLOSED, steers=True)) == (CaseVerb.REOPEN,)
    assert verbs_for(Standing(State.WORKING)) == ()


def test_what_takes_no_step_depends_on_rights_and_on_what_there_is():
    full = Standing(State.WORKING, takes=True, works=True, steers=True, judged=True, builder=True)
    over = Standing(State.CLOSED, takes=True, works=True, steers=True, bundled=True)

    assert set(also_for(full)) == set(Also)
    assert set(also_for(over)) == {Also.NOTE, Also.PHOTO, Also.COST}
    assert set(also_for(Standing(State.WORKING, steers=True, bundled=True))) == {
        Also.SORT, Also.PROMISE, Also.OBSERVE,
    }  # fmt: skip
    assert also_for(Standing(State.WORKING)) == ()
