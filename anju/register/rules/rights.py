"""Who may: roles, verbs and the one table that joins them; pure. Lookups are in access.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a company."""

    ADMINISTRATOR = "administrator"
    QUALITY = "quality"
    MANAGER = "manager"
    DESK = "desk"


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


_ALL = frozenset(Role)
_LEAD = frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER})
_QUALITY = frozenset({Role.ADMINISTRATOR, Role.QUALITY})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Results are aggregates after suppression, so a manager sees them; single answers of
# a confidential survey are the quality department's alone (promises, data classes).
RIGHTS: dict[Verb, frozenset[Role]] = {
    Verb.LOOK_AROUND: _ALL,
    Verb.SEE_REGISTER: _ALL,
    Verb.EDIT_REGISTER: _QUALITY,
    Verb.SEE_SURVEYS: _ALL,
    Verb.EDIT_SURVEYS: _QUALITY,
    Verb.IMPORT_ANSWERS: _QUALITY,
    Verb.SEE_RESULTS: _LEAD,
    Verb.EXPORT_ANSWERS: _QUALITY,
    Verb.MANAGE_PEOPLE: _ADMINISTRATOR,
    Verb.SEE_HISTORY: _LEAD,
    Verb.SEE_HEALTH: _ADMINISTRATOR,
}


class NotFound(LookupError):
    """There is no such thing for this person: missing and another company's look the same."""


class Forbidden(PermissionError):
    """The person may see the thing but not do this to it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in one company, with one role."""

    account_id: int
    company_id: int
    role: Role
    name: str = ""

    def may(self, verb: Verb) -> bool:
        """Say whether the role holds the verb in the table."""
        return self.role in RIGHTS[verb]


def demand(actor: Actor, verb: Verb) -> None:
    """Raise Forbidden unless the actor's role holds the verb."""
    if not actor.may(verb):
        raise Forbidden(verb.value)
