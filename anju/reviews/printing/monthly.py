"""The monthly report as one laid-out document: the same sections on page, paper and workbook."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from anju.aftercare.kept import Kept
from anju.casework.promises import Promised
from anju.paper.book import Data, Value, workbook
from anju.paper.layout import Column, Document, Key, Mark, Row, Section, Tick
from anju.paper.press import report
from anju.reviews import monthly
from anju.reviews.month import FEW, FORMULA, TOP, Month
from anju.reviews.printing.wide import names, reads_chinese
from anju.reviews.rules.warning import month_before
from anju.voice.labels import label

PLACES = 6
BAR = 0.34


def name_of(month: Month) -> tuple[str, str, str]:
    """Return the words of a file's name: whose, what, of which month."""
    projects = month.scope.projects
    whose = next(iter(projects.values())) if len(projects) == 1 else _("All projects")
    return whose, _("Complaints and return visits"), monthly.month_name(month.scope.month)


def pdf(month: Month, company: str, *, at: datetime) -> bytes:
    """Return the report as PDF."""
    return report(document(month, company), {}, at)


def book(month: Month, company: str) -> bytes:
    """Return the report as a workbook: topic by place as tidy data, the sheet to print, definitions."""
    head = (_p("review", "Month"), _p("review", "Topic"), _("Where"), _p("review", "Complaints"))
    data = Data(head, [*_tidy(month)], (12, 24, 24, 12))
    return workbook(document(month, company), data, names())


def _tidy(month: Month) -> list[tuple[Value, ...]]:
    when = monthly.month_name(month.scope.month)
    return [
        (when, monthly.topic_of(month.topics, topic), monthly.place_of(month, place), many)
        for topic, places in month.table.items()
        for place, many in places.items()
    ]


def document(month: Month, company: str) -> Document:
    """Return the report in the reader's language."""
    whose, what, when = name_of(month)
    as_of = timezone.localtime(month.at).strftime("%Y-%m-%d %H:%M")
    sections = (
        warnings(month), _control(month), _funnel(month), _promises(month), _visits(month),
        _pareto(month), _places(month), _heat(month), _hot(month), _hands(month), _next(),
        _means(),
    )  # fmt: skip
    words = {
        "number": _("Report"), "as_of": _("as of"), "says": _("What to say"),
        "page_of": "{0} / {1}",
    }  # fmt: skip
    return Document(
        "zh" if reads_chinese() else "en", company, f"{what} {when}", whose, company,
        f"MON-{month.scope.month:%Y%m}-{month.scope.chosen or 0}", as_of, _keys(month),
        monthly.says(month), tuple(one for one in sections if one.rows or one.notes),
        (_("Drawn up by"), _("Responsible leader"), _("Date")), words,
    )  # fmt: skip


def _keys(month: Month) -> tuple[Key, ...]:
    rate = month.per_thousand
    kept = month.kept.first.get(Promised.RESOLVE, Kept())
    homes = _("%d homes on record") % month.homes
    return (
        Key(
            _p("review", "Complaints"), str(month.complaints), monthly.month_name(month.scope.month)
        ),
        Key(_("Per thousand homes"), f"{rate:.1f}" if rate is not None else "–", homes),
        Key(_("Solved in time"), *_figure(kept.kept, kept.decided)),
        Key(_("Return visits made"), *_figure(month.visits.reached, month.visits.owed)),
    )


def _figure(count: int, base: int) -> tuple[str, str]:
    if base < FEW:
        return f"{count} / {base}", _("too few for a share")
    return f"{100 * count / base:.0f}%", f"{count:,} / {base:,}"


def warnings(month: Month) -> Section:
    """Return the early warnings, or the words that there is none."""
    rows = tuple(Row(monthly.warned(month, one)) for one in month.warnings)
    notes = () if rows else (_("No topic of any project lies above its limit."),)
    return Section("warnings", _("Early warning"), "", (), rows, notes=notes)


