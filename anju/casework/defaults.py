"""What a new company starts with: categories, promises, ladder; its own from the first day on. Pure.

Times are those that offices commonly promise; an office changes them on one page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anju.casework.kinds import CaseKind, Evidence, Severity, Spot

HOUR = 60
DAY = 8 * HOUR  # a working day of the usual calendar
K, E, P = CaseKind, Evidence, Spot


@dataclass(frozen=True, slots=True)
class CategorySeed:
    """A category to start with: code, names, and words with their weights."""

    code: str
    zh: str
    en: str
    words: Mapping[str, float]
    kind: str = ""
    spot: Spot = Spot.ANY
    evidence: Evidence = Evidence.NONE
    warranty_months: int | None = None


@dataclass(frozen=True, slots=True)
class LevelSeed:
    """Promises to start with. Units: working minutes, real ones for an emergency."""

    kind: CaseKind
    acknowledge: int | None
    on_site: int | None
    resolve: int | None
    report_back: int | None
    severity: str = ""
    category: str = ""
    real_time: bool = False


@dataclass(frozen=True, slots=True)
class RungSeed:
    """A rung of the ladder to start with."""

    number: int
    role: str
    share: float | None = None
    over: int | None = None
    days: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def _w(text: str, weight: float = 1.0) -> dict[str, float]:
    return dict.fromkeys(text.split(), weight)


CATEGORIES: tuple[CategorySeed, ...] = (
    CategorySeed(
        "water", "给排水", "Water and drains",
        {**_w("水管 漏水 跑水 滴水 爆管 下水 堵塞 马桶 水龙头 地漏 反水"), **_w("水压 停水 自来水 水质 发黄 热水 leak drain tap pipe", 0.8), **_w("water", 0.5)},
        K.REPAIR, P.ANY, E.AFTER, 24,
    ),
    CategorySeed(
        "roof", "渗漏防水", "Damp and roof",
        {**_w("渗水 渗漏 防水 屋面 外墙渗 返潮"), **_w("漏雨", 1.2), **_w("墙皮 发霉 damp mould roof", 0.6)},
        K.REPAIR, P.HOME, E.BOTH, 60,
    ),
    CategorySeed(
        "power", "供电照明", "Power and lighting",
        {**_w("跳闸 停电 没电 路灯 灯不亮 插座 电表 照明"), **_w("漏电 触电 短路", 1.2), "electric shock": 1.2, "leaking current": 1.2, **_w("很暗 太暗", 0.9), **_w("灯 light power socket", 0.6)},
        K.REPAIR, P.ANY, E.AFTER, 24,
    ),
    CategorySeed(
        "lift", "电梯", "Lift",
        {**_w("电梯 轿厢 困梯 关人 停梯"), **_w("lift elevator", 0.9)},
        K.REPAIR, P.COMMON, E.AFTER,
    ),
    CategorySeed(
        "doors", "门窗门禁", "Doors, windows, access",
        {**_w("门禁 门锁 单元门 窗户 窗扇 把手 玻璃 对讲 门卡"), "access card": 1.0, **_w("intercom", 0.8), **_w("门 窗 door window lock", 0.5)},
        K.REPAIR, P.ANY, E.AFTER, 24,
    ),
    CategorySeed(
        "facilities", "公共设施", "Shared facilities",
        {**_w("健身器材 儿童乐园 座椅 道路 地砖 井盖 围栏 信报箱 充电桩"), "charging point": 1.0, **_w("playground bench road", 0.8)},
        K.REPAIR, P.COMMON, E.BOTH,
    ),
    CategorySeed(
        "cleaning", "清洁卫生", "Cleaning",
        {**_w("垃圾 保洁 卫生 脏 打扫 异味 臭 堆放 蚊虫 老鼠"), **_w("rubbish dirty smell", 0.8)},
        K.COMPLAINT, P.COMMON, E.AFTER,
    ),
    CategorySeed(
        "greening", "绿化", "Greening",
        {**_w("绿化 树木 树枝 草坪 杂草 修剪 浇水 虫害"), **_w("tree lawn plants", 0.8)},
        K.COMPLAINT, P.COMMON, E.AFTER,
    ),
    CategorySeed(
        "parking", "车辆停车", "Parking",
        {**_w("停车 车位 乱停 占位 道闸 电动车 飞线"), **_w("车库", 0.5), **_w("parking car scooter", 0.8)},
        K.COMPLAINT, P.COMMON,
    ),
    CategorySeed(
        "safety", "秩序安全", "Safety and order",
        {**_w("保安 门岗 巡逻 陌生人 被盗 监控 高空抛物 消防通道 着火 起火 火灾 冒烟"), **_w("guard theft camera", 0.8)},
        K.COMPLAINT, P.ANY,
    ),
    CategorySeed(
        "noise", "噪音邻里", "Noise and neighbours",
        {**_w("噪音 吵 扰民 施工 装修声 邻居 广场舞 狗叫"), **_w("狗 半夜 敲", 0.5), **_w("noise neighbour loud", 0.8)},
        K.COMPLAINT, P.ANY,
    ),
    CategorySeed(
        "conduct", "服务态度", "Conduct of staff",
        {**_w("态度 不耐烦 没人接 推诿 敷衍 不理"), **_w("没人管", 0.6), **_w("rude attitude ignored unfriendly", 0.8)},
        K.COMPLAINT, P.ANY,
    ),
    CategorySeed(
        "fees", "费用账单", "Fees and bills",
        {**_w("物业费 缴费 账单 发票 收费 退款"), **_w("fee bill invoice", 0.8)},
        K.ENQUIRY, P.ANY,
    ),
    CategorySeed(
        "decoration", "装修手续", "Renovation papers",
        {**_w("装修手续 办证 开工证 装修押金 搬家 出门条"), **_w("装修", 0.5), **_w("renovation permit", 0.8)},
        K.SERVICE, P.HOME,
    ),
    CategorySeed("other", "其他", "Anything else", {}),
)  # fmt: skip
S = Severity
LEVELS: tuple[LevelSeed, ...] = (
    LevelSeed(K.REPAIR, 30, DAY, 3 * DAY, 4 * DAY),
    LevelSeed(K.COMPLAINT, 30, None, 2 * DAY, 3 * DAY),
    LevelSeed(K.SUGGESTION, DAY, None, 5 * DAY, 6 * DAY),
    LevelSeed(K.ENQUIRY, 30, None, DAY, DAY),
    LevelSeed(K.PRAISE, DAY, None, None, 3 * DAY),
    LevelSeed(K.SERVICE, 30, DAY, 3 * DAY, 4 * DAY),
    *(
        LevelSeed(kind, 3, 15, 4 * HOUR, 5 * HOUR, severity, real_time=True)
        for kind in (K.REPAIR, K.COMPLAINT, K.SUGGESTION, K.ENQUIRY, K.PRAISE, K.SERVICE)
        for severity in (S.EMERGENCY.value, S.CRISIS.value)
    ),
)
RUNGS: tuple[RungSeed, ...] = (
    RungSeed(1, "assignee", share=0.7),
    RungSeed(2, "manager", over=1),
    RungSeed(3, "quality", over=DAY),
    RungSeed(4, "manager", days=7),
    RungSeed(5, "quality", days=15),
    RungSeed(6, "head", days=30),
)
EMERGENCY_WORDS: tuple[str, ...] = (
    "着火", "起火", "火灾", "冒烟", "燃气", "煤气泄漏", "漏电", "触电", "困人", "被困", "关人", "爆管",
    "跑水", "坠落", "晕倒", "打架", "持刀", "fire", "smoke", "gas leak", "smell of gas", "smells of gas",
    "leaking gas", "trapped", "electrocut", "electric shock", "leaking current", "burst pipe", "pipe burst",
    "pipe has burst", "unconscious", "knife",
)  # fmt: skip
FIRE_WORDS: tuple[str, ...] = ("着火", "起火", "火灾", "冒烟", "fire", "smoke")
FIRE_MINUTES, EMERGENCY_MINUTES = 2, 3
