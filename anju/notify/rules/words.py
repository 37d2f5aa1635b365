"""Templates of messages as code, in both languages; a fault in one stops that message alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

Value = str | int | Mapping[str, str]
TITLE_MOST = 200


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
    """A template that cannot make its words: unknown, or without a value that it names."""


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
    """Return the words in the reader's language (`zh…` is Chinese, all else English).

    Errors: BrokenTemplate where a value is missing.
    """
    tongue = "zh" if language.startswith("zh") else "en"
    text = template.zh if tongue == "zh" else template.en
    said = {name: _said(value, tongue) for name, value in values.items()}
    try:
        title, body = text.title.format_map(said), text.body.format_map(said)
    except (KeyError, ValueError, IndexError) as fault:
        raise BrokenTemplate(f"{template.code}: {fault!r}") from fault
    return Text(title[:TITLE_MOST], body)


def _said(value: Value, tongue: str) -> str:
    if isinstance(value, Mapping):
        return value.get(tongue) or next(iter(value.values()), "")
    return str(value)