def _control(month: Month) -> Section:
    """Return 24 months as dots against the limits of this one: a range, and what lies above it."""
    limits = month.limits
    top = max([many for _day, many in month.series] + [limits.high if limits else 1, 1]) * 1.05
    band: tuple[Mark, ...] = ()
    if limits is not None:
        band = (Mark("seg", limits.low / top, (limits.high - limits.low) / top, "range"),)
    rows = tuple(
        Row(
            monthly.month_name(day), (str(many),),
            marks=(*band, Mark("dot", many / top, tone=_tone(month, many))),
        )
        for day, many in month.series
    )  # fmt: skip
    middle = round(top / 2)
    ticks = (Tick(0.0, "0", left=True), Tick(middle / top, str(middle)))
    lead = _("Limits need six whole months on record.")
    if limits is not None:
        said = {"low": limits.low, "high": limits.high, "months": limits.months}
        lead = (
            _(
                "The band is what chance explains: %(low)d to %(high)d, by the %(months)d months before "
                "this one."
            )
            % said
        )
    return Section(
        "control", _("Complaints of 24 months"), _p("review", "Month"), (Column(_p("review", "Complaints")),), rows,
        lead=lead, ticks=ticks, drawing=0.6,
    )  # fmt: skip


def _tone(month: Month, many: int) -> str:
    return "low" if month.limits is not None and month.limits.above(many) else "ink"


def _funnel(month: Month) -> Section:
    said = (
        _p("review", "Registered"), _p("review", "Handled"), _p("review", "Work done"), _("Owner told, closed"), _p("review", "Settled"),
    )  # fmt: skip
    top = max(month.funnel[0].count, 1)
    rows = tuple(
        Row(
            name,
            (str(one.count), f"{one.hours:.1f} h" if one.hours is not None else "–"),
            marks=(Mark("seg", 0.0, one.count / top, "q4"),),
        )
        for name, one in zip(said, month.funnel, strict=True)
    )
    return Section(
        "funnel", _("How far this month’s complaints got"), _("Stage"),
        (Column(_p("review", "Cases")), Column(_("Median hours since the stage before"))), rows, drawing=BAR,
    )  # fmt: skip


def _promises(month: Month) -> Section:
    rows = []
    for promised in Promised:
        first, now = month.kept.first.get(promised, Kept()), month.kept.now.get(promised, Kept())
        if first.made:
            cells = (monthly.share(first.kept, first.decided), monthly.share(now.kept, now.decided))
            rows.append(Row(str(label(promised)), cells))
    rest = month.kept
    again = _("came back: %(n)d, times in all: %(times)d") % {
        "n": rest.came_back,
        "times": rest.times,
    }
    fixed = _("Solved at the first go: %s") % monthly.share(rest.fixed_first, rest.ended_solved)
    return Section(
        "promises", _("Promises kept"), _("Promise"),
        (Column(_("As first made")), Column(_("As it stands now"))), tuple(rows),
        notes=(
            f"{fixed}；{again}" if reads_chinese() else f"{fixed}; {again}",
            _("Every case is counted, so there is no sampling error; what still runs is not decided."),
        ),
    )  # fmt: skip


def _visits(month: Month) -> Section:
    rows = []
    for one in month.verdicts:
        told, limits = monthly.answered(one)
        rows.append(Row(monthly.solved(one.solved), (told, limits)))
    seen = month.visits
    said = {
        "owed": seen.owed, "reached": seen.reached, "not": seen.not_reached, "wait": seen.waiting,
    }  # fmt: skip
    covered = _("Owed %(owed)d: reached %(reached)d, not reached %(not)d, waiting %(wait)d.") % said
    interval = _("95%% interval by Wilson; %s") % FORMULA
    return Section(
        "visits", _("Return visits: what owners say"), _("Is it solved?"),
        (Column(_p("review", "Answers")), Column(_p("review", "Interval"))), tuple(rows), notes=(covered, interval),
    )  # fmt: skip


def _pareto(month: Month) -> Section:
    top = max([many for _topic, many in month.pareto] + [1])
    rows, so_far = [], 0
    for topic, many in month.pareto[:TOP]:
        so_far += many
        cells = (str(many), f"{100 * so_far / month.complaints:.0f}%")
        bar = (Mark("seg", 0.0, many / top, "q4"),)
        rows.append(Row(monthly.topic_of(month.topics, topic), cells, marks=bar))
    rest = month.complaints - so_far
    if rest:
        rows.append(Row(_("All other topics"), (str(rest), "100%")))
    return Section(
        "pareto", _("Which topics"), _p("review", "Topic"),
        (Column(_p("review", "Complaints")), Column(_("Added up"))), tuple(rows), drawing=BAR,
    )  # fmt: skip


