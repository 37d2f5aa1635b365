"""Writes of group robots: added with an address that is sealed, switched off, tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.notify.access import robot_for
from anju.notify.actions.post import About, Note, post
from anju.notify.models import Robot
from anju.notify.recipients import group
from anju.notify.rules.robots import RobotKind, read_robot, read_signs
from anju.notify.rules.words import TOLD_AT_ONCE, Kind, Template, Text, register
from anju.notify.seal import seal
from anju.register.access import Actor, Verb, demand

NAME_MOST = 60
TRIAL = register(
    Template(
        "notify.trial",
        Kind.OTHER,
        zh=Text("测试消息", "{company}：群机器人“{group}”已接通。"),
        en=Text("Test message", "{company}: the group robot “{group}” is connected."),
    )
)


@dataclass(frozen=True, slots=True)
class RobotDraft:
    """What a person wrote about a group: its name, its chat, the address, what it is told.

    `signs` is the secret of a robot whose calls are to be signed.
    """

    name: str
    kind: str
    address: str
    kinds: tuple[str, ...] = ()
    signs: str = ""


def _tell(actor: Actor, robot: Robot, verb: str, at: datetime) -> None:
    """Write the history without the address: it is a secret."""
    subject = history.Subject(actor.company_id, "robot", robot.pk)
    said = {"name": robot.name, "kind": robot.kind}
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload={**said})


@transaction.atomic
def add_robot(*, actor: Actor, draft: RobotDraft, at: datetime) -> int:
    """Add a group's robot and return its id.

    Errors: Forbidden, E-CHOICE, E-URL-TARGET, E-ROBOT-SIGNS, E-TAKEN, E-TEXT-*.
    """
    demand(actor, Verb.RUN_OUTBOX)
    kinds = {kind.value for kind in TOLD_AT_ONCE}
    if draft.kind not in set(RobotKind) or not set(draft.kinds) <= kinds:
        raise Problem("E-CHOICE", "kind", "Choose one of the list.", "请从列表中选择一项。")
    name = clean_line(draft.name, "name", most=NAME_MOST)
    target, _key = read_robot(RobotKind(draft.kind), draft.address)
    signs = read_signs(RobotKind(draft.kind), draft.signs)
    keys = {"address": draft.address.strip()} | ({"signs": signs} if signs else {})
    with company_scope(actor.company_id):
        if Robot.objects.filter(name=name).exists():
            raise Problem(
                "E-TAKEN",
                "name",
                "There is a group of this name. Choose another name.",
                "已有同名的群。请换一个名称。",
            )
        robot = Robot(
            company_id=actor.company_id,
            name=name,
            kind=draft.kind,
            host=target.host,
            sealed=seal(keys),
            kinds=[kind.value for kind in TOLD_AT_ONCE if kind in draft.kinds],
            added_at=at,
        )
        robot.save()
        _tell(actor, robot, "added", at)
        return int(robot.pk)


@transaction.atomic
def switch(*, actor: Actor, robot_id: int, on: bool, at: datetime) -> None:
    """Switch a group's robot on or off; what waits for one that is off is let go.

    Errors: NotFound, Forbidden.
    """
    with company_scope(actor.company_id):
        robot = robot_for(actor, robot_id)
        if Robot.objects.filter(id=robot.pk).exclude(active=on).update(active=on):
            _tell(actor, robot, "switched_on" if on else "switched_off", at)


@transaction.atomic
def remove_robot(*, actor: Actor, robot_id: int, at: datetime) -> None:
    """Forget a group's robot with its address and its messages.

    Errors: NotFound, Forbidden.
    """
    with company_scope(actor.company_id):
        robot = robot_for(actor, robot_id)
        _tell(actor, robot, "removed", at)
        robot.delete()


@transaction.atomic
def try_robot(*, actor: Actor, robot_id: int, company: str, at: datetime) -> None:
    """Send a test message to a group, once a minute at most.

    Errors: NotFound, Forbidden.
    """
    with company_scope(actor.company_id):
        robot = robot_for(actor, robot_id)
        about = About("robot", robot.pk, f"trial {at:%Y-%m-%d %H:%M}")
        note = Note(group(robot.pk), about, {"company": company, "group": robot.name})
        post(TRIAL, note, at=at)
        _tell(actor, robot, "tried", at)
