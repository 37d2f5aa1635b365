"""Counts a new case into the fault that its building reports now, or begins one; inside receiving.

The company's row is held by the case's number, so that two reports never begin two bundles.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from anju.casework.grouping import GROUPED, Near, goes_on, is_one_fault, like_reports
from anju.casework.states import OPEN
from anju.kernel import history
from anju.voice.actions.storing import change, tell
from anju.voice.actions.telling import FAULTS
from anju.voice.models import Bundle, Case
from anju.voice.promised import rule

MOST = 200  # reports looked at for one decision
OPEN_STATES = tuple(one.value for one in OPEN)


def group(case: Case, *, at: datetime) -> Bundle | None:
    """Put a new case into the bundle of its fault, begun by enough like reports; None where alone.

    Only reports of one building and topic within the time set; a case of restricted view never.
    """
    fits = case.building_id is not None and case.kind in GROUPED and not case.restricted
    if not fits or case.bundle_id is not None or case.about_id is not None:
        return None
    held = rule()
    within = timedelta(minutes=held.within)
    near = _near(case, at, within)
    running = _running(case)
    if running is not None:
        return _join(case, running, at) if goes_on(_last(near), at, within) else None
    told = [Near(*row) for row in near.values_list("id", "unit_id", "words")[:MOST]]
    alike = like_reports(case.words, told, sorted_=case.category_id is not None)
    own = Near(case.pk, case.unit_id, case.words)
    one = is_one_fault([*alike, own], enough=held.together)
    return begin(case, alike, at) if one else None


def _near(case: Case, at: datetime, within: timedelta) -> QuerySet[Case]:
    rows = Case.objects.across_parts().filter(
        building_id=case.building_id, category_id=case.category_id, kind__in=GROUPED,
        received_at__gte=at - within, received_at__lte=at, restricted=False, about=None,
        state__in=OPEN_STATES,
    )  # fmt: skip
    found: QuerySet[Case] = rows.exclude(id=case.pk).order_by("-received_at")
    return found


def _running(case: Case) -> Bundle | None:
    rows = Bundle.objects.across_parts().filter(building_id=case.building_id, ended_at=None)
    found: Bundle | None = rows.filter(category_id=case.category_id).order_by("-id").first()
    return found if case.category_id is not None else None


def _last(near: QuerySet[Case]) -> datetime | None:
    found: datetime | None = near.values_list("received_at", flat=True).first()
    return found


def _join(case: Case, bundle: Bundle, at: datetime) -> Bundle:
    change(case, None, bundle=bundle)
    _tell_bundled(case, bundle, at)
    return bundle


def begin(case: Case, alike: Iterable[Near], at: datetime) -> Bundle:
    """Make one fault of a new case and of earlier ones that tell the same; in the act that received it."""
    title = case.category.zh if case.category is not None else "同一故障"
    made = Bundle(
        company_id=case.company_id, project_id=case.project_id, building_id=case.building_id,
        category_id=case.category_id, title=title, opened_at=at,
    )  # fmt: skip
    made.save()
    ids = [one.id for one in alike]
    for one in Case.objects.across_parts().filter(id__in=ids, bundle=None).order_by("id"):
        one.bundle = made
        rows = Case.objects.across_parts().filter(id=one.pk, bundle=None)
        if rows.update(bundle=made, version=F("version") + 1):
            _tell_bundled(one, made, at)
    _join(case, made, at)
    subject = history.Subject(case.company_id, FAULTS, made.pk)
    history.write(subject, "begun", actor_id=None, at=at, payload={"reports": len(ids) + 1})
    return made


def _tell_bundled(case: Case, bundle: Bundle, at: datetime) -> None:
    tell(case, "bundled", by=None, at=at, payload={"bundle": bundle.pk, "title": bundle.title})