def _places(month: Month) -> Section:
    sums: dict[int | None, int] = {}
    for places in month.table.values():
        for place, many in places.items():
            sums[place] = sums.get(place, 0) + many
    order = sorted(sums, key=lambda key: (-sums[key], key or 0))[:PLACES]
    rows = tuple(
        Row(
            monthly.topic_of(month.topics, topic),
            tuple(str(month.table[topic].get(place, 0) or "·") for place in order),
        )
        for topic, _many in month.pareto[:TOP]
    )
    columns = tuple(Column(monthly.place_of(month, place)) for place in order)
    notes = (_("The six places with most complaints; the workbook holds all."),)
    few = len(sums) <= PLACES
    return Section(
        "places",
        _("Topic and place"),
        _p("review", "Topic"),
        columns,
        rows,
        notes=() if few else notes,
    )


def _heat(month: Month) -> Section:
    past = [month_before(month.scope.month, back) for back in range(11, -1, -1)]
    rows = tuple(
        Row(monthly.place_of(month, place), tuple(str(many or "·") for many in counts))
        for place, counts in month.heat[:30]
    )
    columns = tuple(Column(f"{one:%m}") for one in past)
    return Section("heat", _("Place and month"), _("Where"), columns, rows)


def _hot(month: Month) -> Section:
    rows = []
    for one in month.hot:
        joint = "；" if reads_chinese() else "; "
        causes = joint.join(f"{words}（{n}）" if reads_chinese() else f"{words} ({n})"
                            for words, n in one.causes)  # fmt: skip
        parties = joint.join(f"{label(party)} {n}" for party, n in one.parties)
        places = joint.join(f"{name} {n}" for name, n in one.places)
        cells = (str(one.count), places or "–", parties or "–", causes or _("not written yet"))
        rows.append(Row(monthly.topic_of(month.topics, one.topic), cells))
    columns = (
        Column(_p("review", "Complaints")), Column(_("Most in"), number=False),
        Column(_("Who causes it"), number=False), Column(_("Root causes, as written"), number=False),
    )  # fmt: skip
    return Section("hot", _("Five hot topics"), _p("review", "Topic"), columns, tuple(rows))


def _hands(month: Month) -> Section:
    rows = []
    for one in month.hands:
        told, limits = f"{one.count} / {one.n}", _("too few answers for a share")
        bar: tuple[Mark, ...] = ()
        if one.share is not None:
            low, high = one.share.ci_low or 0.0, one.share.ci_high or 0.0
            told, limits = monthly.share(one.count, one.n), f"{100 * low:.0f}–{100 * high:.0f}%"
            bar = (
                Mark("ci", low, high - low, "ink"), Mark("dot", one.share.estimate, tone="ink"),
            )  # fmt: skip
        rows.append(Row(one.name, (told, limits), marks=bar, said="" if bar else "–"))
    columns = (Column(_("Solved, say owners")), Column(_p("review", "Interval")))
    note = _("By name, not by rank: where intervals overlap, nobody is better or worse.")
    return Section(
        "hands", _("Repairs in homes: what owners say"), _("Who did the work"), columns, tuple(rows),
        notes=(note,) if rows else (), drawing=BAR if rows else 0.0,
    )  # fmt: skip


def _next() -> Section:
    columns = (
        Column(_p("review", "Responsible"), number=False),
        Column(_p("review", "By"), number=False),
    )
    rows = tuple(Row(f"{place}.", ("", "")) for place in (1, 2, 3))
    return Section("next", _("What we look at next month"), _p("review", "Matter"), columns, rows)


def _means() -> Section:
    rows = (
        Row(_p("review", "Complaints"), (_("Cases of the kind complaint that came in the month."),)),
        Row(_p("review", "Limits"), (_(
            "Counts are taken as Poisson. Above the limit lies what chance brings in about one month "
            "of 740; with many topics a few warnings are chance."
        ),)),
        Row(_p("review", "Answers"), (_("The owner’s first word of the month on a case."),)),
        Row(_p("review", "Owed"), (_(
            "First visits of cases closed in the month, less those whose case was opened again first."
        ),)),
        Row(_p("review", "Computed"), (_(
            "From cases as they stand at the time printed; a later verdict changes a later print."
        ),)),
    )  # fmt: skip
    columns = (Column("", number=False),)
    return Section("means", _("What it means"), "", columns, rows, aside=True)
