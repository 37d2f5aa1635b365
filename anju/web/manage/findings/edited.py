"""A small form of a finding: kept when refused, both versions side by side when somebody was first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from anju.kernel.pure.problems import Problem
from anju.web.declare import StaffRequest
from anju.web.parts.ask import Ask, Group, asked, given_or
from anju.web.parts.form import Field

Form = Callable[[QueryDict], Sequence[Group]]


class TooLate(Exception):
    """Somebody else changed the finding between the form and its answer."""


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
    """Show a form with the version of its finding; on E-STALE show both versions, saving nothing."""

    def guarded() -> str:
        try:
            return act()
        except Problem as problem:
            if problem.code == "E-STALE":
                raise TooLate from problem
            raise

    groups = _versioned(form(given_or(request, kept)), request, kept)
    try:
        return asked(request, ask, groups, guarded)
    except TooLate:
        return _stale(request, ask, form, kept)


def _versioned(
    groups: Sequence[Group], request: StaffRequest, kept: QueryDict
) -> tuple[Group, ...]:
    value = given_or(request, kept).get("version", "")
    first = Group((Field("version", "", value, kind="hidden"),))
    return (*groups[:-1], _joined(groups[-1], first)) if groups else (first,)


def _joined(group: Group, hidden: Group) -> Group:
    return Group((*group.fields, *hidden.fields), group.title, group.hint, folded=group.folded)


def _shown(field: Field) -> str:
    return dict(field.choices).get(field.value, field.value)


def _stale(request: StaffRequest, ask: Ask, form: Form, kept: QueryDict) -> HttpResponse:
    now = [field for group in form(kept) for field in group.fields]
    mine = [field for group in form(request.POST) for field in group.fields]
    sides = [
        Side(theirs.label, _shown(theirs), _shown(ours))
        for theirs, ours in zip(now, mine, strict=True)
        if theirs.kind != "file"
    ]
    again = [(field.name, field.value) for field in mine if field.kind != "file" and field.value]
    shown = {
        "ask": ask,
        "sides": sides,
        "again": again,
        "version": kept.get("version", ""),
        "stale": Problem(
            "E-STALE",
            "version",
            "Somebody else changed this finding while you were writing. Nothing of yours was saved.",
            "您填写期间，该问题已被他人修改。您的内容尚未保存。",
        ).text(request.LANGUAGE_CODE),
    }
    return render(request, "manage/findings/stale.html", shown, status=409)


def back_to(finding_id: int) -> str:
    """Return the address of a finding."""
    return reverse("finding", args=[finding_id])
