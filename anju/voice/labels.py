"""The words for our enumerations on pages; Chinese is in the catalogue. No logic."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

from anju.casework.kinds import (
    CaseKind,
    Channel,
    Chase,
    Evidence,
    Mode,
    Party,
    Payer,
    Reason,
    Severity,
    Spot,
    VisitState,
    WaitedFor,
)
from anju.casework.promises import Promised
from anju.casework.states import CaseVerb, Outcome, Stage, State, Turn
from anju.casework.visits import Solved
from anju.casework.warranty import Proof

LABELS: dict[type[StrEnum], dict[str, Promise | str]] = {
    CaseKind: {
        CaseKind.REPAIR: _p("case", "Repair"),
        CaseKind.COMPLAINT: _p("case", "Complaint"),
        CaseKind.SUGGESTION: _p("case", "Suggestion"),
        CaseKind.ENQUIRY: _p("case", "Enquiry"),
        CaseKind.PRAISE: _p("case", "Praise"),
        CaseKind.SERVICE: _p("case", "Service request"),
    },
    Severity: {
        Severity.USUAL: _p("case", "Usual"),
        Severity.IMPORTANT: _p("case", "Important"),
        Severity.EMERGENCY: _p("case", "Emergency"),
        Severity.CRISIS: _p("case", "Crisis"),
    },
    Channel: {
        Channel.PHONE: _p("case", "Phone call"),
        Channel.DESK: _p("case", "At the desk"),
        Channel.LINK: _p("case", "Owner’s phone page"),
        Channel.STAFF: _p("case", "Heard by staff"),
        Channel.MAIL: _p("case", "E-mail"),
        Channel.BOX: _p("case", "Suggestion box"),
        Channel.VISIT: _p("case", "Home visit"),
        Channel.MAILBOX: _p("case", "Manager’s mailbox"),
        Channel.EVENT: _p("case", "Reception day"),
        Channel.SURVEY: _p("case", "Survey"),
        Channel.LEDGER: _p("case", "Earlier ledger"),
        Channel.PROGRAM: _p("case", "Another program"),
    },
    Party: {
        Party.PROPERTY: _p("case", "Property service"),
        Party.DEVELOPER: _p("case", "Developer"),
        Party.CONTRACTOR: _p("case", "Contractor"),
        Party.OUTSIDE: _p("case", "Outside party"),
        Party.UNKNOWN: _p("case", "Not known yet"),
    },
    WaitedFor: {
        WaitedFor.OWNER: _p("waits for", "The owner"),
        WaitedFor.PART: _p("waits for", "A part"),
        WaitedFor.BUILDER: _p("waits for", "The builder"),
        WaitedFor.AUTHORITY: _p("waits for", "An authority"),
        WaitedFor.WEATHER: _p("waits for", "The weather"),
    },
    Evidence: {
        Evidence.NONE: _p("evidence", "None"),
        Evidence.AFTER: _p("evidence", "Photo of the finished work"),
        Evidence.BOTH: _p("evidence", "Photos before and after"),
    },
    Spot: {
        Spot.ANY: _p("place", "Anywhere"),
        Spot.HOME: _p("place", "Inside a home"),
        Spot.COMMON: _p("place", "Common place"),
    },
    Mode: {
        Mode.PHONE: _p("visit", "By phone"),
        Mode.DOOR: _p("visit", "At the door"),
        Mode.LINK: _p("visit", "By the owner’s link"),
    },
    VisitState: {
        VisitState.DUE: _p("visit", "To be made"),
        VisitState.REACHED: _p("visit", "Reached"),
        VisitState.NOT_REACHED: _p("visit", "Not reached"),
        VisitState.DROPPED: _p("visit", "Dropped: case opened again"),
    },
    Reason: {
        Reason.SPEED: _p("verdict", "Speed"),
        Reason.QUALITY: _p("verdict", "Quality"),
        Reason.MANNER: _p("verdict", "Manner"),
        Reason.PRICE: _p("verdict", "Price"),
        Reason.CLEAN: _p("verdict", "Cleanliness"),
        Reason.EXPLAINED: _p("verdict", "Explanation"),
    },
    Promised: {
        Promised.ACKNOWLEDGE: _p("promise", "Acknowledge"),
        Promised.ON_SITE: _p("promise", "Be on site"),
        Promised.RESOLVE: _p("promise", "Solve"),
        Promised.REPORT_BACK: _p("promise", "Report back"),
    },
    Stage: {
        Stage.REGISTERED: _p("stage", "Registered"),
        Stage.HANDLING: _p("stage", "Handled"),
        Stage.FOLLOWED: _p("stage", "Followed up"),
        Stage.CLOSED: _p("stage", "Closed"),
        Stage.VISITED: _p("stage", "Return visit"),
    },
    State: {
        State.REGISTERED: _p("state", "Registered"),
        State.ACCEPTED: _p("state", "Accepted"),
        State.SCHEDULED: _p("state", "Appointment made"),
        State.WORKING: _p("state", "Being worked on"),
        State.WAITING: _p("state", "Waiting"),
        State.DONE: _p("state", "Done, owner to be told"),
        State.CLOSED: _p("state", "Closed, to be visited"),
        State.SETTLED: _p("state", "Settled"),
    },
    Payer: {
        Payer.OWNER: _p("case", "Owner"),
        Payer.PROPERTY: _p("case", "Property service"),
        Payer.RETENTION: _p("case", "Builder’s retention money"),
        Payer.CONTRACTOR: _p("case", "Contractor"),
    },
    Chase: {
        Chase.PHONE: _p("case", "By phone"),
        Chase.LETTER: _p("case", "By letter"),
        Chase.MET: _p("case", "Face to face"),
    },
    Proof: {
        Proof.FIRST: _p("proof", "The owner’s first word, with its day"),
        Proof.BEFORE: _p("proof", "Photo of the defect"),
        Proof.ASKED: _p("proof", "The builder was asked, with the day"),
        Proof.CHASED: _p("proof", "Reminded twice at least"),
        Proof.LETTER: _p("proof", "A letter among them"),
        Proof.CAUSE: _p("proof", "Cause found"),
        Proof.AFTER: _p("proof", "Photo of the repair"),
        Proof.COST: _p("proof", "What it cost"),
        Proof.OWNER: _p("proof", "The owner says that it is solved"),
    },
    Outcome: {
        Outcome.CONFIRMED: _p("outcome", "Solved, confirmed by the owner"),
        Outcome.UNCONFIRMED: _p("outcome", "Solved, not confirmed"),
        Outcome.PARTLY: _p("outcome", "Partly solved"),
        Outcome.NOT_POSSIBLE: _p("outcome", "Not possible, explained"),
        Outcome.REFERRED: _p("outcome", "Referred"),
        Outcome.DUPLICATE: _p("outcome", "Merged into another case"),
        Outcome.WITHDRAWN: _p("outcome", "Withdrawn"),
    },
    Turn: {
        Turn.DESK: _p("turn", "Desk, steward or manager"),
        Turn.ASSIGNEE: _p("turn", "Responsible person"),
        Turn.EXECUTOR: _p("turn", "Who does the work"),
        Turn.RECEIVER: _p("turn", "First receiver or desk"),
        Turn.CALLER: _p("turn", "Return-visit caller"),
        Turn.NOBODY: _p("turn", "Nobody"),
    },
    Solved: {
        Solved.YES: _p("verdict", "Solved"),
        Solved.PARTLY: _p("verdict", "Partly solved"),
        Solved.NO: _p("verdict", "Not solved"),
    },
    CaseVerb: {
        CaseVerb.ACCEPT: _p("verb", "Accept and name a person"),
        CaseVerb.REFER: _p("verb", "Refer elsewhere"),
        CaseVerb.MERGE: _p("verb", "Merge into another case"),
        CaseVerb.WITHDRAW: _p("verb", "Withdraw for the owner"),
        CaseVerb.SCHEDULE: _p("verb", "Make an appointment"),
        CaseVerb.START: _p("verb", "Start: on site"),
        CaseVerb.HAND_OVER: _p("verb", "Hand over"),
        CaseVerb.DECLINE: _p("verb", "Not possible: explain"),
        CaseVerb.RESCHEDULE: _p("verb", "Move the appointment"),
        CaseVerb.WAIT: _p("verb", "Wait"),
        CaseVerb.FINISH: _p("verb", "Done"),
        CaseVerb.RESUME: _p("verb", "Go on"),
        CaseVerb.REPORT_BACK: _p("verb", "Owner told: close"),
        CaseVerb.SEND_BACK: _p("verb", "Send back"),
        CaseVerb.CONFIRM: _p("verb", "Solved, says the owner"),
        CaseVerb.REOPEN: _p("verb", "Open again"),
        CaseVerb.GIVE_UP: _p("verb", "Owner not reached"),
        CaseVerb.SETTLE: _p("verb", "Settled"),
    },
}


def label(member: StrEnum) -> Promise | str:
    """Return the word for a member, or its code where nobody wrote one."""
    return LABELS.get(type(member), {}).get(member, member.value)


def options(kind: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    """Return (code, word) of every member, in the reader's language."""
    return tuple((str(member), str(word)) for member, word in LABELS[kind].items())
