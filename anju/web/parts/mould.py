"""Moulds: a row of a long list is rendered once with empty slots and filled for each case after that.

The markup stays in its template; every filling is escaped as in a template. Knows no list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from anju.web.parts.pieces import Sign

# Around the name of a slot while a mould is made: characters that stand in no text of ours.
OPENS, ENDS = "\ue000", "\ue001"
SLOT = re.compile(f"{OPENS}(\\w+){ENDS}")


def mould(template: str, *slots: str, **flags: bool) -> str:
    """Return a format string with a named field for each slot, in the reader's language.

    `flags` are what the template asks with `if`. Example: `mould("row.html", "code", choose=True)`.
    """
    return _mould(template, get_language() or "", slots, tuple(sorted(flags.items())))


@lru_cache(maxsize=64)
def _mould(
    template: str, language: str, slots: tuple[str, ...], flags: tuple[tuple[str, bool], ...]
) -> str:
    # The language is part of what is remembered; the template reads it from where it stands.
    shown = {**{slot: f"{OPENS}{slot}{ENDS}" for slot in slots}, **dict(flags)}
    plain = str(render_to_string(template, shown)).replace("{", "{{").replace("}", "}}")
    return SLOT.sub(r"{\1}", " ".join(plain.split()))


@lru_cache(maxsize=1_024)
def sign_html(sign: Sign) -> SafeString:
    """Return a sign as pages draw it; its words are those of a language already."""
    return render_to_string("parts/sign.html", {"sign": sign})


def wrapped(before: str, words: str) -> SafeString:
    """Return words in a piece of markup that has one field; nothing for no words."""
    return format_html(before, words) if words else SafeString("")
