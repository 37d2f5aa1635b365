"""What an office may set about its cases, and what is refused; pure. It stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from anju.casework.ladder import Rung
from anju.casework.promises import Promised
from anju.kernel.pure.numbers import decimal, narrow, whole
from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import MOST_MINUTES

HOUR = 60
WORDS_MOST, WORD_LONG = 80, 30
DEEP = 3
RUNGS_MOST = 9
_PIECE = re.compile(r"(\d{1,9})(h|小时|时|min|m|分钟|分)?", re.IGNORECASE)
_WEIGHTED = re.compile(r"(.+?)[ =＝:：]+([0-9０-９.．]+)")
_BREAKS = re.compile(r"[\n,，、;；]+")
_HOURS = frozenset({"h", "小时", "时"})


def read_minutes(text: str, field: str) -> int | None:
    """Return a time as minutes: 30, 30min, 8h, 1h30, 4小时; None where nothing is promised.

    Errors: E-NUM-FORMAT, E-SLA-RANGE for nought or more than a year.
    """
    said = re.sub(r"\s", "", narrow(text))
    if not said:
        return None
    pieces = _PIECE.findall(said)
    parted = re.search(r"\d\s+\d", narrow(text)) is not None
    if parted or "".join("".join(piece) for piece in pieces) != said or len(pieces) > 2:
        raise Problem(
            "E-NUM-FORMAT",
            field,
            "“{value}” is no time. Write minutes or hours, for example 30, 8h or 1h30.",
            "“{value}”不是时长。请填写分钟或小时，例如 30、8h、1h30。",
            value=text[:20],
        )
    minutes = sum(int(many) * (HOUR if unit.lower() in _HOURS else 1) for many, unit in pieces)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Problem(
            "E-SLA-RANGE",
            field,
            "A promise lies between one minute and a year, not {value}.",
            "时限应在 1 分钟到一年之间，而不是 {value}。",
            value=text[:20],
        )
    return minutes


def spelled(minutes: int | None) -> str:
    """Return minutes as `read_minutes` reads them again: 90 is 1h30, 480 is 8h."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, HOUR)
    return f"{hours}h{rest or ''}" if hours else str(rest)


def check_times(minutes: Mapping[Promised, int]) -> None:
    """Raise E-SLA-EMPTY where nothing is promised, E-SLA-ORDER where a later step is due earlier."""
    if not minutes:
        raise Problem(
            "E-SLA-EMPTY",
            "acknowledge",
            "Promise one of the four at least.",
            "四个时限至少填写一个。",
        )
    given = [one for one in Promised if one in minutes]
    for before, after in pairwise(given):
        if minutes[after] < minutes[before]:
            raise Problem(
                "E-SLA-ORDER",
                after.value,
                "This step cannot be due before the one above it: {after} is less than {before}.",
                "本项不能早于上一项：{after} 小于 {before}。",
                after=spelled(minutes[after]),
                before=spelled(minutes[before]),
            )


def check_since(since: date, today: date) -> None:
    """Raise E-SLA-ORDER for a day that has passed: what was promised then stays promised."""
    if since < today:
        raise Problem(
            "E-SLA-ORDER",
            "since",
            "A new row holds from today or later: what was promised before stays. Today is {today}.",
            "新的时限只能从今天（{today}）或之后开始；已经作出的承诺不变。",
            today=today.isoformat(),
        )


def read_words(text: str, field: str) -> dict[str, float]:
    """Return the words of a category with their weights, one a line or with commas between.

    Without a weight a word weighs 1. Example: “水管, 水压 0.8”. Errors: E-CAT-WORD, E-NUM-*.
    """
    found: dict[str, float] = {}
    for line in (piece.strip() for piece in _BREAKS.split(text)):
        if not line:
            continue
        weighted = _WEIGHTED.fullmatch(line)
        word = weighted[1].strip() if weighted else line
        if len(word) > WORD_LONG or len(found) >= WORDS_MOST:
            raise Problem(
                "E-CAT-WORD",
                field,
                "At most {most} words of {long} characters each. Shorten at “{word}”.",
                "最多 {most} 个词，每个不超过 {long} 个字。请从“{word}”处精简。",
                most=WORDS_MOST,
                long=WORD_LONG,
                word=word[:WORD_LONG],
            )
        found[word] = _weight(weighted[2], field) if weighted else 1.0
    return found


def _weight(text: str, field: str) -> float:
    return float(decimal(text, field, low=Decimal("0.1"), high=Decimal(3), places=2))


def written(words: Mapping[str, float]) -> str:
    """Return a category's words as `read_words` reads them again."""
    return "\n".join(
        word if weight == 1 else f"{word} {weight:g}" for word, weight in words.items()
    )


def check_parent(own: int | None, line_up: Sequence[int]) -> None:
    """Raise E-CAT-PARENT for a category below itself, or deeper than three; `line_up` leads up."""
    if own in line_up:
        raise Problem(
            "E-CAT-PARENT",
            "parent",
            "A category cannot lie below itself. Choose another one.",
            "类别不能放在自己下面。请另选上级类别。",
        )
    if len(line_up) >= DEEP:
        raise Problem(
            "E-CAT-PARENT",
            "parent",
            "Categories have at most {deep} steps. Choose one further up.",
            "类别最多 {deep} 级。请选择更上一级的类别。",
            deep=DEEP,
        )


