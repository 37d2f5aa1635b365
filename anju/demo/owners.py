"""Invented owners who answer: from a fixed seed, the same answers on every machine. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from anju.demo.places import CLOUD, LAKESIDE, LANE, Place
from anju.survey.rules.questionnaire import Dimension, FormPlan, Side

SEED = 20_121_218
# How satisfied owners are with each dimension, 0 to 1, in the earlier and in the later wave. Only
# responsiveness truly changed; the others did not, whatever the samples may seem to say.
EARLIER: Mapping[Dimension, float] = {
    Dimension.TANGIBLES: 0.86,
    Dimension.RESPONSIVENESS: 0.64,
    Dimension.TRUST: 0.80,
    Dimension.EMPATHY: 0.76,
}
LATER: Mapping[Dimension, float] = {**EARLIER, Dimension.RESPONSIVENESS: 0.84}
# What owners of offices expect and find, on seven levels.
EXPECTED: Mapping[Dimension, tuple[float, float]] = {
    Dimension.TANGIBLES: (5.8, 5.7),
    Dimension.PROFESSIONALISM: (6.1, 5.5),
    Dimension.TRUST: (6.3, 5.9),
    Dimension.RESPONSIVENESS: (6.2, 4.7),
    Dimension.EMPATHY: (5.2, 5.1),
}
WISHES: Mapping[str, Sequence[str]] = {
    "zh": (
        "报修后希望当天有人联系",
        "电梯口的灯有时不亮",
        "快递柜再多一些就好了",
        "夜间巡逻比以前多了，放心",
        "停车位划线看不清",
        "绿化带希望补种",
    ),
    "en": (
        "After a repair request, please call the same day",
        "The light by the lift is out at times",
        "A few more parcel lockers would help",
        "More patrols at night than before, that feels safe",
        "The parking lines are hard to see",
        "Please replant the green strip",
    ),
}


@dataclass(frozen=True, slots=True)
class Form:
    """One filled form: where it comes from, an option's code or None for each item, and when."""

    building: str
    unit: str
    codes: tuple[str | None, ...]
    wish: str = ""
    when: datetime | None = None


def _answering(place: Place, rng: np.random.Generator, language: str) -> list[tuple[str, str]]:
    """Return the homes that answer, by building and unit; the silent building has none."""
    homes: list[tuple[str, str]] = []
    for house in place.houses:
        share = rng.random(len(house.units))
        label = place.label(house, language)
        homes += [(label, u) for u, x in zip(house.units, share, strict=True) if x < house.eager]
    return homes


def _three(level: float, rng: np.random.Generator) -> str:
    """Return very, broadly or not satisfied for a person's level of satisfaction."""
    draw = rng.random()
    if draw < level * 0.62:
        return "vs"
    return "bs" if draw < level else "ds"


def lakeside(form: FormPlan, *, later: bool, language: str) -> tuple[Form, ...]:
    """Return the filled short forms of one wave in the residential project."""
    rng = np.random.default_rng(SEED + (3 if later else 0))
    truth = LATER if later else EARLIER
    wishes = WISHES["zh" if language.startswith("zh") else "en"]
    found = []
    for building, unit in _answering(LAKESIDE, rng, language):
        mood = rng.normal(0, 0.06)
        codes: list[str | None] = []
        for item in form.items:
            if item.scale is None or item.dimension is None:
                continue
            level = min(0.98, max(0.05, truth[item.dimension] + mood))
            codes.append(None if rng.random() < 0.03 else _three(level, rng))
        wish = str(rng.choice(wishes)) if rng.random() < 0.12 else ""
        found.append(Form(building, unit, tuple(codes), wish))
    return tuple(found)


def called_on(forms: Sequence[Form], first: date, days: int, evenings: float) -> tuple[Form, ...]:
    """Return the forms with the times at which somebody called: so many days, this part in the evening.

    Answers stay as they are: at this company the hour of a visit moves nobody's answer.
    """
    rng = np.random.default_rng(SEED + round(1000 * evenings))
    hours = [19 if rng.random() < evenings else 10 for _ in forms]
    dates = [first + timedelta(days=int(rng.integers(days))) for _ in forms]
    minutes = [int(rng.integers(60)) for _ in forms]
    return tuple(
        replace(one, when=datetime.combine(day, time(hour, minute)))
        for one, day, hour, minute in zip(forms, dates, hours, minutes, strict=True)
    )


def cloud(form: FormPlan, *, language: str) -> tuple[Form, ...]:
    """Return the filled forms of expectation and perception in the office project."""
    rng = np.random.default_rng(SEED + 7)
    found = []
    for building, unit in _answering(CLOUD, rng, language):
        mood = rng.normal(0, 0.5)
        codes = []
        for item in form.items:
            assert item.dimension is not None
            expected, perceived = EXPECTED[item.dimension]
            centre = expected if item.side is Side.EXPECTATION else perceived
            codes.append(str(int(np.clip(round(rng.normal(centre + mood, 0.8)), 1, 7))))
        found.append(Form(building, unit, tuple(codes)))
    return tuple(found)


def lane(*, language: str) -> tuple[Form, ...]:
    """Return twenty forms of the shops: sixteen very, three broadly, one not satisfied."""
    rng = np.random.default_rng(SEED + 11)
    homes = [(LANE.label(h, language), unit) for h in LANE.houses for unit in h.units]
    chosen = sorted(rng.choice(len(homes), size=20, replace=False).tolist())
    codes = ["vs"] * 16 + ["bs"] * 3 + ["ds"]
    drawn = [codes[i] for i in rng.permutation(20)]
    return tuple(
        Form(homes[h][0], homes[h][1], (code,)) for h, code in zip(chosen, drawn, strict=True)
    )
