"""A form of something that others edit too: kept when refused, both versions side by side when somebody was first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from anju.kernel.pure.problems import Problem
from anju.web.declare import StaffRequest
from anju.web.parts.ask import Ask, Group, asked, given_or
from anju.web.parts.form import Field

Form = Callable[[QueryDict], Sequence[Group]]


NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "version"})


class TooLate(Exception):
    """Somebody else changed the thing between the form and its answer."""


@dataclass(frozen=True, slots=True)
class Side:
    """One field as it stands now and as the person wrote it."""

    label: str
    now: str
    mine: str

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.now == self.mine


def seen_version(given: QueryDict) -> int | None:
    """Return the version that the person saw; a form without one leaves it to the state."""
    value = given.get("version", "")
    if not value:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def edited(
    request: StaffRequest,
    ask: Ask,
    form: Form,
    kept: QueryDict,
    act: Callable[[], str],
) -> HttpResponse:
    """Show a form with the version of its thing; on E-STALE show both versions, saving nothing."""

    def guarded() -> str:
        try:
            return act()
        except Problem as problem:
            if problem.code == "E-STALE":
                raise TooLate from problem
            raise

    filled = ask.draft.filled(kept) if ask.draft else kept
    groups = _versioned(form(given_or(request, filled)), request, filled)
    try:
        return asked(request, ask, groups, guarded)
    except TooLate:
        return stale_page(request, ask, form, kept)


def _versioned(
    groups: Sequence[Group], request: StaffRequest, kept: QueryDict
) -> tuple[Group, ...]:
    value = given_or(request, kept).get("version", "")
    first = Group((Field("version", "", value, kind="hidden"),))
    return (*groups[:-1], _joined(groups[-1], first)) if groups else (first,)


def _joined(group: Group, hidden: Group) -> Group:
    return Group((*group.fields, *hidden.fields), group.title, group.hint, folded=group.folded)


def _shown(field: Field) -> str:
    names = dict(field.choices)
    if field.kind == "checks":
        return "\n".join(str(names.get(one, one)) for one in field.value.split(",") if one)
    return names.get(field.value, field.value)


def stale_page(request: StaffRequest, ask: Ask, form: Form, kept: QueryDict) -> HttpResponse:
    """Show a form that came too late: what is kept now beside what was sent, saving nothing."""
    now = [field for group in form(kept) for field in group.fields]
    mine = {field.name: field for group in form(request.POST) for field in group.fields}
    sides = [
        Side(theirs.label, _shown(theirs), _shown(mine[theirs.name]))
        for theirs in now
        if theirs.kind != "file" and theirs.name in mine
    ]
    return both_versions(request, ask, sides, kept.get("version", ""))


def both_versions(
    request: StaffRequest, ask: Ask, sides: Sequence[Side], version: str
) -> HttpResponse:
    """Show what stands now beside what the person wrote, whose fields are kept to be sent again."""
    ours = (pair for pair in request.POST.lists() if pair[0] not in NOT_AGAIN)
    again = [(name, value) for name, values in ours for value in values if value]
    shown = {
        "ask": ask,
        "sides": sides,
        "again": again,
        "version": version,
        "stale": Problem(
            "E-STALE",
            "version",
            "Somebody else changed this while you were writing. Nothing of yours was saved.",
            "您填写期间，内容已被他人修改。您的内容尚未保存。",
        ).text(request.LANGUAGE_CODE),
    }
    return render(request, "manage/stale.html", shown, status=409)
