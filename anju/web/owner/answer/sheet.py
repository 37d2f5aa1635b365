"""The questions of one page in the reader's words: a section a page, or one question with care."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.fieldwork.actions.answering import Given
from anju.fieldwork.invitations import Asking
from anju.survey.rules.answering import na_code
from anju.survey.rules.questionnaire import ItemPlan


@dataclass(frozen=True, slots=True)
class Choice:
    """One row to tick; `apart` is for not having met it."""

    code: str
    label: str
    chosen: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question; without choices it asks for words."""

    number: int
    code: str
    label: str
    choices: tuple[Choice, ...]
    any: bool
    text: str
    done: bool

    @property
    def field(self) -> str:
        """The name under which a page sends it."""
        return f"{'q' if self.choices else 't'}.{self.code}"


@dataclass(frozen=True, slots=True)
class Span:
    """Where one page stands: its first and last question, its section, and its neighbours' firsts."""

    first: int
    last: int
    section: int
    place: int
    places: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its questions, where it stands, and the first questions of its neighbours."""

    heading: str
    questions: tuple[Question, ...]
    place: int
    places: int
    total: int
    before: int
    after: int


def _question(asking: Asking, item: ItemPlan, number: int, language: str) -> Question:
    ticked = set(asking.answers.get(item.code, ()))
    words = item.words.text(language)
    text = asking.texts.get(item.code, "")
    choices: list[Choice] = []
    if item.scale is not None:
        apart = na_code(item.scale)
        choices = [
            Choice(option.code, option.words.text(language), option.code in ticked)
            for option in item.scale.options
            if option.code != apart
        ]
        if not item.scale.choose_any:
            label = _("Did not meet it, do not know")
            choices.append(Choice(apart, label, apart in ticked, apart=True))
    some = item.scale is not None and item.scale.choose_any
    return Question(number, item.code, words, tuple(choices), some, text, bool(ticked or text))


def questions_of(asking: Asking, language: str) -> tuple[Question, ...]:
    """Return every question of a survey with what was answered so far."""
    items = enumerate(asking.form.items, 1)
    return tuple(_question(asking, item, number, language) for number, item in items)


def _spans(asking: Asking, *, care: bool) -> list[tuple[int, int, int]]:
    """Return (first, last, section) of each page; a section without questions is no page."""
    if care:
        return [(n, n, 0) for n in range(1, len(asking.form.items) + 1)]
    spans, first = [], 1
    for place, section in enumerate(asking.form.sections):
        last = first + len(section.items) - 1
        if last >= first:
            spans.append((first, last, place))
        first = last + 1
    return spans


def span_of(asking: Asking, number: int, *, care: bool) -> Span | None:
    """Return the page on which a question stands; None where there is no such question."""
    spans = _spans(asking, care=care)
    place = next((i for i, (first, last, _s) in enumerate(spans) if first <= number <= last), None)
    if place is None:
        return None
    first, last, section = spans[place]
    before = spans[place - 1][0] if place else 0
    after = spans[place + 1][0] if place + 1 < len(spans) else 0
    return Span(first, last, section, place + 1, len(spans), before, after)


def sheet_of(asking: Asking, number: int, language: str, *, care: bool) -> Sheet | None:
    """Return a page with its questions; None where there is no such question."""
    span = span_of(asking, number, care=care)
    if span is None:
        return None
    heading = "" if care else asking.form.sections[span.section].words.text(language)
    items = asking.form.items
    numbered = enumerate(items[span.first - 1 : span.last], span.first)
    questions = tuple(_question(asking, item, n, language) for n, item in numbered)
    return Sheet(
        heading, questions, span.place, span.places, len(items), span.before, span.after
    )  # fmt: skip


def first_open(asking: Asking) -> int:
    """Return the first question without an answer, or the first of all."""
    items = asking.form.items
    silent = (
        n
        for n, item in enumerate(items, 1)
        if not asking.answers.get(item.code) and not asking.texts.get(item.code)
    )
    return next(silent, 1)


def given(asking: Asking, span: Span, post: QueryDict) -> Given:
    """Return what a page sent for its own questions; whatever else was sent is checked too."""
    answers: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for item in asking.form.items[span.first - 1 : span.last]:
        if item.scale is not None:
            answers[item.code] = [code for code in post.getlist(f"q.{item.code}") if code]
        else:
            texts[item.code] = post.get(f"t.{item.code}", "")
    foreign = {name[2:]: post.getlist(name) for name in post if name.startswith("q.")}
    return Given({**foreign, **answers}, texts)


def as_sent(asking: Asking, span: Span, post: QueryDict) -> Asking:
    """Return what a home said with what a refused page sent on top: nothing typed is lost."""
    sent = given(asking, span, post)
    return replace(
        asking, answers={**asking.answers, **sent.answers}, texts={**asking.texts, **sent.texts}
    )
