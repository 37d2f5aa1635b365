"""What the form learns while somebody types: who calls, how her matters stand, what is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.casework.kinds import Party
from anju.casework.states import State
from anju.intake import duplicates
from anju.intake.callers import Caller, Who, callers, only_project, people_of
from anju.intake.hints import Hints, Standing, Topic, grown_old, hints, standing, topics
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.desk.intake.fields import Choices, asked_in, caller_in, choices
from anju.web.desk.intake.procedures import Procedure, procedure_for
from anju.web.parts.pieces import Mood, Sign


@dataclass(frozen=True, slots=True)
class Chip:
    """A proposal: the field that it fills, its value, and its words; taken by Alt and its number."""

    field: str
    value: str
    words: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A matter of this home as the panel shows it."""

    one: Standing
    title: str
    state: str
    turn: str
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class Same:
    """An earlier case that may be the same matter."""

    one: duplicates.Likely
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, for the page and for the parts that are swapped in."""

    found: tuple[Caller, ...]
    caller: Caller | None
    people: tuple[Who, ...]
    lines: tuple[Line, ...]
    old: tuple[Line, ...]
    running: tuple[tuple[duplicates.Running, str], ...]
    same: tuple[Same, ...]
    chips: tuple[Chip, ...]
    hints: Hints | None
    procedure: Procedure | None
    choices: Choices
    assignee: str
    asked: bool
    fault: str = ""


def words_of(zh: str, en: str) -> str:
    """Return a name of ours in the reader's language."""
    return zh if (get_language() or "").startswith("zh") else en


def topic_choices() -> tuple[tuple[int, str], ...]:
    """Return the categories as a list offers them."""
    return tuple((one.id, words_of(one.zh, one.en)) for one in topics())


@page(Verb.TAKE_CASES)
@require_GET
def known(request: StaffRequest) -> HttpResponse:
    found = known_of(request.actor, request.GET, request.LANGUAGE_CODE)
    shown = {
        "known": found,
        "due": due_words(found.hints),
        "steers": request.actor.may(Verb.STEER_CASES),
    }
    return render(request, "desk/intake/_known.html", shown)


def known_of(actor: Actor, given: QueryDict, language: str) -> Known:
    """Return what is known for what stands in the form; a refusal becomes a sentence."""
    now, fault = utc_now(), ""
    found: tuple[Caller, ...] = ()
    caller = None
    try:
        found = callers(actor, given.get("who", ""), now)
        caller = caller_in(actor, given)
    except Problem as problem:
        fault = problem.text(language) if not found and given.get("who", "").strip() else ""
    lines = tuple(_line(one) for one in standing(actor, caller, now)) if caller is not None else ()
    asked = asked_in(given)
    proposed = hints(actor, asked, caller, now) if caller or asked.words else None
    running = duplicates.running(caller.project_id, caller.building_id) if caller else ()
    same = _same(actor, caller, proposed, given) if proposed and caller else ()
    old = set(grown_old([line.one for line in lines]))
    return Known(
        found=found or ((caller,) if caller else ()),
        caller=caller,
        people=people_of(caller, now) if caller is not None else (),
        lines=lines,
        old=tuple(line for line in lines if line.one in old),
        running=tuple((one, words_of(one.title, one.en)) for one in running),
        same=same,
        chips=_chips(proposed, running, given) if proposed else (),
        hints=proposed,
        procedure=procedure_for(fire=proposed.fire) if proposed and proposed.emergency else None,
        choices=choices(actor, caller or only_project(actor)),
        assignee=given.get("assignee", ""),
        asked=bool(asked.words.strip()),
        fault=fault,
    )


def _same(actor: Actor, caller: Caller, proposed: Hints, given: QueryDict) -> tuple[Same, ...]:
    words = given.get("words", "").strip()
    if len(words) < 2:
        return ()
    topic = proposed.topic.id if proposed.topic else None
    draft = duplicates.Draft(
        caller.project_id, caller.building_id, caller.unit_id, topic, words[:5_000]
    )
    found = duplicates.likely(actor, draft, utc_now())
    return tuple(
        Same(
            one, words_of(one.zh, one.en) or pgettext("intake", "Not sorted yet"), _state(one.state)
        )
        for one in found
        if one.own or caller.unit_id is None
    )


def _state(code: str) -> str:
    return str(label(State(code)))


def _line(one: Standing) -> Line:
    sign = None
    if one.open and one.late:
        sign = Sign(pgettext("intake", "Late"), Mood.OVER)
    elif one.reopened:
        sign = Sign(pgettext("intake", "Opened again"), Mood.SOON)
    title = words_of(one.zh, one.en) or pgettext("intake", "Not sorted yet")
    return Line(one, title, str(label(one.state)), one.person or str(label(one.turn)), sign)


def _chips(
    proposed: Hints, running: tuple[duplicates.Running, ...], given: QueryDict
) -> tuple[Chip, ...]:
    found = [_topic_chip(proposed.topic, given)] if proposed.topic else []
    if proposed.person:
        account, name = proposed.person
        found.append(_chip("assignee", str(account), name, given))
    topic = proposed.topic.id if proposed.topic else None
    same = next((one for one in running if one.category_id in {topic, None}), None)
    if same is not None:
        words = _("Part of: %(fault)s, %(n)s homes") % {
            "fault": words_of(same.title, same.en), "n": same.homes,
        }  # fmt: skip
        found.append(_chip("bundle", str(same.id), words, given))
    elif proposed.warranty and proposed.warranty.holds:
        day = f"{proposed.warranty.until:%Y-%m-%d}"
        words = _("Builder’s warranty until %(day)s") % {"day": day}
        found.append(_chip("party", Party.DEVELOPER.value, words, given))
    return tuple(found[:3])


def _topic_chip(topic: Topic, given: QueryDict) -> Chip:
    return _chip("category", str(topic.id), words_of(topic.zh, topic.en), given)


def _chip(field: str, value: str, words: str, given: QueryDict) -> Chip:
    return Chip(field, value, words, taken=given.get(field, "") == value)


def due_words(proposed: Hints | None) -> str:
    """Return by when such a matter would be solved; nothing where nobody promised."""
    if proposed is None or proposed.due is None or proposed.due.instant is None:
        return ""
    return f"{timezone.localtime(proposed.due.instant):%Y-%m-%d %H:%M}"
