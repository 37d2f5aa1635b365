"""Messages in every state, to owners, colleagues and a group, for the stage."""

from __future__ import annotations

from collections.abc import Callable

from anju.notify.actions.deliver import deliver_company
from anju.notify.actions.post import About, Note, post_many
from anju.notify.actions.robots import RobotDraft, add_robot
from anju.notify.models import Message
from anju.notify.recipients import colleague, group, owner
from anju.notify.rules.words import Kind, Template, Text, register
from anju.register.models import Person
from tests.cast import AT, Cast

Word = Callable[[int], str]
NOTICE = register(
    Template("stage.notice", Kind.LATE, Text("{what}", "{what}"), Text("{what}", "{what}"))
)
ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/0f1e2d3c-4b5a"


def told(cast: Cast, word: Word, person_id: int) -> dict[str, tuple[object, ...]]:
    """Leave messages to hand over, waiting, dead and let go; return the ids of these and of groups."""
    draft = RobotDraft(word(60), "feishu", ROBOT, ("new", "late"))
    robot_id = add_robot(actor=cast.quality, draft=draft, at=AT)
    with cast.inside():
        Person.objects.filter(id=person_id).update(channel="visit")
        notes = [
            Note(owner(person_id), About("stage", n, "told"), {"what": word(300)}, path="/manage/")
            for n in range(4)
        ]
        everybody = [colleague(actor.account_id) for actor in cast.actors.values()]
        notes += [Note(one, About("stage", 9, "told"), {"what": word(300)}) for one in everybody]
        post_many(NOTICE, notes, at=AT)
        deliver_company(at=AT)
        rows = Message.objects.filter(person_id=person_id).order_by("id")
        ids = tuple(int(key) for key in rows.values_list("id", flat=True))
        states = ({"state": "waiting"}, {"state": "dead"}, {"state": "let_go"})
        for key, columns in zip(ids[1:], states, strict=True):
            Message.objects.filter(id=key).update(reason="provider", told=word(200), **columns)
        post_many(
            NOTICE, [Note(group(robot_id), About("stage", 10, "told"), {"what": word(300)})], at=AT
        )
    return {"message_id": ids, "robot_id": (robot_id,)}
