"""The history of a case in the reader's words: one sentence an entry, with what it carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from anju.casework.kinds import (
    CaseKind,
    Channel,
    Chase,
    Mode,
    Party,
    Payer,
    Severity,
    WaitedFor,
)
from anju.casework.promises import Promised
from anju.casework.visits import Solved
from anju.register.choices import role_names
from anju.voice.happened import BY_OWNER, HAPPENED
from anju.voice.labels import label
from anju.voice.told import Told
from anju.web.desk.cases.words import yuan
from anju.web.parts.pieces import Happening

LONG = "%Y-%m-%d %H:%M"
# From this difference on the clock of a phone is shown beside ours.
APART = timedelta(minutes=2)
# What owners are not shown: how the office reminds and sorts itself.
OURS = frozenset(
    {
        "escalated", "reminded", "observed", "sorted", "recomputed", "disputed",
        "dispute_answered", "phone_shown", "number_seen", "photo_left_out", "help_asked",
        "cost_set", "chased",
    }
)  # fmt: skip
LATE = frozenset({"escalated", "urged", "reopen", "send_back"})


def happenings(entries: tuple[Told, ...], *, owners_view: bool = False) -> tuple[Happening, ...]:
    """Return the entries as a timeline; for owners without what is said inside."""
    return tuple(_one(entry) for entry in entries if not (owners_view and _inside(entry)))


def _inside(entry: Told) -> bool:
    return entry.verb in OURS or (entry.said is not None and entry.said.inside)


def _one(entry: Told) -> Happening:
    said = entry.said
    words = "" if said is None else _("(erased)") if said.erased else said.words
    details = [one for one in (*_details(entry), _phone_clock(entry)) if one]
    return Happening(
        _day(entry.at),
        entry.at.isoformat(),
        str(HAPPENED.get(entry.verb, entry.verb)),
        who=entry.who or _nobody(entry),
        note="\n".join([*([" · ".join(details)] if details else []), *([words] if words else [])]),
        late=entry.verb in LATE,
        internal=said is not None and said.inside,
    )


def _nobody(entry: Told) -> str:
    """Return who did what no colleague did: a firm by its link, the owner, or the program."""
    if entry.payload.get("firm"):
        return _("Partner firm")
    return _("Owner") if entry.verb in BY_OWNER else _("the program")


def _day(at: datetime) -> str:
    local = timezone.localtime(at)
    return local.strftime("%m-%d %H:%M" if local.year == timezone.localtime().year else LONG)


def _details(entry: Told) -> list[str]:
    """Return what an entry carries, in words; what nobody wrote a reader for is left out."""
    reader = READERS.get(entry.verb)
    return reader(entry) if reader is not None else []


def _phone_clock(entry: Told) -> str:
    """Return the time by a phone's clock where it differs from ours."""
    there = _instant(entry.payload.get("client_at"))
    if there is None or abs(there - entry.at) <= APART:
        return ""
    return _("by the phone’s clock %s") % _day(there)


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None


def _word(kind: type[StrEnum], value: object) -> str:
    """Return the word for a code of one of our enumerations; an unknown code stands as it is."""
    known = {one.value: one for one in kind}
    found = known.get(str(value or ""))
    return str(label(found)) if found is not None else str(value or "")


def _named(entry: Told) -> list[str]:
    names = entry.names
    told = [f"{names['from']} →"] if names.get("from") else []
    told.append(names.get("assignee", ""))
    if names.get("executor") not in {None, "", names.get("assignee")}:
        told.append(_("work: %s") % names["executor"])
    return [" ".join(one for one in told if one)]


def _received(entry: Told) -> list[str]:
    said = entry.payload
    return [_word(Channel, said.get("channel")), _word(CaseKind, said.get("kind"))]


def _arrival(entry: Told) -> list[str]:
    there = _instant(entry.payload.get("arrival"))
    return [_day(there)] if there is not None else []


def _finished(entry: Told) -> list[str]:
    said = entry.payload
    told = [_("cause: %s") % said.get("cause", ""), _word(Party, said.get("party"))]
    return [*told, _("parts: %s") % said["parts"]] if said.get("parts") else told


def _told_at(entry: Told) -> list[str]:
    there = _instant(entry.payload.get("told_at"))
    return [_("told at %s") % _day(there)] if there is not None else []


def _verdict(entry: Told) -> list[str]:
    said = entry.payload
    return [_word(Solved, said.get("solved")), _word(Mode, said.get("mode"))]


def _escalated(entry: Told) -> list[str]:
    role = role_names()
    known = {one.value: name for one, name in role.items()}
    code = str(entry.payload.get("role", ""))
    return [str(known.get(code, _("responsible person"))), entry.names.get("told", "")]


def _moved(entry: Told) -> list[str]:
    said = entry.payload
    due, was = _instant(said.get("due")), _instant(said.get("due_was"))
    told = [_word(Promised, said.get("promise"))]
    if due is not None:
        told.append(f"{_day(was)} → {_day(due)}" if was is not None else _day(due))
    return told


def _sorted(entry: Told) -> list[str]:
    said = entry.payload
    pairs: tuple[tuple[str, type[StrEnum]], ...] = (
        ("kind", CaseKind), ("severity", Severity), ("party", Party),
    )  # fmt: skip
    told = [
        f"{_word(kind, said.get(f'{name}_was'))} → {_word(kind, said[name])}"
        for name, kind in pairs
        if name in said
    ]
    return [*told, _("category")] if "category" in said else told


def _cost(entry: Told) -> list[str]:
    said = entry.payload
    cost = said.get("cost")
    told = [yuan(cost)] if isinstance(cost, int) else []
    return [*told, _word(Payer, said.get("payer"))]


def _numbered(name: str) -> Callable[[Told], list[str]]:
    return lambda entry: [f"#{entry.payload[name]}"] if entry.payload.get(name) else []


def _plain(name: str) -> Callable[[Told], list[str]]:
    return lambda entry: [str(entry.payload.get(name, ""))]


READERS: dict[str, Callable[[Told], list[str]]] = {
    "received": _received,
    "accept": _named,
    "hand_over": _named,
    "schedule": _arrival,
    "reschedule": _arrival,
    "wait": lambda entry: [_word(WaitedFor, entry.payload.get("waited_for"))],
    "finish": _finished,
    "report_back": _told_at,
    "verdict": _verdict,
    "not_reached": lambda entry: [_word(Mode, entry.payload.get("mode"))],
    "escalated": _escalated,
    "promise_moved": _moved,
    "recomputed": lambda entry: [_word(Promised, one) for one in entry.payload.get("moved", [])],
    "sorted": _sorted,
    "cost_set": _cost,
    "chased": lambda entry: [_word(Chase, entry.payload.get("how"))],
    "merge": _numbered("target"),
    "merged_in": _numbered("from"),
    "bundled": _plain("title"),
    "parts_said": _plain("parts"),
    "file_added": _plain("file"),
    "file_removed": _plain("file"),
    "file_put_back": _plain("file"),
    "unbundled": _plain("title"),
    "observed": lambda entry: [entry.names.get("observer", "")],
    "reminded": lambda entry: [entry.names.get("told", "")],
}
