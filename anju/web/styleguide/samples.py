"""Invented samples of every part in all its states, in the reader's language."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.utils.translation import gettext as _

from anju.web.parts.form import Field, Refusal
from anju.web.parts.pieces import (
    Box,
    Clock,
    Column,
    Confirm,
    Empty,
    Happening,
    Mood,
    Option,
    Sign,
    Stage,
    Tab,
    Task,
    Tile,
    Turn,
    Work,
)

Context = dict[str, object]


def page_names() -> dict[str, str]:
    """Return the name of each page of the guide."""
    return {
        "parts": _("Parts"),
        "forms": _("Forms"),
        "errors": _("Refused form"),
        "states": _("States of a page"),
        "tables": _("Tables"),
        "charts": _("Charts"),
        "owner": _("Owner’s page"),
        "care": _("Care mode"),
        "print": _("Paper"),
    }


def _stages(now: int, *, late: bool = False) -> tuple[Stage, ...]:
    names = (_("Register"), _("Handle"), _("Follow up"), _("Close"), _("Return visit"))
    return tuple(
        Stage(name, did=place < now, now=place == now, late=late and place == now)
        for place, name in enumerate(names)
    )


def _signs() -> tuple[Sign, ...]:
    return (
        Sign(_("3 days overdue"), Mood.OVER),
        Sign(_("today 18:00"), Mood.SOON),
        Sign(_("in progress"), Mood.RUN),
        Sign(_("waiting for the builder"), Mood.WAIT),
        Sign(_("done"), Mood.DONE),
        Sign(_("opened for the 2nd time"), Mood.SOON, icon="refresh"),
        Sign(_("cannot tell"), Mood.TIE),
        Sign(_("clearly lower"), Mood.LOW),
        Sign(_("clearly higher"), Mood.HIGH),
    )


def parts() -> Context:
    """Return the parts of a case, a gap and a dashboard."""
    return {
        "lines": (_stages(1), _stages(3, late=True), _stages(5)),
        "signs": _signs(),
        "turns": (
            Turn(_("Zhang Jianguo"), _("plumbing")),
            Turn(_("Hengxin Builders"), _("asked 12 days ago"), Mood.WAIT),
            Turn(_("nobody, it is settled"), nobody=True),
        ),
        "clocks": (
            Clock(_("6 hours 30 minutes"), 20, _("until 18:00 today, 20 % used")),
            Clock(_("1 hour 50 minutes"), 78, _("until 18:00 today, 78 % used"), Mood.SOON),
            Clock(_("3 days overdue"), 100, _("was due on 2026-11-17 at 18:00"), Mood.OVER),
            Clock(_("clock stopped"), 46, _("owner away since 2026-11-20"), Mood.WAIT),
        ),
        "tiles": _tiles(),
        "boxes": _boxes(),
        "gap_sign": Sign(_("2 boxes empty"), Mood.OVER),
        "happenings": _happenings(),
        "tasks": _tasks(),
        "tab_samples": (
            Tab(_("Overview"), "#tabs", current=True),
            Tab(_("By building"), "#tabs"),
            Tab(_("By item"), "#tabs"),
        ),
        "messages_shown": _messages(),
        "owner_pairs": (
            (_("Room number"), _("Building 3, entrance 2, 1201")),
            (_("Phone"), "138****2217"),
            (_("Open cases"), _("2 cases, the oldest 35 days")),
        ),
    }


def _tiles() -> tuple[Tile, ...]:
    return (
        Tile(_("Overall index (0–100)"), "74.8", _("95 % interval 72.6–77.0, n = 320")),
        Tile(
            _("Against the same season last year"),
            "+1.9",
            _("interval −1.4 to +5.2"),
            Sign(_("cannot tell"), Mood.TIE),
        ),
        Tile(
            _("Against the target of 78"),
            "−3.2",
            _("interval −5.4 to −1.0"),
            Sign(_("clearly lower"), Mood.LOW),
            address="#tiles",
        ),
        Tile(_("Rows with problems"), "23", bad=True),
        Tile(_("Response rate"), "–", _("unknown: nobody wrote down how many forms were issued")),
    )


def _boxes() -> tuple[Box, ...]:
    return (
        Box(
            _("Gap"),
            _("41 % now (interval 37–45, n = 298), target 60 %"),
            _("Autumn survey, item 7"),
        ),
        Box(_("Root cause"), _("Visitors’ cars stand on fixed places from 18 to 21 o’clock")),
        Box(_("Responsible"), fill="#four"),
        Box(_("Measure"), fill="#four"),
    )


def _happenings() -> tuple[Happening, ...]:
    return (
        Happening(
            "11-20 10:42",
            "2026-11-20T10:42",
            _("told the owner: at your home before 18:00 today"),
            who=_("Wang Fang"),
            note=_("phone, 3 minutes"),
        ),
        Happening(
            "11-20 08:31",
            "2026-11-20T08:31",
            _("the drain of 1301 may be broken"),
            who=_("Zhang Jianguo"),
            internal=True,
        ),
        Happening(
            "11-20 08:00",
            "2026-11-20T08:00",
            _("The call promised for 22:00 was not made"),
            late=True,
        ),
    )


def _tasks() -> tuple[Task, ...]:
    done, started = Sign(_("done"), Mood.DONE), Sign(_("in progress"), Mood.RUN)
    return (
        Task(_("Company and project"), _("Anlan Property, Cuihu Court"), done, "#tasks", done=True),
        Task(_("Answers"), _("23 rows of the file need a correction"), started, "#tasks"),
        Task(_("Report"), _("after the survey is closed"), Sign(_("needs answers first"))),
    )


def _messages() -> tuple[tuple[str, str, str], ...]:
    return (
        ("is-run", _("Note:"), _("this figure was computed anew on 11 November.")),
        ("is-done", _("Done:"), _("sent to 12 people.")),
        ("is-soon", _("Care:"), _("the same household reported this within 30 days.")),
        ("is-over", _("Not done:"), _("your draft is kept, reference E-2117.")),
    )


def _fields() -> tuple[Field, ...]:
    modes = (("web", _("mobile phone")), ("call", _("telephone")), ("paper", _("paper form")))
    uses = (("home", _("housing")), ("office", _("office building")), ("shop", _("shops")))
    return (
        Field("title", _("Title"), _("Satisfaction survey, autumn 2026"), most=80),
        Field(
            "issued",
            _("Forms issued"),
            "480",
            hint=_("Leave empty if nobody knows."),
            optional=True,
            inputmode="numeric",
        ),
        Field("use", _("Use type"), "home", kind="select", choices=uses),
        Field("from", _("First day of asking"), "2026-10-12", kind="date"),
        Field("base", _("Counted are"), "home", kind="radio", choices=uses),
        Field("modes", _("How owners are asked"), "web,paper", kind="checks", choices=modes),
        Field("goal", _("Goal"), kind="area", rows=3, optional=True),
        Field(
            "file",
            _("Spreadsheet"),
            kind="file",
            accept=".xlsx,.csv",
            hint=_("Excel (.xlsx) or CSV, up to 64 MB."),
        ),
        Field("secret", _("Password"), kind="password", autocomplete="new-password"),
        Field("sure", _("I have read what is printed on the form"), "yes", kind="check"),
    )


def forms() -> Context:
    """Return a form with every kind of field, and the page that asks before a deed."""
    return {
        "fields": _fields(),
        "confirm": Confirm(
            _("Send to 312 owners"),
            _("312 owners get a message. It cannot be called back."),
            _("Yes, send it to these 312 owners"),
            _("Send to 312 owners"),
            "#",
        ),
    }


def refused_form() -> Context:
    """Return the same form sent back: summary, and the same words at the field."""
    said = _("Forms issued: 18 is less than the 20 returned. Correct one of the two.")
    fields = [replace(f, error=said) if f.name == "issued" else f for f in _fields()[:4]]
    return {"fields": fields, "refusals": (Refusal("issued", said),)}


def _empties() -> tuple[Empty, ...]:
    return (
        Empty(
            _("No survey yet"),
            _("Send a spreadsheet of answers: its columns are recognised, you correct the rest."),
            "inbox",
            _("I have a spreadsheet"),
            "#",
            _("Look at the sample"),
            "#",
        ),
        Empty(
            _("No survey fits these filters"),
            _("Filtered: project Cuihu Court, year 2024."),
            "adjustments-horizontal",
            _("Clear filters"),
            "#",
        ),
        Empty(
            _("Nothing is overdue today"),
            _("The next promise is due at 18:00."),
            "circle-check",
        ),
    )


def states() -> Context:
    """Return nothing, nothing found, all well, loading, working, finished, stopped."""
    running = Work(
        _("Reading 100,000 rows"),
        _("You may leave this page; the work goes on."),
        43000,
        100000,
        Sign(_("in progress"), Mood.RUN),
        cancel="#",
    )
    return {
        "empties": _empties(),
        "works": (
            running,
            replace(
                running,
                sentence=_("100,000 rows read in 41 seconds."),
                done=100000,
                cancel="",
                sign=Sign(_("done"), Mood.DONE),
            ),
            replace(
                running,
                sentence=_("Stopped at row 43,000. Nothing was kept; send the file again."),
                cancel="",
                sign=Sign(_("stopped"), Mood.OVER),
            ),
        ),
        "toast": _("The survey was deleted."),
    }


def tables() -> Context:
    """Return a sorted table, rows with faults, the stages of an import and the paper grid."""
    rows = (
        ("14", "3-2-1201", "1380013221", _("Telephone has 10 digits, 11 are needed")),
        ("27", "3-2-12O4", "138****0093", _("The home number has the letter O; perhaps 1204")),
        ("131", "5-2-1003", "137****1178", _("The day 2019.2.30 does not exist")),
    )
    return {
        "columns": (
            Column(_("Row"), number=True),
            Column(_("Room number"), "?sort=home", "ascending"),
            Column(_("Telephone"), "?sort=phone"),
            Column(_("Problem and cure")),
        ),
        "rows": rows,
        "import_stages": (
            Stage(_("Send"), did=True),
            Stage(_("Match columns"), did=True),
            Stage(_("Check"), now=True),
            Stage(
                _("Import"),
            ),
            Stage(_("Look")),
        ),
        "paper_rows": (("1-1-0301", "54434529443"), ("1-1-0302", "44335412444")),
        "page": {"total": 340, "earlier": quote("x"), "later": "", "capped": False},
    }


def _options() -> tuple[Option, ...]:
    return (
        Option("5", _("very satisfied")),
        Option("4", _("satisfied"), chosen=True),
        Option("3", _("neutral")),
        Option("2", _("dissatisfied")),
        Option("1", _("very dissatisfied")),
        Option("9", _("did not meet it, do not know"), apart=True),
    )


def owner() -> Context:
    """Return the page of an owner's survey."""
    return {
        "place": _("Cuihu Court service centre"),
        "phone": "0000-555-0101",
        "question": _("When you reported a repair, did somebody come quickly?"),
        "options": _options(),
        "turn": Turn(_("Mr Zhang"), _("repair")),
        "line": _stages(1),
    }


def care() -> Context:
    """Return one question on a page, in large type."""
    return {**owner(), "care": True, "question": _("Did somebody come quickly?")}


def paper() -> Context:
    """Return a list as it is printed, with lines to sign on."""
    signers = (_("Made by"), _("Checked by"), _("Approved by"))
    return {**tables(), "signatures": signers, "back": "../parts/"}
