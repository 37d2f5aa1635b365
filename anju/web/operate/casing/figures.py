"""The ladder of who is told, and the figures of visits, grievances and reopening."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from anju.casework.settings import RUNGS_MOST, RungText, read_figures, read_ladder, spelled
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.terms import settings as read
from anju.terms.actions import settings as acts
from anju.terms.actions.undoing import Undone
from anju.web.declare import StaffRequest, page
from anju.web.operate.casing.words import hearers
from anju.web.parts.ask import Ask, Group, TakeBack, kept_values
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])
PLACES = range(1, RUNGS_MOST + 1)


def _measures() -> tuple[tuple[str, str], ...]:
    return (
        ("share", _("percent of the time used")),
        ("over", _("working time past the deadline")),
        ("days", _("days since it came")),
    )


def _kept_ladder() -> QueryDict:
    values: dict[str, object] = {"version": read.figures().version}
    for place, rung in enumerate(read.ladder_lines()[:RUNGS_MOST], start=1):
        values[f"role_{place}"] = rung.role
        if rung.share is not None:
            values |= {f"measure_{place}": "share", f"amount_{place}": round(rung.share * 100)}
        elif rung.over is not None:
            values |= {f"measure_{place}": "over", f"amount_{place}": spelled(rung.over)}
        else:
            values |= {f"measure_{place}": "days", f"amount_{place}": rung.days}
    return kept_values(values, {})


def _ladder_groups(given: QueryDict) -> tuple[Group, ...]:
    return tuple(_rung_group(given, place) for place in PLACES)


def _rung_group(given: QueryDict, place: int) -> Group:
    value = given.get
    amount = value(f"amount_{place}", "")
    return Group(
        (
            Field(f"role_{place}", pgettext("case settings", "Is told"), value(f"role_{place}", "manager"), kind="select",
                  choices=hearers()),
            Field(f"measure_{place}", pgettext("case settings", "By"), value(f"measure_{place}", "over"), kind="select",
                  choices=_measures()),
            Field(f"amount_{place}", pgettext("case settings", "When"), amount, optional=True, most=12),
        ),
        _("Rung %(n)d") % {"n": place},
        folded=not amount,
    )  # fmt: skip


def undo_of(request: StaffRequest, what: Undone, name: str) -> TakeBack | None:
    """Return what the page offers to take back, None where nothing can be."""
    found = read.last_change(request.actor.company_id, what.value)
    return TakeBack(found.at, found.by, reverse(name)) if found is not None else None


@page(Verb.SET_CASES)
@both
def ladder(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        sent = request.POST
        lines = [
            RungText(*(sent.get(f"{name}_{place}", "") for name in ("role", "measure", "amount")))
            for place in PLACES
        ]
        rungs = read_ladder(lines, [role for role, _name in hearers()])
        version = seen_version(sent)
        acts.set_ladder(actor=request.actor, rungs=rungs, version=version, at=utc_now())
        messages.success(request, _("The ladder was saved. Open cases follow it from now on."))
        return reverse("case-settings-ladder")

    ask = Ask(
        _("Escalation"),
        _("Save ladder"),
        reverse("case-settings"),
        _("Rules for cases"),
        _("Who hears of a case that runs late, each rung once.")
        + " "
        + _("70 is seven tenths; 8h are eight hours past the deadline; empty is no rung."),
        template="manage/casing/ladder.html",
        undo=undo_of(request, Undone.LADDER, "case-settings-ladder-undo"),
    )
    return edited(request, ask, _ladder_groups, _kept_ladder(), act)


def _kept_figures() -> QueryDict:
    row = read.figures()
    return kept_values(
        {
            "visit_rate": round(row.visit_rate * 100), "repair_days": row.repair_days,
            "complaint_days": row.complaint_days, "other_days": row.other_days,
            "hasten_share": round(row.hasten_share * 100),
            "half_life_satisfied": round(row.half_life_satisfied),
            "half_life_dissatisfied": round(row.half_life_dissatisfied),
            "reopen_days": row.reopen_days, "together": row.together, "within": row.within,
            "version": row.version,
        },
        {},
    )  # fmt: skip


def _number(given: QueryDict, name: str, words: str, hint: str = "") -> Field:
    return Field(name, words, given.get(name, ""), hint=hint, inputmode="numeric", most=4)


def _figure_groups(given: QueryDict) -> tuple[Group, ...]:
    seed = read.figures().visit_seed
    return (
        Group((
            _number(given, "visit_rate", _("Share of other cases that are drawn, in percent")),
            _number(given, "repair_days", _("Working days after a repair inside a home")),
            _number(given, "complaint_days", _("Working days after a complaint")),
            _number(given, "other_days", _("Working days after anything else")),
        ), pgettext("case settings", "Return visits"),
            _("Complaints and repairs inside homes are all asked about. The others are drawn by the"
              " published number %(seed)s: a case is drawn if the SHA-256 of “number:case no.” lies"
              " in the share.") % {"seed": seed}),
        Group((
            _number(given, "hasten_share", _("Time of an important case, in percent of the usual")),
            _number(given, "reopen_days", _("Days for which an owner may open a case again")),
        ), _("Times")),
        Group((
            _number(given, "half_life_satisfied", _("Days after which satisfaction is halved")),
            _number(given, "half_life_dissatisfied", _("Days after which dissatisfaction is halved")),
        ), _("Open grievances"),
            _("Satisfaction fades fast, dissatisfaction lasts. A model, shown with its figures.")),
        Group((
            _number(given, "together", _("Homes of one building that tell the same")),
            _number(given, "within", _("Minutes within which they tell it")),
        ), _("One fault that many report"),
            _("From then on it is one fault: one message to the staff, each home keeps its own case"
              " and verdict.")),
    )  # fmt: skip


@page(Verb.SET_CASES)
@both
def figures(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        sent = request.POST
        found = read_figures({name: str(sent.get(name, "")) for name in sent})
        version = seen_version(sent)
        acts.set_figures(actor=request.actor, figures=found, version=version, at=utc_now())
        messages.success(request, _("The figures were saved and hold for cases from now on."))
        return reverse("case-settings-figures")

    ask = Ask(
        _("Visits and figures"),
        _("Save figures"),
        reverse("case-settings"),
        _("Rules for cases"),
        template="manage/casing/figures.html",
        undo=undo_of(request, Undone.FIGURES, "case-settings-figures-undo"),
    )
    return edited(request, ask, _figure_groups, _kept_figures(), act)
