"""What the small parts of a page are given: frozen, already in the reader's words. No lookups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """One class colours sign, turn, clock and message alike; a word always stands beside it."""

    OVER = "is-over"
    SOON = "is-soon"
    RUN = "is-run"
    WAIT = "is-wait"
    DONE = "is-done"
    TIE = "is-tie"
    LOW = "is-low"
    HIGH = "is-high"


# The shape that says the same as the colour, for grey print and colour-blind readers.
ICONS = {
    Mood.OVER: ("st-over", True),
    Mood.LOW: ("st-over", True),
    Mood.SOON: ("st-soon", True),
    Mood.RUN: ("st-run", True),
    Mood.WAIT: ("st-wait", True),
    Mood.DONE: ("check", False),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A state: sign and word."""

    word: str
    mood: Mood = Mood.TIE
    icon: str = ""

    @property
    def drawn(self) -> str:
        """Name of the icon, or nothing where the word alone is enough."""
        return self.icon or ICONS.get(self.mood, ("", False))[0]

    @property
    def filled(self) -> bool:
        """Whether the icon is a filled shape."""
        return not self.icon and ICONS.get(self.mood, ("", False))[1]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a line: `did`, `now`, or neither; `late` only beside `now`."""

    name: str
    did: bool = False
    now: bool = False
    late: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """How much of a promise's time is used, and what is left in words."""

    left: str
    used: int
    sentence: str
    mood: Mood | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: a person, then the role; nobody is said too."""

    name: str
    role: str = ""
    mood: Mood | None = None
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One of the four boxes of a gap; an empty one is red and offers to be filled."""

    title: str
    body: str = ""
    note: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline."""

    when: str
    machine: str
    sentence: str
    who: str = ""
    note: str = ""
    late: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with what it is, how sure it is, and where it leads."""

    label: str
    figure: str
    note: str = ""
    sign: Sign | None = None
    address: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list."""

    name: str
    sentence: str
    sign: Sign
    address: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a link like any other, so that it works without a script."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where nothing is: one sentence, at most one button and one link."""

    title: str
    sentence: str
    icon: str = "inbox"
    act: str = ""
    address: str = ""
    also: str = ""
    also_address: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A long job as the page shows it: how far, of how much, and that one may leave."""

    title: str
    sentence: str
    done: int
    total: int
    sign: Sign
    poll: str = ""
    cancel: str = ""

    @property
    def done_words(self) -> str:
        """How much is done, with separators of thousands in both languages."""
        return f"{self.done:,}"

    @property
    def total_words(self) -> str:
        """How much there is in all."""
        return f"{self.total:,}"


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a table; with an address it sorts."""

    label: str
    address: str = ""
    sorted: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Confirm:
    """A page that asks before what cannot be taken back; the number of people is in the words."""

    title: str
    sentence: str
    consent: str
    act: str
    back: str
    field: str = "consent"


@dataclass(frozen=True, slots=True)
class Method:
    """The box that says where figures come from: pairs of words, in reading order."""

    title: str
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of an owner's question; `apart` is «did not meet it»."""

    code: str
    label: str
    chosen: bool = False
    apart: bool = False
