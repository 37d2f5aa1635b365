"""What to say of a month: sentences made by rule from its figures, never an invented cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.aftercare.kept import Kept
from anju.casework.promises import Promised
from anju.casework.visits import Solved
from anju.reviews.month import FEW, Month, Said
from anju.reviews.rules.warning import Topic, Warned


def topic_of(topics: Mapping[int, tuple[str, str]], topic: Topic) -> str:
    """Return a topic's name in the reader's language."""
    if topic is None or topic not in topics:
        return _("not sorted yet")
    zh, en = topics[topic]
    return zh if (get_language() or "").startswith("zh") else en


def place_of(month: Month, place: int | None) -> str:
    """Return a building's or project's name; of common ground where it lies in none."""
    return month.places.get(place or 0, _("Common ground"))


def month_name(day: date) -> str:
    """Return a month as people write it: 2026-10."""
    return f"{day:%Y-%m}"


def share(count: int, base: int) -> str:
    """Return a count with its base, and the percent where the base bears one."""
    if base == 0:
        return "–"
    told = f"{count:,} / {base:,}"
    return f"{told} = {100 * count / base:.0f}%" if base >= FEW else told


def says(month: Month) -> tuple[str, ...]:
    """Return the sentences of a month, the most important first."""
    found = [_count(month), _fault(month), *(_topic(month) or ()), _kept(month), _visits(month)]
    return tuple(one for one in found if one)


def _count(month: Month) -> str:
    said: dict[str, object] = {"month": month_name(month.scope.month), "n": month.complaints}
    if month.limits is None:
        return _("%(month)s: %(n)d complaints. Limits need six whole months on record.") % said
    said |= {"low": month.limits.low, "high": month.limits.high}
    if month.limits.above(month.complaints):
        return (
            _("%(month)s: %(n)d complaints, more than chance explains (limits %(low)d–%(high)d).")
            % said
        )
    if month.limits.below(month.complaints):
        return (
            _("%(month)s: %(n)d complaints, fewer than chance explains (limits %(low)d–%(high)d).")
            % said
        )
    return (
        _("%(month)s: %(n)d complaints, within the usual play of chance (limits %(low)d–%(high)d).")
        % said
    )


def _fault(month: Month) -> str:
    """Say of how many faults many complaints tell: the one is counted once, the others each."""
    faults, told = month.faults
    if faults == 0:
        return ""
    said = {"told": told, "faults": faults}
    return (
        ngettext(
            "%(told)d of them tell of %(faults)d fault that many reported.",
            "%(told)d of them tell of %(faults)d faults that many reported.",
            faults,
        )
        % said
    )


def _topic(month: Month) -> tuple[str, ...]:
    if not month.hot or month.complaints < FEW:
        return ()
    first = month.hot[0]
    joint = "、" if (get_language() or "").startswith("zh") else ", "
    said = {
        "topic": topic_of(month.topics, first.topic),
        "share": round(100 * first.count / month.complaints),
        "places": joint.join(name for name, _n in first.places),
    }
    if not said["places"]:
        return (_("%(topic)s makes %(share)d%% of them.") % said,)
    return (_("%(topic)s makes %(share)d%% of them, most in %(places)s.") % said,)


def _kept(month: Month) -> str:
    kept = month.kept.first.get(Promised.RESOLVE, Kept())
    if kept.decided == 0:
        return ""
    return _("Solved in the time first promised: %s.") % share(kept.kept, kept.decided)


def _visits(month: Month) -> str:
    if month.visits.owed == 0:
        return _("No return visit was owed.")
    said = share(month.visits.reached, month.visits.owed)
    return _("Return visits made of those owed: %s.") % said


def warned(month: Month, one: Warned) -> str:
    """Return a warning in one sentence, with the figures that it stands on."""
    topic = _("All complaints together") if one.whole else topic_of(month.topics, one.topic)
    return _(
        "%(project)s, %(topic)s: %(n)d in %(month)s; usual are %(expected).1f, the limit is "
        "%(high)d (by %(months)d earlier months)."
    ) % {
        "project": month.scope.projects.get(one.project_id, ""), "topic": topic, "n": one.count,
        "month": month_name(month.scope.month), "expected": one.limits.expected,
        "high": one.limits.high, "months": one.limits.months,
    }  # fmt: skip


def solved(one: Solved) -> str:
    """Return what an owner answered."""
    words = {
        Solved.YES: _p("review", "Solved"),
        Solved.PARTLY: _p("review", "Partly solved"),
        Solved.NO: _p("review", "Not solved"),
    }
    return words[one]


def answered(one: Said) -> tuple[str, str]:
    """Return a share of the answers and its interval; the words why there is none."""
    if one.share is None:
        return f"{one.count} / {one.n}", _("too few answers for a share")
    limits = f"{100 * (one.share.ci_low or 0):.0f}–{100 * (one.share.ci_high or 0):.0f}%"
    return share(one.count, one.n), limits


def count_words(many: int) -> str:
    """Return a number of complaints in words."""
    return ngettext("%(n)d complaint", "%(n)d complaints", many) % {"n": many}
