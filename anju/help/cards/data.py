"""The nine role cards as data: five tasks each, the steps in order, the keys. Texts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.help.cards.tasks import (
    BOXES,
    CALL,
    CHECK,
    CLOSE,
    DOOR,
    FIGURES,
    FIND,
    HAND_OVER,
    HEARD,
    JOB,
    KEEP,
    LATE_ONES,
    MOVE,
    PROMISES,
    READ,
    REPORT,
    RESULTS,
    SIGN_IN,
    STOCK,
    VISIT,
    Task,
    task,
)
from anju.register.rules.rights import Role
from anju.survey.rules.questionnaire import Words


@dataclass(frozen=True, slots=True)
class Card:
    """What one role should know by heart: one sentence and five tasks."""

    role: Role
    motto: Words
    tasks: tuple[Task, ...]


CARDS: Mapping[Role, Card] = {
    card.role: card
    for card in (
        Card(
            Role.ADMINISTRATOR,
            Words("让同事能登录、数据不会丢。", "Colleagues can sign in, and nothing is lost."),
            (
                task(
                    "完成开始步骤",
                    "Finish the first steps",
                    ("打开首页，按清单从上往下做", "Open the first page and work down the list"),
                    ("每步一个按钮；灰色的等前一步", "One button a step; what waits says for what"),
                ),
                task(
                    "增加或停用同事",
                    "Add or disable a colleague",
                    ("打开“人员”，填写姓名、邮箱、角色和可见范围", "People: name, e-mail, role and reach"),
                    ("离职当天点“停用”，一分钟内失效", "On the last day: Disable; it works within a minute"),
                    keys="G|E",
                ),
                task(
                    "每天看一眼运行状况",
                    "Look at the health page daily",
                    ("打开“运行状况”，有“需要处理”的照提示做", "Health: where it says needs attention, do what it says"),
                    keys="G|I",
                ),
                task(
                    "每周备份并验证",
                    "Back up weekly, and try it",
                    ("运行 anju backup，把文件抄到另一台机器", "Run anju backup; copy the file to another machine"),
                    ("每季度在另一台机器上恢复一次", "Every quarter restore it on another machine"),
                ),
                task(
                    "让手机能打开",
                    "Let phones open it",
                    ("运行 anju serve --lan，用手机扫码试一次", "Run anju serve --lan and scan the code once"),
                    ("正式使用前装好域名和证书", "Before real use: a name and a certificate"),
                ),
            ),
        ),
        Card(
            Role.QUALITY,
            Words("问得公道，算得清楚，改得见效。", "Ask fairly, count clearly, change what matters."),
            (
                task(
                    "开展一次调查",
                    "Run a survey",
                    ("打开“调查”，点“新建调查”，选项目和问卷", "Surveys, New survey: project and questionnaire"),
                    ("写明问谁、怎么问、起止日期，再点“开放”", "Whom, how, from when to when; then open it"),
                    ("收齐后核对发放、回收份数，再关闭", "When all is in: check the counts, then close"),
                    keys="G|S",
                ),
                task(
                    "导入已有的答卷表格",
                    "Bring in a file of answers",
                    ("打开调查，点“导入答卷”，上传原表", "Open the survey, Import answers, send the file"),
                    ("核对每列的含义，逐项看“请核对”", "Look at every column marked please check"),
                    ("有错的格子在发回的表里标出；七天内可撤销", "Faults come back in your own file; undo for seven days"),
                ),
                RESULTS,
                BOXES,
                PROMISES,
            ),
        ),
        Card(
            Role.HEAD,
            Words("先问有多大把握，再问是谁的责任。", "First how sure, then whose turn."),
            (
                RESULTS,
                FIGURES,
                task(
                    "看哪些问题过了期限",
                    "See what is overdue",
                    ("打开“问题”，选“已超期”", "Open Findings, choose overdue"),
                    ("问责任人：卡在哪里、谁能解决", "Ask who is responsible: what is missing, who can help"),
                    keys="G|F",
                ),
                REPORT,
                SIGN_IN,
            ),
        ),
        Card(
            Role.MANAGER,
            Words("每个问题有人、有日期、有下文。", "Every finding has a name, a date and an end."),
            (STOCK, LATE_ONES, BOXES, CHECK, RESULTS),
        ),
        Card(
            Role.DESK,
            Words("先听完，再登记，说到做到。", "Listen first, then write, then keep the word."),
            (CALL, CLOSE, VISIT, FIND, MOVE),
        ),
        Card(
            Role.STEWARD,
            Words("敲门之前，先看一眼房屋档案。", "Look at the file before you knock."),
            (
                FIND,
                task(
                    "看关怀标记",
                    "Look at signs of care",
                    ("打开住户，写明原因后才显示", "Open the resident; they show against a reason"),
                    ("每次查看都有记录，只为服务而看", "Every look is recorded: only to serve"),
                ),
                DOOR,
                task(
                    "看我的责任区",
                    "See my zone",
                    ("打开“项目”，点“责任区”，找到自己的名字", "Projects, Zones, find your name"),
                    (
                        "可见范围为“仅本人责任区”时，搜索、住户、问卷、进度都只有区内的",
                        "If your reach is your zones: search, people, forms and progress show these homes alone",
                    ),
                    ("区内少了哪户，请品质部改责任区", "A home is missing? The quality department changes the zone"),
                    keys="G|P",
                ),
                HEARD,
            ),
        ),
        Card(
            Role.WORKER,
            Words("修好一处，说清一处。", "Mend it, and say what was done."),
            (
                JOB,
                task(
                    "进门之前",
                    "Before you go in",
                    ("报姓名和公司，说明来修什么", "Say your name, the company, and what you came for"),
                    ("穿鞋套，铺垫布", "Cover your shoes, lay a cloth"),
                ),
                task(
                    "离开之前",
                    "Before you leave",
                    ("当着业主试一次，说明保修多久", "Try it before the owner; say how long it is guaranteed"),
                    ("收走垃圾；修不好的说明原因和日期", "Take the rubbish; if not mended, say why and when"),
                ),
                task(
                    "业主要填问卷时",
                    "When an owner gets a form",
                    ("只交给业主，不在旁边看，不替填", "Hand it over; do not watch, do not fill it in"),
                ),
                HEARD,
            ),
        ),
        Card(
            Role.COMMITTEE,
            Words("数字公开，个人不公开。", "The figures are open, the people are not."),
            (
                RESULTS,
                FIGURES,
                REPORT,
                task(
                    "看不到的内容",
                    "What you will not see",
                    ("看不到谁答了什么，也看不到电话", "Neither who answered what, nor telephones"),
                    ("不足五户的小组一律隐去", "Groups under five households are hidden"),
                ),
                SIGN_IN,
            ),
        ),
        Card(
            Role.CONSULTANT,
            Words("独立，就是别人改不了，也看得明白。", "Independent: nobody alters it, everybody can follow it."),
            (
                KEEP,
                READ,
                HAND_OVER,
                RESULTS,
                REPORT,
            ),
        ),
    )
}  # fmt: skip
