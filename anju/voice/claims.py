"""What a case cost, and what a claim against its builder stands on, for a reader who may see it; reads alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.attachments.models import Attachment
from anju.casework.kinds import Chase, Payer, Photo, WaitedFor
from anju.casework.states import Outcome
from anju.casework.warranty import Facts, Proof, asked_first, may_step_in, proofs
from anju.kernel import history
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.voice.access import case_for
from anju.voice.actions.paying import owed_by_builder
from anju.voice.actions.storing import subject
from anju.voice.models import Case, CaseNote, CasePause

READ = ("chased", "finish", "parts_said")


@dataclass(frozen=True, slots=True)
class Chased:
    """One reminder of a builder: when, how, by whom, with which words."""

    at: datetime
    how: Chase
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The money of a case; `builder` where he owes it, with each proof and whether it is there."""

    cost: int | None
    payer: Payer | None
    parts: tuple[str, ...]
    builder: bool
    asked_at: datetime | None
    chases: tuple[Chased, ...]
    proofs: tuple[tuple[Proof, bool], ...]
    step_in: bool

    @property
    def letters(self) -> int:
        """How many letters went to the builder."""
        return sum(one.how is Chase.LETTER for one in self.chases)


def claim_of(actor: Actor, case_id: int, *, at: datetime) -> Claim:
    """Return what a case cost and what its builder owes; raises NotFound or Forbidden."""
    case: Case = case_for(actor, case_id, Verb.SEE_CASES)
    rows = list(history.entries(subject(case)).filter(verb__in=READ).order_by("seq"))
    parts = [str(row.payload["parts"]) for row in rows if row.payload.get("parts")]
    chases = _chases(case, [row for row in rows if row.verb == "chased"])
    facts = _facts(case, chases)
    return Claim(
        case.cost, Payer(case.payer) if case.payer else None, tuple(dict.fromkeys(parts)),
        owed_by_builder(case) or bool(chases), asked_first(facts), chases, proofs(facts),
        may_step_in(facts, at),
    )  # fmt: skip


def _chases(case: Case, rows: list[history.HistoryEntry]) -> tuple[Chased, ...]:
    ids = [row.payload.get("note") for row in rows]
    words = dict(CaseNote.objects.filter(case=case, id__in=ids).values_list("id", "words"))
    names = names_of({row.actor_id or 0 for row in rows})
    return tuple(
        Chased(
            row.at, Chase(row.payload["how"]), names.get(row.actor_id or 0, ""),
            words.get(row.payload.get("note"), ""),
        )
        for row in rows
    )  # fmt: skip


def _facts(case: Case, chases: tuple[Chased, ...]) -> Facts:
    waits = CasePause.objects.filter(case=case, waited_for=WaitedFor.BUILDER.value)
    photos = Attachment.objects.filter(subject_id=case.pk, removed_at=None)

    def many(shows: Photo) -> int:
        return int(photos.filter(subject_kind=shows.value).count())

    return Facts(
        received_at=case.received_at,
        asked_at=waits.order_by("start").values_list("start", flat=True).first(),
        chased=tuple(one.at for one in chases),
        letters=sum(one.how is Chase.LETTER for one in chases),
        before=many(Photo.BEFORE) + many(Photo.OWNER),
        after=many(Photo.AFTER),
        cause=bool(case.cause),
        cost=case.cost is not None,
        confirmed=case.outcome == Outcome.CONFIRMED,
    )
