"""Who may: roles, verbs and the one table that joins them; pure. Lookups are in access.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a company."""

    ADMINISTRATOR = "administrator"
    QUALITY = "quality"
    HEAD = "head"
    MANAGER = "manager"
    DESK = "desk"
    STEWARD = "steward"
    WORKER = "worker"
    COMMITTEE = "committee"
    CONSULTANT = "consultant"


class Reach(StrEnum):
    """How far a role goes: the company, projects, her zones in them, or what she answers for."""

    COMPANY = "company"
    PROJECTS = "projects"
    ZONES = "zones"
    OWN = "own"


# Who answers for the whole company sees all of it unless told otherwise; everybody else
# sees the projects named for them, and none until one is named.
USUAL_REACH: dict[Role, Reach] = {
    role: Reach.COMPANY if role in {Role.ADMINISTRATOR, Role.QUALITY, Role.HEAD} else Reach.PROJECTS
    for role in Role
}
# Who else may be held closer. Everybody with an office sees its project; who walks the estate can
# be held to her zones, and who only repairs to the findings that she is named at.
_WIDE = frozenset({Reach.COMPANY, Reach.PROJECTS})
REACHES: dict[Role, frozenset[Reach]] = dict.fromkeys(Role, _WIDE) | {
    Role.ADMINISTRATOR: frozenset({Reach.COMPANY}),
    Role.STEWARD: _WIDE | {Reach.ZONES},
    Role.WORKER: _WIDE | {Reach.ZONES, Reach.OWN},
}


class Verb(StrEnum):
    """What a person may do; each page declares one."""

    LOOK_AROUND = "look_around"
    SEE_REGISTER = "see_register"
    EDIT_REGISTER = "edit_register"
    SEE_SURVEYS = "see_surveys"
    EDIT_SURVEYS = "edit_surveys"
    IMPORT_ANSWERS = "import_answers"
    SEE_RESULTS = "see_results"
    EXPORT_ANSWERS = "export_answers"
    MANAGE_PEOPLE = "manage_people"
    SEE_HISTORY = "see_history"
    SEE_HEALTH = "see_health"
    SEE_CALENDAR = "see_calendar"
    EDIT_CALENDAR = "edit_calendar"
    SEE_FINDINGS = "see_findings"
    EDIT_FINDINGS = "edit_findings"
    CHECK_MEASURE = "check_measure"
    WAIVE_FINDING = "waive_finding"
    SEE_OWNERS = "see_owners"
    EDIT_OWNERS = "edit_owners"
    SEE_CARE = "see_care"
    SEE_FILE = "see_file"
    REVEAL = "reveal"
    REVEAL_SENSITIVE = "reveal_sensitive"
    SEE_LOOKS = "see_looks"
    EXPORT_PERSON = "export_person"
    ERASE_PERSON = "erase_person"
    SEE_OUTBOX = "see_outbox"
    RUN_OUTBOX = "run_outbox"
    SET_UP = "set_up"
    ENTER_PAPER = "enter_paper"
    CHECK_PAPER = "check_paper"
    MEET_WISHES = "meet_wishes"
    GIVE_LINKS = "give_links"
    READ_COMMENTS = "read_comments"
    HAND_OVER = "hand_over"
    SEE_CASES = "see_cases"
    TAKE_CASES = "take_cases"
    WORK_CASES = "work_cases"
    STEER_CASES = "steer_cases"
    VISIT_CASES = "visit_cases"
    REVIEW_CASES = "review_cases"
    SEE_RESTRICTED = "see_restricted"
    SET_CASES = "set_cases"


