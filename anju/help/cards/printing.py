"""Sets a role card on one A4 page; the same card gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from anju.help.cards.data import CARDS, Card
from anju.paper.press import press
from anju.register.rules.rights import Role
from anju.survey.rules.questionnaire import Words

TEMPLATE = Path(__file__).parent / "card.typ"
# A card changes with the product, not with the day on which it is printed.
EDITION = datetime(2026, 11, 22, tzinfo=UTC)
ROLES = {
    Role.ADMINISTRATOR: Words("管理员", "Administrator"),
    Role.QUALITY: Words("品质部", "Quality department"),
    Role.HEAD: Words("公司负责人", "Company head"),
    Role.MANAGER: Words("项目经理", "Project manager"),
    Role.DESK: Words("前台", "Front desk"),
    Role.STEWARD: Words("楼栋管家", "Building steward"),
    Role.WORKER: Words("维修工", "Repair worker"),
    Role.COMMITTEE: Words("业主委员会", "Owners’ committee"),
    Role.CONSULTANT: Words("独立顾问", "Independent consultant"),
}
KIND = Words("岗位傻瓜式操作指引", "Role card")
HELP = Words(
    "不清楚时：点页面右上角的“?”，或问管理员。",
    "Not sure? Press ? at the top of any page, or ask your administrator.",
)
KEYS = Words("按键", "Keys")


def plain(card: Card, language: str) -> dict[str, object]:
    """Return a card in one language as its template reads it."""

    def say(words: Words) -> str:
        if language == "zh":
            return words.zh
        return words.en.replace("’", "'")  # our printed face draws the curly one a whole cell wide

    return {
        "zh": language == "zh",
        "kind": say(KIND),
        "role": say(ROLES[card.role]),
        "motto": say(card.motto),
        "help": say(HELP),
        "keys": say(KEYS),
        "tasks": [
            {
                "name": say(task.name),
                "steps": [say(step) for step in task.steps],
                "keys": list(task.keys),
            }
            for task in card.tasks
        ],
    }


@cache
def card_pdf(role: Role, language: str) -> bytes:
    """Return the card of a role as PDF, set once."""
    data = json.dumps(plain(CARDS[role], language), ensure_ascii=False)
    return press(TEMPLATE, data, {}, EDITION)
