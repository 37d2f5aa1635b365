"""A template, a carrier that can fail, and messages; for tests."""

from __future__ import annotations

from anju.notify.actions.post import About, Note
from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.models import Message
from anju.notify.recipients import colleague, owner
from anju.notify.rules.words import Kind, Template, Text, register

NEWS = register(
    Template(
        "test.news", Kind.NEW, Text("新：{what}", "正文 {what}"), Text("New: {what}", "Text {what}")
    )
)
ASK = register(
    Template(
        "test.ask",
        Kind.OTHER,
        Text("请答", "请填写：{link}"),
        Text("Please answer", "Answer at {link}"),
        purpose="survey",
        keeps=False,
    )
)


class Fake:
    """A provider in memory: what it took, and what it shall do next."""

    taken: list[Parcel] = []
    faults: list[NotTaken] = []

    def send(self, parcel: Parcel) -> str:
        if Fake.faults:
            raise Fake.faults.pop(0)
        Fake.taken.append(parcel)
        return f"provider-{len(Fake.taken)}"

    @staticmethod
    def empty() -> None:
        Fake.taken, Fake.faults = [], []


FAKE = f"{Fake.__module__}.Fake"


def to_colleague(account_id: int, number: int = 1, stage: str = "given") -> Note:
    return Note(colleague(account_id), About("finding", number, stage), {"what": "东门"})


def to_owner(pair: tuple[int, int], number: int = 1, stage: str = "invited") -> Note:
    link = {"link": f"https://anju.example/o/s/token{number}/"}
    return Note(owner(*pair), About("invitation", number, stage), sealed=link)


def stored(cast) -> list[Message]:
    with cast.inside():
        return list(Message.objects.order_by("id"))
