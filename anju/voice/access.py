"""Lookup and right as one act for cases: what is not yours does not exist."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.register.access import Actor, NotFound, Role, Verb, demand, within
from anju.voice.models import Case, ReturnVisit, Verdict


def _hers(actor: Actor, path: str = "") -> Q:
    """Return which cases an actor sees within her projects and homes.

    Who only repairs sees what she took, answers for or works on. Nobody sees what is said of her;
    the manager's mailbox is for the heads, and for whom they name.
    """
    me = actor.account_id
    named = Q(**{f"{path}assignee_id": me}) | Q(**{f"{path}executor_id": me})
    seen = Q()
    if actor.role is Role.WORKER or actor.own:
        seen &= named | Q(**{f"{path}first_receiver_id": me})
    if not actor.may(Verb.SEE_RESTRICTED):
        seen &= Q(**{f"{path}restricted": False}) | named
    return seen & (Q(**{f"{path}about_id__isnull": True}) | ~Q(**{f"{path}about_id": me}))


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases that an actor sees."""
    demand(actor, Verb.SEE_CASES)
    return within(actor, Case.objects.all(), "project_id").filter(_hers(actor))


def visible_subjects(actor: Actor) -> tuple[tuple[str, QuerySet[Case, int]], ...]:
    """Return the subjects of the history that an actor sees: kind and ids, asked of the database."""
    if not actor.may(Verb.SEE_CASES):
        return ()
    return (("case", visible_cases(actor).order_by().values_list("id", flat=True)),)


def hidden_subjects(actor: Actor) -> tuple[str, QuerySet[Case, int]]:
    """Return what somebody who reaches the whole company still does not see: kind and ids."""
    rows = Case.objects.across_parts().filter(Q(restricted=True) | Q(about_id=actor.account_id))
    return "case", rows.exclude(_hers(actor)).order_by().values_list("id", flat=True)


def case_for(
    actor: Actor,
    case_id: int,
    verb: Verb,
    *,
    near: tuple[str, ...] = ("project", "category", "level"),
) -> Case:
    """Return a case for an act, with the rows `near` it; raises NotFound or Forbidden."""
    rows = within(actor, Case.objects.all(), "project_id").filter(_hers(actor), id=case_id)
    found: Case | None = rows.select_related(*near).first()
    if found is None:
        raise NotFound(f"case {case_id}")
    demand(actor, verb)
    return found


def visit_for(actor: Actor, visit_id: int, verb: Verb) -> ReturnVisit:
    """Return a return visit with its case for an act; raises NotFound or Forbidden."""
    rows = within(actor, ReturnVisit.objects.all(), "case__project_id")
    mine = rows.filter(_hers(actor, "case__"), id=visit_id).select_related("case__project")
    found: ReturnVisit | None = mine.first()
    if found is None:
        raise NotFound(f"return visit {visit_id}")
    demand(actor, verb)
    return found


def verdict_for(actor: Actor, verdict_id: int, verb: Verb) -> Verdict:
    """Return a verdict with its case for an act; raises NotFound or Forbidden."""
    rows = within(actor, Verdict.objects.all(), "case__project_id")
    mine = rows.filter(_hers(actor, "case__"), id=verdict_id).select_related("case__project")
    found: Verdict | None = mine.first()
    if found is None:
        raise NotFound(f"verdict {verdict_id}")
    demand(actor, verb)
    return found


def may_work(actor: Actor, case: Case) -> bool:
    """Say whether an actor may act as the one who does the work: named at it, or steering it."""
    named = actor.account_id in {case.assignee_id, case.executor_id}
    return actor.may(Verb.STEER_CASES) or (named and actor.may(Verb.WORK_CASES))


def visible_visits(actor: Actor) -> QuerySet[ReturnVisit]:
    """Return the return visits of the cases that an actor sees."""
    demand(actor, Verb.SEE_CASES)
    rows = within(actor, ReturnVisit.objects.all(), "case__project_id")
    return rows.filter(_hers(actor, "case__"))


def visible_verdicts(actor: Actor) -> QuerySet[Verdict]:
    """Return the verdicts on the cases that an actor sees."""
    demand(actor, Verb.SEE_CASES)
    rows = within(actor, Verdict.objects.all(), "case__project_id")
    return rows.filter(_hers(actor, "case__"))
