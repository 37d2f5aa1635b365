"""P07: every address answers every role as the checked-in table says, whoever's row it names.

Addresses × methods × nine roles × {own, another project's, another company's, missing}, asked
through the whole stack; who is held to zones asks for homes of another one, and everybody for
surveys that a consultant keeps, herself among them. Controls: with one right, the reach of a role,
the homes of a zone or the keeper of a survey not asked, the answers differ from the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from anju.kernel.scope import part_scope
from anju.register import access
from anju.register.access import Actor, Role
from anju.register.actions.places import found_company
from anju.survey import access as surveys
from anju.web import declare, guard
from anju.web.declare import Declared, declared_urls
from anju.web.parts import shell
from promises import ground
from promises.registry import Outcome, Promise
from promises.walk import body_of, client_of, undone
from tests import cast as people
from tests.tables.asking import (
    IN_A_PROJECT,
    IN_A_ZONE,
    KWARG,
    LETTERS,
    RAW_PAGES,
    SENT_PAGES,
    ZONED,
    kwargs_of,
)
from tests.tables.urls import TABLE, Row

GOAL = "0 answers differ from the table; all four controls found"
OWN, PROJECT, COMPANY, MISSING = "own", "another project", "another company", "missing"
ZONE, KEPT, HERS = "another zone", "kept by another", "kept by her"
AWAY, GONE = frozenset({PROJECT, COMPANY, MISSING}), frozenset({404, 405})
FINE = frozenset({200, 302, 303, 409, 422})
# What an address may answer to the method that its row does not name: no such method, no such
# form, or that looking is allowed and changing is not.
ELSE = frozenset({400, 403, 405, 413, 415})
METHODS = ("GET", "POST")
KEY = "k" * 20  # every form that must not be taken twice holds one
# A few addresses of each kind are enough to see that a control is found.
WATCHED = frozenset(
    {"project", "project-edit", "building", "wave", "finding", "people", "unit", "wave-export"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """One cell of the table: an address with its ids, as a role, from where it stands."""

    url: Declared
    kwargs: Mapping[str, object]
    letter: str
    where: str

    def wanted(self, method: str) -> Callable[[int], bool]:
        """Return what the table admits as an answer."""
        row = TABLE[self.url.name]
        if self.letter not in row.roles:
            return lambda status: status == 403
        if self.where in AWAY or (self.where == ZONE and IN_A_ZONE & set(self.kwargs)):
            return lambda status: status in GONE
        if self._closed(row):
            return lambda status: status == 403 or status in GONE
        declared = method == ("POST" if row.post else "GET")
        return lambda status: status in FINE or (not declared and status in ELSE)

    def _closed(self, row: Row) -> bool:
        """Say whether the role may ask, and this one is not for her: another's, or kept."""
        if self.where == HERS:
            return self.url.name in SENT_PAGES
        kept = self.where == KEPT and self.url.name in RAW_PAGES | SENT_PAGES
        return kept or self.letter in row.theirs


class Crowd:
    """Browsers of all nine roles for each place to stand."""

    def __init__(self, cast: people.Cast) -> None:
        elsewhere = [people.a_project(cast.quality, "枫林苑")]
        other = found_company(name="别家物业", phone="", at=people.AT)
        whole = people.everybody(cast)
        self.by = {OWN: _clients(whole), PROJECT: {}, COMPANY: {}}
        for role in Role:
            if role is not Role.ADMINISTRATOR:  # who reaches the company in any case
                near = people.a_person(
                    cast.company, role, mail="second.example", projects=elsewhere
                )
                self.by[PROJECT] |= _clients({role: near})
            far = people.a_person(other, role, mail="third.example")
            self.by[COMPANY] |= _clients({role: far})
        self.by[MISSING] = self.by[KEPT] = self.by[HERS] = self.by[OWN]
        self.by[ZONE] = _clients(people.in_another_zone(cast))
        other_keeper = people.a_person(cast.company, Role.CONSULTANT, mail="keeper.example")
        self.cast, self.keepers = cast, {KEPT: other_keeper, HERS: whole[Role.CONSULTANT]}

    def stand(self, where: str) -> None:
        """Change the company as a place to stand asks for; whoever calls takes it back."""
        if where in self.keepers:
            people.keep_all(self.cast, self.keepers[where])


def _clients(actors: Mapping[Role, Actor]) -> dict[Role, Client]:
    return {role: client_of(actor.account_id, "en") for role, actor in actors.items()}


def questions(urls: Sequence[Declared], cast: people.Cast) -> Iterator[Question]:
    """Yield every cell of the table."""
    for url in urls:
        named = set(KWARG.findall(url.route))
        own = kwargs_of(url, cast, missing=False)
        for letter, role in LETTERS.items():
            cell = partial(Question, url, letter=letter)
            yield cell(kwargs=own, where=OWN)
            if named:
                yield cell(kwargs=kwargs_of(url, cast, missing=True), where=MISSING)
                yield cell(kwargs=own, where=COMPANY)
            if named & IN_A_PROJECT and role is not Role.ADMINISTRATOR:
                yield cell(kwargs=own, where=PROJECT)
            if named and letter in TABLE[url.name].roles:  # whom the verb refuses, it always does
                yield from (cell(kwargs=own, where=where) for where in _closer(url.name, letter))


