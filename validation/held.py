"""One judged rate: how often something held, beside the limits that chance allows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """How often something held of so many samples, and between which shares it must lie.

    `wanted` False turns the judgement round: a negative control that must fall outside.
    """

    name: str
    hits: int
    samples: int
    low: float
    high: float
    first_seed: int
    wanted: bool = True
    note: str = ""

    @property
    def share(self) -> float:
        """Return the share of samples in which it held."""
        return self.hits / self.samples

    @property
    def good(self) -> bool:
        """Say whether the share lies as it must: inside its limits, a control outside."""
        return bool(self.low <= self.share <= self.high) is self.wanted

    @property
    def line(self) -> str:
        """Return the row as it is printed."""
        said = "ok  " if self.good else "FAIL"
        kind = "" if self.wanted else "must not: "
        return (
            f"{said} {self.name:62} {100 * self.share:6.2f} %  {kind}{100 * self.low:.1f} to "
            f"{100 * self.high:.1f} %  {self.samples} samples from seed {self.first_seed} {self.note}"
        ).rstrip()
