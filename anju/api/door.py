"""Every call comes through here: key, limits, scope, and refusals as JSON. It knows no cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from anju.api.reading import Unreadable, check_length
from anju.kernel.limits import Limit, take
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, part_scope
from anju.register.access import Forbidden, NotFound, Verb
from anju.register.actions.programs import note_use
from anju.register.programs import Program, program_of

WHY = "a program shows its key with every call"
BY_KEY = Limit("program", 120, 120)
GUESSES = Limit("program-guess", 30, 10)
STATUS = {
    "E-STATE": 409,
    "E-STALE": 409,
    "E-IDEM-MISSING": 400,
    "E-IDEM-FORMAT": 400,
    "E-IDEM-MISMATCH": 409,
    "E-FORM-LONG": 413,
    "E-JSON-TYPE": 415,
    "E-PAGE": 400,
}
Call = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """What an address declares: it needs no person who is signed in, and why."""

    verb: Verb | None
    why: str


def program_call(calls: Mapping[str, Call]) -> Call:
    """Return a view that lets a program with a key in force make the calls of an address."""

    @csrf_exempt
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        call = calls.get(request.method or "")
        if call is None:
            refused = Problem(
                "E-METHOD", "", "Allowed here: {methods}.", "此处允许：{methods}。",
                methods=", ".join(calls),
            )  # fmt: skip
            answer = refusal(request, refused, 405)
            answer.headers["Allow"] = ", ".join(calls)
            return answer
        return _let_in(request, call, kwargs)

    view.access = Access(None, WHY)  # type: ignore[attr-defined]
    return view


def _let_in(request: HttpRequest, call: Call, kwargs: dict[str, Any]) -> HttpResponse:
    now = utc_now()
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    program = program_of(key.strip()) if scheme == "Bearer" else None
    who = str(program.id) if program else str(request.META.get("REMOTE_ADDR", ""))
    wait = take(BY_KEY if program else GUESSES, who, at=now)
    if wait:
        return _wait(request, wait)
    if program is None:
        return _unknown(request)
    note_use(program, at=now)
    with company_scope(program.company_id), part_scope(program.projects):
        return _answered(request, program, call, kwargs)


def _answered(
    request: HttpRequest, program: Program, call: Call, kwargs: dict[str, Any]
) -> HttpResponse:
    try:
        return call(request, program, **kwargs)
    except (NotFound, Forbidden):
        gone = Problem("E-REF", "", "There is no such case for this key.", "此密钥下没有这个单号。")
        return refusal(request, gone, 404)
    except Unreadable as problem:
        return refusal(request, problem, 400)
    except Problem as problem:
        return refusal(request, problem, STATUS.get(problem.code, 422))


def _unknown(request: HttpRequest) -> HttpResponse:
    problem = Problem(
        "E-KEY", "Authorization",
        "Send a key in force: Authorization: Bearer KEY.",
        "请提供有效密钥：Authorization: Bearer 密钥。",
    )  # fmt: skip
    answer = refusal(request, problem, 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _wait(request: HttpRequest, wait: int) -> HttpResponse:
    problem = Problem(
        "E-QUOTA", "", "Too many calls. Try again in {wait} seconds.",
        "调用过于频繁，请 {wait} 秒后再试。", wait=wait,
    )  # fmt: skip
    answer = refusal(request, problem, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def refusal(request: HttpRequest, problem: Problem, status: int) -> JsonResponse:
    """Answer a refusal as JSON, in the language that the program asks for."""
    language = request.headers.get("Accept-Language", "en")[:2]
    said = {"code": problem.code, "field": problem.field, "message": problem.text(language)}
    return JsonResponse({"error": said}, status=status)


def demand_json(request: HttpRequest) -> None:
    """Raise E-JSON-TYPE unless the body is sent as JSON, E-FORM-LONG where it says to be too long."""
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    check_length(int(said) if said.isascii() and said.isdigit() else 0)
    if request.content_type != "application/json":
        raise Problem(
            "E-JSON-TYPE", "Content-Type",
            "Send JSON: Content-Type: application/json.",
            "请发送 JSON：Content-Type: application/json。",
        )  # fmt: skip
