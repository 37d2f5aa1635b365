"""Figures that were published, or follow from a textbook's formula, beside what the product computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anju import stats


@dataclass(frozen=True, slots=True)
class Met:
    """A figure found, the one that was wanted, and where that one stands."""

    name: str
    found: float
    wanted: float
    near: float
    source: str

    @property
    def good(self) -> bool:
        """Say whether they agree to the digits that were published."""
        return abs(self.found - self.wanted) <= self.near

    @property
    def line(self) -> str:
        """Return the row as it is printed."""
        said = "ok  " if self.good else "FAIL"
        return f"{said} {self.name:52} {self.found:14.6f}  wanted {self.wanted:<12g} {self.source}"


def measure(samples: int = 0) -> Iterator[Met]:
    """Yield every published figure; nothing is drawn, so samples say nothing."""
    del samples
    yield from _rates()
    yield from _intervals()
    moved = stats.turned(794, 150, 86, 570)
    yield Met("McNemar's chi-square of 150 and 86", moved.chi2, 17.355932, 5e-7, "R, mcnemar.test")
    yield Met("the same, exact p × 100,000", 1e5 * moved.p, 3.716, 5e-4, "R, binom.test")
    answers = [9.0] * 150 + [8.0] * 100 + [3.0] * 50
    score = stats.net_promoters(stats.survey_design([1.0] * 300), answers)
    yield Met("net promoters, half and a sixth", score.estimate, 33.3, 0.05, "worked example")
    # The published error divides by n, that of a design by n − 1.
    error = (score.se or 0.0) * (299 / 300) ** 0.5
    yield Met("its standard error with 300 answers", error, 4.30, 5e-3, "worked example")
    gaps = dict(zip("abcde", (-0.65, -1.10, -0.83, -0.70, -1.01), strict=True))
    made = stats.survey_design([1.0] * 5)
    felt = [[[gap]] * 5 for gap in gaps.values()]
    found = stats.servqual_gaps(made, felt, [[[0.0]] * 5] * 5, list(gaps))
    yield Met("SERVQUAL, five gaps", found.overall.estimate, -0.86, 5e-3, "published example")


def _rates() -> Iterator[Met]:
    rates = stats.outcome_rates(stats.Outcomes(200, 20, 60, 90, 10, 40, 0, 30))
    wanted = {
        "rr1": 0.476190, "rr2": 0.523810, "rr3": 0.479532, "rr4": 0.527485, "rr5": 0.526316,
        "rr6": 0.578947, "coop1": 0.689655, "ref1": 0.142857, "con1": 0.690476,
    }  # fmt: skip
    for name, value in wanted.items():
        rate: stats.Rate = getattr(rates, name)
        yield Met(f"{name.upper()} of 450 forms", rate.value or 0.0, value, 5e-7, "by hand, AAPOR")


def _intervals() -> Iterator[Met]:
    for x, n, low, high in ((81, 263, 0.255289, 0.366210), (15, 148, 0.062386, 0.160487), (1, 29, 0.006113, 0.171755)):  # fmt: skip
        found = stats.proportion_ci(x, n, method="wilson")
        yield Met(f"Wilson, {x} of {n}, lower", found.ci_low or 0.0, low, 5e-7, "R, binom")
        yield Met(f"Wilson, {x} of {n}, upper", found.ci_high or 0.0, high, 5e-7, "R, binom")
    building = stats.proportion_ci(19, 20, 25)
    yield Met(
        "19 of 20 in a building of 25, lower", building.ci_low or 0.0, 0.88, 1e-9, "enumeration"
    )
    for homes, margin, exact in ((1000, 0.05, 277.7), (2500, 0.04, 484.2), (10_000, 0.03, 964.3), (25_000, 0.02, 2190.6)):  # fmt: skip
        size = stats.sample_size(homes, stats.Aim(margin)).exact
        yield Met(
            f"answers needed, {homes} homes, ±{100 * margin:.0f}", size, exact, 0.05, "by hand"
        )
