"""What roles do, as data: tasks that stand on more than one card, or are long. Texts only."""

from __future__ import annotations

from dataclasses import dataclass

from anju.survey.rules.questionnaire import Words


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a role does: its name, the steps in order, and the keys that help."""

    name: Words
    steps: tuple[Words, ...]
    keys: tuple[str, ...] = ()


def task(zh: str, en: str, *steps: tuple[str, str], keys: str = "") -> Task:
    pressed = tuple(keys.split("|")) if keys else ()
    return Task(Words(zh, en), tuple(Words(*step) for step in steps), pressed)


SIGN_IN = task(
    "登录与退出",
    "Sign in and out",
    ("打开本公司的网址，填写邮箱和密码", "Open the company’s address; type e-mail and password"),
    ("离开座位前，点右上角姓名，选“退出登录”", "Before you leave: your name, top right, Sign out"),
)
FIND = task(
    "查找房屋或住户",
    "Find a home or a resident",
    (
        "在右上角输入房号、姓名首字母或手机后四位",
        "Top right: type room, initials or the last four digits of a phone",
    ),
    ("按回车，点开要找的房屋", "Press Enter and open the home"),
    keys="3-502|Enter",
)
DOOR = task(
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
RESULTS = task(
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
CHECK = task(
    "验证一项措施",
    "Check a measure",
    ("打开“问题”，选“待我验证”的一条", "Open Findings; choose one that waits for your check"),
    ("去现场看，或问业主，再对照目标", "Go and look, or ask owners; compare with the target"),
    ("选择有效、无效或退回，写一句理由", "Choose effective, not effective or back, with a reason"),
    keys="G|F",
)
BOXES = task(
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
REPORT = task(
    "打印报告",
    "Print the report",
    ("打开调查结果，点“报告”，选 PDF 和语言", "Open the results, Reports, choose PDF and language"),
    ("标着“暂定”的报告不要对外发布", "Never publish a report marked provisional"),
    keys="G|S",
)
MOVE = task(
    "登记迁入、迁出",
    "Record moving in and out",
    ("打开房屋，点“登记迁入”，填写姓名、身份、日期", "Open the home, Move in: name, tie, day"),
    ("迁出时点“结束”，填写日期；旧记录保留", "Moving out: End, with the day; the record stays"),
)
FIGURES = task(
    "看数字从哪里来",
    "See where a figure comes from",
    ("点数字旁的公式，或打开页脚旁的“?”", "Follow the formula beside it, or the ? at the top"),
    ("没有份数和区间的百分比，不要引用", "Quote no percentage without its count and interval"),
)

KEEP = task(
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
READ = task(
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
HAND_OVER = task(
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

CALL = task(
    "接电话登记",
    "Take a call",
    (
        "打开“报事”，点“登记”，输入房号或手机后四位",
        "Cases, New: type the room or the last four digits",
    ),
    ("按原话记录，核对类型和类别", "Write the words as said; check kind and category"),
    ("把单号和答复期限读给业主听", "Read the number and the time aloud to the owner"),
    (
        "起火、燃气、困人：先打电话，按处置步骤办",
        "Fire, gas, somebody trapped: telephone first, follow the page",
    ),
)
CLOSE = task(
    "告知业主并关闭",
    "Tell the owner and close",
    ("处理人报完成后，看照片和说明", "When the work is reported done: look at photos and words"),
    (
        "打电话告诉业主做了什么，再点“已告知：关闭”",
        "Tell the owner what was done, then Owner told: close",
    ),
    ("自己处理的单，由别人关闭", "What you did yourself, somebody else closes"),
)
VISIT = task(
    "回访",
    "Make return visits",
    ("打开“回访”，从最先到期的开始", "Return visits: begin with the one due first"),
    ("只问不引导：解决了吗？照原话记录", "Ask, do not lead: is it solved? Write it as said"),
    ("没人接就记一次；换个钟点再打", "Nobody answers: note it; try at another hour"),
    ("业主说没解决，单子马上重开", "Not solved: the case opens again at once"),
)
HEARD = task(
    "现场听到就登记",
    "Write down what you hear",
    ("手机打开“我的任务”，点“上报”", "On the phone: My jobs, Report"),
    ("选位置和事情，一句话、一张照片", "Choose place and matter; a sentence and a photo"),
    ("没有信号也能点，有信号时自动发出", "Works without signal; it is sent when there is one"),
)
JOB = task(
    "处理一单",
    "Work on a job",
    ("手机打开“我的任务”，从最上面一单开始", "On the phone: My jobs; begin with the one on top"),
    ("到场点“到场”，拍处理前", "Arrived: press so, and take a photo before"),
    ("做完拍处理后，写根源，点“完成”", "Done: a photo after, the cause, press Done"),
    (
        "做不完选原因：缺件、业主不在、要别人来",
        "Cannot finish: say why; part, owner out, somebody else",
    ),
)
STOCK = task(
    "日盘点",
    "The daily stocktake",
    ("打开“例会与报表”的日盘点", "Reviews, Daily stocktake"),
    (
        "没有责任人的先指定；超时的写根源和新期限",
        "Name who has nobody; late ones need cause and new promise",
    ),
    ("算式对上再签字、打印", "Sign and print when the sum holds"),
)
LATE_ONES = task(
    "看超时的单",
    "See what is late",
    ("打开“报事”，选“已超时”", "Cases, choose late"),
    ("先问轮到谁、卡在哪里，再定新的承诺", "Whose turn, what is missing; then a new promise"),
    ("做不到要在到期之前告诉业主", "What cannot be kept is told before it is due"),
)
PROMISES = task(
    "设定类别与时限",
    "Set categories and times",
    ("打开“报事规则”，看今天生效的时限", "Rules for cases: look at what holds today"),
    ("新增一行，写明从哪天起生效", "Add a row with the day from which it holds"),
    ("用“试算”验证周五傍晚的来电", "Try it with a call on Friday evening"),
)
