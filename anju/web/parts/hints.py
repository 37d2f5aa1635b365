"""Hints on pages: their words, which one a page shows, and the acts after which it is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.help.rules.hints import counted, hint_on
from anju.register.actions.hints import keep_hint

WORDS: Mapping[str, Promise] = {
    "surveys": _(
        "A new survey is a draft that nobody outside sees. Answers come by link, on paper or from a"
        " spreadsheet, all into the same figures."
    ),
    "wave": _(
        "A survey goes from its plan to its answers to closing. Only closing fixes the figures;"
        " until then everything here can be changed."
    ),
    "columns": _(
        "Every column was guessed. Change only what is wrong; nothing is kept before you press the"
        " last button, and an import can be undone for seven days."
    ),
    "finding": _(
        "A finding stays red until all four boxes are filled: gap, root cause, responsibility,"
        " measure. Whoever carried the measure out does not check it."
    ),
    "results": _(
        "The figure in words stands beside its range. Where two ranges overlap widely, nobody can"
        " tell which is better."
    ),
    "outbox": _(
        "Copy the words into the chat or text message that you use, then press “Handed over”, so"
        " that nobody sends them twice."
    ),
    "file": _(
        "Telephone numbers are hidden. Whoever needs a whole one says why; the owner can see who"
        " looked."
    ),
    "roster": _(
        "Take the list as the office has it. Nothing is kept before you press the last button, and"
        " for seven days it can be undone."
    ),
    "people": _(
        "One account for each person, never one for a whole desk: the history names who did what."
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint as a page shows it."""

    key: str
    words: str


def _done(request: HttpRequest) -> Mapping[str, int]:
    done: Mapping[str, int] = getattr(getattr(request, "user", None), "hints", None) or {}
    return done


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name if match else "") or ""


def hint_of(request: HttpRequest) -> Shown | None:
    """Return the hint that the reader of a page still needs, or None."""
    key = hint_on(_name(request), _done(request)) if request.method == "GET" else ""
    return Shown(key, str(WORDS[key])) if key else None


class HintMiddleware:
    """Counts an act that worked; who did it often enough sees its hint no more.

    What was counted is at the account already, so that whoever needs no hint costs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor is None or request.method != "POST" or answer.status_code >= 400:
            return answer
        key = counted(_name(request), _done(request))
        if key:
            keep_hint(account_id=actor.account_id, key=key, uses=1)
        return answer
