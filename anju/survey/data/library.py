"""Reads the shipped scales and forms into plans; knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from anju.survey.rules.questionnaire import (
    Dimension,
    FormPlan,
    FormTexts,
    ItemPlan,
    OptionPlan,
    Purpose,
    ScalePlan,
    SectionPlan,
    ServiceLine,
    Side,
    Words,
)

FORMS = ("short", "long", "pairs", "repair")
Entry = Mapping[str, Any]


def _read(name: str) -> Entry:
    text = resources.files("anju.survey.data").joinpath(f"{name}.yaml").read_text("utf-8")
    found: Entry = yaml.safe_load(text)
    return found


def _words(entry: Entry) -> Words:
    return Words(entry["zh"], entry["en"])


def _scale(code: str, entry: Entry) -> ScalePlan:
    options = tuple(
        OptionPlan(o["code"], _words(o), o["value"], o["code"] in entry["top"])
        for o in entry["options"]
    )
    return ScalePlan(code, _words(entry), options, bool(entry.get("choose_any")))


@cache
def scales() -> Mapping[str, ScalePlan]:
    """Return every shipped scale by its code."""
    return {code: _scale(code, entry) for code, entry in _read("scales").items()}


def _item(entry: Entry, language: str) -> ItemPlan:
    return ItemPlan(
        code=entry["code"],
        words=_words(entry),
        scale=scales()[entry["scale"]] if "scale" in entry else None,
        purpose=Purpose(entry["purpose"]),
        dimension=Dimension(entry["dimension"]) if "dimension" in entry else None,
        service_line=ServiceLine(entry["service_line"]) if "service_line" in entry else None,
        department=str(entry.get(f"department_{language[:2]}", "")),
        pair=str(entry.get("pair", "")),
        side=Side(entry["side"]) if "side" in entry else None,
        double_barrelled=bool(entry.get("double_barrelled")),
    )


@cache
def form(code: str, language: str) -> FormPlan:
    """Return one shipped form; departments are named in the company's language."""
    entry = _read(code)
    texts = FormTexts(*(_words(entry[part]) for part in ("title", "purpose", "intro", "outro")))
    sections = tuple(
        SectionPlan(s["code"], _words(s), tuple(_item(i, language) for i in s["items"]))
        for s in entry["sections"]
    )
    return FormPlan(entry["code"], texts, sections)
