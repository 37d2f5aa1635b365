"""Reads what a company's own cases teach about categories; kept in the process for a day."""

from __future__ import annotations

from datetime import date

from anju.casework.learned import Example, Learned, guess, learn
from anju.casework.states import Outcome, State
from anju.kernel.scope import current_company
from anju.voice.models import Case

MOST = 4_000  # the youngest cases; what was said years ago is another estate
_kept: dict[int, tuple[date, Learned | None]] = {}


def learned_now(*, today: date) -> Learned | None:
    """Return what the company in force has taught until today; None from too few cases."""
    company = current_company()
    known = _kept.get(company)
    if known is None or known[0] != today:
        known = (today, learn(_examples()))
        _kept[company] = known
    return known[1]


def forget_learned() -> None:
    """Forget what companies have taught: for another database under the same process."""
    _kept.clear()


def guessed_code(words: str, *, today: date) -> str | None:
    """Return the code of the category that a company's own cases speak for; None where silent."""
    return guess(learned_now(today=today), words)


def _examples() -> tuple[Example, ...]:
    """Return the words and categories of cases that somebody has taken and looked at, oldest first."""
    rows = Case.objects.across_parts().exclude(state=State.REGISTERED.value)
    rows = rows.exclude(category=None).exclude(words="").filter(restricted=False)
    rows = rows.exclude(outcome__in=[Outcome.DUPLICATE.value, Outcome.WITHDRAWN.value])
    young = rows.order_by("-received_at").values_list("words", "category__code")[:MOST]
    return tuple(Example(words, code) for words, code in reversed(young))
