"""Writes of second entry: forms drawn, entered again by another person, differences settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from anju.fieldwork.access import difference_for, second_form_for
from anju.fieldwork.actions.paper import Refused, refuse_closed
from anju.fieldwork.forms import cells_of_wave
from anju.fieldwork.models import EntryBatch, SecondDifference, SecondForm, SecondRound
from anju.fieldwork.rules.paper import read_form
from anju.fieldwork.rules.second import Settled, differences, drawn, how_many
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.survey.access import wave_for
from anju.survey.actions.keeping import asked_items, locked
from anju.survey.actions.waves import tell
from anju.survey.models import Response, Wave
from anju.survey.rules.answering import Channel

MOST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class Again:
    """A form as the second person typed it, under the key of her page."""

    form_id: int
    boxes: Mapping[str, str]
    key: str


@transaction.atomic
def draw_round(*, actor: Actor, wave_id: int, percent: int, seed: int, at: datetime) -> SecondRound:
    """Draw a share of the forms entered since the last draw, at least five, by a stated seed.

    Errors: E-NUM-RANGE, E-PAPER-NONE, E-STATE.
    """
    with company_scope(actor.company_id):
        wave = locked(wave_for(actor, wave_id, Verb.CHECK_PAPER).pk)
        refuse_closed(wave)
        if not 0 <= seed < MOST_SEED:
            raise Problem(
                "E-NUM-RANGE",
                "seed",
                "The seed lies between 0 and {most}. Change the number.",
                "随机种子须在 0 到 {most} 之间。请修改。",
                most=MOST_SEED - 1,
            )
        earlier = SecondRound.objects.filter(wave=wave).aggregate(n=Max("number"), upto=Max("upto"))
        rows = Response.objects.filter(wave=wave, batch__channel=Channel.PAPER)
        fresh = rows.filter(id__gt=earlier["upto"] or 0).order_by("id")
        forms = {row.pk: row for row in fresh}
        size = how_many(len(forms), percent)
        made = SecondRound(
            company_id=actor.company_id,
            wave=wave,
            number=(earlier["n"] or 0) + 1,
            seed=seed,
            percent=percent,
            forms=len(forms),
            upto=max(forms),
            drawn_at=at,
            drawn_by_id=actor.account_id,
        )
        made.save()
        _store_drawn(made, [forms[key] for key in drawn(sorted(forms), size, seed)])
        said = {"forms": len(forms), "drawn": size, "seed": seed}
        tell(actor, wave, "second_drawn", at=at, payload={**said})
        return made


def _store_drawn(made: SecondRound, forms: list[Response]) -> None:
    batches = {form.batch_id for form in forms}
    typed = dict(
        EntryBatch.objects.filter(batch_id__in=batches).values_list("batch_id", "account_id")
    )
    SecondForm.objects.bulk_create(
        SecondForm(
            company_id=made.company_id,
            round=made,
            number=number,
            response=form,
            first_id=typed[form.batch_id],
        )
        for number, form in enumerate(forms, start=1)
    )


def enter_again(*, actor: Actor, again: Again, at: datetime) -> int:
    """Compare a second entry with the first and keep where they differ; return how many items do.

    What was typed is not kept beside that: the first entry stands until somebody settles it.
    Errors: Refused at each box; E-PAPER-SAME for who entered it first; E-STALE where it is done.
    """
    with transaction.atomic(), company_scope(actor.company_id):
        form = second_form_for(actor, again.form_id)
        scope = f"second:{actor.account_id}:{form.pk}"
        asked = Asked(actor.company_id, scope, again.key, {"boxes": dict(again.boxes)})
        return int(once(asked, lambda: str(_compare(actor, form, again, at)), at=at).answer)


def _compare(actor: Actor, form: SecondForm, again: Again, at: datetime) -> int:
    wave = locked(form.round.wave_id)
    refuse_closed(wave)
    _refuse_same(actor, form)
    cells = cells_of_wave(wave)
    rated = tuple(cell for cell in cells if cell.rated)
    reading = read_form(rated, again.boxes)
    wrong = [one for one in reading.problems if one.code != "E-PAPER-EMPTY"]
    if wrong:
        raise Refused(wrong)
    answers = Response.objects.values_list("answers", flat=True).get(id=form.response_id)
    found = differences(cells, answers, reading.answers)
    items = {item.code: item for item in asked_items(wave)}
    SecondDifference.objects.bulk_create(
        SecondDifference(
            company_id=actor.company_id,
            form=form,
            item=items[one.code],
            first_code=one.first or "",
            second_code=one.second or "",
        )
        for one in found
    )
    SecondForm.objects.filter(id=form.pk).update(second_id=actor.account_id, entered_at=at)
    said = {"form": form.number, "differences": len(found)}
    tell(actor, wave, "second_entered", at=at, payload={**said})
    return len(found)


def _refuse_same(actor: Actor, form: SecondForm) -> None:
    if form.first_id == actor.account_id:
        raise Problem(
            "E-PAPER-SAME",
            "form",
            "You entered this form first. Another person enters it again.",
            "这份问卷由您首次录入，须由另一人复录。",
        )
    if SecondForm.objects.filter(id=form.pk, entered_at__isnull=False).exists():
        raise Problem(
            "E-STALE",
            "form",
            "Somebody has entered this form again meanwhile. Go on with the next one.",
            "这份问卷刚被他人复录。请继续下一份。",
        )


@transaction.atomic
def settle(*, actor: Actor, difference_id: int, paper: Settled, at: datetime) -> None:
    """Say which of two entries is on the paper; where it is the second, the answer is corrected.

    Whoever entered the form first does not judge it. Errors: E-PAPER-SAME, E-STALE, E-STATE.
    """
    with company_scope(actor.company_id):
        found = difference_for(actor, difference_id)
        wave = locked(found.form.round.wave_id)
        refuse_closed(wave)
        if found.form.first_id == actor.account_id:
            raise Problem(
                "E-PAPER-SAME",
                "difference",
                "You entered this form first. Another person compares it with the paper.",
                "这份问卷由您首次录入，须由另一人与原件核对。",
            )
        same = SecondDifference.objects.filter(id=found.pk, settled="")
        if not same.update(settled=paper.value, settled_by_id=actor.account_id, settled_at=at):
            raise Problem(
                "E-STALE",
                "difference",
                "Somebody has settled this meanwhile. Load the page again.",
                "该差异刚被他人核对。请刷新页面。",
            )
        if paper is Settled.SECOND:
            _correct(wave, found)
        said: dict[str, history.Plain] = {"form": found.form.number, "item": found.item.code}
        tell(actor, wave, "second_settled", at=at, payload={**said, "paper": paper.value})


def _correct(wave: Wave, found: SecondDifference) -> None:
    place = [item.pk for item in asked_items(wave)].index(found.item_id)
    row = Response.objects.get(id=found.form.response_id)
    answers = list(row.answers)
    answers[place] = found.second_code or None
    Response.objects.filter(id=row.pk).update(answers=answers)
