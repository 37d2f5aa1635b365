"""The port that every way out of the house has: a parcel is handed over, or it was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class NotTaken(Exception):
    """The parcel was not taken: `code` says why in the outbox; `final` that trying again is vain."""

    def __init__(self, code: str, told: str = "", *, final: bool = False) -> None:
        super().__init__(code, told)
        self.code = code
        self.told = told
        self.final = final


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to go: the key that stays the same with each try, the address, the words.

    `secret` is the key of a robot, for the one way that needs it; `signs` what its calls are
    signed with, where its group wants that.
    """

    uid: str
    address: str
    language: str
    title: str
    body: str
    kind: str = ""
    secret: str = ""
    signs: str = ""


class Carrier(Protocol):
    """Takes one parcel to its provider; a provider that honours keys takes each uid once."""

    def send(self, parcel: Parcel) -> str:
        """Return the provider's own key, empty where it gives none; raises NotTaken."""
