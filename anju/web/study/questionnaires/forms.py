"""What texts, sections, items and scales ask for, and how it is read; nothing is stored here."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anju.kernel.pure.numbers import decimal
from anju.kernel.pure.problems import Problem
from anju.survey.actions.drafts import ItemDraft
from anju.survey.forms import scale_lines
from anju.survey.labels import label
from anju.survey.rules.questionnaire import (
    Dimension,
    FormTexts,
    ItemPlan,
    OptionPlan,
    Purpose,
    ScalePlan,
    ServiceLine,
    Side,
    Words,
)
from anju.web.parts.ask import Choices, Group, kept_values
from anju.web.parts.form import Field

_COLUMNS = re.compile(r"\s*[|｜]\s*")
MOST_OPTIONS = 30


def pair(
    name: str, words: str, given: QueryDict, *, most: int, hint: str = ""
) -> tuple[Field, ...]:
    """Return two fields for one text: Chinese and English."""
    return (
        Field(
            f"{name}_zh",
            _("%s, Chinese") % words,
            given.get(f"{name}_zh", ""),
            hint=hint,
            optional=True,
            most=most,
        ),
        Field(
            f"{name}_en",
            _("%s, English") % words,
            given.get(f"{name}_en", ""),
            optional=True,
            most=most,
        ),
    )


def bodies(name: str, words: str, given: QueryDict, *, hint: str = "") -> tuple[Field, ...]:
    """Return two larger fields for one text."""
    lines = pair(name, words, given, most=1000, hint=hint)
    return tuple(
        Field(f.name, f.label, f.value, hint=f.hint, kind="area", rows=3, optional=True, most=1000)
        for f in lines
    )


def words_of(given: QueryDict, name: str) -> Words:
    """Read one text in both languages."""
    return Words(given.get(f"{name}_zh", ""), given.get(f"{name}_en", ""))


def new_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of an empty questionnaire."""
    title = pair("title", _("Title"), given, most=120, hint=_("One language is enough."))
    hint = _("Owners read it first: what their answers are used for.")
    return (Group((*title, *bodies("purpose", _("Purpose"), given, hint=hint))),)


def text_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of the texts around the items."""
    intro = bodies("intro", _("Opening"), given)
    outro = bodies("outro", _("Thanks"), given)
    return (*new_groups(given), Group((*intro, *outro), _("Before and after the items")))


def text_values(texts: FormTexts) -> QueryDict:
    """Return stored texts in the shape of their form."""
    parts = ("title", "purpose", "intro", "outro")
    values: dict[str, object] = {}
    for part in parts:
        words: Words = getattr(texts, part)
        values |= {f"{part}_zh": words.zh, f"{part}_en": words.en}
    return kept_values(values, {})


def read_texts(given: QueryDict) -> FormTexts:
    """Read the texts around the items."""
    return FormTexts(*(words_of(given, part) for part in ("title", "purpose", "intro", "outro")))


def section_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of a section's heading."""
    return (Group(pair("section", _("Heading"), given, most=120)),)


def section_values(words: Words) -> QueryDict:
    """Return a stored heading in the shape of its form."""
    return kept_values({"section_zh": words.zh, "section_en": words.en}, {})


def _members(kind: type[StrEnum], none: str) -> Choices:
    return (("", none), *((entry.value, str(label(entry))) for entry in kind))


def scale_choices() -> Choices:
    """Return the company's scales, each with its answers, and free text."""
    language = get_language() or "en"
    lines = [line.plan for line in scale_lines()]
    named = [(plan.code, f"{plan.words.text(language)}: {_told(plan, language)}") for plan in lines]
    return (*named, ("", _("No scale: the owner writes")))


def _told(plan: ScalePlan, language: str) -> str:
    told = " / ".join(option.words.text(language) for option in plan.options)
    return told if len(told) <= 60 else f"{told[:59]}…"


