"""The form that owners are asked by: read once a process, since a published version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.kernel.scope import current_company
from anju.survey.forms import form_plan, ordered_items
from anju.survey.models import QuestionnaireVersion
from anju.survey.rules.questionnaire import FormPlan, ItemPlan, VersionState

MOST = 256  # forms of about a hundred kilobytes each


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A version as it is asked: the plan, its items in order, and the row of each item by code."""

    plan: FormPlan
    items: tuple[ItemPlan, ...]
    ids: Mapping[str, int]


_read: dict[tuple[int, int], AskedForm] = {}


def asked_form(version_id: int) -> AskedForm:
    """Return the form of a version of the company in force; a draft is read anew each time."""
    key = (current_company(), version_id)
    found = _read.get(key)
    if found is not None:
        return found
    version = QuestionnaireVersion.objects.select_related("questionnaire").get(id=version_id)
    plan = form_plan(version)
    ids = {row.code: row.pk for row in ordered_items(version_id)}
    made = AskedForm(plan, plan.items, ids)
    if version.state == VersionState.PUBLISHED:
        if len(_read) >= MOST:
            _read.clear()
        _read[key] = made
    return made


def forget_forms() -> None:
    """Forget what was read: a test database gives the same ids to other forms."""
    _read.clear()
