"""The standing answers of the tests: one estate with eight buildings, drawn from a fixed seed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.insight.measured.facts import Frame, WaveFacts
from anju.stats.scales import Level, Scale, scale

FIRST = datetime(2026, 10, 12, 9, 30)  # noqa: DTZ001 - the local time as written
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIVE = scale(
    "sat5",
    [
        Level("vs", 5, "很满意", "very satisfied"),
        Level("s", 4, "满意", "satisfied"),
        Level("m", 3, "一般", "neither"),
        Level("d", 2, "不满意", "dissatisfied"),
        Level("vd", 1, "很不满意", "very dissatisfied"),
        Level("na", None, "没有遇到过", "did not meet it"),
    ],
)
SEVEN = scale("likert7", [Level(str(n), n, str(n), str(n)) for n in range(1, 8)])
THREE = scale(
    "sat3",
    [
        Level("vs", 3, "非常满意", "very satisfied"),
        Level("bs", 2, "基本满意", "broadly satisfied"),
        Level("ds", 1, "不满意", "dissatisfied"),
    ],
    top=["vs", "bs"],
)
AWARE = scale("aware", [Level("y", 1, "知道", "knows"), Level("n", 0, "不知道", "does not know")])
ITEMS = (
    ItemDef("Q1", "楼道与电梯轿厢的清洁", "Cleaning of stairs and lifts", FIVE, dimension="tangibles"),
    ItemDef("Q2", "说到做到", "Promises are kept", FIVE, dimension="trust"),
    ItemDef("Q3", "报修之后多久有人来", "Time until someone comes", FIVE, dimension="responsiveness"),
    ItemDef("Q4", "维修一次修好", "Repairs done right first time", FIVE, dimension="professionalism"),
    ItemDef("Q5", "收费公开、账目清楚", "Fees open and clear", FIVE, dimension="trust"),
    ItemDef("Q6", "照顾老人和特殊时段", "Care for the elderly", FIVE, dimension="empathy"),
    ItemDef("Q7", "停车秩序", "Parking order", FIVE, dimension="tangibles"),
    ItemDef("A1", "知道24小时服务电话", "Knows the 24-hour line", AWARE, purpose="awareness"),
)  # fmt: skip
LEANS = (0.9, 0.5, 0.45, 0.4, 0.2, 0.1, -0.5)
BUILDINGS = {
    "1栋": (80, 0.7, 0.45),
    "2栋": (80, 0.65, 0.0),
    "3栋": (80, 0.72, -0.6),
    "4栋": (72, 0.6, 0.05),
    "5栋": (72, 0.7, -0.7),
    "6栋": (48, 0.65, 0.15),
    "7栋": (25, 0.8, 0.9),
    "8栋": (14, 0.43, -0.2),
    "临街商铺": (9, 0.33, 0.0),
}
SILENT = ("9栋", 6)


def estate(*, seed: int = 20, shift: float = 0.0) -> AnswerSet:
    """Return one wave of the estate; `shift` moves the item about parking alone."""
    random = np.random.default_rng(seed)
    rows: list[list[int]] = []
    homes: list[str] = []
    where: list[str] = []
    for name, (units, share, lean) in BUILDINGS.items():
        for unit in range(round(units * share)):
            rows.append([_answer(random, lean + own + (shift if at == 6 else 0.0))
                         for at, own in enumerate(LEANS)] + [int(random.random() < 0.6)])  # fmt: skip
            homes.append(f"{name}-{unit}")
            where.append(name)
    n = len(rows)
    modes = ("online", "phone", "door", "paper")
    return AnswerSet(
        items=ITEMS,
        levels=np.array(rows, dtype=np.int16),
        count=np.ones(n, dtype=np.int64),
        weight=np.ones(n),
        groups={
            "building": tuple(where),
            "use_type": tuple("商铺" if w == "临街商铺" else "住宅" for w in where),
            "mode": tuple(modes[int(x)] for x in random.choice(4, n, p=(0.6, 0.2, 0.14, 0.06))),
        },
        households=tuple(homes),
        answered=tuple(
            FIRST + timedelta(days=int(d), hours=int(h))
            for d, h in zip(random.integers(0, 19, n), random.integers(0, 12, n), strict=True)
        ),
    )


def _answer(random: np.random.Generator, lean: float) -> int:
    value = random.normal(0.6 + lean, 1.1)
    if random.random() < 0.04:
        return 5 if random.random() < 0.5 else -1
    return int(np.clip(np.digitize(value, (-1.2, -0.3, 0.35, 1.5)), 0, 4))


def estate_facts(**more: object) -> WaveFacts:
    """Return what is known of the wave."""
    frames = [Frame("building", name, units) for name, (units, _, _) in BUILDINGS.items()]
    known: dict[str, object] = {
        "title": "2026年秋季满意度调查",
        "as_of": AT,
        "company": "安澜物业",
        "project": "翠湖苑",
        "period": "2026年下半年",
        "number": "CH-S-2026-02",
        "design": "census",
        "population": 486,
        "issued": 486,
        "refused": 31,
        "unreachable": 104,
        "planned": 300,
        "target": 78.0,
        "modes": ("online", "phone", "door", "paper"),
        "fieldwork_from": date(2026, 10, 12),
        "fieldwork_to": date(2026, 10, 31),
        "consultant": "青禾咨询（独立第三方）",
        "frames": (*frames, Frame("building", *SILENT)),
    }
    return WaveFacts(**{**known, **more})  # type: ignore[arg-type]


def pairs(*, seed: int = 3, n: int = 120) -> AnswerSet:
    """Return answers in pairs of expectation and perception, and importance of two items."""
    random = np.random.default_rng(seed)
    items: list[ItemDef] = []
    columns = []
    means = {"tangibles": (5.6, 5.1), "professionalism": (6.1, 5.2), "trust": (6.2, 5.5),
             "responsiveness": (6.0, 5.4), "empathy": (5.2, 5.2)}  # fmt: skip
    person = random.normal(0, 0.6, n)
    for name, (expected, perceived) in means.items():
        items.append(_half(name, "E", "expectation", "expectation"))
        items.append(_half(name, "P", "satisfaction", "perception"))
        for mean in (expected, perceived):
            drawn = np.round(random.normal(mean, 0.9, n) + person)
            columns.append(np.clip(drawn, 1, 7) - 1)
    return AnswerSet(
        items=tuple(items),
        levels=np.column_stack(columns).astype(np.int16),
        count=np.ones(n, dtype=np.int64),
        weight=np.ones(n),
        groups={},
        households=tuple(f"h{place}" for place in range(n)),
    )


def _half(name: str, mark: str, purpose: str, side: str) -> ItemDef:
    return ItemDef(f"{name}{mark}", name, name, SEVEN, purpose, name, side=side, pair=name)


def weighty(*, seed: int = 5, n: int = 200) -> AnswerSet:
    """Return four items asked twice: how satisfied, and how important."""
    random = np.random.default_rng(seed)
    told = (("清洁", "Cleaning", 4.2, 3.6), ("停车", "Parking", 2.4, 4.5),
            ("绿化", "Greenery", 3.9, 2.6), ("门岗", "Gate", 3.2, 3.5))  # fmt: skip
    items: list[ItemDef] = []
    columns = []
    for at, (zh, en, done, weight) in enumerate(told):
        items.append(ItemDef(f"S{at}", zh, en, FIVE, side="perception", pair=f"p{at}"))
        items.append(
            ItemDef(f"I{at}", zh, en, FIVE, purpose="importance", side="importance", pair=f"p{at}")
        )
        columns += [
            np.clip(np.round(random.normal(mean, 0.8, n)), 1, 5) - 1 for mean in (done, weight)
        ]
    return AnswerSet(
        items=tuple(items),
        levels=np.column_stack(columns).astype(np.int16),
        count=np.ones(n, dtype=np.int64),
        weight=np.ones(n),
        groups={},
        households=tuple(f"h{place}" for place in range(n)),
    )


def single(scale_: Scale, counts: tuple[int, ...], **groups: tuple[str, ...]) -> AnswerSet:
    """Return answers to one item: so many people at each level of the scale."""
    levels = np.repeat(np.arange(len(counts)), counts).astype(np.int16)[:, None]
    n = len(levels)
    return AnswerSet(
        items=(ItemDef("Q", "满意度", "Satisfaction", scale_),),
        levels=levels,
        count=np.ones(n, dtype=np.int64),
        weight=np.ones(n),
        groups=groups,
        households=(None,) * n,
    )
