"""What cases add to the owner file: first what a home still holds against us, then its cases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anju.aftercare.grievances import Held, of_unit
from anju.casework.grievance import Cause
from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.casework.visits import Solved
from anju.privacy.blocks import Block, Home, Moment, contribute
from anju.register.access import Actor, Verb
from anju.voice.access import visible_cases
from anju.voice.labels import label
from anju.voice.models import Case, Verdict

MOST = 50


def tell() -> None:
    """Add the blocks; what hurts stands before everything else."""
    contribute("grievances", grievances, place=5)
    contribute("cases", cases, place=8)


def _end_of(day: date) -> datetime:
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def cause_names() -> dict[Cause, str]:
    """Return each cause of an open grievance in the reader's words."""
    return {
        Cause.UNRESOLVED: _("Not solved, past its promise"),
        Cause.REOPENED: _("Came back after it was closed"),
        Cause.BROKEN_PROMISE: _("Promise not kept"),
        Cause.LOW_VERDICT: _("Not content with the result"),
    }


def grievances(home: Home, actor: Actor) -> Block | None:
    """Return what the home still holds against us; None for who sees no cases."""
    if not actor.may(Verb.SEE_CASES):
        return None
    found = of_unit(home.unit_id, at=_end_of(home.today))
    names = cause_names()
    seen = set(visible_cases(actor).filter(unit_id=home.unit_id).values_list("id", flat=True))
    held = [one for one in found.held if one.case_id in seen] if found else []
    lines = tuple(
        Moment(timezone.localdate(one.since), names[one.cause], _matter(one)) for one in held
    )
    title = _("Open grievances and broken promises")
    if found is not None and lines:
        said = _(
            "Balance by the model: %(total)s (good %(good)s, bad %(bad)s; half-lives %(g)d and %(b)d days)"
        )
        lives = found.balance.half_lives
        note = said % {
            "total": f"{found.balance.total:+.2f}",
            "good": f"{found.balance.good:.2f}",
            "bad": f"{found.balance.bad:.2f}",
            "g": lives.satisfied,
            "b": lives.dissatisfied,
        }
        lines = (
            *lines,
            Moment(None, note, _("Not a measurement: it follows from these settings.")),
        )
    return Block(
        "grievances", title, lines, _("Nothing is open: no broken promise, no low verdict.")
    )


def _matter(one: Held) -> str:
    name = one.zh if (get_language() or "").startswith("zh") else one.en
    return _("Case %(number)d, %(matter)s") % {
        "number": one.number,
        "matter": name or label(one.kind),
    }


def cases(home: Home, actor: Actor) -> Block | None:
    """Return the cases of the home with their standing and the owner's verdict; never restricted ones."""
    if not actor.may(Verb.SEE_CASES):
        return None
    rows = visible_cases(actor).filter(unit_id=home.unit_id, restricted=False)
    held = list(rows.select_related("category").order_by("-received_at", "-id")[:MOST])
    verdicts = dict(
        Verdict.objects.filter(case__in=held).order_by("at", "id").values_list("case_id", "solved")
    )
    lines = tuple(
        Moment(timezone.localdate(one.received_at), _titled(one), _standing(one, verdicts))
        for one in held
    )
    return Block(
        "cases", pgettext("visit", "Cases"), lines, _("No repair, complaint or other case so far.")
    )


def _titled(case: Case) -> str:
    chinese = (get_language() or "").startswith("zh")
    name = (case.category.zh if chinese else case.category.en) if case.category else ""
    parts = {"number": case.number, "kind": label(CaseKind(case.kind)), "matter": name}
    if not name:
        return _("Case %(number)d: %(kind)s") % parts
    return _("Case %(number)d: %(kind)s, %(matter)s") % parts


def _standing(case: Case, verdicts: dict[int, str]) -> str:
    said = [str(label(State(case.state)))]
    if case.pk in verdicts:
        said.append(_("owner: %s") % label(Solved(verdicts[case.pk])))
    if case.reopened:
        said.append(_("opened again %d times") % case.reopened)
    return " · ".join(said)
