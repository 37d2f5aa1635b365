"""A form as a page shows it: fields with label, hint and error; reading stays with the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.kernel.pure.problems import Problem

UNNAMED = ("E-TEXT-", "E-DATE", "E-TIME-", "E-NUM-FORMAT", "E-NUM-DECIMALS", "E-NUM-SCI")


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    kind: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    optional: bool = False
    inputmode: str = ""
    autocomplete: str = "off"
    rows: int = 4
    most: int = 200
    accept: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Codes ticked in a list to tick, which its value names with commas between."""
        return tuple(self.value.split(","))

    @property
    def offers_nothing(self) -> bool:
        """Whether the choices themselves hold an empty one."""
        return any(not code for code, _ in self.choices)

    @property
    def described_by(self) -> str:
        """Ids of hint and error, for the control's aria-describedby."""
        parts = [f"{self.name}-hint"] if self.hint else []
        return " ".join([*parts, f"{self.name}-error"] if self.error else parts)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was sent back: a sentence, the field that it speaks of, and the stable code."""

    field: str
    sentence: str
    code: str = ""


def with_problem(
    fields: Sequence[Field], problem: Problem, language: str
) -> tuple[tuple[Field, ...], tuple[Refusal, ...]]:
    """Return the fields with the refusal at its place, and the summary for the top.

    What the ground says of a text, a number or a day names no field, so the summary does.
    """
    sentence = problem.text(language)
    named = {field.name for field in fields}
    first = fields[0].name if fields else ""
    place = problem.field if problem.field in named else first
    shown = tuple(replace(f, error=sentence) if f.name == place else f for f in fields)
    label = next((str(f.label) for f in fields if f.name == problem.field), "")
    if label and problem.code.startswith(UNNAMED):
        sentence = f"{label}：{sentence}" if language.startswith("zh") else f"{label}: {sentence}"
    return shown, (Refusal(place, sentence, problem.code),)