@dataclass(frozen=True, slots=True)
class RungText:
    """One line of the ladder as somebody wrote it: who, by which measure, how much."""

    role: str
    measure: str
    amount: str


def read_ladder(lines: Sequence[RungText], roles: Sequence[str]) -> tuple[Rung, ...]:
    """Return the rungs that were written, numbered in their order; an empty amount is no rung.

    Errors: E-CHOICE for an unknown role or measure, E-SLA-RANGE, E-NUM-*, E-LADDER-EMPTY.
    """
    asked = [(place, line) for place, line in enumerate(lines, start=1) if line.amount.strip()]
    if not asked:
        raise Problem(
            "E-LADDER-EMPTY",
            "amount_1",
            "A ladder needs one rung at least: somebody must hear of what is late.",
            "督办阶梯至少要有一级：超时总要有人知道。",
        )
    return tuple(
        _rung(number, place, line, roles) for number, (place, line) in enumerate(asked, start=1)
    )


def _rung(number: int, place: int, line: RungText, roles: Sequence[str]) -> Rung:
    field = f"amount_{place}"
    if line.role not in roles or line.measure not in {"share", "over", "days"}:
        raise Problem(
            "E-CHOICE", f"role_{place}", "Choose one of the list.", "请从列表中选择一项。"
        )
    if line.measure == "share":
        return Rung(number, line.role, share=whole(line.amount, field, low=10, high=300) / 100)
    if line.measure == "days":
        return Rung(number, line.role, days=whole(line.amount, field, low=1, high=366))
    return Rung(number, line.role, over=read_minutes(line.amount, field))


@dataclass(frozen=True, slots=True)
class Figures:
    """What an office sets once. Units: rate and share 0 to 1, visits in working days, else days.

    `together` homes within so many minutes make one fault.
    """

    visit_rate: float
    repair_days: int
    complaint_days: int
    other_days: int
    hasten_share: float
    half_life_satisfied: float
    half_life_dissatisfied: float
    reopen_days: int
    together: int = 5
    within: int = 30


_WHOLE = (
    ("repair_days", 1, 30),
    ("complaint_days", 1, 30),
    ("other_days", 1, 30),
    ("reopen_days", 1, 366),
    ("together", 2, 200),
    ("within", 5, 1440),
)


def read_figures(given: Mapping[str, str]) -> Figures:
    """Return the figures as a person wrote them, shares as percentages. Errors: E-NUM-*."""
    days = {
        name: whole(given.get(name, ""), name, low=low, high=high) for name, low, high in _WHOLE
    }
    return Figures(
        visit_rate=whole(given.get("visit_rate", ""), "visit_rate", low=0, high=100) / 100,
        hasten_share=whole(given.get("hasten_share", ""), "hasten_share", low=5, high=100) / 100,
        half_life_satisfied=float(
            whole(given.get("half_life_satisfied", ""), "half_life_satisfied", low=1, high=3650)
        ),
        half_life_dissatisfied=float(
            whole(
                given.get("half_life_dissatisfied", ""), "half_life_dissatisfied", low=1, high=3650
            )
        ),
        **days,
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """How owners reach the manager alone, and texts for replies: pairs of a short name and words."""

    mailbox_page: bool
    mailbox_mail: str
    texts: tuple[tuple[str, str], ...]


TEXTS_MOST, NAME_LONG, TEXT_LONG = 40, 20, 500
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TEXT = re.compile(rf"([^:：]{{1,{NAME_LONG}}}?)\s*[:：]\s*(\S.{{0,{TEXT_LONG - 1}}})")


def read_spoken(given: Mapping[str, str]) -> Spoken:
    """Return the mailbox and the texts as a person wrote them. Errors: E-MAIL, E-TEXT-MODULE."""
    mail = given.get("mailbox_mail", "").strip().lower()
    if mail and not _ADDRESS.fullmatch(mail):
        raise Problem(
            "E-MAIL",
            "mailbox_mail",
            "This is no e-mail address. Write it like manager@example.com, or leave it empty.",
            "邮箱地址格式不对。请写成 manager@example.com 这样，或留空。",
        )
    return Spoken(bool(given.get("mailbox_page")), mail, read_texts(given.get("texts", "")))


def read_texts(text: str, field: str = "texts") -> tuple[tuple[str, str], ...]:
    """Return texts for replies, one a line: a short name, a colon, the words. Errors: E-TEXT-MODULE.

    Example: “收到：今天给您答复。” is (("收到", "今天给您答复。"),).
    """
    found: dict[str, str] = {}
    for line in (piece.strip() for piece in text.splitlines()):
        parted = _TEXT.fullmatch(line)
        if not line:
            continue
        if parted is None or len(found) >= TEXTS_MOST or parted[1] in found:
            raise Problem(
                "E-TEXT-MODULE",
                field,
                "At “{line}”: write a short name, a colon and the words; {most} lines at most, each"
                " name once.",
                "“{line}”处有误：每行写“简称：文字”，最多 {most} 行，简称不重复。",
                line=line[:NAME_LONG],
                most=TEXTS_MOST,
            )
        found[parted[1]] = parted[2]
    return tuple(found.items())


def written_texts(texts: Sequence[tuple[str, str]]) -> str:
    """Return texts as `read_texts` reads them again."""
    return "\n".join(f"{name}：{words}" for name, words in texts)
