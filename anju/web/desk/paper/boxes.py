"""The boxes of one paper form as a page shows them: label, digits, what was typed, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from anju.fieldwork.actions.paper import Refused
from anju.fieldwork.rules.digits import BLANK, MOST
from anju.fieldwork.rules.paper import Cell, Kind
from anju.kernel.pure.problems import Problem
from anju.web.parts.form import Refusal


@dataclass(frozen=True)
class Box:
    """One item of a form, in the reader's language."""

    cell: Cell
    language: str
    value: str = ""
    error: str = ""

    @cached_property
    def words(self) -> str:
        """What the item asks."""
        return self.cell.words.text(self.language)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Which digit stands for which answer, 0 for none; each stays on one line."""
        codes = {code: digit for digit, code in self.cell.digits.items()}
        said = [
            f"{codes[option.code]} {option.words.text(self.language)}"
            for option in self.cell.options
            if option.code in codes
        ]
        return *said, f"{BLANK} {_('none ticked') if self.several else _('left empty')}"

    @property
    def key(self) -> str:
        """The digits and their answers in one line of text."""
        return "　".join(self.keys)

    @property
    def digits(self) -> str:
        """Every digit that this box takes."""
        digits = sorted({digit for number in self.cell.digits for digit in number} - {BLANK})
        return "".join(digits) + BLANK

    @property
    def several(self) -> bool:
        """Whether several answers may be typed into this box."""
        return self.cell.kind is Kind.TICKS

    @property
    def spaced(self) -> bool:
        """Whether its numbers have two digits, so that a space stands between them."""
        return len(self.cell.digits) > MOST

    @property
    def longest(self) -> int:
        """How much fits into the box."""
        return sum(len(number) + 1 for number in self.cell.digits) if self.several else 1

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Codes and words of an item of too many answers for a digit each."""
        return [(one.code, one.words.text(self.language)) for one in self.cell.options]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All boxes of a form by kind, in printed order."""

    boxes: tuple[Box, ...]

    @property
    def digits(self) -> tuple[Box, ...]:
        """Boxes of digits: one, or several of a list to tick."""
        return self._of(Kind.DIGIT, Kind.TICKS)

    @property
    def several(self) -> tuple[Box, ...]:
        """Boxes of lists to tick."""
        return self._of(Kind.TICKS)

    @property
    def choices(self) -> tuple[Box, ...]:
        """Boxes with a list to choose from."""
        return self._of(Kind.CHOICE)

    @property
    def texts(self) -> tuple[Box, ...]:
        """Boxes for words."""
        return self._of(Kind.TEXT)

    @property
    def wrong(self) -> tuple[Box, ...]:
        """Boxes with something wrong in them."""
        return tuple(box for box in self.boxes if box.error)

    def _of(self, *kinds: Kind) -> tuple[Box, ...]:
        return tuple(box for box in self.boxes if box.cell.kind in kinds)


def sheet_of(
    cells: Sequence[Cell], language: str, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> Sheet:
    """Return the boxes with what was typed and what is wrong, by box name."""
    return Sheet(
        tuple(
            Box(cell, language, typed.get(cell.name, ""), wrong.get(cell.name, ""))
            for cell in cells
        )
    )


def boxes_in(data: QueryDict) -> dict[str, str]:
    """Return what was sent in the boxes of items, by box name."""
    return {name: str(data[name]) for name in data if name.startswith("d.")}


def problems_of(refused: Problem | Refused | None) -> tuple[Problem, ...]:
    """Return everything that is wrong with a form that was sent back."""
    if refused is None:
        return ()
    return (refused,) if isinstance(refused, Problem) else refused.problems


def refusals_of(problems: Sequence[Problem], language: str) -> tuple[Refusal, ...]:
    """Return the summary for the top of the page."""
    return tuple(Refusal(one.field, one.text(language), one.code) for one in problems)


def errors_of(problems: Sequence[Problem], language: str) -> dict[str, str]:
    """Return what is wrong by field."""
    return {one.field: one.text(language) for one in reversed(problems)}


def key_of(request: HttpRequest, *, fresh: bool) -> str:
    """Return the key of a page's form: the one that was sent, or a new one."""
    return token_urlsafe(16) if fresh else str(request.POST.get("key", "")) or token_urlsafe(16)
