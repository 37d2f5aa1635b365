"""What a program sent, read strictly: JSON of known fields and kinds, or a refusal. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from anju.kernel.pure.numbers import WHOLE_MOST
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import well_formed

BODY_MOST = 64 * 1024
DEEP_MOST = 4
KEYS_MOST = 40
Value = str | int | bool


class Unreadable(Problem):
    """A body that is no JSON of ours; answered with 400."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields that a body may have, by the kind of their values, and those that it must have."""

    kinds: Mapping[str, type[Value]]
    needed: tuple[str, ...] = ()


def read(body: bytes, shape: Shape) -> dict[str, Value]:
    """Return the fields of a body.

    Errors, all before anything is built from it: E-FORM-LONG, E-TEXT-ENCODING, E-JSON, E-JSON-DEEP,
    E-JSON-TWICE, E-JSON-MANY, E-JSON-FIELD, E-JSON-KIND, E-JSON-MISSING.
    """
    found = _parsed(_text(body))
    if not isinstance(found, dict):
        raise _kind("", "an object", "对象")
    for name, value in found.items():
        _check(name, value, shape)
    for name in shape.needed:
        if name not in found:
            raise Unreadable(
                "E-JSON-MISSING", name, "The field “{name}” is needed.", "缺少字段“{name}”。",
                name=name,
            )  # fmt: skip
    return found


def check_length(sent: int) -> None:
    """Raise E-FORM-LONG for a body of more bytes than we read."""
    if sent > BODY_MOST:
        raise Problem(
            "E-FORM-LONG", "", "At most {most} bytes; you sent {sent}.",
            "最多 {most} 字节，您发送了 {sent} 字节。", most=BODY_MOST, sent=sent,
        )  # fmt: skip


def _text(body: bytes) -> str:
    check_length(len(body))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            "E-TEXT-ENCODING", "", "The body is not UTF-8.", "请求内容不是 UTF-8 编码。"
        ) from None
    if _deepest(text) > DEEP_MOST:
        raise Unreadable(
            "E-JSON-DEEP", "", "Brackets stand at most {most} deep.", "括号最多嵌套 {most} 层。",
            most=DEEP_MOST,
        )  # fmt: skip
    return text


def _deepest(text: str) -> int:
    """Return how deep brackets stand in one another, strings left out; the parser would recurse."""
    deep = most = 0
    inside = escaped = False
    for sign in text:
        if inside:
            inside = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            inside = True
        elif sign in "[{":
            deep += 1
            most = max(most, deep)
        elif sign in "]}":
            deep -= 1
    return most


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except (json.JSONDecodeError, ValueError) as broken:
        place = getattr(broken, "pos", 0)
        raise Unreadable(
            "E-JSON", "", "This is no JSON: it breaks off at character {place}.",
            "不是有效的 JSON：第 {place} 个字符处出错。", place=place + 1,
        ) from None  # fmt: skip


def _constant(name: str) -> object:
    raise ValueError(name)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) > KEYS_MOST:
        raise Unreadable(
            "E-JSON-MANY", "", "An object has at most {most} fields; yours has {sent}.",
            "一个对象最多 {most} 个字段，您发送了 {sent} 个。", most=KEYS_MOST, sent=len(pairs),
        )  # fmt: skip
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(
            "E-JSON-TWICE", twice[:40], "The field “{name}” stands there twice.",
            "字段“{name}”出现了两次。", name=twice[:40],
        )  # fmt: skip
    return found


def _check(name: str, value: Value, shape: Shape) -> None:
    wanted = shape.kinds.get(name)
    if wanted is None:
        raise Unreadable(
            "E-JSON-FIELD", name[:40], "There is no field “{name}”; allowed: {known}.",
            "没有字段“{name}”；可用：{known}。", name=name[:40], known=", ".join(shape.kinds),
        )  # fmt: skip
    if type(value) is not wanted:
        raise _kind(name, *_NAMES[wanted])
    if isinstance(value, str):
        well_formed(value, name)
    elif abs(value) > WHOLE_MOST:
        raise Problem(
            "E-NUM-RANGE", name, "“{name}” is out of range.", "“{name}”超出范围。", name=name
        )


_NAMES: Mapping[type[Value], tuple[str, str]] = {
    str: ("a text", "文本"),
    int: ("a whole number", "整数"),
    bool: ("true or false", "true 或 false"),
}


def _kind(name: str, en: str, zh: str) -> Problem:
    return Unreadable(
        "E-JSON-KIND", name, "“{name}” must be {wanted_en}.", "“{name}”须为{wanted_zh}。",
        name=name or "body", wanted_en=en, wanted_zh=zh,
    )  # fmt: skip
