"""Group robots of three chats: apprise knows their shapes, our own client carries them.

apprise speaks through the name `requests` in its modules. There we put a stand-in, so that every
word of it goes out by `outbound.send`, which pins the address: see decision 0025.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.outbound import Answer, Unreachable, send
from anju.notify.rules.robots import HOSTS, RobotKind, read_robot, signed

MODULES = {
    RobotKind.WECOM: ("apprise.plugins.wecombot", "NotifyWeComBot"),
    RobotKind.DINGTALK: ("apprise.plugins.dingtalk", "NotifyDingTalk"),
    RobotKind.FEISHU: ("apprise.plugins.feishu", "NotifyFeishu"),
}
KEYS = {RobotKind.WECOM: "key", RobotKind.DINGTALK: "token", RobotKind.FEISHU: "token"}
# The chats answer 200 to what they refuse, and say so inside.
SAID = ("errcode", "code", "StatusCode")
TOO_FAST = frozenset({45009, 130101, 9499, 11232})
ALLOWED = frozenset(HOSTS.values())
Sender = Callable[..., Answer]


class Refused(Exception):
    """What the stand-in raises and apprise expects of `requests`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What apprise reads of an answer."""

    status_code: int
    content: bytes


class _Codes:
    ok = 200


class StandIn:
    """Stands where a module of apprise says `requests`; knows `post` alone."""

    codes = _Codes
    RequestException = Refused

    def __init__(self, address: str, sender: Sender) -> None:
        self.address = address
        self.sender = sender
        self.last: Answer | None = None
        self.fault: Unreachable | None = None

    def post(
        self,
        _url: str,
        *,
        data: str | bytes,
        headers: Mapping[str, str],
        **_ours: Any,
    ) -> Reply:
        """Carry one request to the address that was checked; how it is carried is ours alone."""
        body = data.encode() if isinstance(data, str) else data
        try:
            self.last = self.sender(self.address, body=body, headers=dict(headers), allowed=ALLOWED)
        except Unreachable as fault:
            self.fault = fault
            raise Refused(fault.code) from fault
        return Reply(self.last.status, self.last.body)


@cache
def _module(kind: RobotKind) -> Any:
    """Return apprise's module for a chat, loaded when first wanted."""
    # At its lowest level it writes addresses, keys and all, into the log.
    logging.getLogger("apprise").setLevel(logging.ERROR)
    return import_module(MODULES[kind][0])


class Robot:
    """Says a message in a group; one at a time, as a worker does."""

    def __init__(self, sender: Sender = send, clock: Callable[[], float] = time.time) -> None:
        self.sender = sender
        self.clock = clock

    def send(self, parcel: Parcel) -> str:
        """Return nothing, since robots give no key; raises NotTaken."""
        kind, address = RobotKind(parcel.kind), parcel.secret.strip()
        _target, key = read_robot(kind, address)
        module = _module(kind)
        asked = signed(address, parcel.signs, milliseconds=round(self.clock() * 1000))
        line = StandIn(asked, self.sender)
        module.requests = line
        robot = getattr(module, MODULES[kind][1])(**{KEYS[kind]: key})
        if not robot.send(body=f"{parcel.title}\n{parcel.body}"):
            raise _why(line)
        _read(line.last)
        return ""


def _why(line: StandIn) -> NotTaken:
    if line.fault is not None:
        return NotTaken(line.fault.code, "", final=line.fault.final)
    status = line.last.status if line.last else 0
    return NotTaken("provider", str(status), final=status in {400, 401, 403, 404})


def _read(answer: Answer | None) -> None:
    """Raise NotTaken where a chat took the request and refused the message."""
    try:
        told = json.loads(answer.body) if answer else {}
    except ValueError:
        return
    said = next((told[name] for name in SAID if isinstance(told, dict) and name in told), 0)
    if said not in {0, "0"}:
        raise NotTaken("robot_refused", str(said), final=said not in TOO_FAST)
