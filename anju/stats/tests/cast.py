"""The standing scales and answers of the statistics' tests."""

from typing import TypeVar

from anju.stats.scales import Level, scale

T = TypeVar("T")

THREE = scale(
    "sat3",
    [
        Level("vs", 3, "很满意", "very satisfied"),
        Level("bs", 2, "大体满意", "broadly satisfied"),
        Level("ds", 1, "不满意", "dissatisfied"),
    ],
    top={"vs", "bs"},
    words=("满意三级", "satisfaction, 3 levels"),
)
FIVE = scale(
    "clean5",
    [Level(f"c{value}", value, f"第{value}级", f"level {value}") for value in range(1, 6)],
)
ELEVEN = scale("nps", [Level(str(value), value, str(value), str(value)) for value in range(11)])
YES_NO = scale(
    "yesno",
    [
        Level("y", 1, "是", "yes"),
        Level("n", 0, "否", "no"),
        Level("x", None, "无所谓", "indifferent"),
    ],
)
TWENTY = (1, 3, 16)  # one dissatisfied, three broadly, sixteen very satisfied: worst first


def known(value: T | None) -> T:
    """Give a value that the test knows to be there."""
    assert value is not None
    return value
