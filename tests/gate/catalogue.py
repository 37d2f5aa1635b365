"""Reading, writing and compiling gettext catalogues in plain Python: the gettext tools are not needed.

Knows the format only; what must be translated is decided in `messages.py`.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEADER = (
    "Project-Id-Version: Anju\nLanguage: zh_Hans\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What identifies a sentence in the code."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def compiled(self) -> str:
        start = f"{self.context}\x04" if self.context else ""
        return start + self.text + (f"\0{self.plural}" if self.plural else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence and its translation, with the place that it was read from."""

    key: Key
    translation: str
    place: str


def read(path: Path) -> tuple[Entry, ...]:
    """Read every entry of a catalogue; a header is passed over."""
    return tuple(entry for entry in _entries(path) if entry.key.text)


def _entries(path: Path) -> Iterator[Entry]:
    found: dict[str, str] = {}
    field, began = "", 0
    lines = [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if not words.startswith('"'):
            field, words = words.split(maxsplit=1)
            if field in {"msgctxt", "msgid"} and ("msgstr" in found or "msgstr[0]" in found):
                yield _entry(found, f"{path.name}:{began}")
                found = {}
            began = began if found else number
        found[field] = found.get(field, "") + str(ast.literal_eval(words))


def _entry(found: dict[str, str], place: str) -> Entry:
    key = Key(found.get("msgid", ""), found.get("msgid_plural", ""), found.get("msgctxt", ""))
    return Entry(key, found.get("msgstr", found.get("msgstr[0]", "")), place)


def text(entries: Iterable[Entry]) -> str:
    """Write a catalogue as text, sorted, so that a change shows as itself alone."""
    parts = [f'msgid ""\nmsgstr {_quoted(HEADER)}\n']
    for entry in sorted(entries, key=lambda one: one.key):
        lines = [f"msgctxt {_quoted(entry.key.context)}"] if entry.key.context else []
        lines.append(f"msgid {_quoted(entry.key.text)}")
        if entry.key.plural:
            lines.append(f"msgid_plural {_quoted(entry.key.plural)}")
        name = "msgstr[0]" if entry.key.plural else "msgstr"
        parts.append("\n".join([*lines, f"{name} {_quoted(entry.translation)}", ""]))
    return "\n".join(parts)


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compiled(entries: Iterable[Entry]) -> bytes:
    """Return the machine form (GNU gettext manual, "The Format of GNU MO Files")."""
    pairs = {"": HEADER} | {one.key.compiled: one.translation for one in entries}
    keys = sorted(pairs)
    words = [[key.encode() for key in keys], [pairs[key].encode() for key in keys]]
    offset = 28 + 16 * len(keys)
    tables, body = b"", b""
    for column in words:
        for word in column:
            tables += struct.pack("<II", len(word), offset + len(body))
            body += word + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, offset)
    return head + tables + body
