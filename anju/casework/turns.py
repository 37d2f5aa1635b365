"""Whose turn a case is, down to the person where one is named; pure."""

from __future__ import annotations

from dataclasses import dataclass

from anju.casework.states import TURNS, State, Turn


@dataclass(frozen=True, slots=True)
class People:
    """The people of a case by account; None where nobody is named."""

    receiver_id: int | None = None
    assignee_id: int | None = None
    executor_id: int | None = None


def turn_of(state: State, people: People) -> tuple[Turn, int | None]:
    """Return whose turn it is, and which person where one can be named.

    Who did the work never tells the owner: where the first receiver did it, it is the desk's turn.
    Example: a case that is worked on is its executor's, and where none is named its assignee's.
    """
    turn = TURNS[state]
    if turn is Turn.EXECUTOR:
        return turn, people.executor_id or people.assignee_id
    if turn is Turn.ASSIGNEE:
        return turn, people.assignee_id
    if turn is Turn.DESK:
        return turn, people.receiver_id
    if turn is Turn.RECEIVER and people.receiver_id != people.executor_id:
        return turn, people.receiver_id
    return turn, None
