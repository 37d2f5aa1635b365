"""Which matters came in on which day: drawn from one seed, the same on every machine. Pure."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.casework.kinds import Channel, Severity
from anju.demo.cases.sayings import PARKING, SPIKE, STEADY, TOPICS, Saying, Topic
from anju.demo.places import LAKESIDE
from anju.survey.rules.questionnaire import Words

SEED = 20_121_219
MONTHS = len(PARKING)
MONTH = timedelta(days=30)
LOCAL = timedelta(hours=8)  # where the demonstration lies
SILENT, LIFTS = 5, "lift"  # the building that fades, by place, and the firm's topic
CHANNELS = (
    (Channel.PHONE, 46), (Channel.LINK, 26), (Channel.DESK, 14), (Channel.STAFF, 8),
    (Channel.VISIT, 3), (Channel.BOX, 2), (Channel.MAIL, 1),
)  # fmt: skip
BUSY = 14  # days back from today of which more is told, so that today's lists have something


@dataclass(frozen=True, slots=True)
class Matter:
    """One word of an owner: when, about what, from which home, by which channel.

    `house` and `door` are places within the project; `spot` is where a matter in common lies.
    """

    at: datetime
    topic: Topic
    saying: Saying
    house: int
    door: int
    channel: Channel
    month: int
    spot: Words | None = None
    severity: Severity = Severity.USUAL
    anonymous: bool = False


def matters(now: datetime) -> list[Matter]:
    """Return fourteen months of matters up to now, oldest first."""
    draw = random.Random(SEED)  # noqa: S311 (a story, not a secret)
    begin = now - MONTHS * MONTH
    found: list[Matter] = []
    for month in range(MONTHS):
        first = begin + month * MONTH
        for topic in TOPICS:
            season = topic.season.get((first + MONTH / 2 + LOCAL).month, 1.0)
            many = _count(draw, topic.monthly * season * (0.85 + 0.02 * month))
            found += (_matter(draw, topic, first, month) for _ in range(many))
        found += (_matter(draw, SPIKE, first, month) for _ in range(PARKING[month]))
        found += (_matter(draw, STEADY, first, month) for _ in range(2))
    found += _lately(draw, now)
    return sorted((one for one in found if one.at < now), key=lambda one: one.at)


def _lately(draw: random.Random, now: datetime) -> Iterator[Matter]:
    for _ in range(44):
        topic = draw.choice(TOPICS[:10])
        yield _matter(draw, topic, now - timedelta(days=BUSY), MONTHS - 1, days=BUSY)


def _count(draw: random.Random, mean: float) -> int:
    """Return a Poisson count, by the product of chances."""
    limit, many, product = math.exp(-mean), 0, draw.random()
    while product > limit:
        many, product = many + 1, product * draw.random()
    return many


def _matter(
    draw: random.Random, topic: Topic, first: datetime, month: int, *, days: int = 30
) -> Matter:
    # Most people ring in the morning or after work; a few at night.
    hour = draw.choices((8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 6), (9, 13, 12, 8, 8, 9, 8, 7, 6, 5, 4, 2, 1))[0]  # fmt: skip
    day = (first + LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    day += timedelta(days=draw.randrange(days))
    at = day + timedelta(hours=hour, minutes=draw.randrange(60), seconds=draw.randrange(60)) - LOCAL
    house = draw.choices(range(len(LAKESIDE.houses)), [len(h.units) for h in LAKESIDE.houses])[0]
    by_day = 8 <= hour <= 19
    kinds = CHANNELS if by_day else CHANNELS[:2]
    channel = draw.choices([one for one, _ in kinds], [weight for _, weight in kinds])[0]
    return Matter(
        at=at,
        topic=topic,
        saying=draw.choice(topic.sayings),
        house=house,
        door=draw.randrange(len(LAKESIDE.houses[house].units)),
        channel=channel,
        month=month,
        spot=draw.choice(topic.spots) if topic.spots else None,
        severity=draw.choices(list(Severity)[:2], (93, 7))[0],
        anonymous=channel is Channel.LINK and not topic.home and draw.random() < 0.12,
    )
