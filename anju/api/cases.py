"""Cases for programs: send one, look at one, go through all, add words to one's own."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse

from anju.api.door import demand_json, program_call
from anju.api.reading import Shape, Value, read
from anju.casework.kinds import CaseKind, Channel, Severity
from anju.kernel.idempotency import Asked, check_key, once
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.programs import Program
from anju.register.rules.phones import phone_of
from anju.voice import programs as reads
from anju.voice.actions.receiving import Report, Teller, receive_from_owner
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.writing import write_by_owner
from anju.voice.programs import Line, Promise

Member = TypeVar("Member", bound=StrEnum)
MOST, USUAL = 200, 50
CASE = Shape(
    {
        "project": int,
        "kind": str,
        "words": str,
        "building": str,
        "unit": str,
        "spot": str,
        "category": str,
        "severity": str,
        "name": str,
        "phone": str,
        "language": str,
        "anonymous": bool,
    },
    ("project", "kind", "words"),
)
NOTE = Shape({"words": str}, ("words",))


def _key(request: HttpRequest) -> str:
    return check_key(request.headers.get("Idempotency-Key", "")[:200])


def make(request: HttpRequest, program: Program) -> HttpResponse:
    """Register a case; the same key with the same body answers with the same case again."""
    demand_json(request)
    key, at = _key(request), utc_now()
    body = read(request.body, CASE)

    def effect() -> str:
        give_defaults(company_id=program.company_id, at=at)
        report = _report(program, body, key)
        made = receive_from_owner(company_id=program.company_id, report=report, at=at)
        return str(made.number)

    asked = Asked(program.company_id, f"program:{program.id}:case", key, body)
    outcome = once(asked, effect, at=at)
    found = reads.case_by_number(program, int(outcome.answer))
    answer = JsonResponse(_shown(found), status=201 if outcome.fresh else 200)
    answer.headers["Location"] = f"/api/v1/cases/{found.number}"
    return answer


def _report(program: Program, body: dict[str, Value], key: str) -> Report:
    def said(name: str) -> str:
        return str(body.get(name, "")).strip()

    place = reads.place_in(
        program, int(body["project"]), said("building"), said("unit"), said("spot")
    )
    teller = Teller(
        name=said("name"),
        phone=phone_of(said("phone"), "phone"),
        anonymous=bool(body.get("anonymous")),
        language="zh-hans" if said("language").startswith("zh") else said("language")[:2],
    )
    return Report(
        kind=_one_of(CaseKind, said("kind"), "kind"),
        place=place,
        words=str(body["words"]),
        channel=Channel.PROGRAM,
        teller=teller,
        category_id=reads.category_by_code(said("category")) if said("category") else None,
        severity=_one_of(Severity, said("severity") or "usual", "severity"),
        client_id=reads.sent_as(program, key),
    )


def _one_of(kind: type[Member], value: str, field: str) -> Member:
    if value not in {one.value for one in kind}:
        raise Problem(
            "E-CHOICE", field, "“{value}” is not known; allowed: {known}.",
            "没有“{value}”；可用：{known}。", value=value[:40],
            known=", ".join(one.value for one in kind),
        )  # fmt: skip
    return kind(value)


def several(request: HttpRequest, program: Program) -> HttpResponse:
    """Return cases by number, rising; `next` is the `after` of the next call."""
    limit = whole(request.GET.get("limit", str(USUAL)), "limit", low=1)
    after = _after(request.GET.get("after", "0"))
    found = reads.lines(program, after=after, limit=min(limit, MOST) + 1)
    shown = found[: min(limit, MOST)]
    onward = shown[-1].number if len(found) > len(shown) else None
    return JsonResponse({"cases": [_shown(line) for line in shown], "next": onward})


def _after(text: str) -> int:
    try:
        return whole(text, "after")
    except Problem as broken:
        raise Problem(
            "E-PAGE", "after",
            "“after” is the number of the last case that you have; begin with 0.",
            "“after”是您已有的最后一个单号；从 0 开始。",
        ) from broken  # fmt: skip


def one(_request: HttpRequest, program: Program, number: int) -> HttpResponse:
    """Return one case."""
    return JsonResponse(_shown(reads.case_by_number(program, number)))


def add_words(request: HttpRequest, program: Program, number: int) -> HttpResponse:
    """Write what the owner said besides at a case that the same key sent in."""
    demand_json(request)
    key, at = _key(request), utc_now()
    body = read(request.body, NOTE)
    case_id = reads.own_case(program, number)

    def effect() -> str:
        words = str(body["words"])
        write_by_owner(company_id=program.company_id, case_id=case_id, words=words, at=at)
        return str(number)

    asked = Asked(program.company_id, f"program:{program.id}:note:{number}", key, body)
    outcome = once(asked, effect, at=at)
    shown = _shown(reads.case_by_number(program, number))
    return JsonResponse(shown, status=201 if outcome.fresh else 200)


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _promise(promise: Promise) -> dict[str, str | None]:
    return {name: _moment(getattr(promise, name)) for name in ("first", "due", "met")}


def _shown(line: Line) -> dict[str, object]:
    plain = (
        "number", "kind", "severity", "category", "state", "stage", "outcome", "project",
        "building", "unit", "spot", "reopened",
    )  # fmt: skip
    moments = ("received_at", "closed_at", "settled_at", "next_due_at")
    shown: dict[str, object] = {name: getattr(line, name) for name in plain}
    shown |= {name: _moment(getattr(line, name)) for name in moments}
    shown["promises"] = {name: _promise(promise) for name, promise in line.promises.items()}
    if line.words is not None:
        shown["words"] = line.words
        shown["notes"] = [
            {"by": note.by, "words": note.words, "at": _moment(note.at)}
            for note in line.notes or ()
        ]
    return shown


cases = program_call({"GET": several, "POST": make})
case = program_call({"GET": one})
notes = program_call({"POST": add_words})
