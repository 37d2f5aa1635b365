"""An owner says that hers is what others of her building told already: one fault, a verdict each."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from anju.casework.grouping import GROUPED, Near
from anju.casework.kinds import Spot
from anju.casework.likeness import SAME_PLACE
from anju.casework.states import OPEN
from anju.register.rules.rights import Role
from anju.voice import letters
from anju.voice.actions.grouping import begin
from anju.voice.actions.telling import in_role, tell_staff
from anju.voice.models import Bundle, Case

MOST = 200  # reports that one press brings together
OPEN_STATES = tuple(one.value for one in OPEN)


def told_alike(building_id: int, category_id: int, *, at: datetime) -> QuerySet[Case]:
    """Return the open reports of one topic at a common place of a building that lie in no fault yet.

    What lies inside homes is none of them: a neighbour's leak is not hers. Inside the company.
    """
    common = Q(unit=None) | Q(category__spot=Spot.COMMON.value)
    found: QuerySet[Case] = Case.objects.across_parts().filter(
        common, building_id=building_id, category_id=category_id, kind__in=GROUPED, bundle=None,
        restricted=False, about=None, merged_into=None, state__in=OPEN_STATES,
        received_at__gte=at - SAME_PLACE, received_at__lte=at,
    )  # fmt: skip
    return found


def gather(case: Case, *, at: datetime) -> Bundle | None:
    """Make one fault of a new case and those that tell the same; None where it stands alone.

    Those who steer are told once of the fault. Inside the company and the act that received it.
    """
    alone = case.bundle_id is None and case.kind in GROUPED and not case.restricted
    if not alone or case.building_id is None or case.category_id is None:
        return None
    same = told_alike(case.building_id, case.category_id, at=at).exclude(id=case.pk)
    told = [Near(*row) for row in same.order_by("id").values_list("id", "unit_id", "words")[:MOST]]
    if not told:
        return None
    made = begin(case, told, at)
    who = in_role(case, Role.MANAGER, Role.DESK)
    tell_staff(case, letters.BUNDLED, "new", who, at=at)
    return made
