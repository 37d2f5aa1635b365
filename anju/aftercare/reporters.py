"""Who told a case, for her own page: known by her link alone."""

from __future__ import annotations

from anju.kernel.scope import company_scope
from anju.notify.making import followed
from anju.voice.models import Case


def reporter_of(company_id: int, case_id: int) -> int | None:
    """Return the person of the register who told a case; None where nobody is known."""
    with company_scope(company_id):
        rows = Case.objects.across_parts().filter(id=case_id)
        found: int | None = rows.values_list("reporter_id", flat=True).first()
        return found


def follows(company_id: int, person_id: int) -> bool:
    """Say whether somebody is told through the official account."""
    with company_scope(company_id):
        return bool(followed(person_id))
