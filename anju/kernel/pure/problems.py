"""A refusal that names its field and the cure, in both languages; not a defect of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

Param = str | int | float


class Problem(Exception):
    """Bad input, refused: stable code, field, and a sentence with the cure in each language."""

    def __init__(self, code: str, field: str, en: str, zh: str, **params: Param) -> None:
        super().__init__(code, field)
        self.code = code
        self.field = field
        self.en = en
        self.zh = zh
        self.params = params

    def text(self, language: str) -> str:
        """Return the sentence in the reader's language (`zh…` is Chinese, all else English)."""
        template = self.zh if language.startswith("zh") else self.en
        return template.format(**self.params)

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.field}: {self.text('en')}"

    def as_plain(self) -> dict[str, Any]:
        """Return the refusal as plain data that a job row can keep."""
        return {
            "code": self.code,
            "field": self.field,
            "en": self.en,
            "zh": self.zh,
            "params": dict(self.params),
        }

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Problem:
        """Rebuild a refusal that a job row kept."""
        code, field = str(kept.get("code", "E-JOB")), str(kept.get("field", ""))
        en, zh = str(kept.get("en", code)), str(kept.get("zh", code))
        return cls(code, field, en, zh, **kept.get("params", {}))
