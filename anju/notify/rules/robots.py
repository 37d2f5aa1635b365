"""Group robots: which kinds there are, where each lives, and which addresses are theirs. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from anju.kernel.pure.problems import Problem
from anju.notify.rules.targets import Target, parse_target


class RobotKind(StrEnum):
    """The three chats whose groups take messages by an address of their own."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


HOSTS: dict[RobotKind, str] = {
    RobotKind.WECOM: "qyapi.weixin.qq.com",
    RobotKind.DINGTALK: "oapi.dingtalk.com",
    RobotKind.FEISHU: "open.feishu.cn",
}
SHAPES: dict[RobotKind, re.Pattern[str]] = {
    RobotKind.WECOM: re.compile(r"/cgi-bin/webhook/send\?key=([A-Za-z0-9-]{8,80})"),
    RobotKind.DINGTALK: re.compile(r"/robot/send\?access_token=([A-Za-z0-9]{8,100})"),
    RobotKind.FEISHU: re.compile(r"/open-apis/bot/v2/hook/([A-Za-z0-9-]{8,80})"),
}


def read_robot(kind: RobotKind, address: str) -> tuple[Target, str]:
    """Return where a robot lives and the key in its address.

    Errors: E-URL-TARGET where the address is not the one that this chat gives out.
    """
    target = parse_target(address.strip(), allowed=frozenset({HOSTS[kind]}))
    found = SHAPES[kind].fullmatch(target.path)
    if found is None:
        raise Problem(
            "E-URL-TARGET",
            "address",
            "This is not the address of such a robot. Copy the whole address that the chat shows.",
            "这不是该类机器人的地址。请从群机器人设置中复制完整地址。",
        )
    return target, found[1]
