"""Group robots: which kinds there are, where each lives, and which addresses are theirs. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from enum import StrEnum
from urllib.parse import quote

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
# What a DingTalk robot shows as the secret of its setting “sign”.
SIGNS = re.compile(r"SEC[A-Za-z0-9]{16,100}")


def read_signs(kind: RobotKind, written: str) -> str:
    """Return the secret with which a robot's calls are signed, empty where it has none.

    Errors: E-ROBOT-SIGNS for one that DingTalk does not give out, or at another chat.
    """
    kept = written.strip()
    if kept and (kind is not RobotKind.DINGTALK or not SIGNS.fullmatch(kept)):
        raise Problem(
            "E-ROBOT-SIGNS",
            "signs",
            "Only DingTalk robots have such a secret; it begins with SEC. Copy it whole, or leave"
            " it empty.",
            "只有钉钉机器人有加签密钥，以 SEC 开头。请完整复制，没有则留空。",
        )
    return kept


def signed(address: str, signs: str, *, milliseconds: int) -> str:
    """Return the address as DingTalk takes it at an instant; as it is where nothing is signed.

    Source: DingTalk open platform, “custom robot access”, security setting “sign”.
    """
    if not signs:
        return address
    said = f"{milliseconds}\n{signs}".encode()
    code = base64.b64encode(hmac.new(signs.encode(), said, hashlib.sha256).digest())
    return f"{address}&timestamp={milliseconds}&sign={quote(code, safe='')}"


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