def _closer(name: str, letter: str) -> Iterator[str]:
    """Yield the places to stand that are for some roles and some addresses alone."""
    if letter in ZONED:
        yield ZONE
    if name in RAW_PAGES | SENT_PAGES:
        yield KEPT
        if LETTERS[letter] is Role.CONSULTANT:
            yield HERS


def ask(question: Question, crowd: Crowd, method: str) -> int:
    """Ask one cell and return the status; nothing of it stays."""
    client = crowd.by[question.where][LETTERS[question.letter]]
    address = reverse(question.url.name, kwargs=dict(question.kwargs))
    with undone():
        crowd.stand(question.where)
        answer = client.post(address, {"key": KEY}) if method == "POST" else client.get(address)
        if answer.streaming:
            body_of(answer)
        return int(answer.status_code)


def differences(asked: Sequence[Question], crowd: Crowd) -> tuple[int, list[str]]:
    """Return how many answers were had, and those that the table does not admit."""
    count, wrong = 0, []
    for question in asked:
        for method in METHODS:
            status = ask(question, crowd, method)
            count += 1
            if not question.wanted(method)(status):
                said = f"{method} {question.url.name} as {LETTERS[question.letter]}"
                wrong.append(f"{said} ({question.where}): {status}")
    return count, wrong


def attempt(folder: Path) -> Outcome:
    """Ask every cell, then the watched ones again with a check removed."""
    ground.migrate()
    settings.FILES_ROOT = folder
    cast = people.the_cast()
    crowd = Crowd(cast)
    rowless = [url.name for url in declared_urls() if url.access and url.access.verb]
    rowless = [name for name in rowless if name not in TABLE]
    urls = [url for url in declared_urls() if url.name in TABLE]
    asked = list(questions(urls, cast))
    ground.note(f"{len(asked)} cells")
    with _one_frame(), _plain_refusals():
        count, wrong = differences(asked, crowd)
    problems = [f"{len(wrong)} answers differ: {'; '.join(wrong[:8])}"] if wrong else []
    problems += [f"addresses without a row: {', '.join(rowless)}"] if rowless else []
    problems += _controls([cell for cell in asked if cell.url.name in WATCHED], crowd)
    places = Counter(cell.where for cell in asked)
    told = f"{count} answers from {len(urls)} addresses as 9 roles; controls caught"
    figures = {"answers": count, "differences": len(wrong), **places}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures)


def _controls(watched: Sequence[Question], crowd: Crowd) -> list[str]:
    """Return the controls that were not caught: a check removed that changes no answer where it counts."""
    removed: tuple[tuple[str, str, Callable[[], AbstractContextManager[None]]], ...] = (
        ("a right", OWN, _no_right),
        ("the reach", PROJECT, _no_reach),
        ("the homes of a zone", ZONE, _no_homes),
        ("the keeper of a survey", KEPT, _no_keeper),
    )
    problems = []
    for name, where, without in removed:
        with without():
            found = differences([cell for cell in watched if cell.where == where], crowd)[1]
        problems += [] if found else [f"control not caught: {name} not asked"]
    return problems


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """Answer refusals without their page, which decides no status; P11 reads those pages."""

    def bare(_request: HttpRequest, _name: str, _page: object = None, *, status: int) -> Any:
        return HttpResponse(status=status)

    with patch.object(guard, "render", bare):
        yield


@contextmanager
def _one_frame() -> Iterator[None]:
    """Draw what frames every page once a person: it is half of the time, and decides no status."""
    whole, drawn = shell._shell, dict[object, Any]()

    def once(request: HttpRequest) -> Any:
        person = getattr(getattr(request, "actor", None), "account_id", None)
        if person not in drawn:
            drawn[person] = whole(request)
        return drawn[person]

    with patch.object(shell, "_shell", once):
        yield


@contextmanager
def _no_right() -> Iterator[None]:
    """Take away the check that a role holds the verb of a page."""
    with patch.object(declare, "demand", lambda *_: None):
        yield


@contextmanager
def _no_reach() -> Iterator[None]:
    """Take away what narrows a role to its projects, in the manager and in the look-ups."""
    whole = partial(part_scope, None)
    with (
        patch.object(guard, "part_scope", lambda *_reach: whole()),
        patch.object(access, "within", lambda _actor, rows, _path: rows),
    ):
        yield


@contextmanager
def _no_homes() -> Iterator[None]:
    """Take away what holds a role to the homes of its zones."""
    with (
        patch.object(guard, "narrowing", lambda _actor: None),
        patch.object(access, "kept_to", lambda _homes, rows: rows),
    ):
        yield


@contextmanager
def _no_keeper() -> Iterator[None]:
    """Take away the question who keeps a survey."""
    with patch.object(surveys, "may_on", lambda actor, _wave, verb: actor.may(verb)):
        yield


PROMISE = Promise("P07", "Every address answers every role as the table says", attempt)
