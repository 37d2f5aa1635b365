"""A page that asks one thing: fields shown, kept when refused, a redirect when done. No acts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import direction_marks
from anju.web.declare import StaffRequest
from anju.web.guard import STATUS
from anju.web.parts.drafts import Drafting, done
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.marks import marks_out
from anju.web.parts.pieces import Stage

Choices = Sequence[tuple[str, str]]
Member = TypeVar("Member", bound=StrEnum)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading; `folded` ones wait to be opened."""

    fields: tuple[Field, ...]
    title: str = ""
    hint: str = ""
    folded: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing of it is to be seen, so that no empty card stands around it."""
        return not (self.title or self.hint) and all(one.kind == "hidden" for one in self.fields)


@dataclass(slots=True)
class Gathering:
    """Reads the fields of a form one by one and keeps every refusal, so that all show at once."""

    problems: list[Problem] = field(default_factory=list)

    def read(self, reader: Callable[[], Value], instead: Value) -> Value:
        """Return what a field says, or what stands for it where it was refused."""
        try:
            return reader()
        except Problem as problem:
            self.problems.append(problem)
            return instead

    def missing(self, problems: Sequence[Problem]) -> None:
        """Add what is missing, save where the field was refused already."""
        there = {problem.field for problem in self.problems}
        self.problems += [problem for problem in problems if problem.field not in there]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A change that can be taken back: when it was made, by whom, and where it is undone."""

    at: datetime
    by: str
    address: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What stands around the fields: the head, the one primary button, the way back."""

    title: str
    save: str
    back: str
    back_words: str
    intro: str = ""
    note: str = ""
    wrong: str = ""
    template: str = "manage/ask.html"
    upload: bool = False
    stages: tuple[Stage, ...] = ()
    draft: Drafting | None = None
    undo: TakeBack | None = None


def asked(
    request: StaffRequest, ask: Ask, groups: Sequence[Group], act: Callable[[], str]
) -> HttpResponse:
    """Show the fields; on POST do the act and go where it says, or show why it was refused."""
    refusals: tuple[Refusal, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            there = act()
            done(request, ask.draft)
            tell_marks(request)
            return redirect(there)
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
    shown = {"ask": ask, "groups": groups, "refusals": refusals, "title": ask.title}
    return render(request, ask.template, shown, status=status)


def tell_marks(request: StaffRequest) -> None:
    """Say on the next page that direction marks were taken out: names with such are refused."""
    sent = request.POST.lists()
    taken = direction_marks(value for _name, values in sent for value in values)
    if taken:
        messages.info(request, marks_out(taken))


def all_refused(
    groups: Sequence[Group], problems: Sequence[Problem], language: str
) -> tuple[tuple[Group, ...], tuple[Refusal, ...]]:
    """Return the groups with every refusal at its field, and the summary for the top."""
    shown, summary = tuple(groups), list[Refusal]()
    for problem in problems:
        shown, said = refused(shown, problem, language)
        summary += said
    return shown, tuple(summary)


def refused(
    groups: Sequence[Group], problem: Problem, language: str
) -> tuple[tuple[Group, ...], tuple[Refusal, ...]]:
    """Return the groups with the refusal at its field, and the summary for the top."""
    flat, refusals = with_problem(
        [field for group in groups for field in group.fields], problem, language
    )
    said = iter(flat)
    filled = [
        replace(group, fields=tuple(next(said) for _field in group.fields)) for group in groups
    ]
    kept = [
        replace(group, folded=group.folded and not any(field.error for field in group.fields))
        for group in filled
    ]
    return tuple(kept), refusals


def given_or(request: StaffRequest, kept: QueryDict) -> QueryDict:
    """Return what was sent, or on GET what is stored."""
    return request.POST if request.method == "POST" else kept


def kept_values(values: dict[str, object], lists: dict[str, Sequence[str]]) -> QueryDict:
    """Return stored values in the shape in which a form sends them; None is left empty."""
    kept = QueryDict(mutable=True)
    for name, value in values.items():
        kept[name] = "" if value is None else plain(value)
    for name, many in lists.items():
        kept.setlist(name, list(many))
    return kept


def plain(value: object) -> str:
    """Return a stored value as a person would write it: 85.0 is 85."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def ours(value: str, known: Collection[int], field: str) -> int:
    """Return an id that the page offered; raises E-REF for any other, whoever owns it."""
    if value.isascii() and value.isdigit() and int(value) in known:
        return int(value)
    raise Problem(
        "E-REF",
        field,
        "This choice was not found. Choose one of the list.",
        "未找到所选内容。请从列表中选择一项。",
    )


def member(kind: type[Member], value: str, field: str) -> Member:
    """Return the member that was chosen; raises E-CHOICE."""
    try:
        return kind(value)
    except ValueError:
        raise Problem(
            "E-CHOICE", field, "Choose one of the list.", "请从列表中选择一项。"
        ) from None


NOTHING = (("", gettext_lazy("none")),)
