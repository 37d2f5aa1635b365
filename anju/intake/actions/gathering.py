"""Complaints that gather: several homes of a zone tell of one topic within a week; told once a week."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.intake.duplicates import ClusterLine, clusters_now
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague
from anju.notify.rules.words import Value, both
from anju.register.queries import company_ids
from anju.register.rules.rights import Role
from anju.voice import letters
from anju.voice.actions.telling import in_role
from anju.voice.models import Case

SUBJECT = "case_cluster"


def tell_clusters(*, at: datetime) -> int:
    """Tell managers of the complaints that gather now, each topic and zone once a week; how many."""
    return sum(_tell_company(company, at) for company in company_ids())


@transaction.atomic
def _tell_company(company_id: int, at: datetime) -> int:
    with company_scope(company_id):
        return sum(_tell(found, at) for found in clusters_now(at))


def _tell(found: ClusterLine, at: datetime) -> bool:
    first = Case.objects.select_related("project").get(id=found.ids[0])
    year, week, _day = at.isocalendar()
    about = About(SUBJECT, found.category_id, f"{found.area}.{year}.{week}")
    values: dict[str, Value] = {
        "place": found.place,
        "title": both(found.zh, found.en),
        "many": len(found.ids),
    }
    told = [
        post(letters.GATHERED, Note(colleague(one), about, values, path="/desk/bundles/", project_id=first.project_id), at=at)
        for one in in_role(first, Role.MANAGER)
    ]  # fmt: skip
    return any(one is not None for one in told)
