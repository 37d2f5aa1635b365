"""What a wave still needs, as a task list: the answer to “what now?”. Decides no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anju.register.access import Actor, Verb
from anju.survey.queries import WavePage
from anju.survey.rules.answering import Channel
from anju.survey.rules.wave import Mode, Source, WaveState, unknown_yet


class Stand(StrEnum):
    """How far a task is; the value is the class of its sign."""

    DONE = "is-done"
    NEXT = "is-run"
    OPTIONAL = "is-tie"
    LATER = "is-wait"
    WRONG = "is-over"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list; without an address there is nothing to press for this person."""

    name: str
    sentence: str
    stand: Stand
    url: str = ""
    act: str = ""
    post: bool = False
    said: str = ""

    @property
    def word(self) -> str:
        """The word beside the sign."""
        return (
            self.said
            or {
                Stand.DONE: _("Done"),
                Stand.NEXT: _("Next"),
                Stand.OPTIONAL: _("If known"),
                Stand.LATER: _("Later"),
                Stand.WRONG: _("Does not fit"),
            }[self.stand]
        )


@dataclass(frozen=True, slots=True)
class Hub:
    """The page's task list with the one thing to do now."""

    tasks: tuple[Task, ...]
    now: Task | None
    results: Task | None = None

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(task.stand is Stand.DONE for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the list is made of beside the wave: answers by channel, the day, whose answers."""

    ways: Mapping[str, int]
    today: date
    imports: bool


def hub_of(page: WavePage, actor: Actor, seen: Seen) -> Hub:
    """Return the tasks of a wave as this person may do them."""
    imports = seen.imports
    answers = [
        task if imports or task.name != _("Answers") else _only_shown(task)
        for task in _answers(page, seen)
    ]
    tasks = [_plan(page), *answers, _counts(page), _frame(page), _close(page)]
    if actor.homes is not None:  # what follows counts the whole project
        tasks = [_plan(page), _close(page)]
    results = _results(page) if actor.may(Verb.SEE_RESULTS) else None
    tasks += [results] if results is not None else []
    if page.line.state is WaveState.CLOSED:  # nothing can be added any more
        tasks = [_ended(task) for task in tasks]
    if not actor.may(Verb.EDIT_SURVEYS):
        hers = {_("Results"), _("Answers")} if imports else {_("Results")}
        tasks = [task if task.name in hers else _only_shown(task) for task in tasks]
    urgent = sorted(tasks, key=lambda task: task.stand is not Stand.WRONG)
    now = next((t for t in urgent if t.stand in {Stand.WRONG, Stand.NEXT} and t.act), None)
    now = now or next((task for task in tasks[-1:] if task.act), None)
    beside = results if results is not None and results.act and results is not now else None
    return Hub(tuple(tasks), now, beside)


def _ended(task: Task) -> Task:
    return replace(task, said=_("Stays unknown")) if task.stand is Stand.OPTIONAL else task


def _only_shown(task: Task) -> Task:
    return Task(task.name, task.sentence, task.stand)


def _to(name: str, page: WavePage) -> str:
    return reverse(name, args=[page.line.id])


def _plan(page: WavePage) -> Task:
    language = get_language() or "en"
    if page.missing:
        lacking = [_lacking(problem.field) for problem in page.missing]
        joined = _(", ").join(lacking)
        sentence = _("Still to be written: %s.") % joined
        return Task(_("Plan"), sentence, Stand.NEXT, _to("wave-edit", page), _("Complete the plan"))
    title = page.questionnaire.text(language) if page.questionnaire else ""
    sentence = title or _("The questions come from the columns of the file.")
    unknown = [_lacking(name) for name in unknown_yet(page.line.plan)]
    if unknown:
        told = _("The report calls unknown: %s.") % _(", ").join(unknown)
        sentence = f"{sentence.rstrip('。.')} · {told}"
    closed = page.line.state is WaveState.CLOSED
    url = "" if closed else _to("wave-edit", page)
    stand = Stand.OPTIONAL if unknown else Stand.DONE
    act = "" if closed else _("Complete the plan") if unknown else _("Change the plan")
    return Task(_("Plan"), sentence, stand, url, act)


def _lacking(field: str) -> str:
    return {
        "goal": _("Goal"),
        "population": _("Population"),
        "method": _("Method"),
        "modes": _("How owners are asked"),
        "fieldwork_from": _("First day of asking"),
        "fieldwork_to": _("Last day of asking"),
        "version_id": _("Questionnaire"),
        "design": _("Everybody or a sample"),
    }.get(field, field)


def _answers(page: WavePage, seen: Seen) -> tuple[Task, ...]:
    published = page.line.plan.source is Source.PUBLISHED
    if page.line.state is WaveState.DRAFT and published:
        return (_totals(page), _open(page))
    if published:
        return (_totals(page),)
    if page.line.state is WaveState.DRAFT:
        return (_open(page), Task(_("Answers"), _("Once the survey is open."), Stand.LATER))
    opened = Task(_("Open the survey"), _("Answers can come in."), Stand.DONE)
    return (opened, _imports(page, seen))


def _open(page: WavePage) -> Task:
    if page.missing:
        return Task(_("Open the survey"), _("Once the plan is complete."), Stand.LATER)
    sentence = _("From then on answers can come in.")
    return Task(
        _("Open the survey"),
        sentence,
        Stand.NEXT,
        _to("wave-open", page),
        _("Open the survey"),
        post=True,
    )


def _asks(page: WavePage) -> bool:
    """Say whether we ask the owners ourselves, in a way that gives them something to fill in."""
    plan = page.line.plan
    given = {Mode.ONLINE, Mode.PAPER, Mode.DOOR}
    return plan.source is Source.OWN and plan.version_id is not None and bool(given & {*plan.modes})


def _imports(page: WavePage, seen: Seen) -> Task:
    people, closed = page.line.people, page.line.state is WaveState.CLOSED
    if not people:
        if not closed and _asks(page):
            sentence = _("None yet. Give owners a link, a poster or a form, or send a file.")
            return Task(_("Answers"), sentence, Stand.NEXT, _to("field", page), _("Ask the owners"))
        sentence = _("None yet. Send a spreadsheet or a CSV file from anywhere.")
        stand = Stand.LATER if closed else Stand.NEXT
        url = "" if closed else _to("import-upload", page)
        return Task(_("Answers"), sentence, stand, url, "" if closed else _("Import answers"))
    sentence = _came(page, seen.ways)
    last = page.line.plan.fieldwork_to
    if not closed and _asks(page) and (last is None or seen.today <= last):
        act, said = _("Ask the owners"), _("Coming in")
        return Task(_("Answers"), sentence, Stand.NEXT, _to("field", page), act, said=said)
    url = "" if closed else _to("import-upload", page)
    act = "" if closed else _("Import more answers")
    return Task(_("Answers"), sentence, Stand.DONE, url, act)


def _came(page: WavePage, ways: Mapping[str, int]) -> str:
    """Return how many answers there are, and by which ways they came."""
    people = page.line.people
    said = ngettext("%(n)s answer", "%(n)s answers", people) % {"n": f"{people:,}"}
    named = {
        Channel.LINK: _("%(n)s by phone"),
        Channel.PAPER: _("%(n)s on paper"),
        Channel.FILE: _("%(n)s from files"),
    }
    came = [words % {"n": f"{ways[way]:,}"} for way, words in named.items() if ways.get(way)]
    return _("%(answers)s: %(ways)s") % {"answers": said, "ways": _(", ").join(came)}


def _totals(page: WavePage) -> Task:
    sentence = _("Numerator, denominator, issued and returned, as they were published.")
    closed = page.line.state is WaveState.CLOSED
    url = "" if closed else _to("wave-totals", page)
    stand = Stand.DONE if page.totals else Stand.NEXT
    return Task(
        _("Published totals"), sentence, stand, url, "" if closed else _("Enter published totals")
    )


def _counts(page: WavePage) -> Task:
    counts = page.line.counts
    closed = page.line.state is WaveState.CLOSED
    url, act = ("", "") if closed else (_to("wave-counts", page), _("Enter the counts"))
    waiting = Stand.NEXT if page.line.people and not closed else Stand.OPTIONAL
    if counts.issued is None:
        sentence = _("Issued is unknown, so there is no response rate.")
        return Task(_("Response accounting"), sentence, waiting, url, act)
    if counts.returned is None:
        sentence = _("%(n)s issued, returned is unknown.") % {"n": counts.issued}
        return Task(_("Response accounting"), sentence, waiting, url, act)
    rate = f"{counts.returned / counts.issued:.1%}" if counts.issued else "–"
    sentence = _("%(back)s of %(out)s returned, %(rate)s.") % {
        "back": counts.returned,
        "out": counts.issued,
        "rate": rate,
    }
    change = "" if closed else _("Change the counts")
    if page.over_returned:
        change = "" if closed else _("Correct the counts")
        return Task(_("Response accounting"), too_many(page), Stand.WRONG, url, change)
    return Task(_("Response accounting"), sentence, Stand.DONE, url, change)


def too_many(page: WavePage) -> str:
    """Return what is wrong where more answers are in use than forms came back."""
    people = page.line.people
    said = ngettext(
        "%(n)s answer is in use, but only %(back)s forms are counted as returned. The same answers"
        " may have been imported twice: undo one import, or correct the counts.",
        "%(n)s answers are in use, but only %(back)s forms are counted as returned. The same"
        " answers may have been imported twice: undo one import, or correct the counts.",
        people,
    )
    return said % {"n": f"{people:,}", "back": f"{page.line.counts.returned or 0:,}"}


def _frame(page: WavePage) -> Task:
    closed = page.line.state is WaveState.CLOSED
    url, act = ("", "") if closed else (_to("wave-frame", page), _("Enter the frame"))
    if not page.frame:
        sentence = _("How many households each building has, and how many forms it was given.")
        return Task(_("Buildings and strata"), sentence, Stand.OPTIONAL, url, act)
    count = len(page.frame)
    sentence = ngettext("%(n)s line", "%(n)s lines", count) % {"n": count}
    return Task(_("Buildings and strata"), sentence, Stand.DONE, url, act and _("Change the frame"))


def _close(page: WavePage) -> Task:
    if page.line.state is WaveState.CLOSED:
        return Task(_("Close the survey"), _("The results are fixed."), Stand.DONE)
    if page.line.state is WaveState.DRAFT:
        return Task(_("Close the survey"), _("When all answers are in."), Stand.LATER)
    sentence = _("When all answers are in. It fixes the results for ever.")
    if not (page.line.people or page.totals):
        nothing = _("No answers are in, so closing asks for the reason.")
        url, words = _to("wave-close", page), _("Close the survey")
        return Task(words, nothing, Stand.LATER, url, words)
    url, words = _to("wave-close", page), _("Close the survey")
    return Task(words, sentence, Stand.OPTIONAL, url, words, said=_("When all is in"))


def _results(page: WavePage) -> Task:
    if not (page.line.people or page.totals):
        return Task(_("Results"), _("Once there are answers."), Stand.LATER)
    closed = page.line.state is WaveState.CLOSED
    sentence = _("Fixed.") if closed else _("Provisional until the survey is closed.")
    stand, said = (Stand.DONE, "") if closed else (Stand.NEXT, _("Provisional"))
    url, words = _to("results", page), _("See the results")
    return Task(_("Results"), sentence, stand, url, words, said=said)
