"""The enumerations of a case: what it is, how it came, who causes it, what it waits for; pure."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    """What an owner wants."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"
    PRAISE = "praise"
    SERVICE = "service"


class Severity(StrEnum):
    """How much depends on it; an important matter has shorter times, an emergency real minutes."""

    USUAL = "usual"
    IMPORTANT = "important"
    EMERGENCY = "emergency"
    CRISIS = "crisis"


class Channel(StrEnum):
    """How the word came in: each case has exactly one."""

    PHONE = "phone"
    DESK = "desk"
    LINK = "link"  # the owner's phone by a code on the wall or a link
    STAFF = "staff"  # heard by a colleague on the ground
    MAIL = "mail"
    BOX = "box"  # the suggestion box, emptied on a round
    VISIT = "visit"
    MAILBOX = "mailbox"  # the manager's mailbox, of restricted view
    EVENT = "event"  # a reception day
    SURVEY = "survey"
    LEDGER = "ledger"  # brought in from an old list
    PROGRAM = "program"


class Party(StrEnum):
    """Who causes it."""

    PROPERTY = "property"
    DEVELOPER = "developer"
    CONTRACTOR = "contractor"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class WaitedFor(StrEnum):
    """What holds a case while nobody can work on it."""

    OWNER = "owner"
    PART = "part"
    BUILDER = "builder"
    AUTHORITY = "authority"
    WEATHER = "weather"


class Payer(StrEnum):
    """Who pays for a matter."""

    OWNER = "owner"
    PROPERTY = "property"
    RETENTION = "retention"  # held back of what the builder is owed
    CONTRACTOR = "contractor"


class Chase(StrEnum):
    """How a builder was reminded of what he owes."""

    PHONE = "phone"
    LETTER = "letter"
    MET = "met"


class Evidence(StrEnum):
    """What a category asks for before a matter counts as done."""

    NONE = "none"
    AFTER = "after"  # a photo of what it looks like now
    BOTH = "both"  # before and after


class Spot(StrEnum):
    """Where matters of a category lie."""

    ANY = "any"
    HOME = "home"
    COMMON = "common"


class NoteFrom(StrEnum):
    """Whose words a note holds."""

    OWNER = "owner"
    STAFF = "staff"


class Shown(StrEnum):
    """Who reads a note."""

    ALL = "all"
    INSIDE = "inside"


class Photo(StrEnum):
    """What a photo of a case shows; the name under which attachments keep it."""

    OWNER = "case"
    BEFORE = "case_before"
    AFTER = "case_after"
    PAUSE = "case_pause"


class Mode(StrEnum):
    """How an owner was asked."""

    PHONE = "phone"
    DOOR = "door"
    LINK = "link"


class VisitState(StrEnum):
    """Where a return visit stands."""

    DUE = "due"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"  # the case was opened again before anybody asked


class Reason(StrEnum):
    """Why an owner is content or not."""

    SPEED = "speed"
    QUALITY = "quality"
    MANNER = "manner"
    PRICE = "price"
    CLEAN = "clean"
    EXPLAINED = "explained"


WORDS_MOST = 5_000
NOTE_MOST = 2_000
REASON_MOST = 500
PHOTOS_MOST = 6
EMERGENCY = frozenset({Severity.EMERGENCY, Severity.CRISIS})
URGENT = EMERGENCY | {Severity.IMPORTANT}
