"""Opens findings: from low items of a wave, from a comment, from a report of others, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from anju.improve.access import finding_for
from anju.improve.actions.boxes import People, must_be_people, named, party_of
from anju.improve.actions.storing import WORDS_MOST, Edition, change, next_number, tell
from anju.improve.models import Finding
from anju.improve.rules.boxes import Origin
from anju.improve.rules.gaps import REPEATED_WITHIN, ItemFigure, first_state, is_low, is_repeat
from anju.improve.rules.states import FindingState, FindingVerb, step
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope, current_company
from anju.register.access import Actor, NotFound, Verb, project_for
from anju.survey.access import wave_for
from anju.survey.models import Item, OpenAnswer, Wave
from anju.survey.rules.wave import Source


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a person writes it; empty boxes stay red. `wave_id` names others' survey."""

    project_id: int
    title: str
    gap: str
    cause: str = ""
    party: str = ""
    people: People | None = None
    wave_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a finding: what it is about and who leads it."""

    title: str
    gap: str
    people: People


@transaction.atomic
def open_low_items(
    *, wave_id: int, items: Sequence[ItemFigure], threshold: float, at: datetime
) -> int:
    """Open a finding for each item below the threshold, once for a wave and item; return how many.

    The caller is inside the company. An item that was suppressed is not among `items`.
    """
    wave: Wave = Wave.objects.select_for_update().get(id=wave_id)
    known = set(
        Finding.objects.filter(wave=wave, item__isnull=False).values_list("item_id", flat=True)
    )
    new = [one for one in items if one.item_id not in known and is_low(one, threshold)]
    for one in new:
        _open_item(wave, one, threshold, at)
    return len(new)


def _open_item(wave: Wave, one: ItemFigure, threshold: float, at: datetime) -> None:
    figure = one.figure
    ancestor = _ancestor(wave, one.item_id, at)
    finding = Finding(
        company_id=current_company(),
        number=next_number(wave.company_id),
        project_id=wave.project_id,
        wave=wave,
        item_id=one.item_id,
        ancestor=ancestor,
        origin=one.origin.value,
        state=first_state(figure, threshold).value,
        figure=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        rate=figure.rate,
        certain=figure.certain,
        threshold=threshold,
        formula=figure.formula,
        opened_at=at,
    )
    finding.save()
    repeated = {"repeats": ancestor.number} if ancestor else {}
    tell(None, finding, "opened_by_figures", at=at, payload={"number": finding.number, **repeated})


def _ancestor(wave: Wave, item_id: int, at: datetime) -> Finding | None:
    """Return the latest finding of the same question in the same project within a year."""
    item = Item.objects.select_related("version").get(id=item_id)
    same = Finding.objects.filter(
        project_id=wave.project_id,
        item__code=item.code,
        item__version__questionnaire_id=item.version.questionnaire_id,
        parent__isnull=True,
        opened_at__gte=at - REPEATED_WITHIN,
    )
    unsure = [FindingState.CANDIDATE, FindingState.WAIVED]
    earlier = same.exclude(wave=wave).exclude(high__gte=F("threshold"), state__in=unsure)
    found: Finding | None = earlier.order_by("-id").first()
    return found if found is not None and is_repeat(found.opened_at, at) else None


@transaction.atomic
def open_comment(
    *, actor: Actor, wave_id: int, answer_id: int, title: str, gap: str, at: datetime
) -> Finding:
    """Open a finding for what an owner wrote, in words of one's own: others may not read hers.

    Errors: NotFound, Forbidden, E-STATE where the comment has its finding, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.READ_COMMENTS)
        answer = comment_of(wave, answer_id)
        if Finding.objects.filter(open_answer_id=answer.pk).exists():
            raise Problem(
                "E-STATE",
                "title",
                "This comment already has its finding. Open that one.",
                "该意见已立项。请打开已有的问题。",
            )
        finding = Finding(
            company_id=actor.company_id,
            number=next_number(actor.company_id),
            project_id=wave.project_id,
            wave=wave,
            open_answer_id=answer.pk,
            origin=Origin.COMMENT.value,
            state=FindingState.OPEN.value,
            title=clean_line(title, "title"),
            gap=clean_body(gap, "gap", WORDS_MOST),
            opened_at=at,
        )
        finding.save()
        tell(actor.account_id, finding, "opened", at=at, payload={"number": finding.number})
        return finding


def comment_of(wave: Wave, answer_id: int) -> OpenAnswer:
    """Return a comment of a wave that the actor may read; raises NotFound."""
    rows = OpenAnswer.objects.filter(
        id=answer_id, response__wave=wave, response__batch__state="live"
    )
    found: OpenAnswer | None = rows.first()
    if found is None:
        raise NotFound(f"comment {answer_id}")
    return found


@transaction.atomic
def open_by_hand(*, actor: Actor, draft: Draft, at: datetime) -> Finding:
    """Open a finding that a person wrote; of others' survey it asks for parts.

    Errors: NotFound, Forbidden, E-CHOICE, E-REF, E-MEASURE-*, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, draft.project_id, Verb.EDIT_FINDINGS)
        if draft.people is not None:
            must_be_people(draft.people, project.pk)
        finding = Finding(
            company_id=actor.company_id,
            number=next_number(actor.company_id),
            project=project,
            wave=_others_wave(actor, draft),
            origin=(Origin.HAND if draft.wave_id is None else Origin.THIRD_PARTY).value,
            state=FindingState.OPEN.value,
            title=clean_line(draft.title, "title"),
            gap=clean_body(draft.gap, "gap", WORDS_MOST),
            cause=clean_body(draft.cause, "cause", WORDS_MOST) if draft.cause.strip() else "",
            party=party_of(draft.party) if draft.cause.strip() or draft.party else "",
            responsible_id=draft.people.responsible_id if draft.people else None,
            checker_id=draft.people.checker_id if draft.people else None,
            opened_at=at,
        )
        finding.save()
        tell(actor.account_id, finding, "opened", at=at, payload={"number": finding.number})
        return finding


def _others_wave(actor: Actor, draft: Draft) -> Wave | None:
    if draft.wave_id is None:
        return None
    wave = wave_for(actor, draft.wave_id, Verb.SEE_SURVEYS)
    if wave.project_id != draft.project_id or wave.source == Source.OWN:
        raise Problem(
            "E-REF",
            "wave",
            "This is not a survey by others in this project. Choose another one.",
            "该调查不是本项目的外部调查。请另选一项。",
        )
    return wave


@transaction.atomic
def add_part(*, actor: Actor, edition: Edition, part: Part, at: datetime) -> Finding:
    """Split a finding: one more part with its own leader; the finding is carried by its parts.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-*, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        whole = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
        state = step(FindingState(whole.state), FindingVerb.DIVIDE)
        must_be_people(part.people, whole.project_id)
        title, gap = clean_line(part.title, "title"), clean_body(part.gap, "gap", WORDS_MOST)
        change(whole, edition.version, at, state=state.value)
        made = Finding(
            company_id=actor.company_id,
            number=next_number(actor.company_id),
            project_id=whole.project_id,
            wave_id=whole.wave_id,
            item_id=whole.item_id,
            parent=whole,
            origin=whole.origin,
            state=FindingState.OPEN.value,
            title=title,
            gap=gap,
            responsible_id=part.people.responsible_id,
            checker_id=part.people.checker_id,
            opened_at=at,
        )
        made.save()
        said = {"number": str(made.number), "title": title, **named(part.people)}
        tell(actor.account_id, whole, "part_added", at=at, payload={**said})
        tell(actor.account_id, made, "opened", at=at, payload={"number": made.number})
        return made
