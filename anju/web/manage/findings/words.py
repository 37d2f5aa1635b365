"""A finding in the reader's words: its four boxes, its signs, its figure. Decides no rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from anju.improve.labels import label
from anju.improve.queries import FindingLine, MeasureLine, Named
from anju.improve.rules.boxes import Box, Origin
from anju.improve.rules.gaps import Figure
from anju.improve.rules.states import FindingState, FindingVerb, MeasureState, possible
from anju.register.access import Actor, Verb
from anju.stats.rounding import rounded
from anju.web.parts.pieces import Mood, Sign

MOODS = {
    FindingState.CANDIDATE: Mood.TIE,
    FindingState.OPEN: Mood.OVER,
    FindingState.SET: Mood.WAIT,
    FindingState.RUNNING: Mood.RUN,
    FindingState.DONE: Mood.SOON,
    FindingState.NOT_EFFECTIVE: Mood.OVER,
    FindingState.VERIFIED: Mood.DONE,
    FindingState.SPLIT: Mood.RUN,
    FindingState.WAIVED: Mood.TIE,
}
MEASURE_MOODS = {
    MeasureState.SET: Mood.WAIT,
    MeasureState.RUNNING: Mood.RUN,
    MeasureState.DONE: Mood.SOON,
    MeasureState.VERIFIED: Mood.DONE,
    MeasureState.NOT_EFFECTIVE: Mood.OVER,
    MeasureState.WITHDRAWN: Mood.TIE,
}


@dataclass(frozen=True, slots=True)
class BoxView:
    """One of the four boxes; `gone` where it must be filled. `edit` leads to its form."""

    title: str
    lines: tuple[str, ...]
    note: str = ""
    edit: str = ""
    sign: Sign | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as a card of the list and as the head of its page."""

    line: FindingLine
    code: str
    title: str
    address: str
    signs: tuple[Sign, ...]
    boxes: tuple[BoxView, ...]
    foot: str

    @property
    def miss(self) -> bool:
        """Whether the card has its red corner."""
        return self.line.red or self.line.overdue


def code_of(number: int) -> str:
    """Return what people call a finding."""
    return f"F-{number}"


def title_of(line: FindingLine) -> str:
    """Return the finding's title in the reader's language."""
    return line.title.text(get_language() or "en")


def percent(value: float) -> str:
    """Return a percentage of a figure with one decimal, as reports print it."""
    return rounded(value, 1)


def figure_words(figure: Figure, threshold: float | None, origin: Origin) -> str:
    """Return a figure with its base, its interval or why there is none, and its threshold."""
    base = _base(figure)
    line = "" if threshold is None else _("threshold %s %%") % f"{threshold:g}"
    if figure.value is None:
        shown = _("%(low)s–%(high)s %%: all answered alike, so only the range is told") % {
            "low": percent(figure.low or 0),
            "high": percent(figure.high or 0),
        }
    elif origin is Origin.PROCESS:
        shown = _("%s %% had it done as it should be") % percent(figure.value)
    else:
        shown = _("%s %% satisfied") % percent(figure.value)
    parts = [shown, _interval(figure), base, line]
    return pgettext("sentence", ", ").join(part for part in parts if part).replace(" %", "\u00a0%")


def _interval(figure: Figure) -> str:
    if figure.value is None:
        return ""
    if figure.certain:
        return _("no interval: everybody answered")
    if figure.low is None or figure.high is None:
        return _("no interval can be given")
    return _("interval %(low)s–%(high)s") % {
        "low": percent(figure.low),
        "high": percent(figure.high),
    }


def _base(figure: Figure) -> str:
    n = (_("n = %d") % figure.n).replace(" ", "\u00a0")
    if figure.rate is None:
        return pgettext("sentence", ", ").join((n, _("response rate unknown")))
    return pgettext("sentence", ", ").join(
        (n, _("response rate %s %%") % percent(100 * figure.rate))
    )


def sure_words(line: FindingLine) -> str:
    """Return what may be said of a figure whose interval reaches the threshold."""
    if line.figure is None or line.state is not FindingState.CANDIDATE:
        return ""
    return _("Whether it is below cannot be told: the interval reaches the threshold.")


def signs_of(line: FindingLine, today: date) -> tuple[Sign, ...]:
    """Return the signs of a finding, the most pressing first."""
    signs = [_state_sign(line)]
    late = [one for one in line.measures if one.overdue]
    if late:
        days = max((today - one.due).days for one in late)
        words = ngettext("%d day overdue", "%d days overdue", days) % days
        signs.insert(0, Sign(words, Mood.OVER))
    signs += [
        Sign(_("%s has left") % person.name, Mood.OVER)
        for person in (line.responsible, line.checker)
        if person is not None and person.left and line.state not in _OVER
    ]
    if line.repeats is not None:
        signs.append(Sign(_("recurred"), Mood.SOON, icon="refresh"))
    return tuple(signs)


