"""The messages and groups that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count

from anju.notify.actions.deliver import deliver_company
from anju.notify.actions.post import About, Note, post
from anju.notify.actions.robots import RobotDraft, add_robot
from anju.notify.recipients import owner
from anju.notify.rules.words import Kind, Template, Text, register
from tests.cast import AT, Cast
from tests.tables.register import a_tie

_number = count(1)
NOTICE = register(
    Template("tables.notice", Kind.OTHER, Text("{what}", "{what}"), Text("{what}", "{what}"))
)
ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/0f1e2d3c-4b5a"


def a_message(cast: Cast) -> int:
    """Write to the owner of the first unit, who wishes to be visited, by hand."""
    tie = a_tie(cast)
    tie.person.channel = "visit"
    with cast.inside():
        tie.person.save()
        about = About("notice", next(_number), "told")
        note = Note(owner(tie.person_id, tie.unit_id), about, {"what": "停水通知"})
        made = post(NOTICE, note, at=AT)
        deliver_company(at=AT + timedelta(seconds=1))
    assert made is not None
    return made


def a_group(cast: Cast) -> int:
    draft = RobotDraft(f"品质群{next(_number)}", "feishu", ROBOT, ("new", "late"))
    return add_robot(actor=cast.quality, draft=draft, at=AT)


OWN: Mapping[str, Callable[[Cast], object]] = {"message_id": a_message, "robot_id": a_group}
