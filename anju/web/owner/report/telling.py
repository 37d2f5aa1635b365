"""Reporting in three steps: what, in one's own words, then a look before it is sent.

A GET shows. Each press carries all that was typed; photos lie with the form's key until it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_urlsafe

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from anju.aftercare.actions.owning import Given, hold, nothing_said, send_report
from anju.attachments.taking import take_in
from anju.casework.defaults import EMERGENCY_WORDS
from anju.casework.kinds import WORDS_MOST, Channel, Spot
from anju.casework.triage import emergencies
from anju.intake.mine import (
    held_files,
    known_already,
    mailbox_open,
    people_here,
    told_by_others,
)
from anju.kernel.idempotency import check_key
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.register.rules.phones import phone_of
from anju.voice.actions.receiving import Report, Teller
from anju.voice.places import place_told
from anju.web.guard import STATUS
from anju.web.owner.report.choosing import MAILBOX, Choice, chosen, tiles_of, wishes
from anju.web.owner.report.door import Visit, door, limited, page_of
from anju.web.parts.ask import ours
from anju.web.parts.form import Refusal

STEPS = 3
FILES = ("photos", "voice")
OTHERS = "others"  # what she joins where no fault runs yet: the open reports that tell the same


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen and typed so far."""

    branch: str
    choice: Choice | None
    words: str
    key: str
    room: str
    wished: str
    name: str
    phone: str
    anonymous: bool
    about: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is for the manager alone."""
        return self.branch == MAILBOX


def _branch(said: str) -> str:
    if said == MAILBOX and mailbox_open():
        return MAILBOX
    return "complaint" if said in {"complaint", MAILBOX} else "repair"


def _draft(request: HttpRequest) -> Draft:
    said = request.POST if request.method == "POST" else request.GET
    branch = _branch(said.get("kind", ""))
    return Draft(
        branch, chosen(branch, said.get("what", "")[:40]), said.get("words", ""),
        said.get("key", "")[:64] or token_urlsafe(16), said.get("room", "")[:40],
        said.get("wished", "")[:60], said.get("name", "")[:80], said.get("phone", "")[:40],
        said.get("anonymous") == "1", said.get("about", "")[:12],
    )  # fmt: skip


def _shown(
    request: HttpRequest, visit: Visit, draft: Draft, step: int, problem: Problem | None = None
) -> HttpResponse:
    refusals: tuple[Refusal, ...] = ()
    if problem is not None:
        place = "photos" if problem.field == "file" else problem.field
        refusals = (Refusal(place, problem.text(get_language() or "en"), problem.code),)
    photos, sounds = held_files(draft.key)
    more: dict[str, object] = {
        "draft": draft, "step": step, "steps": STEPS, "refusals": refusals, "problem": problem,
        "photos": photos, "sounds": sounds, "most": WORDS_MOST,
        "urgent": bool(emergencies(draft.words, EMERGENCY_WORDS)),
    }  # fmt: skip
    if step < STEPS:
        more["kept_fields"] = _kept(draft)
    if step == 1:
        more["tiles"] = tiles_of(draft.branch)
    if step == STEPS:
        more |= _before(visit, draft)
    status = STATUS.get(problem.code, 422) if problem else 200
    return page_of(request, f"step{step}", visit, status=status, **more)


def _kept(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what was given on the third page already, for who goes back to the second."""
    given = (
        ("room", draft.room), ("wished", draft.wished), ("name", draft.name),
        ("phone", draft.phone), ("anonymous", "1" if draft.anonymous else ""),
        ("about", draft.about),
    )  # fmt: skip
    return tuple((name, value) for name, value in given if value)


