"""What each act is called when people read the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_lazy

from anju.kernel.history import HistoryEntry
from anju.register.choices import role_names

# One sentence a verb of each kind; an act without one is shown by its code, never left out.
KINDS = {
    "company": gettext_lazy("Company"),
    "project": gettext_lazy("Project"),
    "account": gettext_lazy("Account"),
    "wave": gettext_lazy("Survey"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "batch": gettext_lazy("Import"),
    "report": gettext_lazy("Report"),
}
VERBS = {
    "founded": gettext_lazy("founded"),
    "created": gettext_lazy("created"),
    "changed": gettext_lazy("changed"),
    "building_added": gettext_lazy("building added"),
    "units_added": gettext_lazy("units added"),
    "appointed": gettext_lazy("account made"),
    "role_changed": gettext_lazy("role changed"),
    "disabled": gettext_lazy("disabled"),
    "enabled": gettext_lazy("enabled again"),
    "planned": gettext_lazy("planned"),
    "replanned": gettext_lazy("plan changed"),
    "opened": gettext_lazy("opened for answers"),
    "counted": gettext_lazy("response accounting written"),
    "frame_set": gettext_lazy("buildings and strata written"),
    "totals_recorded": gettext_lazy("published totals written"),
    "imported": gettext_lazy("answers imported"),
    "import_undone": gettext_lazy("import undone"),
    "exported": gettext_lazy("answers exported"),
    "closed": gettext_lazy("closed, results fixed"),
    "deleted": gettext_lazy("draft deleted"),
    "report_made": gettext_lazy("report made"),
    "published": gettext_lazy("version published"),
    "version_begun": gettext_lazy("new version begun"),
    "discarded": gettext_lazy("draft version discarded"),
    "texts_changed": gettext_lazy("texts changed"),
    "section_added": gettext_lazy("section added"),
    "section_renamed": gettext_lazy("section renamed"),
    "section_removed": gettext_lazy("section removed"),
    "item_added": gettext_lazy("item added"),
    "item_changed": gettext_lazy("item changed"),
    "item_removed": gettext_lazy("item removed"),
    "item_moved": gettext_lazy("item moved"),
    "added": gettext_lazy("added"),
}
# Names of what an entry carries; a value whose name says nothing more stands alone.
DETAILS = {
    "units": gettext_lazy("units"),
    "version": gettext_lazy("version"),
    "people": gettext_lazy("answers"),
    "reason": gettext_lazy("reason"),
    "issued": gettext_lazy("issued"),
    "returned": gettext_lazy("returned"),
    "valid": gettext_lazy("valid"),
    "refused": gettext_lazy("refused to answer"),
    "unreachable": gettext_lazy("unreachable"),
    "lines": gettext_lazy("lines"),
    "rows": gettext_lazy("rows"),
    "import": gettext_lazy("import no."),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the history page shows it."""

    at: datetime
    who: str
    subject: str
    verb: str
    details: tuple[tuple[str, str], ...]
    seal: str


def line_of(entry: HistoryEntry, names: Mapping[int, str]) -> Line:
    """Turn an entry into words; the program itself is named where nobody acted."""
    who = names.get(entry.actor_id, "?") if entry.actor_id is not None else gettext("the program")
    kind = str(KINDS.get(entry.kind, entry.kind))
    roles = {role.value: name for role, name in role_names().items()}
    details = tuple(
        (str(DETAILS.get(key, "")), roles.get(words, words))
        for key, words in ((k, _plain(v)) for k, v in entry.payload.items())
        if words
    )
    verb = str(VERBS.get(entry.verb, entry.verb))
    return Line(entry.at, who, f"{kind} {entry.subject_id}", verb, details[:6], entry.digest[:10])


def _plain(value: object) -> str:
    """Return what an act remembered as words; a list stands on one line."""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)
