"""Writes of a finding's boxes and of the decisions about it; measures are written beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from anju.improve.access import finding_for
from anju.improve.actions.storing import WORDS_MOST, Edition, change, reason_of, tell
from anju.improve.models import Finding
from anju.improve.people import person_of
from anju.improve.rules.boxes import Party, check_people
from anju.improve.rules.states import FindingState, FindingVerb, step
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.queries import names_of


@dataclass(frozen=True, slots=True)
class People:
    """Who is responsible and who checks, by account; None where nobody was chosen."""

    responsible_id: int | None
    checker_id: int | None


def _write(
    actor: Actor, edition: Edition, at: datetime, verb: str, columns: dict[str, object]
) -> Finding:
    finding = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
    step(FindingState(finding.state), FindingVerb.WRITE)
    if _stands(finding, columns):
        return finding
    change(finding, edition.version, at, **columns)
    said = {name: str(value) for name, value in columns.items() if not name.endswith("_id")}
    tell(actor.account_id, finding, verb, at=at, payload={**said})
    return finding


def _stands(finding: Finding, columns: Mapping[str, object]) -> bool:
    """Say whether a finding holds all of this already: saving it again is no event."""
    return all(getattr(finding, name) == value for name, value in columns.items())


@transaction.atomic
def write_gap(*, actor: Actor, edition: Edition, title: str, text: str, at: datetime) -> None:
    """Write what is wrong in words; the figure beside them is a fact and stays.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
        named = finding.item_id is None or finding.parent_id is not None
        columns: dict[str, object] = {"title": clean_line(title, "title")} if named else {}
        optional = finding.n is not None and not text.strip()
        columns["gap"] = "" if optional else clean_body(text, "gap", WORDS_MOST)
        _write(actor, edition, at, "gap_written", columns)


@transaction.atomic
def write_cause(*, actor: Actor, edition: Edition, text: str, party: str, at: datetime) -> None:
    """Write the root cause and the party that causes it.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-CHOICE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        words = clean_body(text, "cause", WORDS_MOST)
        columns: dict[str, object] = {"cause": words, "party": party_of(party)}
        _write(actor, edition, at, "cause_written", columns)


def party_of(given: str) -> str:
    """Return a known party; raises E-CHOICE."""
    if given not in set(Party):
        raise Problem("E-CHOICE", "party", "Choose one of the list.", "请从列表中选择一项。")
    return given


@transaction.atomic
def name_people(*, actor: Actor, edition: Edition, people: People, at: datetime) -> None:
    """Name who is responsible and who checks; never the same person. The same two again: no entry.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-NOBODY, -LEFT, -RIGHT, -SELF.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
        step(FindingState(finding.state), FindingVerb.WRITE)
        must_be_people(people, finding.project_id)
        columns: dict[str, object] = asdict(people)
        if _stands(finding, columns):
            return
        change(finding, edition.version, at, **columns)
        tell(actor.account_id, finding, "people_named", at=at, payload={**named(people)})


def must_be_people(people: People, project_id: int) -> None:
    """Raise unless both people can be named at a finding of the project."""
    check_people(
        person_of(people.responsible_id, project_id), person_of(people.checker_id, project_id)
    )


def named(people: People) -> dict[str, str]:
    """Return the names of two people for the history."""
    names = names_of({one for one in (people.responsible_id, people.checker_id) if one})
    return {
        "responsible": names.get(people.responsible_id or 0, ""),
        "checker": names.get(people.checker_id or 0, ""),
    }


@transaction.atomic
def take_up(*, actor: Actor, edition: Edition, at: datetime) -> None:
    """Make a finding of what could not be told from chance.

    Errors: NotFound, Forbidden, E-STATE, E-STALE.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
        state = step(FindingState(finding.state), FindingVerb.TAKE_UP)
        change(finding, edition.version, at, state=state.value)
        tell(actor.account_id, finding, "taken_up", at=at)


@transaction.atomic
def waive(*, actor: Actor, edition: Edition, reason: str, at: datetime) -> None:
    """Decide that nothing is done, with a reason and the name of who decided.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.WAIVE_FINDING)
        state = step(FindingState(finding.state), FindingVerb.WAIVE)
        words = reason_of(reason)
        change(
            finding,
            edition.version,
            at,
            state=state.value,
            reason=words,
            decided_by_id=actor.account_id,
        )
        tell(actor.account_id, finding, "waived", at=at, payload={"reason": words})


@transaction.atomic
def reopen(*, actor: Actor, edition: Edition, reason: str, at: datetime) -> None:
    """Open a finding again on which no action had been decided; the decision stays in the history.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.WAIVE_FINDING)
        state = step(FindingState(finding.state), FindingVerb.REOPEN)
        words = reason_of(reason)
        change(finding, edition.version, at, state=state.value, reason="", decided_by_id=None)
        tell(actor.account_id, finding, "reopened", at=at, payload={"reason": words})