def _before(visit: Visit, draft: Draft) -> dict[str, object]:
    """Return what a look before sending shows besides: what is known already, place and time."""
    here, choice = visit.here, draft.choice
    if draft.alone:
        return {"asks_room": here.unit_id is None, "people": people_here(here.project_id)}
    category = choice.category_id if choice else None
    place = (here.project_id, here.building_id, category)
    common = choice is not None and choice.spot is Spot.COMMON
    return {
        "known": known_already(*place),
        "others": told_by_others(here.building_id, category, at=visit.at),
        "asks_room": here.unit_id is None and not common,
        "wishes": () if common or draft.branch != "repair" else wishes(draft.wished),
    }


def _files(request: HttpRequest) -> Iterator[UploadedFile[bytes]]:
    for name in FILES:
        for one in request.FILES.getlist(name):
            if one.name:
                yield one


def _take(request: HttpRequest, visit: Visit, draft: Draft) -> None:
    """Keep the files of a page with its form; raises the first refusal after all were tried."""
    refused: Problem | None = None
    given = Given(visit.here.company_id, visit.here.project_id, check_key(draft.key))
    for one in _files(request):
        try:
            hold(
                given=given,
                taken=take_in(one.chunks(), name=one.name or "", sound=True),
                at=visit.at,
            )
        except Problem as problem:
            refused = refused or problem
    if refused is not None:
        raise refused


def _check_said(draft: Draft) -> None:
    if draft.words.strip():
        clean_body(draft.words, "words", WORDS_MOST)
    elif not any(held_files(draft.key)):
        raise nothing_said()


def _report(visit: Visit, draft: Draft, bundle: str) -> Report:
    choice = draft.choice
    assert choice is not None
    known = choice.spot is Spot.COMMON
    teller = Teller(anonymous=True, language=get_language() or "")
    if not draft.anonymous:
        phone = phone_of(draft.phone, "phone")
        teller = Teller(name=draft.name, phone=phone, language=get_language() or "")
    channel = Channel.MAILBOX if draft.alone else Channel.LINK
    bundle = "" if draft.alone else bundle
    return Report(
        kind=choice.kind, place=place_told(visit.here, "" if known else draft.room),
        words=draft.words, channel=channel, teller=teller, category_id=choice.category_id,
        wished=draft.wished, bundle_id=int(bundle) if bundle.isascii() and bundle.isdigit() else None,
        restricted=draft.alone, about_id=_about(visit, draft),
    )  # fmt: skip


def _about(visit: Visit, draft: Draft) -> int | None:
    """Return of whom it speaks, one of the people shown; nobody else can be named from here."""
    if not draft.alone or not draft.about:
        return None
    return ours(draft.about, {key for key, _name in people_here(visit.here.project_id)}, "about")


def _send(request: HttpRequest, visit: Visit, draft: Draft, bundle: str) -> HttpResponse:
    report = _report(visit, draft, bundle[:12])
    secret = send_report(
        company_id=visit.here.company_id, key=draft.key, report=report, at=visit.at,
        together=bundle == OTHERS,
    )  # fmt: skip
    answer = redirect("case-progress", secret)
    answer["Location"] = f"{answer['Location']}?new=1"
    return answer


def _acted(request: HttpRequest, visit: Visit, draft: Draft) -> HttpResponse:
    act, now = request.POST.get("act", ""), 3 if request.POST.get("step") == "3" else 2
    try:
        _take(request, visit, draft)
        if act == "change":
            return _shown(request, visit, draft, 2)
        if act in {"check", "send"} or act.startswith("join"):
            _check_said(draft)
        if act == "check":
            return _shown(request, visit, draft, 3)
        if act == "send" or act.startswith("join-"):
            return _send(request, visit, draft, act.partition("-")[2])
        return _shown(request, visit, draft, now)
    except Problem as problem:
        step = 2 if problem.field in {"words", "file", "photos", "voice"} else now
        return _shown(request, visit, draft, step, problem)


def _tell(request: HttpRequest, visit: Visit) -> HttpResponse:
    draft = _draft(request)
    if draft.choice is None:
        return _shown(request, visit, draft, 1)
    if request.method != "POST":
        return _shown(request, visit, draft, 2)
    return limited(request, visit) or _acted(request, visit, draft)


tell = door(_tell)
