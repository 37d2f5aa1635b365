"""`anju report`: an honest report of a file of answers, without any set-up and without a database.

It reads, asks the statistics and writes; what it took from the file it says, and stops where a
number would have to be made up.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from anju.cli.report_answers import Taken, answers
from anju.cli.report_title import title_of
from anju.cli.tongue import spoken, zone_of
from anju.insight.measured.facts import Options, PartScore, Published, WaveFacts
from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey import accounts, boxes
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.labels import LABELS, text
from anju.insight.reports.survey.render.files import check, write
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.paper.formats import bounds, figure, interval, percent
from anju.stats.results import StatsError

FORMULAS = ("share_top", "mean_index", "points_share", "composite", "nps")
EXAMPLES = """examples:
  anju report answers.xlsx --issued 25 --out report.pdf
  anju report answers.csv --item Sat --levels Low,Medium,High --count Freq --by Type --out r.html
  anju report --totals 1920/2000 --kind points --issued 25 --returned 20 --out report.pdf
  anju report --part Flats=85:600 --part Shops=86:100 --part Offices=93:300 --out report.pdf
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given; everything but the file has a sensible default."""
    parser.epilog = EXAMPLES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", nargs="?", type=Path, help="answers: .xlsx, .csv or text")
    parser.add_argument("--out", type=Path, action="append", default=[], metavar="FILE",
        help="report to write, may be repeated: .pdf .html .xlsx .json .csv")  # fmt: skip
    _of_columns(parser.add_argument_group("columns of the file"))
    _of_survey(parser.add_argument_group("what is known of the survey"))
    _of_others(parser.add_argument_group("published figures instead of answers"))
    look = parser.add_argument_group("the report")
    look.add_argument(
        "--title",
        default="",
        help="title (default: the line over the columns, else the file's name)",
    )
    look.add_argument("--company", default="", help="whose report it is")
    look.add_argument("--zone", help="zone of its date (default: ANJU_ZONE, else Asia/Shanghai)")
    look.add_argument(
        "--language", choices=("zh", "en"), help="default: the language of this machine"
    )


def _of_columns(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--sheet", help="name of the sheet (default: the first)")
    group.add_argument("--item", action="append", default=[], metavar="COLUMN",
        help="column of answers, may be repeated (default: found by its answers)")  # fmt: skip
    group.add_argument("--levels", default="", metavar="A,B,C", help="answers from worst to best")
    group.add_argument("--top", default="", metavar="A,B",
        help="answers that count as satisfied (default: those above the middle)")  # fmt: skip
    group.add_argument("--count", default="", metavar="COLUMN", help="how many owners a row is")
    group.add_argument("--weight", default="", metavar="COLUMN", help="weight of each owner")
    group.add_argument("--unit", default="", metavar="COLUMN", help="home that answered")
    group.add_argument("--building", default="", metavar="COLUMN", help="building of the home")
    group.add_argument("--by", action="append", default=[], metavar="COLUMN",
        help="column to break down by, may be repeated")  # fmt: skip
    group.add_argument("--read", action="append", default=[], metavar="TEXT=ANSWER",
        help="what a word of the file means, such as 还行=一般, or 还行= for no answer; "
        "may be repeated")  # fmt: skip
    group.add_argument("--formula", choices=FORMULAS, default="",
        help="headline (default: share_top of the only item or of the one about the whole "
        "service; points points_share; several others composite)")  # fmt: skip


def _of_survey(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--population", metavar="N", help="homes in all")
    group.add_argument("--issued", metavar="N", help="forms that went out")
    group.add_argument(
        "--returned", metavar="N", help="forms that came back (default: in the file)"
    )
    group.add_argument("--scale-minimum", type=float, metavar="POINTS",
        help="least points that a form can carry (for published totals; default 0)")  # fmt: skip
    group.add_argument("--least", default="5", metavar="K", help="smallest group shown, 5 or more")


def _of_others(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--totals", metavar="GOT/OF", help="published total, such as 1920/2000")
    group.add_argument("--kind", choices=("points", "people"), default="points",
        help="what the total counts (default: points)")  # fmt: skip
    group.add_argument("--part", action="append", default=[], metavar="NAME=SCORE[:N]",
        help="published score 0-100 of a part with its number of answers, may be repeated")  # fmt: skip


def run(given: argparse.Namespace) -> int:
    """Make the reports; 2 where the input could not be taken, with the cure."""
    given.language = spoken(given.language)
    try:
        return _run(given, utc_now().astimezone(zone_of(given.zone)))
    except Problem as problem:
        return _refuse(f"{problem.code}: {problem.text(given.language)}")
    except StatsError as refused:
        said = refused.zh if given.language == "zh" else refused.en
        return _refuse(f"{refused.code}: {said}")


def _refuse(words: str) -> int:
    sys.stderr.write(f"anju report: {words}\n")
    return 2


def _run(given: argparse.Namespace, at: datetime) -> int:
    for path in given.out:
        check(path)
    facts = _facts(given, at)
    if given.file is None and not facts.totals and not facts.parts:
        raise Problem(
            "E-FILE",
            "file",
            "Name a file of answers, or give --totals or --part. See anju report --help.",
            "请给出答案文件，或使用 --totals、--part。用法见 anju report --help。",
        )
    taken = answers(given) if given.file is not None else None
    counted = taken.tally if taken else None
    if taken is not None:
        title = given.title or taken.title or facts.title
        facts = replace(facts, title=title, notes=taken.said, cells=taken.cells)
    accounts.check(counted, facts)
    figures = build(counted, facts, options=_options(given))
    sys.stderr.writelines(
        f"{line}\n" for line in (*facts.notes, *_done(figures, taken, given.language))
    )
    sys.stdout.writelines(f"{line}\n" for line in _summary(figures, given.language))
    for path in given.out:
        write(figures, path, language=given.language)
        sys.stdout.write(f"{path}\n")
    return 0


def _done(figures: SurveyFigures, taken: Taken | None, language: str) -> list[str]:
    """Return what was done with the cells, a line each, and what only the file's holder is told."""
    joint = "：" if language == "zh" else ": "
    pairs = boxes.lines(figures.cells, language) if figures.cells else []
    return [f"{label}{joint}{words}" for label, words in pairs] + list(taken.told if taken else ())


