"""Lookup and right as one act for what came back on paper: what is not yours does not exist."""

from __future__ import annotations

from anju.fieldwork.models import SecondDifference, SecondForm
from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.survey.access import handled


def second_form_for(actor: Actor, form_id: int) -> SecondForm:
    """Return a form drawn for second entry; raises NotFound or Forbidden."""
    rows = SecondForm.objects.select_related("round", "round__wave").filter(id=form_id)
    rows = rows.filter(handled(actor, "round__wave__"))
    found: SecondForm | None = within(actor, rows, "round__wave__project_id").first()
    if found is None:
        raise NotFound("SecondForm")
    demand(actor, Verb.ENTER_PAPER)
    return found


def difference_for(actor: Actor, difference_id: int) -> SecondDifference:
    """Return a difference between two entries for settling it; raises NotFound or Forbidden."""
    rows = SecondDifference.objects.select_related("form", "form__round", "item")
    rows = rows.filter(handled(actor, "form__round__wave__"), id=difference_id)
    found: SecondDifference | None = within(actor, rows, "form__round__wave__project_id").first()
    if found is None:
        raise NotFound("SecondDifference")
    demand(actor, Verb.CHECK_PAPER)
    return found
