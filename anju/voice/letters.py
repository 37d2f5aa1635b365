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
