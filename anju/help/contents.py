"""Which pages the manual has, in which part, and which page of the manual explains which address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The four parts of the manual."""

    START = "start"
    WORK = "work"
    FIGURES = "figures"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the manual."""

    slug: str
    part: Part


_SLUGS: Mapping[Part, str] = {
    Part.START: "ten-minutes first-steps signing-in",
    Part.WORK: "taking-a-call working-a-case on-site return-visits stocktake case-settings"
    " surveys questionnaires answers fieldwork results findings register privacy people"
    " messages calendar history",
    Part.FIGURES: "figures share-top share-ticked points-share mean-index nps composite response-rate"
    " gap intervals bounds comparison suppression",
    Part.RUN: "install phones proxy backup upgrade health programs",
}
PAGES: tuple[Entry, ...] = tuple(
    Entry(slug, part) for part, slugs in _SLUGS.items() for slug in slugs.split()
)

# The beginning of an address's name → the page that explains it; the longest beginning wins.
TOPICS: Mapping[str, str] = {
    "home": "ten-minutes",
    "help": "ten-minutes",
    "card": "ten-minutes",
    "hint": "ten-minutes",
    "account": "signing-in",
    "second": "signing-in",
    "mfa": "signing-in",
    "first-steps": "first-steps",
    "defaults": "first-steps",
    "sample": "first-steps",
    "phones": "phones",
    "survey": "surveys",
    "wave": "surveys",
    "wave-file": "answers",
    "wave-counts": "response-rate",
    "wave-totals": "response-rate",
    "wave-frame": "response-rate",
    "wave-links": "fieldwork",
    "wave-paper": "fieldwork",
    "wave-print": "fieldwork",
    "wave-poster": "fieldwork",
    "wave-privacy": "fieldwork",
    "wave-sample": "fieldwork",
    "wave-remind": "fieldwork",
    "wave-progress": "fieldwork",
    "field": "fieldwork",
    "paper": "fieldwork",
    "poster": "fieldwork",
    "questionnaire-print": "fieldwork",
    "questionnaire": "questionnaires",
    "section": "questionnaires",
    "item": "questionnaires",
    "scale": "questionnaires",
    "import": "answers",
    "job": "answers",
    "case": "working-a-case",
    "case-new": "taking-a-call",
    "case-import": "taking-a-call",
    "case-place": "taking-a-call",
    "case-settings": "case-settings",
    "bundle": "working-a-case",
    "my-": "on-site",
    "ticket": "on-site",
    "foreman": "on-site",
    "visit": "return-visits",
    "grievance": "return-visits",
    "review": "stocktake",
    "stocktake": "stocktake",
    "meeting": "stocktake",
    "month": "stocktake",
    "repairs": "stocktake",
    "program": "programs",
    "result": "results",
    "report": "results",
    "finding": "findings",
    "measure": "findings",
    "project": "register",
    "building": "register",
    "building-edit": "register",
    "unit": "register",
    "resident": "register",
    "move-in": "register",
    "stay": "register",
    "zone": "register",
    "firm": "register",
    "company": "register",
    "region": "register",
    "roster": "register",
    "search": "register",
    "home-file": "privacy",
    "resident-phone": "privacy",
    "resident-care": "privacy",
    "resident-looks": "privacy",
    "resident-export": "privacy",
    "resident-erase": "privacy",
    "consent": "privacy",
    "care": "privacy",
    "person": "people",
    "people": "people",
    "calendar": "calendar",
    "history": "history",
    "health": "health",
    "wish": "messages",
    "group": "messages",
    "draft": "signing-in",
    "message": "messages",
    "notice": "messages",
    "outbox": "messages",
}


def topic_of(name: str) -> str:
    """Return the page of the manual for the name of an address; the first page for a strange one."""
    known = [start for start in TOPICS if name.startswith(start)]
    return TOPICS[max(known, key=len)] if known else "ten-minutes"


def explained(name: str) -> bool:
    """Say whether an address has a page of the manual of its own."""
    return any(name.startswith(start) for start in TOPICS)
