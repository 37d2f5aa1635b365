"""What a draft may hold: the fields of a form, no secret, no file, within measure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from anju.kernel.pure.problems import Problem

MOST_CHARACTERS, MOST_FIELDS = 100_000, 300
NEVER = frozenset({"csrfmiddlewaretoken", "key"})

Fields = Mapping[str, Sequence[str]]


def held(fields: Fields) -> str:
    """Return the fields as they are kept; raises E-DRAFT-LONG."""
    kept = {
        name: list(values)
        for name, values in fields.items()
        if name not in NEVER and "password" not in name
    }
    said = json.dumps(kept, ensure_ascii=True, sort_keys=True)
    if len(kept) > MOST_FIELDS or len(said) > MOST_CHARACTERS * 6:
        raise Problem(
            "E-DRAFT-LONG",
            "fields",
            "This is too much for a draft. Send the form, or write less.",
            "内容过长，无法保存草稿。请直接提交或精简内容。",
        )
    return said


def read(said: str) -> dict[str, list[str]]:
    """Return the fields of a kept draft."""
    found: dict[str, list[str]] = json.loads(said)
    return found


def other_window() -> Problem:
    """Return the refusal to write over what another window saved."""
    return Problem(
        "E-DRAFT-OTHER",
        "known",
        "A draft of this form was saved elsewhere. Choose which one stays.",
        "该表单在别处另存有草稿。请选择保留哪一份。",
    )