_ALL = frozenset(Role)
_STAFF = _ALL - {Role.COMMITTEE, Role.CONSULTANT}
_LEAD = frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.HEAD, Role.MANAGER})
_SURVEY = _ALL - {Role.WORKER}
_RESULTS = _LEAD | {Role.COMMITTEE, Role.CONSULTANT}
_QUALITY = frozenset({Role.ADMINISTRATOR, Role.QUALITY})
_KEEPING = _QUALITY | {Role.CONSULTANT}
HANDS = frozenset({Role.STEWARD, Role.WORKER})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Results are aggregates after suppression, so managers, the owners' committee and an independent
# consultant see them; single answers of a confidential survey are the quality department's alone
# (promises, data classes). Committee and consultant are no staff: they see neither the register
# nor who did what.
RIGHTS: dict[Verb, frozenset[Role]] = {
    Verb.LOOK_AROUND: _ALL,
    Verb.SEE_REGISTER: _STAFF,
    Verb.EDIT_REGISTER: _QUALITY,
    Verb.SEE_SURVEYS: _SURVEY,
    Verb.EDIT_SURVEYS: _QUALITY,
    # An independent consultant holds these at surveys that she keeps, and nowhere else.
    Verb.IMPORT_ANSWERS: _KEEPING,
    Verb.SEE_RESULTS: _RESULTS,
    Verb.EXPORT_ANSWERS: _KEEPING,
    Verb.GIVE_LINKS: _KEEPING,
    Verb.READ_COMMENTS: _QUALITY,
    Verb.HAND_OVER: frozenset({Role.CONSULTANT}),
    Verb.MANAGE_PEOPLE: _ADMINISTRATOR,
    Verb.SEE_HISTORY: _LEAD,
    Verb.SEE_HEALTH: _ADMINISTRATOR,
    Verb.SEE_CALENDAR: _ALL,
    Verb.EDIT_CALENDAR: _QUALITY,
    # Who works on the ground sees the findings that she is named at, whatever her reach.
    Verb.SEE_FINDINGS: _LEAD | HANDS,
    Verb.EDIT_FINDINGS: _LEAD - {Role.HEAD},
    # A role that can be named as checker; only the one who is named may check.
    Verb.CHECK_MEASURE: _LEAD,
    Verb.WAIVE_FINDING: _QUALITY,
    Verb.SEE_OWNERS: frozenset(
        {Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK, Role.STEWARD}
    ),
    Verb.EDIT_OWNERS: frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK}),
    # Signs of special care are for those who meet the people; each look is written down.
    Verb.SEE_CARE: frozenset({Role.MANAGER, Role.STEWARD}),
    # The file shows its phones masked. Who calls people sees a whole one against a reason; a
    # steward meets her people and quality asks the desk, so both see the masked one.
    Verb.SEE_FILE: frozenset(
        {Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK, Role.STEWARD}
    ),
    Verb.REVEAL: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.DESK}),
    Verb.REVEAL_SENSITIVE: frozenset({Role.MANAGER, Role.STEWARD}),
    # The desk prints for an owner who asks who looked at her file.
    Verb.SEE_LOOKS: frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK}),
    Verb.EXPORT_PERSON: _QUALITY,
    Verb.ERASE_PERSON: _QUALITY,
    Verb.SET_UP: _ADMINISTRATOR,
    # Who types a form has it in her hand; what was typed is read again by the quality department.
    Verb.ENTER_PAPER: frozenset(
        {
            Role.ADMINISTRATOR,
            Role.QUALITY,
            Role.MANAGER,
            Role.DESK,
            Role.STEWARD,
            Role.CONSULTANT,
        }
    ),
    Verb.CHECK_PAPER: _KEEPING,
    # Who asked in a questionnaire to be called or visited: for those who call and visit.
    Verb.MEET_WISHES: frozenset(
        {Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK, Role.STEWARD}
    ),
    # Messages to owners are handed over by who meets them; what is dead, held or sent to groups is
    # decided by who answers for all of it.
    Verb.SEE_OUTBOX: frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK}),
    Verb.RUN_OUTBOX: _QUALITY,
    # Whoever hears an owner's word writes it down. Who only repairs sees what she works on or took.
    Verb.SEE_CASES: _STAFF,
    Verb.TAKE_CASES: _STAFF,
    Verb.WORK_CASES: frozenset(
        {Role.ADMINISTRATOR, Role.HEAD, Role.MANAGER, Role.DESK, Role.STEWARD, Role.WORKER}
    ),
    # The quality department judges operations and so has no hand in them.
    Verb.STEER_CASES: frozenset(
        {Role.ADMINISTRATOR, Role.HEAD, Role.MANAGER, Role.DESK, Role.STEWARD}
    ),
    # A role that may ask owners; who worked on a case never asks about it.
    Verb.VISIT_CASES: frozenset(
        {Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER, Role.DESK, Role.STEWARD}
    ),
    Verb.REVIEW_CASES: _LEAD | {Role.DESK},
    # The manager's mailbox is read above the people whom it may speak of.
    Verb.SEE_RESTRICTED: frozenset({Role.HEAD, Role.QUALITY}),
    Verb.SET_CASES: _QUALITY,
}


# What touches single answers or the links that lead to them: where somebody independent keeps a
# survey, these are hers alone.
RAW: frozenset[Verb] = frozenset(
    {
        Verb.IMPORT_ANSWERS,
        Verb.EXPORT_ANSWERS,
        Verb.GIVE_LINKS,
        Verb.READ_COMMENTS,
        Verb.ENTER_PAPER,
        Verb.CHECK_PAPER,
        Verb.HAND_OVER,
    }
)
# What is left to somebody who sees her own alone: nothing of homes, owners or surveys.
OWN_VERBS: frozenset[Verb] = frozenset(
    {
        Verb.LOOK_AROUND,
        Verb.SEE_CALENDAR,
        Verb.SEE_FINDINGS,
        Verb.SEE_CASES,
        Verb.TAKE_CASES,
        Verb.WORK_CASES,
    }
)


# What shows or gives out what must not leave the house: signs of care, single answers, whole files
# of people; and making accounts that may do so.
SENSITIVE: frozenset[Verb] = frozenset(
    {
        Verb.SEE_CARE,
        Verb.REVEAL_SENSITIVE,
        Verb.EXPORT_ANSWERS,
        Verb.READ_COMMENTS,
        Verb.CHECK_PAPER,
        Verb.GIVE_LINKS,
        Verb.EXPORT_PERSON,
        Verb.ERASE_PERSON,
        Verb.MANAGE_PEOPLE,
    }
)
# Who holds any of it proves twice who she is.
SECOND_STEP: frozenset[Role] = frozenset().union(*(RIGHTS[verb] for verb in SENSITIVE))
GRACE_DAYS, GRACE_MOST = 14, 90


class NotFound(LookupError):
    """There is no such thing for this person: missing and another company's look the same."""


class Forbidden(PermissionError):
    """The person may see the thing but not do this to it."""


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes of somebody's zones: whole buildings without what others hold of them, and units."""

    zones: frozenset[int] = frozenset()
    buildings: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in one company, with one role; `parts` are the projects, None is all.

    `homes` holds her to her zones within them, None does not; `own` to what she answers for.
    """

    account_id: int
    company_id: int
    role: Role
    name: str = ""
    parts: frozenset[int] | None = None
    homes: Homes | None = None
    own: bool = False

    def may(self, verb: Verb) -> bool:
        """Say whether the role holds the verb in the table, and her reach leaves it to her."""
        return self.role in RIGHTS[verb] and (not self.own or verb in OWN_VERBS)


def demand(actor: Actor, verb: Verb) -> None:
    """Raise Forbidden unless the actor's role holds the verb."""
    if not actor.may(verb):
        raise Forbidden(verb.value)
