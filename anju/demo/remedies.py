"""What the demonstration's people wrote down about its findings, in both languages. Texts only."""

from __future__ import annotations

from dataclasses import dataclass

from anju.improve.rules.boxes import Party
from anju.survey.rules.questionnaire import Words


@dataclass(frozen=True, slots=True)
class Remedy:
    """A root cause with its party, and the measure against it."""

    cause: Words
    party: Party
    text: Words
    metric: Words
    target: Words


REMEDIES: dict[str, Remedy] = {
    "QB-02": Remedy(
        Words(
            "晚上六点后只有一人值班，接电话和上门不能兼顾。",
            "After 18:00 one person is on duty and cannot answer calls and go out as well.",
        ),
        Party.PROPERTY,
        Words(
            "18–22 点增加一个班次，电话和上门分开。",
            "A second shift from 18:00 to 22:00; calls and visits are separated.",
        ),
        Words("每周晚间电话接通率", "Share of evening calls answered, by week"),
        Words("连续四周达到 95%", "95 % in four weeks running"),
    ),
    "QB-03": Remedy(
        Words(
            "投诉登记后没有人告诉业主进展，业主只能再打一次电话。",
            "After a complaint is written down nobody tells the owner how it goes, so he calls again.",
        ),
        Party.PROPERTY,
        Words(
            "每件投诉当天回复一次，未办结的每三天告知一次进展。",
            "Each complaint is answered the same day; open ones are reported on every three days.",
        ),
        Words("同一件事重复来电的比例，按月", "Share of repeated calls about one thing, by month"),
        Words("从 31% 降到 10% 以下", "From 31 % to under 10 %"),
    ),
    "QB-05": Remedy(
        Words(
            "夜间巡逻路线两年没有变过，新开的东门不在路线上。",
            "The night round has not changed for two years and leaves out the new east gate.",
        ),
        Party.PROPERTY,
        Words(
            "重画巡逻路线，东门每晚到三次并打点。",
            "A new round with three marked stops a night at the east gate.",
        ),
        Words("每周巡逻打点完成率", "Share of patrol points reached, by week"),
        Words("98% 以上", "At least 98 %"),
    ),
    "QB-06": Remedy(
        Words(
            "外卖和装修人员从车库进入，门岗看不到。",
            "Couriers and fitters come in through the garage, unseen by the gate.",
        ),
        Party.PROPERTY,
        Words(
            "车库入口设登记点，装修人员凭当日证进入。",
            "A desk at the garage entrance; fitters come in with a pass of the day.",
        ),
        Words("每周无证进入的次数", "Entries without a pass, by week"),
        Words("每周不超过两次", "At most two a week"),
    ),
    "QB-09": Remedy(
        Words(
            "31 次返修中有 19 次是车上没有备件。",
            "19 of 31 repeat visits lacked a part that the van does not carry.",
        ),
        Party.PROPERTY,
        Words(
            "维修车备齐 18 种常用件，每周补齐。",
            "18 common parts stay in the van and are refilled each week.",
        ),
        Words("十二周返修率", "Repeat-visit rate over twelve weeks"),
        Words("低于 8%", "Under 8 %"),
    ),
    "QB-04": Remedy(
        Words(
            "18–21 点来访车辆占用固定车位，门岗不核对车牌。",
            "Visitors take fixed spaces from 18:00 to 21:00; the gate does not check plates.",
        ),
        Party.OUTSIDE,
        Words("", ""),
        Words("", ""),
        Words("", ""),
    ),
}
DONE = Words(
    "已按措施执行满四周，记录在值班本第 12–40 页。",
    "Done for four weeks; written down in the duty book, pages 12 to 40.",
)
PHOTO = Words("投诉回复看板.jpg", "board of answers.jpg")
SEEN = Words(
    "抽查三天，记录与现场一致，目标已达到。",
    "Looked on three days; the book agrees with what is there, and the target is met.",
)
FAILED = Words(
    "措施做了，但东门打点只有 71%，业主仍然反映看不到巡逻。",
    "It was done, but only 71 % of the points at the east gate; owners still see no patrol.",
)
NOT_SURE = Words(
    "区间达到门槛，无法判断是否偏低；下次调查再看。",
    "The interval reaches the threshold; the next survey will tell.",
)
NO_MONEY = Words(
    "本年度没有活动经费，已报业主委员会，明年再议。",
    "There is no money for activities this year; the owners’ committee was told.",
)
PARTS = (
    (
        Words("东门一带没有巡逻", "No patrol around the east gate"),
        Words("新开的东门 22 点以后无人经过。", "Nobody passes the new east gate after 22:00."),
    ),
    (
        Words("地库巡逻间隔太长", "Too long between rounds in the garage"),
        Words("地库两次巡逻相隔四小时。", "Four hours lie between two rounds in the garage."),
    ),
)
COMMENT = (
    Words("单元门关不紧", "An entrance door does not close"),
    Words(
        "有业主反映单元门闭门器失灵，夜里一直开着。",
        "An owner says that the closer of an entrance door is broken; it stands open at night.",
    ),
)
FOR_OWNERS = Words(
    "晚上六点后接电话的人不够。从本月起 18–22 点增加一个班次。",
    "There were too few people to answer calls after 18:00. A second shift works until 22:00 now.",
)
