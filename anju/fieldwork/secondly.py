"""Reads of second entry: what is drawn, what waits for whom, where entries differ, how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from anju.fieldwork.forms import Cells, cells_of_wave
from anju.fieldwork.models import EntryBatch, SecondDifference, SecondForm, SecondRound
from anju.fieldwork.paperwork import Typed, where_of
from anju.fieldwork.rules.digits import BLANK
from anju.fieldwork.rules.paper import Cell, Kind
from anju.fieldwork.rules.second import Settled, error_share
from anju.register.access import Actor
from anju.stats.results import Estimate
from anju.survey.models import Response, Wave
from anju.survey.rules.answering import Channel
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.wave import WaveState


@dataclass(frozen=True, slots=True)
class Difference:
    """One item of one form that two people read differently, in digits as printed."""

    id: int
    form: int
    where: str
    typed: Typed | None
    item: int
    words: Words
    first: Words
    second: Words
    settled: Settled | None
    settled_by: str
    first_id: int


@dataclass(frozen=True, slots=True)
class Round:
    """One draw with what came of it; the figure is there once nothing is open."""

    number: int
    seed: int
    percent: int
    forms: int
    drawn: int
    again: int
    items: int
    drawn_at: datetime
    drawn_by: str
    differences: tuple[Difference, ...]
    wrong_forms: int
    wrong_items: int
    share: Estimate | None

    @property
    def open(self) -> int:
        """How many differences nobody has settled."""
        return sum(one.settled is None for one in self.differences)

    @property
    def checked(self) -> int:
        """How many items were entered twice."""
        return self.again * self.items


@dataclass(frozen=True, slots=True)
class SecondPage:
    """The second entry of one survey."""

    wave_id: int
    title: str
    open: bool
    rounds: tuple[Round, ...]
    fresh: int
    mine: int


@dataclass(frozen=True, slots=True)
class NextForm:
    """A form that waits for this person: how to find the sheet of paper, and its cells."""

    id: int
    number: int
    drawn: int
    where: str
    typed: Typed | None
    cells: Cells


def second_page(actor: Actor, wave_id: int) -> SecondPage:
    """Return the second entry of a wave; the caller looked it up for the actor before."""
    wave = Wave.objects.get(id=wave_id)
    cells = cells_of_wave(wave)
    rounds = SecondRound.objects.filter(wave=wave).select_related("drawn_by").order_by("-number")
    upto = max((one.upto for one in rounds), default=0)
    fresh = Response.objects.filter(wave=wave, batch__channel=Channel.PAPER, id__gt=upto)
    return SecondPage(
        wave_id=wave.pk,
        title=wave.title,
        open=wave.state == WaveState.OPEN and wave.version_id is not None,
        rounds=tuple(_round(one, cells) for one in rounds),
        fresh=fresh.count(),
        mine=_waiting(actor, wave_id).count(),
    )


def _waiting(actor: Actor, wave_id: int) -> QuerySet[SecondForm]:
    rows: QuerySet[SecondForm] = SecondForm.objects.filter(
        round__wave_id=wave_id, entered_at__isnull=True
    )
    return rows.exclude(first_id=actor.account_id)


def _round(row: SecondRound, cells: Cells) -> Round:
    forms = SecondForm.objects.filter(round=row)
    differing = SecondDifference.objects.filter(form__round=row)
    again = forms.filter(entered_at__isnull=False).count()
    wrong = differing.filter(settled=Settled.SECOND)
    bad = forms.filter(Exists(wrong.filter(form_id=OuterRef("id")))).count()
    done = again == forms.count() and not differing.filter(settled="").exists()
    return Round(
        number=row.number,
        seed=row.seed,
        percent=row.percent,
        forms=row.forms,
        drawn=forms.count(),
        again=again,
        items=sum(cell.rated for cell in cells),
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by.name,
        differences=_differences(row, cells),
        wrong_forms=bad,
        wrong_items=wrong.count(),
        share=error_share(bad, again, row.forms) if done else None,
    )


def _differences(row: SecondRound, cells: Cells) -> tuple[Difference, ...]:
    places = {cell.code: cell for cell in cells}
    rows = SecondDifference.objects.filter(form__round=row).select_related(
        "item", "form", "form__response", "form__response__unit", "form__response__unit__building",
        "settled_by",
    )  # fmt: skip
    found = []
    for one in rows.order_by("form__number", "item__section__order", "item__order", "id"):
        cell = places[one.item.code]
        found.append(
            Difference(
                id=one.pk,
                form=one.form.number,
                where=where_of(one.form.response),
                typed=typed_of(one.form.response),
                item=cell.number,
                words=cell.words,
                first=shown(cell, one.first_code),
                second=shown(cell, one.second_code),
                settled=Settled(one.settled) if one.settled else None,
                settled_by=one.settled_by.name if one.settled_by else "",
                first_id=one.form.first_id,
            )
        )
    return tuple(found)


def shown(cell: Cell, code: str) -> Words:
    """Return an answer as it is typed: its digit, or 0 for an item left empty."""
    if cell.kind is Kind.DIGIT or not code:
        digit = next((digit for digit, known in cell.digits.items() if known == code), BLANK)
        return Words(digit, digit)
    return next((one.words for one in cell.options if one.code == code), Words(code, code))


def typed_of(form: Response) -> Typed | None:
    """Return who entered a form, on which day and as which of that day."""
    entry = EntryBatch.objects.select_related("account").filter(batch_id=form.batch_id).first()
    return Typed(entry.account.name, entry.day, form.row) if entry else None


def next_form(actor: Actor, wave_id: int) -> NextForm | None:
    """Return the next form that this person may enter again, or None where none waits for her."""
    rows = _waiting(actor, wave_id).select_related(
        "round", "round__wave", "response", "response__unit", "response__unit__building"
    )
    row = rows.order_by("round__number", "number").first()
    if row is None:
        return None
    cells = tuple(cell for cell in cells_of_wave(row.round.wave) if cell.rated)
    drawn = SecondForm.objects.filter(round=row.round).count()
    return NextForm(
        row.pk, row.number, drawn, where_of(row.response), typed_of(row.response), cells
    )
