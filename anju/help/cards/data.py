"""The nine role cards as data: five tasks each, the steps in order, the keys. Texts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.register.rules.rights import Role
from anju.survey.rules.questionnaire import Words


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a role does: its name, the steps in order, and the keys that help."""

    name: Words
    steps: tuple[Words, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What one role should know by heart: one sentence and five tasks."""

    role: Role
    motto: Words
    tasks: tuple[Task, ...]


def _task(zh: str, en: str, *steps: tuple[str, str], keys: str = "") -> Task:
    pressed = tuple(keys.split("|")) if keys else ()
    return Task(Words(zh, en), tuple(Words(*step) for step in steps), pressed)


_SIGN_IN = _task(
    "登录与退出",
    "Sign in and out",
    ("打开本公司的网址，填写邮箱和密码", "Open the company’s address; type e-mail and password"),
    ("离开座位前，点右上角姓名，选“退出登录”", "Before you leave: your name, top right, Sign out"),
)
_FIND = _task(
    "查找房屋或住户",
    "Find a home or a resident",
    (
        "在右上角输入房号、姓名首字母或手机后四位",
        "Top right: type room, initials or the last four digits of a phone",
    ),
    ("按回车，点开要找的房屋", "Press Enter and open the home"),
    keys="3-502|Enter",
)
_DOOR = _task(
    "上门请业主填写问卷",
    "Ask an owner to fill in the form",
    ("在调查页打印带房号的问卷和二维码", "Print forms with room and code from the survey’s page"),
    (
        "先读出谁能看到答案，再请业主自己填写",
        "Say first who sees the answers; the owner fills it in",
    ),
    ("不替业主选答案，不当面评论答案", "Never choose or comment on an answer"),
    ("当天交回，写明发出和收回的份数", "Bring the forms back the same day with both counts"),
)
_MINE = _task(
    "完成分给我的措施",
    "Carry out my measure",
    ("打开“问题”，看写着我名字的一条", "Open Findings; look for your name"),
    (
        "开始时点“开始”，做完填写做了什么、附上照片",
        "Press Start; when done, write what was done, with evidence",
    ),
    ("由另一位同事验证，自己不能验证自己", "Somebody else checks it: never the doer"),
    keys="G|F",
)
_RESULTS = _task(
    "看懂调查结果",
    "Read the results",
    (
        "先看回收率和有效份数，再看满意率",
        "First the response rate and the count, then the share satisfied",
    ),
    ("区间重叠、写着“无法区分”的，不要排名次", "Where it says cannot be told apart, rank nobody"),
    ("写着“隐去”的，是不足五户，不要去猜", "Hidden means fewer than five households: do not guess"),
    keys="G|S",
)
_CHECK = _task(
    "验证一项措施",
    "Check a measure",
    ("打开“问题”，选“待我验证”的一条", "Open Findings; choose one that waits for your check"),
    ("去现场看，或问业主，再对照目标", "Go and look, or ask owners; compare with the target"),
    ("选择有效、无效或退回，写一句理由", "Choose effective, not effective or back, with a reason"),
    keys="G|F",
)
_BOXES = _task(
    "填好一个问题的四格",
    "Fill the four boxes of a finding",
    (
        "打开“问题”，先看差距：多少人、多大把握",
        "Open Findings; read the gap: how many people, how sure",
    ),
    ("写明根源和由谁造成", "Write the root cause and whose it is"),
    ("写明责任人和另一位验证人", "Name who is responsible and, another person, who checks"),
    ("定措施：日期、怎样算有效、目标", "Set the measure: date, sign of success, target"),
    keys="G|F",
)
_REPORT = _task(
    "打印报告",
    "Print the report",
    ("打开调查结果，点“报告”，选 PDF 和语言", "Open the results, Reports, choose PDF and language"),
    ("标着“暂定”的报告不要对外发布", "Never publish a report marked provisional"),
    keys="G|S",
)
_MOVE = _task(
    "登记迁入、迁出",
    "Record moving in and out",
    ("打开房屋，点“登记迁入”，填写姓名、身份、日期", "Open the home, Move in: name, tie, day"),
    ("迁出时点“结束”，填写日期；旧记录保留", "Moving out: End, with the day; the record stays"),
)
_CONSENT = _task(
    "记录同意与撤回",
    "Record a consent or its withdrawal",
    (
        "打开住户，读出同意内容，再点“记录同意”",
        "Open the resident, read the text aloud, then record",
    ),
    ("业主要撤回时当场点“撤回”，不问理由", "If taken back: withdraw at once, ask for no reason"),
)
_FIGURES = _task(
    "看数字从哪里来",
    "See where a figure comes from",
    ("点数字旁的公式，或打开页脚旁的“?”", "Follow the formula beside it, or the ? at the top"),
    ("没有份数和区间的百分比，不要引用", "Quote no percentage without its count and interval"),
)

_KEEP = _task(
    "保管一次调查的答卷",
    "Keep a survey’s answers",
    (
        "首次登录就修改密码，并设好两步验证",
        "First sign-in: change the password, set up the second step",
    ),
    (
        "发出问卷之前，请品质部在调查页选您为答卷保管人",
        "Before anything is sent, quality names you on the survey’s page: Who keeps the answers",
    ),
    (
        "链接、纸条、录入、导入都由您办理，不要交给物业公司的人",
        "You make links and slips, enter and import; leave none of it to the company’s people",
    ),
)
_READ = _task(
    "读取答卷",
    "Read the answers",
    ("打开调查，点“导出答卷”，选格式", "Open the survey, Export answers, choose a format"),
    (
        "文件只存您自己的设备，加锁保存，用完删除",
        "Keep the file on your own device, locked; delete it after use",
    ),
    ("引用意见前，去掉姓名、房号和电话", "Before you quote: no names, rooms or telephones"),
    keys="G|S",
)
_HAND_OVER = _task(
    "移交，或者不移交",
    "Hand over, or do not",
    (
        "先看合同：业主读到的是“公司看不到单份答卷，除非移交”",
        "Read the contract first: owners were told that the company sees none unless you hand over",
    ),
    (
        "点“将答卷移交给公司”，勾选并确认；不可撤销",
        "Hand the answers over to the company; tick and confirm: for good",
    ),
    (
        "不移交也行：结束后公司照样看汇总结果",
        "You need not: after closing the company sees the results all the same",
    ),
)

CARDS: Mapping[Role, Card] = {
    card.role: card
    for card in (
        Card(
            Role.ADMINISTRATOR,
            Words("让同事能登录、数据不会丢。", "Colleagues can sign in, and nothing is lost."),
            (
                _task(
                    "完成开始步骤",
                    "Finish the first steps",
                    ("打开首页，按清单从上往下做", "Open the first page and work down the list"),
                    ("每步一个按钮；灰色的等前一步", "One button a step; what waits says for what"),
                ),
                _task(
                    "增加或停用同事",
                    "Add or disable a colleague",
                    ("打开“人员”，填写姓名、邮箱、角色和可见范围", "People: name, e-mail, role and reach"),
                    ("离职当天点“停用”，一分钟内失效", "On the last day: Disable; it works within a minute"),
                    keys="G|E",
                ),
                _task(
                    "每天看一眼运行状况",
                    "Look at the health page daily",
                    ("打开“运行状况”，有“需要处理”的照提示做", "Health: where it says needs attention, do what it says"),
                    keys="G|I",
                ),
                _task(
                    "每周备份并验证",
                    "Back up weekly, and try it",
                    ("运行 anju backup，把文件抄到另一台机器", "Run anju backup; copy the file to another machine"),
                    ("每季度在另一台机器上恢复一次", "Every quarter restore it on another machine"),
                ),
                _task(
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
                _task(
                    "开展一次调查",
                    "Run a survey",
                    ("打开“调查”，点“新建调查”，选项目和问卷", "Surveys, New survey: project and questionnaire"),
                    ("写明问谁、怎么问、起止日期，再点“开放”", "Whom, how, from when to when; then open it"),
                    ("收齐后核对发放、回收份数，再关闭", "When all is in: check the counts, then close"),
                    keys="G|S",
                ),
                _task(
                    "导入已有的答卷表格",
                    "Bring in a file of answers",
                    ("打开调查，点“导入答卷”，上传原表", "Open the survey, Import answers, send the file"),
                    ("核对每列的含义，逐项看“请核对”", "Look at every column marked please check"),
                    ("有错的格子在发回的表里标出；七天内可撤销", "Faults come back in your own file; undo for seven days"),
                ),
                _RESULTS,
                _BOXES,
                _REPORT,
            ),
        ),
        Card(
            Role.HEAD,
            Words("先问有多大把握，再问是谁的责任。", "First how sure, then whose turn."),
            (
                _RESULTS,
                _FIGURES,
                _task(
                    "看哪些问题过了期限",
                    "See what is overdue",
                    ("打开“问题”，选“已超期”", "Open Findings, choose overdue"),
                    ("问责任人：卡在哪里、谁能解决", "Ask who is responsible: what is missing, who can help"),
                    keys="G|F",
                ),
                _REPORT,
                _SIGN_IN,
            ),
        ),
        Card(
            Role.MANAGER,
            Words("每个问题有人、有日期、有下文。", "Every finding has a name, a date and an end."),
            (_BOXES, _MINE, _CHECK, _RESULTS, _FIND),
        ),
        Card(
            Role.DESK,
            Words("先听完，再登记，说到做到。", "Listen first, then write, then keep the word."),
            (_FIND, _MOVE, _CONSENT, _DOOR, _SIGN_IN),
        ),
        Card(
            Role.STEWARD,
            Words("敲门之前，先看一眼房屋档案。", "Look at the file before you knock."),
            (
                _FIND,
                _task(
                    "看关怀标记",
                    "Look at signs of care",
                    ("打开住户，写明原因后才显示", "Open the resident; they show against a reason"),
                    ("每次查看都有记录，只为服务而看", "Every look is recorded: only to serve"),
                ),
                _DOOR,
                _task(
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
                _SIGN_IN,
            ),
        ),
        Card(
            Role.WORKER,
            Words("修好一处，说清一处。", "Mend it, and say what was done."),
            (
                _FIND,
                _task(
                    "进门之前",
                    "Before you go in",
                    ("报姓名和公司，说明来修什么", "Say your name, the company, and what you came for"),
                    ("穿鞋套，铺垫布", "Cover your shoes, lay a cloth"),
                ),
                _task(
                    "离开之前",
                    "Before you leave",
                    ("当着业主试一次，说明保修多久", "Try it before the owner; say how long it is guaranteed"),
                    ("收走垃圾；修不好的说明原因和日期", "Take the rubbish; if not mended, say why and when"),
                ),
                _task(
                    "业主要填问卷时",
                    "When an owner gets a form",
                    ("只交给业主，不在旁边看，不替填", "Hand it over; do not watch, do not fill it in"),
                ),
                _SIGN_IN,
            ),
        ),
        Card(
            Role.COMMITTEE,
            Words("数字公开，个人不公开。", "The figures are open, the people are not."),
            (
                _RESULTS,
                _FIGURES,
                _REPORT,
                _task(
                    "看不到的内容",
                    "What you will not see",
                    ("看不到谁答了什么，也看不到电话", "Neither who answered what, nor telephones"),
                    ("不足五户的小组一律隐去", "Groups under five households are hidden"),
                ),
                _SIGN_IN,
            ),
        ),
        Card(
            Role.CONSULTANT,
            Words("独立，就是别人改不了，也看得明白。", "Independent: nobody alters it, everybody can follow it."),
            (
                _KEEP,
                _READ,
                _HAND_OVER,
                _RESULTS,
                _REPORT,
            ),
        ),
    )
}  # fmt: skip