def _options(given: argparse.Namespace) -> Options:
    kinds = (*given.by, *(("building",) if given.building else ()))
    return Options(formula=given.formula, k=whole(given.least, "least", low=5), kinds=kinds)


def _facts(given: argparse.Namespace, at: datetime) -> WaveFacts:
    named = title_of(given.file.stem) if given.file else ""
    fallback = named or text(LABELS["report" if given.file else "published"], given.language)
    totals = (_total(given.totals, given.kind, given.title or fallback),) if given.totals else ()
    return WaveFacts(
        title=given.title or fallback,
        as_of=at,
        company=given.company,
        source="" if given.file else "published",
        zone=str(at.tzinfo),
        population=_count(given.population, "population"),
        issued=_count(given.issued, "issued"),
        returned=_count(given.returned, "returned"),
        scale_minimum=given.scale_minimum,
        totals=totals,
        parts=tuple(_part(part) for part in given.part),
    )


def _count(given: str | None, field: str) -> int | None:
    return None if given is None else whole(given, field)


def _total(given: str, kind: str, label: str) -> Published:
    got, _slash, of = given.partition("/")
    try:
        return Published(label, kind, float(got), float(of))
    except ValueError:
        raise Problem(
            "E-NUM-FORMAT",
            "totals",
            "--totals {given}: write what was obtained and what was possible, such as 1920/2000.",
            "--totals {given}：请写成“得数/总数”，例如 1920/2000。",
            given=given,
        ) from None


def _part(given: str) -> PartScore:
    label, _, rest = given.rpartition("=")
    score, _, n = rest.partition(":")
    try:
        return PartScore(label.strip(), float(score), whole(n, "part") if n else None)
    except ValueError:
        raise Problem(
            "E-NUM-FORMAT",
            "part",
            "--part {given}: write name, score and number of answers, such as Flats=85:600.",
            "--part {given}：请写成“名称=得分:份数”，例如 公寓=85:600。",
            given=given,
        ) from None


def _summary(found: SurveyFigures, language: str) -> list[str]:
    lines = [text(words, language) for words in found.says]
    for item in found.items:
        shares = (
            f"{text(x.words, language)} {percent(x.share)}"
            for x in item.levels
            if x.share is not None
        )
        lines.append(f"  {text(item.label, language)}: {', '.join(shares)}")
    for cut in found.breakdowns:
        lines += [f"  {text(note, language)}" for note in cut.notes]
        for row in cut.rows:
            if row.shown.figure is not None:
                limits = interval(row.shown.figure)
                told = f"{figure(row.shown.figure)}  [{limits}]  n = {row.shown.figure.n:,}"
                lines.append(f"  {text(cut.label, language)} {row.label}  {told}")
    for one in found.under:
        if one.shown.figure is not None:
            shown = one.shown.figure
            limits = f"{figure(shown)}  [{interval(shown)}]  {bounds(shown)}"
            lines.append(f"  {one.key}  {limits}  n = {shown.n:,}  {text(one.label, language)}")
    for one_else in found.external:
        shown = one_else.figure
        made = f"{shown.numerator:,.10g} / {shown.denominator:,.10g}" if shown.numerator else ""
        lines.append(
            f"  {shown.formula}  {made}  {figure(shown)}  {bounds(shown)}  n = {shown.n:,}"
        )
    return lines
