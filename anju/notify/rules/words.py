"""Templates of messages as code, in both languages; a fault in one stops that message alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from anju.kernel.pure.problems import Problem

Value = str | int | Mapping[str, str]
TITLE_MOST = 200
TONGUES = ("zh", "en")
# The value that leads a home to its own page; it lies sealed.
LINK = "link"
_DOUBLED = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)


class Kind(StrEnum):
    """The four things that staff are told at once; everything else is `other`."""

    NEW = "new"
    SOON = "soon"
    LATE = "late"
    AGAIN = "again"
    OTHER = "other"


TOLD_AT_ONCE = (Kind.NEW, Kind.SOON, Kind.LATE, Kind.AGAIN)


@dataclass(frozen=True, slots=True)
class Text:
    """A message as its reader sees it; a text message is the body alone."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Template:
    """One message: what kind it is, which consent it needs, and its words in both languages.

    `keeps` is false where the words hold a personal link: they are made anew when shown, and not
    kept after sending. `guards` is true where a colleague's own account is at stake: it goes by mail
    wherever mail is sent, whatever she wishes. `apart` is true where the message alone tells who
    did not answer: only those who run the outbox see that it was written.
    """

    code: str
    kind: Kind
    zh: Text
    en: Text
    purpose: str = ""
    keeps: bool = True
    guards: bool = False
    apart: bool = False


TEMPLATES: dict[str, Template] = {}


class BrokenTemplate(ValueError):
    """A template that cannot make its words: unknown, or without a value that it names.

    `reason` is what a page tells, `told` the field or language at fault and those that there are.
    """

    def __init__(self, said: str, *, reason: str = "template", told: str = "") -> None:
        super().__init__(said)
        self.reason = reason
        self.told = told


def names_in(text: Text) -> frozenset[str]:
    """Return the names of the values that a text needs."""
    found = [name for part in (text.title, text.body) for _, name, _, _ in Formatter().parse(part)]
    return frozenset(name for name in found if name is not None)


def register(template: Template) -> Template:
    """Make a template known and return it.

    Errors: BrokenTemplate where another one has its code, or the languages name different values.
    """
    known = TEMPLATES.get(template.code)
    if known is not None and known != template:
        raise BrokenTemplate(f"two templates are called {template.code}")
    if names_in(template.zh) != names_in(template.en):
        raise BrokenTemplate(f"{template.code}: the languages name different values")
    if not all(name.isidentifier() for name in names_in(template.zh)):
        raise BrokenTemplate(f"{template.code}: a value is a plain name")
    TEMPLATES[template.code] = template
    return template


def template_of(code: str) -> Template:
    """Return a template by its code; raises BrokenTemplate."""
    try:
        return TEMPLATES[code]
    except KeyError:
        raise BrokenTemplate(f"no template is called {code}") from None


def apart_codes() -> frozenset[str]:
    """Return the codes of the templates whose messages are for those who run the outbox."""
    return frozenset(code for code, template in TEMPLATES.items() if template.apart)


def both(zh: str, en: str) -> dict[str, str]:
    """Return a value that is said differently in the two languages."""
    return {"zh": zh, "en": en}


def render(template: Template, language: str, values: Mapping[str, Value]) -> Text:
    """Return the words in the reader's language, `zh…` or `en…`.

    Errors: BrokenTemplate where a value is missing, and for any other language.
    """
    tongue = language[:2]
    if tongue not in TONGUES:
        raise BrokenTemplate(
            f"{template.code}: no words in {language!r}",
            reason="template_language",
            told=f"{language} ({', '.join(TONGUES)})",
        )
    text = template.zh if tongue == "zh" else template.en
    _refuse_missing(template, text, values)
    said = {name: _said(value, tongue) for name, value in values.items()}
    try:
        title, body = text.title.format_map(said), text.body.format_map(said)
    except (KeyError, ValueError, IndexError) as fault:
        raise BrokenTemplate(f"{template.code}: {fault!r}") from fault
    return Text(title[:TITLE_MOST], body)


def _refuse_missing(template: Template, text: Text, given: Collection[str]) -> None:
    missing = sorted(names_in(text) - set(given))
    if missing:
        raise BrokenTemplate(
            f"{template.code}: {missing[0]} has no value",
            reason="template_link" if missing[0] == LINK else "template_field",
            told=f"{missing[0]} ({', '.join(sorted(given))})"[:TITLE_MOST],
        )


def _unknown(text: Text, given: Collection[str]) -> str:
    """Return the first thing in a text that looks like a field and is none; else nothing."""
    doubled = _DOUBLED.search(text.title + text.body)
    if doubled:  # the language of other products; to us it would be plain words
        return doubled[1]
    try:
        return next(iter(sorted(names_in(text) - set(given))), "")
    except ValueError:
        return "{"


def refuse_broken(template: Template, given: Collection[str], field: str) -> None:
    """Raise what is wrong with a template before anything is written; `given` are its values.

    Errors: E-TMPL-FIELD for a field that there is not, E-TMPL-LINK where words that shall lead to
    a personal link do not.
    """
    for text in (template.zh, template.en):
        unknown = _unknown(text, given)
        if unknown:
            raise Problem(
                "E-TMPL-FIELD",
                field,
                "The words of this message name “{name}”, which is no field. Nothing was sent. Use one"
                " of these: {allowed}.",
                "消息文字中的“{name}”不是可用的字段，没有发送任何消息。请改用以下字段之一：{allowed}。",
                name=unknown,
                allowed=", ".join(sorted(given)),
            )
        if not template.keeps and LINK not in names_in(text):
            raise Problem(
                "E-TMPL-LINK",
                field,
                "The words of this message do not hold the home’s link. Nothing was sent. Put {name}"
                " into the words in each language.",
                "消息文字中缺少住户的答卷链接，没有发送任何消息。请在每种语言的文字中加入 {name}。",
                name="{link}",
            )


def _said(value: Value, tongue: str) -> str:
    if isinstance(value, Mapping):
        return value.get(tongue) or next(iter(value.values()), "")
    return str(value)
