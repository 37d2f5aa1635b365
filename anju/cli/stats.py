"""`anju stats`: design-based statistics of a file of answers, without any set-up and without a database."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from anju.cli.stats_asked import ENGINES, LONELY, SUMS, asked
from anju.cli.stats_done import Line, lines
from anju.cli.stats_read import opened
from anju.cli.tongue import spoken, zone_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.later import later
from anju.kernel.pure.problems import Problem
from anju.stats.results import StatsError

if TYPE_CHECKING:
    from anju.cli import stats_report as reported
else:  # the press and the workbook are read where a report is asked for, and not for a table
    reported = later("anju.cli.stats_report")

EXAMPLES = """examples:
  anju stats answers.csv --item Q1,Q2 --by building
  anju stats answers.parquet --item Q1 --design weight=w,strata=area,cluster=block,population=blocks
  anju stats answers.xlsx --item Q1 --index 1:5 --rake kind=tower:400,flat:600 --format json
  anju stats answers.csv --change spring:autumn --drivers overall:clean,safe,repair --report figures.pdf
"""
HEADS = {
    "zh": ("指标", "题目", "分组", "估计", "标准误", "下限", "上限", "人数", "自由度"),
    "en": ("figure", "item", "group", "estimate", "SE", "low", "high", "n", "df"),
}
NAMES = {
    "mean": "平均分", "index": "指数", "change": "变化", "driver": "驱动占比", "r2": "解释度 R²",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.epilog = EXAMPLES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("file", type=Path, help="answers: .csv, .tsv, .txt, .xlsx or .parquet")
    add("--sheet", help="name of the sheet (default: the first)")
    add("--item", action="append", default=[], metavar="A,B", help="columns of answers as numbers")
    add("--design", default="", metavar="weight=W,…",
        help="columns of the design: weight, strata, cluster, population")  # fmt: skip
    add("--lonely", choices=LONELY, default=LONELY[0],
        help="a stratum with a single cluster: refuse, or take the cluster as drawn for certain")  # fmt: skip
    add("--by", default="", metavar="COLUMN", help="a figure for each group of this column")
    add("--rake", action="append", default=[], metavar="COLUMN=a:N,…",
        help="known totals of categories, may be repeated")  # fmt: skip
    add("--index", default="", metavar="LOW:HIGH", help="ends of the scale: an index of 0 to 100")
    add(
        "--change",
        action="append",
        default=[],
        metavar="A:B",
        help="change from column A to column B",
    )
    add("--drivers", default="", metavar="Y:A,B", help="how much of Y each column explains")
    add("--level", default="0.95", help="level of the intervals (0.95)")
    add("--engine", choices=ENGINES, default=os.environ.get("ANJU_ENGINE") or SUMS,
        help="where sums are made; the figures are the same (default: ANJU_ENGINE, else duckdb)")  # fmt: skip
    add("--format", choices=("table", "csv", "json"), default="table", help="how to print")
    add("--out", type=Path, metavar="FILE", help="write there instead of the screen")
    add("--report", type=Path, action="append", default=[], metavar="FILE",
        help="a report to read and print, may be repeated: .pdf .html .xlsx")  # fmt: skip
    add("--title", default="", help="title of the report (default: the file's name)")
    add("--zone", help="zone of its date (default: ANJU_ZONE, else Asia/Shanghai)")
    add("--language", choices=("zh", "en"), help="default: the language of this machine")


def run(given: argparse.Namespace) -> int:
    """Print the figures; 2 where the input could not be taken, with the cure."""
    language = spoken(given.language)
    try:
        for path in given.report:
            reported.check(path)
        at = utc_now().astimezone(zone_of(given.zone))
        wanted = asked(given)
        with opened(given.file, sheet=given.sheet, engine=given.engine) as source:
            found = list(lines(source, wanted))
        told = reported.Told(given.title or given.file.stem, at, language)
        for path in given.report:
            reported.write(found, wanted, told, path)
    except Problem as problem:
        return _refuse(f"{problem.code}: {problem.text(language)}")
    except StatsError as refused:
        return _refuse(f"{refused.code}: {refused.zh if language == 'zh' else refused.en}")
    text = _text(found, given.format, language)
    if given.out:
        given.out.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{given.out}\n")
    else:
        sys.stdout.write(text)
    sys.stdout.writelines(f"{path}\n" for path in given.report)
    return 0


def _refuse(words: str) -> int:
    sys.stderr.write(f"anju stats: {words}\n")
    return 2


def _text(found: Sequence[Line], shape: str, language: str) -> str:
    if shape == "json":
        return json.dumps([_told(line) for line in found], ensure_ascii=False, indent=2) + "\n"
    if shape == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([field.name for field in fields(Line)])
        writer.writerows([_plain(value) for value in _told(line).values()] for line in found)
        return out.getvalue()
    rows = [HEADS[language], *(_printed(line, language) for line in found)]
    wide = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    table = (
        "  ".join(_set(cell, wide[at], at) for at, cell in enumerate(row)).rstrip() for row in rows
    )
    warned = dict.fromkeys(caution for line in found for caution in line.cautions)
    below = (one.zh if language == "zh" else one.en for one in warned)
    return "".join(f"{row}\n" for row in (*table, *below))


def _told(line: Line) -> dict[str, object]:
    """Return a figure as programs read it: cautions by their stable names."""
    return {**asdict(line), "cautions": [one.code for one in line.cautions]}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else value


def _printed(line: Line, language: str) -> tuple[str, ...]:
    what = NAMES[line.what] if language == "zh" else line.what
    numbers = (line.estimate, line.se, line.low, line.high)
    told = ("–" if one is None else f"{one:.4f}" for one in numbers)
    return (
        what,
        line.item,
        line.group,
        *told,
        f"{line.n:,}",
        "–" if line.df is None else f"{line.df:g}",
    )


def _width(text: str) -> int:
    """Return how many columns a text takes: a Chinese character takes two."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


def _set(cell: str, wide: int, at: int) -> str:
    gap = " " * (wide - _width(cell))
    return cell + gap if at < 3 else gap + cell