_OVER = (FindingState.VERIFIED, FindingState.WAIVED)
_NOT_ASKED = (FindingState.CANDIDATE, FindingState.SPLIT, FindingState.WAIVED)


def _state_sign(line: FindingLine) -> Sign:
    if line.wants_parts and line.state is FindingState.OPEN:
        return Sign(_("no part and no decision yet"), Mood.OVER)
    if line.state is FindingState.OPEN:
        n = len(line.empty)
        return Sign(ngettext("%d box missing", "%d boxes missing", n) % n, Mood.OVER)
    if line.state is FindingState.SPLIT:
        told = {"settled": line.parts_settled, "n": line.parts}
        words = _("%(settled)d of %(n)d parts settled") % told
        return Sign(words, Mood.DONE if line.parts_settled == line.parts else Mood.RUN)
    return Sign(str(label(line.state)), MOODS[line.state])


def _who(person: Named | None) -> str:
    return person.name if person is not None else ""


def due_sign(measure: MeasureLine, today: date) -> Sign | None:
    """Return how much time a measure has left, None where that no longer matters."""
    if measure.state not in (MeasureState.SET, MeasureState.RUNNING):
        return None
    days = (measure.due - today).days
    if days < 0:
        return Sign(ngettext("%d day overdue", "%d days overdue", -days) % -days, Mood.OVER)
    words = ngettext("%d day left", "%d days left", days) % days
    return Sign(words if days else _("due today"), Mood.SOON if days <= 7 else Mood.TIE)


def _gap(line: FindingLine, edit: str) -> BoxView:
    figure = line.figure
    told = [figure_words(figure, line.threshold, line.origin)] if figure else []
    told += [line.gap] if line.gap else []
    note = " · ".join(part for part in (line.wave, str(label(line.origin))) if part)
    return BoxView(str(label(Box.GAP)), tuple(told), note, edit)


def _cause(line: FindingLine, edit: str) -> BoxView:
    told = (line.cause,) if line.cause and line.party else ()
    note = _("Caused by: %s") % label(line.party) if line.party else ""
    return BoxView(str(label(Box.CAUSE)), told, note, edit)


def _responsible(line: FindingLine, edit: str) -> BoxView:
    both = line.responsible is not None and line.checker is not None
    told = (_who(line.responsible),) if both else ()
    note = _("Checked by: %s") % _who(line.checker) if both else ""
    return BoxView(str(label(Box.RESPONSIBLE)), told, note, edit)


def _measure(line: FindingLine, edit: str, today: date) -> BoxView:
    over = (MeasureState.WITHDRAWN, MeasureState.NOT_EFFECTIVE)
    live = [one for one in line.measures if one.state not in over]
    told = tuple(one.text for one in live)
    note, sign = "", None
    if live:
        last = live[-1]
        note = _("due %s") % last.due.isoformat()
        sign = due_sign(last, today)
    return BoxView(str(label(Box.MEASURE)), told, note, edit, sign)


def boxes_of(line: FindingLine, actor: Actor, today: date) -> tuple[BoxView, ...]:
    """Return the four boxes; forms are offered to who may write and where the state allows."""
    can = possible(line.state) if actor.may(Verb.EDIT_FINDINGS) else ()
    write = FindingVerb.WRITE in can

    def to(name: str, *, allowed: bool) -> str:
        return reverse(name, args=[line.id]) if allowed else ""

    ready = set(line.empty) <= {Box.MEASURE} and not line.wants_parts
    measure = FindingVerb.SET_MEASURE in can and ready
    boxes = (
        _gap(line, to("finding-gap", allowed=write)),
        _cause(line, to("finding-cause", allowed=write)),
        _responsible(line, to("finding-people", allowed=write)),
        _measure(line, to("measure-new", allowed=measure), today),
    )
    needed = line.state not in _NOT_ASKED
    return tuple(replace(box, gone=needed and not box.lines) for box in boxes)


def foot_of(line: FindingLine) -> str:
    """Return the last line of a card: why nothing is done, or how success will be seen."""
    if line.state is FindingState.WAIVED:
        return _("%(who)s decided on no action: %(reason)s") % {
            "who": line.decided_by,
            "reason": line.reason,
        }
    measure = line.measure
    if measure is None:
        return sure_words(line)
    told = {"metric": measure.metric, "target": measure.target}
    return _("Seen by: %(metric)s. Target: %(target)s") % told


def card_of(line: FindingLine, actor: Actor, today: date) -> Card:
    """Return a finding as a card."""
    return Card(
        line=line,
        code=code_of(line.number),
        title=title_of(line),
        address=reverse("finding", args=[line.id]),
        signs=signs_of(line, today),
        boxes=boxes_of(line, actor, today),
        foot=foot_of(line),
    )
