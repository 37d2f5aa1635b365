"""Knows the item that asks about the service as a whole, by its wording alone.

An item that names one service, such as overall greenery, is not it.
"""

from __future__ import annotations

import re

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.headers import wording

_TELLS = re.compile(r"总体|整体|综合|总的|overall|ingeneral|asawhole", re.IGNORECASE)
_OPINION = re.compile(r"满意|评价|评分|打分|satisf|rating|score|experience", re.IGNORECASE)
_GENERAL = re.compile(
    r"总体|整体|综合|总的|来说|来看|来讲|而言|我们|小区|项目|物业|管理|公司|企业|服务|工作|质量|情况|"
    r"满意度|满意|程度|评价|评分|打分|得分|感受|印象|如何|怎么样|是否|[您你我本贵该对在的上和与度吗呢]|"
    r"overall|ingeneral|asawhole|satisfaction|satisfied|dissatisfied|experience|property|management|company|"
    r"services|service|rating|score|rate|quality|howdoyou|howare|how|doyou|are|you|your|with|our|the|of|by|is|level",
    re.IGNORECASE,
)


def overall_place(items: tuple[ItemDef, ...], asked: tuple[int, ...]) -> int | None:
    """Return the place of the item about the whole service among those asked, or None.

    Example: of 客服满意度, 维修满意度 and 总体满意度 it is the third.
    """
    for place in asked:
        item = items[place]
        if not item.service_line and any(_is_overall(text) for text in (item.zh, item.en)):
            return place
    return None


def _is_overall(text: str) -> bool:
    plain = wording(text)
    if not _TELLS.search(plain) or not _OPINION.search(plain):
        return False
    return not _GENERAL.sub("", plain)
