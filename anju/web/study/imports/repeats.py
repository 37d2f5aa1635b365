"""What a check found to stand twice: homes in the file, and homes that answered before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.kernel.tasks import Job
from anju.survey.queries import WaveLine
from anju.survey.rules.counts import Counts, more_than_returned

DOUBLES = 20


@dataclass(frozen=True, slots=True)
class Repeats:
    """Sentences about what stands twice; empty where nothing does.

    `again` asks for a ticked confirmation before the import, `too_many` warns.
    """

    again: str = ""
    doubles: tuple[str, ...] = ()
    more_doubles: int = 0
    too_many: str = ""


def repeats_of(job: Job, line: WaveLine) -> Repeats:
    """Return what a check found to stand twice in the file or beside the answers in use."""
    result = job.result or {}
    lines = [text.split("\t", 1) for text in result.get("doubles", [])]
    told = tuple(
        _("%(home)s: rows %(rows)s") % {"home": parts[0], "rows": parts[-1]} for parts in lines
    )
    return Repeats(
        again=_again(job),
        doubles=told[:DOUBLES],
        more_doubles=max(0, len(told) - DOUBLES),
        too_many=_too_many(int(result.get("people", 0)), line) if result.get("people") else "",
    )


def _again(job: Job) -> str:
    result = job.result or {}
    known, homes = int(result.get("seen_known", 0)), int(result.get("seen_homes", 0))
    if not known:
        return ""
    number = _(", ").join(str(number) for number in result.get("seen_imports", []))
    if not result.get("seen_by_home", True):
        return _("Exactly these answers are already in use as import %s.") % number
    said = ngettext(
        "%(known)s of %(n)s home already answered in import %(number)s"
        " (%(same)s with the very same answers).",
        "%(known)s of %(n)s homes already answered in import %(number)s"
        " (%(same)s with the very same answers).",
        homes,
    )
    same = int(result.get("seen_same", 0))
    return said % {"known": known, "n": homes, "number": number, "same": same}


def _too_many(people: int, line: WaveLine) -> str:
    counts: Counts = line.counts
    if not more_than_returned(line.people + people, counts):
        return ""
    return _(
        "With this file %(people)s answers would be in use, but only %(back)s forms are counted as"
        " returned. Look at the counts, or at the imports that are in use."
    ) % {"people": f"{line.people + people:,}", "back": f"{counts.returned or 0:,}"}
