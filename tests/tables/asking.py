"""How the table's addresses are asked: with whose ids, as whom, and what lies in a project."""

from __future__ import annotations

import re
from collections.abc import Mapping

from anju.register.access import Role
from anju.web.declare import Declared
from tests.cast import Cast
from tests.tables.urls import OWN, TOGETHER

LETTERS: Mapping[str, Role] = {
    "A": Role.ADMINISTRATOR,
    "Q": Role.QUALITY,
    "H": Role.HEAD,
    "M": Role.MANAGER,
    "D": Role.DESK,
    "S": Role.STEWARD,
    "W": Role.WORKER,
    "O": Role.COMMITTEE,
    "C": Role.CONSULTANT,
}
MISSING = 987_654_321
KWARG = re.compile(r"<(?:\w+:)?(\w+)>")

# What an address names that lies in a project; questionnaires and people are the company's.
IN_A_PROJECT = {
    "project_id", "building_id", "wave_id", "batch_id", "file_id", "job_id",
    "finding_id", "measure_id", "unit_id", "tie_id", "resident_id", "consent_id", "care_id",
    "zone_id", "roster_id", "difference_id", "ticket_id", "bundle_id", "case_id", "visit_id",
    "dispute_id", "link_id", "stocktake_id", "line_id", "meeting_id", "agenda_id",
}  # fmt: skip

# What an address names that lies at homes: not there for who is held to other zones. The poster
# made for the table hangs in no building, and a job is one that somebody else ordered.
IN_A_ZONE = {
    "building_id", "unit_id", "tie_id", "resident_id", "consent_id", "care_id",
    "invitation_id", "lobby_id", "job_id", "bundle_id", "case_id", "ticket_id", "visit_id",
    "dispute_id", "link_id",
}  # fmt: skip
# Who can be held to zones.
ZONED = "SW"
# What touches a survey's single answers, or links that lead to them: where it is kept, its keeper's.
RAW_PAGES = {
    "field-found", "field-homes", "field-lobby-end", "field-lobby-make", "field-send",
    "field-slips", "findings-comment-problem", "findings-comments", "import-undo",
    "import-upload", "paper-again", "paper-counts", "paper-draw", "paper-entry", "paper-second",
    "paper-settle", "paper-undo", "wave-export", "wave-hand-over", "wave-links-draw",
    "wave-links-renew", "wave-print-linked",
}  # fmt: skip
# The same of a file or a job; a keeper finds those that she sent herself, and no others.
SENT_PAGES = {
    "import-columns", "import-job", "import-marked", "import-start", "import-stop", "wave-file",
}  # fmt: skip


def kwargs_of(url: Declared, cast: Cast, *, missing: bool) -> dict[str, object]:
    """Return arguments for a URL: ids of the cast's own rows, or ids that nobody has."""
    names = KWARG.findall(url.route)
    if missing:
        return {name: MISSING if name.endswith("_id") else "none" for name in names}
    if url.name in TOGETHER:
        return TOGETHER[url.name](cast)
    return {name: OWN[name](cast) for name in names}
