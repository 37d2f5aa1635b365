"""Filled forms written as the file that a company would have: heads and answers in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from anju.demo.owners import Form
from anju.survey.rules.questionnaire import FormPlan, ItemPlan, Words

BUILDING = Words("楼栋", "Building")
UNIT = Words("房号", "Unit")
WHEN = Words("作答时间", "Time of answer")


def _answer(item: ItemPlan, code: str | None, language: str) -> str:
    if code is None or item.scale is None:
        return ""
    told = {option.code: option.words.text(language) for option in item.scale.options}
    return told[code]


def as_csv(form: FormPlan, filled: Sequence[Form], language: str) -> bytes:
    """Return the forms as a CSV file with a byte order mark, as a spreadsheet saves it."""
    rated = [item for item in form.items if item.scale is not None]
    asked = [item for item in form.items if item.scale is None]
    timed = any(one.when is not None for one in filled)
    heads = [
        words.text(language) for words in ((BUILDING, UNIT, WHEN) if timed else (BUILDING, UNIT))
    ]
    heads += [item.words.text(language) for item in (*rated, *asked)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    for one in filled:
        told = [_answer(i, code, language) for i, code in zip(rated, one.codes, strict=True)]
        when = [f"{one.when:%Y-%m-%d %H:%M}" if one.when else ""] if timed else []
        writer.writerow([one.building, one.unit, *when, *told, *([one.wish] * len(asked))])
    return out.getvalue().encode("utf-8-sig")
