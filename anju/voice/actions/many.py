"""Acts over many cases at once: given to somebody, taken back as a whole, people reminded.

All of it or nothing: one case that is not there, or not ripe for it, and none is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from anju.casework.states import OPEN, STEPS, CaseVerb, State
from anju.casework.turns import People, turn_of
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague
from anju.register.access import Actor, Verb, demand
from anju.voice import letters
from anju.voice.access import visible_cases
from anju.voice.actions.handling import Named, accept, hand_over
from anju.voice.actions.storing import KIND, Edition, subject, tell
from anju.voice.models import Case

MOST = 500
SHOWN = 20  # numbers that a refusal names
UNDO = timedelta(days=1)
HELD = {one for one, verb in STEPS if verb is CaseVerb.HAND_OVER}  # somebody has the work
GIVES = {State.REGISTERED.value, *(one.value for one in HELD)}


@dataclass(frozen=True, slots=True)
class Back:
    """What an undo did: cases that went back, and those that nobody had had before."""

    back: int
    kept: int


@transaction.atomic
def give_many(
    *, actor: Actor, ids: Sequence[int], named: Named, why: str, at: datetime
) -> tuple[int, ...]:
    """Give many cases to somebody: a new one is accepted, one that has a person is handed over.

    Returns the ids in the order of their numbers. The same `named.batch` again does nothing more.
    Errors: Forbidden, E-IDEM-*, E-BULK-IDS naming those not found, E-BULK-MANY, E-STATE naming
    those already done, and those of `hand_over`.
    """
    body = {"ids": sorted(ids), "person": named.assignee_id, "why": why}
    asked = Asked(actor.company_id, f"cases:{actor.account_id}", named.batch, body)

    def give() -> str:
        with company_scope(actor.company_id):
            rows = _all_of(actor, ids)
            _refuse_begun(rows, GIVES)
            for case in rows:
                _give(actor, case, named, why, at)
            return ",".join(str(case.pk) for case in rows)

    return tuple(int(one) for one in once(asked, give, at=at).answer.split(","))


def _give(actor: Actor, case: Case, named: Named, why: str, at: datetime) -> None:
    edition = Edition(case.pk, case.version)
    if case.state == State.REGISTERED:
        accept(actor=actor, edition=edition, named=named, at=at)
    else:
        hand_over(actor=actor, edition=edition, named=named, why=why, at=at)


@transaction.atomic
def take_back_many(*, actor: Actor, ids: Sequence[int], batch: str, why: str, at: datetime) -> Back:
    """Undo what was given, within a day, by handing each case back; what had nobody stays with who undoes it.

    Errors: as `give_many`; E-UNDO-USED where somebody went on with one meanwhile, E-UNDO-LATE.
    """
    with company_scope(actor.company_id):
        rows = _all_of(actor, ids)
        last = {case.pk: history.entries(subject(case)).order_by("-seq").first() for case in rows}
        moved = [case for case in rows if not _ours(last[case.pk], actor, batch)]
        if moved:
            raise Problem(
                "E-UNDO-USED", "cases",
                "Somebody went on with case {numbers} meanwhile. Nothing was undone.",
                "{numbers} 号单已有人继续处理，未撤销任何内容。",
                numbers=_numbers(moved),
            )  # fmt: skip
        if any(at - entry.at > UNDO for entry in last.values() if entry is not None):
            raise Problem(
                "E-UNDO-LATE", "cases",
                "It can be undone for one day. Hand the cases over by hand.",
                "一天内可撤销，现已超过。请手动转交。",
            )  # fmt: skip
        kept = 0
        for case in rows:
            entry = last[case.pk]
            said = entry.payload if entry is not None else {}
            kept += "from" not in said
            before = Named(said.get("from") or actor.account_id, said.get("from_executor"))
            hand_over(actor=actor, edition=Edition(case.pk), named=before, why=why, at=at)
        return Back(len(rows) - kept, kept)


def _ours(entry: history.HistoryEntry | None, actor: Actor, batch: str) -> bool:
    verbs = {CaseVerb.ACCEPT.value, CaseVerb.HAND_OVER.value}
    same = entry is not None and entry.actor_id == actor.account_id and entry.verb in verbs
    return same and entry is not None and entry.payload.get("batch") == batch


@transaction.atomic
def remind_many(*, actor: Actor, ids: Sequence[int], key: str, at: datetime) -> int:
    """Remind whoever's turn it is of many cases, one message a person; return how many people.

    The same key again reminds nobody more. Errors: Forbidden, E-IDEM-*, E-BULK-IDS, E-BULK-MANY,
    E-STATE naming those that are closed.
    """
    asked = Asked(actor.company_id, f"cases:{actor.account_id}", key, {"remind": sorted(ids)})

    def remind() -> str:
        with company_scope(actor.company_id):
            rows = _all_of(actor, ids)
            _refuse_begun(rows, {one.value for one in OPEN})
            found = _holders(actor, rows)
            for who, cases in found.items():
                _remind(actor, who, cases, at)
            return str(len(found))

    return int(once(asked, remind, at=at).answer)


def _holders(actor: Actor, rows: Sequence[Case]) -> dict[int, list[Case]]:
    """Return whose turn each case is, where somebody else than the reminder is named."""
    found: dict[int, list[Case]] = {}
    for case in rows:
        people = People(case.first_receiver_id, case.assignee_id, case.executor_id)
        _turn, holder = turn_of(State(case.state), people)
        if holder is not None and holder not in {case.about_id, actor.account_id}:
            found.setdefault(holder, []).append(case)
    return found


def _remind(actor: Actor, who: int, cases: Sequence[Case], at: datetime) -> None:
    first = cases[0]
    for case in cases:
        tell(case, "reminded", by=actor.account_id, at=at, payload={"told": [str(who)]})
    note = Note(
        colleague(who),
        About(KIND, first.pk, f"remind.{who}.{at:%Y%m%d%H%M%S}"),
        {"n": len(cases), "numbers": _numbers(cases), "person": actor.name},
        path=f"/desk/cases/{first.pk}/" if len(cases) == 1 else f"/desk/cases/?person={who}",
        project_id=first.project_id,
    )
    post(letters.REMIND, note, at=at)


def _all_of(actor: Actor, ids: Sequence[int]) -> list[Case]:
    """Return every case named, in the order of their numbers, or refuse the whole."""
    demand(actor, Verb.STEER_CASES)
    wanted = list(dict.fromkeys(ids))
    found = {case.pk: case for case in visible_cases(actor).filter(id__in=wanted)}
    gone = [one for one in wanted if one not in found]
    if gone or not wanted:
        raise Problem(
            "E-BULK-IDS", "cases",
            "{missing} of {all} cases were not found: {ids}. Nothing was changed.",
            "{all} 张单中有 {missing} 张未找到：{ids}。未作任何更改。",
            missing=len(gone), all=len(wanted), ids=_listed(gone),
        )  # fmt: skip
    if len(wanted) > MOST:
        raise Problem(
            "E-BULK-MANY", "cases",
            "At most {most} cases at once; you chose {sent}. Choose fewer.",
            "一次最多 {most} 张单，您选择了 {sent} 张。请减少。",
            most=MOST, sent=len(wanted),
        )  # fmt: skip
    return sorted(found.values(), key=lambda case: case.number)


def _refuse_begun(rows: Sequence[Case], states: set[str]) -> None:
    begun = [case for case in rows if case.state not in states]
    if begun:
        raise Problem(
            "E-STATE", "cases",
            "This cannot be done to case {numbers} as it stands now. Nothing was changed.",
            "{numbers} 号单当前状态不能这样操作，未作任何更改。",
            numbers=_numbers(begun),
        )  # fmt: skip


def _numbers(rows: Sequence[Case]) -> str:
    return _listed([case.number for case in rows])


def _listed(numbers: Sequence[int]) -> str:
    more = "…" if len(numbers) > SHOWN else ""
    return ", ".join(str(one) for one in numbers[:SHOWN]) + more