def item_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of one item: what is asked, how it counts, whom it concerns."""
    asked = (
        *pair("item", _("Question"), given, most=300),
        Field(
            "scale", _("Answers"), given.get("scale", ""), kind="select", choices=scale_choices()
        ),
    )
    counts = (
        Field(
            "purpose",
            _("Why it is asked"),
            given.get("purpose", Purpose.SATISFACTION.value),
            kind="select",
            choices=_members(Purpose, _("Please choose"))[1:],
            hint=_("Only satisfaction enters an index."),
        ),
        Field(
            "dimension",
            _("Dimension"),
            given.get("dimension", ""),
            kind="select",
            choices=_members(Dimension, _("none")),
            optional=True,
        ),
        Field(
            "service_line",
            _("Service"),
            given.get("service_line", ""),
            kind="select",
            choices=_members(ServiceLine, _("none")),
            optional=True,
        ),
        Field(
            "department",
            _("Responsible department"),
            given.get("department", ""),
            hint=_("A low result then finds somebody who answers for it."),
            optional=True,
            most=60,
        ),
    )
    return (Group(asked), Group(counts, _("How it counts")), _rare_group(given))


def _rare_group(given: QueryDict) -> Group:
    fields = (
        Field(
            "code",
            _("Code"),
            given.get("code", ""),
            hint=_("Letters and digits. Left empty, the next free one is taken."),
            optional=True,
            most=24,
        ),
        Field(
            "pair",
            _("Pair"),
            given.get("pair", ""),
            hint=_("The same word on the expectation and the perception of one thing."),
            optional=True,
            most=24,
        ),
        Field(
            "side",
            _("Side of the pair"),
            given.get("side", ""),
            kind="select",
            choices=_members(Side, _("none")),
            optional=True,
        ),
        Field(
            "double_barrelled",
            _("It asks two things at once, kept to continue an old series"),
            given.get("double_barrelled", ""),
            kind="check",
            optional=True,
        ),
    )
    return Group(fields, _("Seldom needed"))


def item_values(plan: ItemPlan) -> QueryDict:
    """Return a stored item in the shape of its form."""
    values: dict[str, object] = {
        "item_zh": plan.words.zh,
        "item_en": plan.words.en,
        "scale": plan.scale.code if plan.scale else "",
        "purpose": plan.purpose.value,
        "dimension": plan.dimension.value if plan.dimension else "",
        "service_line": plan.service_line.value if plan.service_line else "",
        "department": plan.department,
        "code": plan.code,
        "pair": plan.pair,
        "side": plan.side.value if plan.side else "",
        "double_barrelled": "yes" if plan.double_barrelled else "",
    }
    return kept_values(values, {})


def read_item(given: QueryDict) -> ItemDraft:
    """Read an item; raises E-REF for a scale that the company does not have."""
    scale = given.get("scale", "")
    if scale and scale not in {line.plan.code for line in scale_lines()}:
        raise Problem(
            "E-REF",
            "scale",
            "This scale was not found. Choose one of the list.",
            "未找到该量表。请从列表中选择一项。",
        )
    return ItemDraft(
        words=words_of(given, "item"),
        scale=scale,
        purpose=given.get("purpose", ""),
        dimension=given.get("dimension", ""),
        service_line=given.get("service_line", ""),
        department=given.get("department", ""),
        code=given.get("code", ""),
        pair=given.get("pair", ""),
        side=given.get("side", ""),
        double_barrelled=given.get("double_barrelled") == "yes",
    )


def scale_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the fields of a scale of the company's own."""
    options = Field(
        "options",
        _("Answers, one a line, in the order printed"),
        given.get("options", ""),
        kind="area",
        rows=8,
        hint=_(
            "Each line: value | Chinese | English. A star before the value counts as satisfied;"
            " a dash for the value is shown but never counted. Example: *5 | 非常满意 | very satisfied"
        ),
        most=5000,
    )
    code = Field(
        "code", _("Code"), given.get("code", ""), hint=_("Letters and digits, up to 24."), most=24
    )
    return (Group((*pair("name", _("Name of the scale"), given, most=80), code, options)),)


def read_scale(given: QueryDict) -> ScalePlan:
    """Read a scale from its lines; raises Problem with the field's name."""
    lines = [line.strip() for line in given.get("options", "")[:5000].splitlines() if line.strip()]
    if len(lines) > MOST_OPTIONS:
        lines = lines[: MOST_OPTIONS + 1]
    options = tuple(_option(line, place) for place, line in enumerate(lines, start=1))
    return ScalePlan(given.get("code", "").strip(), words_of(given, "name"), options)


def _option(line: str, place: int) -> OptionPlan:
    parts = [*_COLUMNS.split(line), "", ""][:3]
    said = parts[0].lstrip("*＊").strip()
    top = parts[0] != parts[0].lstrip("*＊")
    if not (parts[1] or parts[2]):
        raise Problem(
            "E-DESIGN",
            "options",
            "Line {place} has no words. Write value | Chinese | English.",
            "第 {place} 行没有文字。请按“分值 | 中文 | 英文”填写。",
            place=place,
        )
    value = None if said in {"-", "–", "－", ""} else _value(said)
    words = Words(parts[1][:120], parts[2][:120])
    return OptionPlan(f"o{place}", words, value, top=top and value is not None)


def _value(said: str) -> float:
    return float(decimal(said, "options", low=Decimal(-1000), high=Decimal(1000), places=2))
