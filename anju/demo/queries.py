"""Reads of the demonstration: the account that stands for each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anju.kernel import history
from anju.kernel.planned import Planned
from anju.kernel.scope import company_scope
from anju.register.models import Account, Company, Membership, Project
from anju.register.rules.rights import Role

SAMPLE_PLANTED, SAMPLE_REMOVED = "sample_planted", "sample_removed"


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample project that stands beside a company's own."""

    project_id: int
    name: str


def _sample(company_id: int) -> QuerySet[Any, Any]:
    told = history.entries(history.Subject(company_id, "company", company_id))
    found = told.filter(verb__in=(SAMPLE_PLANTED, SAMPLE_REMOVED)).order_by("-seq")
    return found.values_list("verb", "seq")[:1]


_SAMPLE = Planned(_sample)


def sample_of(company_id: int) -> Sample | None:
    """Return the sample project of the company in force, or None where there is none.

    The company's own history says which project it is, so that no name can be mistaken for it.
    """
    told = _SAMPLE.rows(company_id)
    if not told or told[0][0] == SAMPLE_REMOVED:
        return None
    last = history.entries(history.Subject(company_id, "company", company_id)).get(seq=told[0][1])
    key = last.payload.get("project")
    found = Project.objects.across_parts().filter(id=key).first()
    return Sample(found.pk, found.name) if found else None


def account_for_role(role: str) -> Account | None:
    """Return the demonstration's account of a role, or None where there is no such role."""
    if role not in list(Role):
        return None
    company = Company.objects.filter(demonstration=True).order_by("id").first()
    if company is None:
        return None
    with company_scope(company.pk):
        found = Membership.objects.filter(role=role, active=True).select_related("account")
        membership = found.order_by("id").first()
        return membership.account if membership else None
