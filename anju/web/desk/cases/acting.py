"""Every act on a case by its name: its small form, the act itself, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.aftercare.actions import visiting
from anju.attachments.taking import take_in
from anju.casework.acts import Also
from anju.casework.kinds import CaseKind, Chase, Party, Payer, Photo, Severity, WaitedFor
from anju.casework.promises import Promised
from anju.casework.states import CaseVerb, State
from anju.casework.warranty import read_cost
from anju.intake import desks
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.dates import instant
from anju.kernel.pure.numbers import whole
from anju.onsite.actions import picturing
from anju.register.access import Actor, NotFound, Verb
from anju.terms.settings import category_lines
from anju.voice.actions import closing, handling, paying, writing
from anju.voice.actions.storing import Edition
from anju.voice.casefile import CaseFile, case_file
from anju.voice.labels import label
from anju.voice.people import can_be_named
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.fields import FORMS, kept_of
from anju.web.desk.cases.views import also_names
from anju.web.desk.cases.words import (
    by_when,
    code_of,
    promise_words,
    state_sign,
    title_of,
    turn_of,
)
from anju.web.parts.ask import Ask, kept_values, member, ours
from anju.web.parts.edited import edited, seen_version

both = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class Doing:
    """One act being done: by whom, to which case as she saw it, with what she sent, when."""

    request: StaffRequest
    file: CaseFile
    edition: Edition
    at: datetime

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.request.actor

    @property
    def given(self) -> QueryDict:
        """What was sent."""
        return self.request.POST

    def said(self, name: str) -> str:
        """Return one field."""
        return str(self.given.get(name, ""))

    def moment(self, name: str) -> datetime:
        """Return one field as an instant; raises E-DATE-*, E-TIME-*."""
        return instant(self.said(name), name, self.file.calendar.zone)

    def picture(self, name: str, shows: Photo) -> None:
        """Keep a photo that came along, where there is one; it stays if the act is refused."""
        sent = self.request.FILES.get(name)
        if sent is not None:
            taken = take_in(sent.chunks(), name=sent.name or "photo")
            picturing.add_picture(
                actor=self.actor, case_id=self.file.line.id, shows=shows, taken=taken, at=self.at
            )


def _named(one: Doing) -> handling.Named:
    known = {key for key, _name, _role in can_be_named(one.file.project_id)}
    executor, firm = one.said("executor"), one.said("firm")
    return handling.Named(
        ours(one.said("assignee"), known, "assignee"),
        ours(executor, known, "executor") if executor else None,
        ours(firm, set(desks.firms()), "firm") if firm else None,
    )


def _accept(one: Doing) -> None:
    handling.accept(actor=one.actor, edition=one.edition, named=_named(one), at=one.at)


def _hand_over(one: Doing) -> None:
    handling.hand_over(
        actor=one.actor, edition=one.edition, named=_named(one), why=one.said("reason"), at=one.at
    )


def _schedule(one: Doing) -> None:
    handling.schedule(
        actor=one.actor, edition=one.edition, arrival=one.moment("arrival"),
        why=one.said("reason"), at=one.at,
    )  # fmt: skip


def _start(one: Doing) -> None:
    handling.start(actor=one.actor, edition=one.edition, moment=handling.Moment(one.at))


def _resume(one: Doing) -> None:
    handling.resume(actor=one.actor, edition=one.edition, moment=handling.Moment(one.at))


def _wait(one: Doing) -> None:
    waited = member(WaitedFor, one.said("waited_for"), "waited_for")
    one.picture("photo", Photo.PAUSE)
    handling.wait(
        actor=one.actor, edition=one.edition,
        waiting=handling.Waiting(waited, one.said("reason")), moment=handling.Moment(one.at),
    )  # fmt: skip


def _finish(one: Doing) -> None:
    party = member(Party, one.said("party"), "party")
    one.picture("before", Photo.BEFORE)
    one.picture("after", Photo.AFTER)
    work = handling.Work(one.said("cause"), party, one.said("done"), one.said("parts"))
    handling.finish(actor=one.actor, edition=one.edition, work=work, moment=handling.Moment(one.at))


def _report_back(one: Doing) -> None:
    told = closing.Told(one.said("how"), one.moment("told_at"))
    closing.report_back(actor=one.actor, edition=one.edition, told=told, at=one.at)


def _send_back(one: Doing) -> None:
    closing.send_back(actor=one.actor, edition=one.edition, why=one.said("reason"), at=one.at)


def _end(one: Doing, *, verb: CaseVerb) -> None:
    closing.end(actor=one.actor, edition=one.edition, verb=verb, why=one.said("reason"), at=one.at)


def _reopen(one: Doing) -> None:
    closing.reopen(actor=one.actor, edition=one.edition, why=one.said("reason"), at=one.at)


def _merge(one: Doing) -> None:
    target = whole(one.said("target").lstrip("#"), "target", low=1, high=2**31 - 1)
    closing.merge(
        actor=one.actor, edition=one.edition, target=target, why=one.said("reason"), at=one.at
    )


def _sort(one: Doing) -> None:
    category = one.said("category")
    known = {line.id for line in category_lines()}
    as_ = writing.Sorted(
        kind=member(CaseKind, one.said("kind"), "kind"),
        category_id=ours(category, known, "category") if category else None,
        severity=member(Severity, one.said("severity"), "severity"),
        party=member(Party, one.said("party"), "party"),
    )
    writing.sort(actor=one.actor, edition=one.edition, as_=as_, at=one.at)


def _promise(one: Doing) -> None:
    writing.move_promise(
        actor=one.actor, edition=one.edition,
        promised=member(Promised, one.said("promised"), "promised"),
        due=one.moment("due"), why=one.said("reason"), at=one.at,
    )  # fmt: skip


def _observe(one: Doing) -> None:
    known = {key for key, _name, _role in can_be_named(one.file.project_id)}
    who = ours(one.said("observer"), known, "observer")
    writing.observe(actor=one.actor, edition=one.edition, account_id=who, at=one.at)


def _bundle(one: Doing) -> None:
    expected = one.moment("expected") if one.said("expected") else None
    fault = closing.Fault(one.said("title"), expected)
    closing.bundle(actor=one.actor, edition=one.edition, fault=fault, at=one.at)


def _join(one: Doing) -> None:
    known = set(desks.running(one.file.project_id))
    bundle = ours(one.said("bundle"), known, "bundle")
    closing.join(actor=one.actor, edition=one.edition, bundle_id=bundle, at=one.at)


def _dispute(one: Doing) -> None:
    known = {verdict.id for verdict in one.file.verdicts}
    verdict = ours(one.said("verdict"), known, "verdict")
    visiting.dispute(actor=one.actor, verdict_id=verdict, words=one.said("words"), at=one.at)


def _cost(one: Doing) -> None:
    said = one.said("payer")
    payer = member(Payer, said, "payer") if said else None
    cost = paying.Cost(read_cost(one.said("cost")), payer, one.said("reason"))
    paying.set_cost(actor=one.actor, edition=one.edition, cost=cost, at=one.at)


def _chase(one: Doing) -> None:
    how = member(Chase, one.said("how"), "how")
    paying.chase(actor=one.actor, edition=one.edition, how=how, words=one.said("reason"), at=one.at)


DOES: Mapping[str, Callable[[Doing], None]] = {
    CaseVerb.ACCEPT: _accept,
    CaseVerb.HAND_OVER: _hand_over,
    CaseVerb.SCHEDULE: _schedule,
    CaseVerb.RESCHEDULE: _schedule,
    CaseVerb.START: _start,
    CaseVerb.RESUME: _resume,
    CaseVerb.WAIT: _wait,
    CaseVerb.FINISH: _finish,
    CaseVerb.REPORT_BACK: _report_back,
    CaseVerb.SEND_BACK: _send_back,
    CaseVerb.REFER: partial(_end, verb=CaseVerb.REFER),
    CaseVerb.WITHDRAW: partial(_end, verb=CaseVerb.WITHDRAW),
    CaseVerb.DECLINE: partial(_end, verb=CaseVerb.DECLINE),
    CaseVerb.REOPEN: _reopen,
    CaseVerb.MERGE: _merge,
    Also.SORT: _sort,
    Also.PROMISE: _promise,
    Also.OBSERVE: _observe,
    Also.BUNDLE: _bundle,
    Also.JOIN: _join,
    Also.DISPUTE: _dispute,
    Also.COST: _cost,
    Also.CHASE: _chase,
}
WITH_FILES = frozenset({CaseVerb.WAIT.value, CaseVerb.FINISH.value})


def name_of(act: str) -> str:
    """Return what an act is called; raises NotFound for one that there is not."""
    if act not in DOES:
        raise NotFound(f"act {act}")
    names = {one.value: name for one, name in also_names().items()}
    return names[act] if act in names else str(label(CaseVerb(act)))


@page(Verb.WORK_CASES)
@both
def act(request: StaffRequest, case_id: int, act: str) -> HttpResponse:
    name, at = name_of(act), utc_now()
    file = case_file(request.actor, case_id, at=at)

    def do() -> str:
        edition = Edition(case_id, seen_version(request.POST))
        DOES[act](Doing(request, file, edition, at))
        return next_place(request, case_id)

    line = file.line
    words = f"{code_of(line.number)} {title_of(line)}"
    ask = Ask(
        name, name, reverse("case", args=[case_id]), words, intro=_intro(act, file),
        upload=act in WITH_FILES,
    )  # fmt: skip
    kept = kept_values(dict(kept_of(file)), {})
    return edited(request, ask, lambda given: FORMS[act](given, file), kept, do)


def _intro(act: str, file: CaseFile) -> str:
    """Say what an act does beyond its name, where that is not plain."""
    said = {
        CaseVerb.REPORT_BACK: _("The case is closed; somebody else then asks the owner."),
        CaseVerb.MERGE: _("The owner keeps this number; the other case carries the work."),
        CaseVerb.WAIT: _("The clock stands until you go on; first and new deadline are both kept."),
        CaseVerb.REOPEN: _("It keeps its number; new deadlines run from now, the manager is told."),
        Also.SORT: _("Another deadline may hold from now on; the first one is kept beside it."),
        Also.BUNDLE: _("Others who report it can count themselves in; each keeps a verdict."),
        Also.DISPUTE: _("The verdict stays as it is; the quality department answers."),
    }
    if act == CaseVerb.START and file.line.state is State.SCHEDULED:
        return _("The time of arrival is kept now.")
    return said.get(act, "")  # type: ignore[call-overload, no-any-return] # members are strings


def next_place(request: StaffRequest, case_id: int) -> str:
    """Say how the case stands now, and return where to go: its page, or the list where it is gone."""
    try:
        line = case_file(request.actor, case_id, at=utc_now()).line
    except NotFound:
        messages.success(request, _("Done. The case is with somebody else now."))
        return reverse("cases")
    turn = turn_of(line)
    told = [
        f"{code_of(line.number)}: {state_sign(line).word}",
        _("turn: %s") % turn.name,
    ]
    if line.due_at is not None and line.state is not State.SETTLED:
        told.append(f"{promise_words(line)} {by_when(line.due_at)}".strip())
    messages.success(request, " · ".join(told))
    return reverse("case", args=[case_id])
