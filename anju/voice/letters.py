"""The words of messages about cases, known to every process; who gets which is in actions/telling."""

from __future__ import annotations

from anju.notify.rules.words import Kind, Template, Text, register


def _template(code: str, kind: Kind, zh: tuple[str, str], en: tuple[str, str]) -> Template:
    return register(
        Template(f"case.{code}", kind, Text(*zh), Text(*en), keeps=kind is not Kind.OTHER)
    )


RECEIVED = _template(
    "received",
    Kind.OTHER,
    (
        "已收到 {number} 号单",
        "{company}已收到您的来单（{number} 号），{due}前答复您。随时查看进度：{link}",
    ),
    (
        "We have your case no. {number}",
        "{company} has your case no. {number} and will answer by {due}. See how it goes: {link}",
    ),
)
HANDLING = _template(
    "handling",
    Kind.OTHER,
    (
        "{number} 号单已有人负责",
        "您的 {number} 号单由 {person} 负责，{due}前完成。查看进度：{link}",
    ),
    (
        "Somebody looks after case no. {number}",
        "{person} looks after your case no. {number}, to be done by {due}. See how it goes: {link}",
    ),
)
CLOSED = _template(
    "closed",
    Kind.OTHER,
    ("{number} 号单已处理，请您评价", "您的 {number} 号单已处理。解决了吗？请告诉我们：{link}"),
    (
        "Case no. {number} is done: is it solved?",
        "Your case no. {number} was dealt with. Is it solved? Please tell us: {link}",
    ),
)
ENDED = _template(
    "ended",
    Kind.OTHER,
    ("{number} 号单已答复", "您的 {number} 号单：{words} 详情：{link}"),
    ("Our answer to case no. {number}", "Your case no. {number}: {words} More: {link}"),
)
GIVEN = _template(
    "given",
    Kind.NEW,
    ("{number} 号单由您负责", "{place}：{title}。期限 {due}。"),
    ("Case no. {number} is yours", "{place}: {title}. Due {due}."),
)
NEW = _template(
    "new",
    Kind.NEW,
    ("新来 {number} 号单（{severity}）", "{place}：{title}。请尽快受理，{due}前须有人应答。"),
    ("New case no. {number} ({severity})", "{place}: {title}. Please take it: due {due}."),
)
SOON = _template(
    "soon",
    Kind.SOON,
    ("{number} 号单将到期", "{place}：{title}。期限 {due}，请确认能否按期。"),
    ("Case no. {number} is due soon", "{place}: {title}. Due {due}. Will it be in time?"),
)
LATE = _template(
    "late",
    Kind.LATE,
    ("{number} 号单督办", "{place}：{title}。负责人 {person}，期限 {due}。请过问。"),
    ("Case no. {number} needs you", "{place}: {title}. With {person}, due {due}. Please step in."),
)
AGAIN = _template(
    "again",
    Kind.AGAIN,
    ("{number} 号单重开（第 {times} 次）", "{place}：{title}。业主认为没有解决，请马上跟进。"),
    (
        "Case no. {number} is open again ({times})",
        "{place}: {title}. The owner says it is not solved. Please follow up at once.",
    ),
)
SAID = _template(
    "said",
    Kind.OTHER,
    ("{number} 号单有新留言", "{place}：{title}。业主留言或催办，请回复。"),
    (
        "New words at case no. {number}",
        "{place}: {title}. The owner wrote or urges. Please answer.",
    ),
)
BUNDLED = _template(
    "bundled",
    Kind.NEW,
    (
        "多户报同一故障：{title}",
        "{place}：多户报“{title}”，已归为同一故障，只通知这一次。请填预计恢复时间。",
    ),
    (
        "Many homes report one fault: {title}",
        (
            "{place}: many homes reported “{title}”. They are one fault now, told of once. Please say "
            "when it is expected to be over."
        ),
    ),
)
GATHERED = _template(
    "gathered",
    Kind.NEW,
    ("投诉扎堆：{title}", "{place}：7 天内 {many} 单投诉“{title}”，来自多户。请查一查共同的根源。"),
    (
        "Complaints gather: {title}",
        (
            "{place}: {many} complaints of “{title}” within seven days, from several homes. Please look "
            "for what they have in common."
        ),
    ),
)
FAULT_SOON = _template(
    "fault_soon",
    Kind.SOON,
    (
        "同一故障将到期：{title}（{homes} 户）",
        "{place}：{homes} 户报同一故障“{title}”，最早的期限 {due}。请确认能否按期。",
    ),
    (
        "A fault is due soon: {title} (homes: {homes})",
        "{place}: “{title}”, one fault. Homes that report it: {homes}. First due {due}. In time?",
    ),
)
FAULT_LATE = _template(
    "fault_late",
    Kind.LATE,
    (
        "同一故障督办：{title}（{homes} 户）",
        "{place}：{homes} 户报同一故障“{title}”，负责人 {person}，最早的期限 {due}。请过问。",
    ),
    (
        "A fault needs you: {title} (homes: {homes})",
        (
            "{place}: “{title}”, one fault. Homes that report it: {homes}. With {person}, first due "
            "{due}. Please step in."
        ),
    ),
)
FAULT = _template(
    "fault",
    Kind.OTHER,
    ("{number} 号单有新进展", "您的 {number} 号单：{words} 查看进度：{link}"),
    ("News of case no. {number}", "Your case no. {number}: {words} See how it goes: {link}"),
)
REMIND = _template(
    "remind",
    Kind.SOON,
    ("{n} 张单等您处理", "{person}提醒您处理：{numbers} 号。"),
    ("{n} of your cases wait", "{person} reminds you of case no. {numbers}."),
)
STORM = _template(
    "storm",
    Kind.LATE,
    (
        "{n} 张单同时到督办点",
        (
            "本轮有 {n} 张单同时到督办点，已逐单记录，只发这一条。请打开报事列表查看超时的单；"
            "如果是系统时钟走错，请先改正时钟。"
        ),
    ),
    (
        "{n} cases need somebody at once",
        (
            "{n} cases reached a rung in one round. Each is written down; this is the only message. Open "
            "the cases that are late; where the clock of the machine was wrong, mend the clock first."
        ),
    ),
)
LOOK = _template(
    "look",
    Kind.OTHER,
    ("查看进度的验证码", "{company}：您的验证码是 {code}，10 分钟内有效。请勿告诉他人。"),
    (
        "Your code to see your cases",
        "{company}: your code is {code}. It holds for ten minutes. Tell it to nobody.",
    ),
)
DIGEST = _template(
    "digest",
    Kind.OTHER,
    (
        "{week} 您负责的单：业主评价 {n} 条",
        "已解决 {yes}、部分解决 {partly}、未解决 {no}；评分 {scored} 条，其中 1–2 分 {low} 条。只含您负责的单。",
    ),
    (
        "Verdicts on your cases in {week}: {n}",
        (
            "Solved {yes}, partly {partly}, not solved {no}; {scored} scores, {low} of them 1 or 2. Your "
            "own cases alone."
        ),
    ),
)
TICKET = _template(
    "ticket",
    Kind.OTHER,
    (
        "{firm}要打开本单位的单",
        "{firm}（{phone}）的负责人要打开链接。请拨打该号码，把验证码 {code} 告诉对方，10 分钟内有效。",
    ),
    (
        "{firm} wants to open its cases",
        (
            "The foreman of {firm} ({phone}) wants to open the link. Call this number and tell the code "
            "{code}. It holds for ten minutes."
        ),
    ),
)
FIRM = _template(
    "firm",
    Kind.OTHER,
    ("{number} 号单：{firm}有回复", "{place}：{title}。{firm}：{words}。请查看。"),
    (
        "Case no. {number}: {firm} answered",
        "{place}: {title}. {firm}: {words}. Please have a look.",
    ),
)
