"""The demonstration's company, people and homes as data, in both languages. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from anju.register.rules.rights import Role
from anju.survey.rules.questionnaire import Words

COMPANY = Words("示例物业（演示）", "Sample Property (demonstration)")

PEOPLE: Mapping[Role, Words] = {
    Role.ADMINISTRATOR: Words("吴管理", "Wu Guan"),
    Role.QUALITY: Words("赵敏", "Zhao Min"),
    Role.HEAD: Words("钱总", "Qian Zong"),
    Role.MANAGER: Words("孙经理", "Sun Jing"),
    Role.DESK: Words("陈前台", "Chen Tai"),
    Role.STEWARD: Words("周管家", "Zhou Guan"),
    Role.WORKER: Words("张师傅", "Zhang Shi"),
    Role.COMMITTEE: Words("何委员", "He Wei"),
    Role.CONSULTANT: Words("林顾问", "Lin Gu"),
}


@dataclass(frozen=True, slots=True)
class House:
    """A building: its number, floors, doors a floor, and how eager its owners are to answer."""

    number: int
    floors: int
    doors: int
    eager: float

    @property
    def units(self) -> tuple[str, ...]:
        """The numbers of its units, floor first."""
        return tuple(
            f"{floor}{door:02d}"
            for floor in range(1, self.floors + 1)
            for door in range(1, self.doors + 1)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A project with its buildings and the target that its contract names."""

    words: Words
    use_type: str
    target: str
    building: Words
    houses: tuple[House, ...]

    @property
    def target_points(self) -> Decimal:
        """The target as the register keeps it."""
        return Decimal(self.target)

    def label(self, house: House, language: str) -> str:
        """Return a building's name in the company's language."""
        return self.building.text(language).format(number=house.number)

    @property
    def units(self) -> int:
        """How many units there are."""
        return sum(len(house.units) for house in self.houses)


# Building 7 is small, building 6 stays silent. Mrs Li owns 3-502.
LAKESIDE = Place(
    Words("翠湖苑（示例）", "Lakeside Court (sample)"),
    "residential",
    "90",
    Words("{number}栋", "Building {number}"),
    (
        House(1, 16, 4, 0.62),
        House(2, 16, 4, 0.55),
        House(3, 15, 4, 0.60),
        House(4, 14, 4, 0.48),
        House(5, 12, 4, 0.66),
        House(6, 9, 4, 0.0),
        House(7, 6, 2, 0.75),
    ),
)
CLOUD = Place(
    Words("云台中心（示例）", "Cloud Centre (sample)"),
    "office",
    "92",
    Words("{number}座", "Tower {number}"),
    (House(1, 15, 3, 0.64), House(2, 10, 4, 0.58), House(3, 10, 3, 0.70)),
)
LANE = Place(
    Words("示例里商街", "Sample Lane Shops"),
    "commercial",
    "88",
    Words("{number}号楼", "Row {number}"),
    (House(1, 1, 13, 0.8), House(2, 1, 12, 0.8)),
)
PLACES = (LAKESIDE, CLOUD, LANE)
