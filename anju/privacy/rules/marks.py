"""By what a person is recognised in words and files, and how it is taken out of them; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GONE = "□□"
_ENOUGH = 5  # digits of a telephone number below which it is no sign of anybody
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a person in a text: the phone in its writings, and the name where it is hers alone."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    def inside(self, text: str) -> bool:
        """Say whether a text holds one of them."""
        return any(word in text for word in self.words)

    def without(self, text: str) -> str:
        """Return a text with each of them taken out."""
        for word in self.words:
            text = text.replace(word, GONE)
        return text

    def clean(self, value: Json) -> Json:
        """Return plain data with each of them taken out of every text in it, names included."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self.clean(one) for one in value]
        if isinstance(value, dict):
            return {self.without(name): self.clean(one) for name, one in value.items()}
        if isinstance(value, int | float) and not isinstance(value, bool):
            return GONE if self.inside(str(value)) else value
        return value

    def in_bytes(self, body: bytes) -> bool:
        """Say whether a file's bytes hold one of them, in any encoding that offices use."""
        return any(form in body for word in self.words for form in _encoded(word))

    def stored(self) -> tuple[str, ...]:
        """Return how they stand in a column of plain data, where signs may be escaped."""
        escaped = [json.dumps(word)[1:-1] for word in self.words]
        return tuple(dict.fromkeys([*self.words, *escaped]))


def marks_of(*, name: str, phone: str, written: str, alone: bool) -> Marks:
    """Return the marks of a person; a name that somebody else bears too marks nobody."""
    digits = re.sub(r"\D", "", phone.removeprefix("+86"))
    found = [phone, digits, *_grouped(digits), written.strip()]
    kept = [one for one in found if sum(sign.isdigit() for sign in one) >= _ENOUGH]
    if alone and len(name.strip()) > 1:
        kept.append(name.strip())
    return Marks(tuple(sorted(set(kept), key=lambda word: (-len(word), word))))


def _grouped(digits: str) -> Iterable[str]:
    if len(digits) == 11:
        for sign in " -":
            yield sign.join((digits[:3], digits[3:7], digits[7:]))


def _encoded(word: str) -> Iterable[bytes]:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        yield word.encode(encoding)
    yield json.dumps(word)[1:-1].encode()


def plain(value: object) -> object:
    """Return a column's value as an export writes it: texts, numbers, lists; days in ISO form."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
