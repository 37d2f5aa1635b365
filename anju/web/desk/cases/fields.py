"""The fields of each act on a case: what it demands, and nothing else. Reads no form, does no act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anju.casework.acts import Also
from anju.casework.kinds import CaseKind, Chase, Party, Payer, Photo, Severity, WaitedFor
from anju.casework.promises import Promised
from anju.casework.states import CaseVerb
from anju.casework.warranty import written_cost
from anju.intake import desks
from anju.kernel.pure.clock import utc_now
from anju.register.choices import role_names
from anju.register.rules.rights import Role
from anju.terms.settings import category_lines
from anju.voice.casefile import CaseFile
from anju.voice.labels import label, options
from anju.voice.people import can_be_named
from anju.web.parts.ask import Group
from anju.web.parts.form import Field

Choices = tuple[tuple[str, str], ...]
Form = Callable[[QueryDict, CaseFile], tuple[Group, ...]]
ACCEPTED = "image/*,.heic,.heif,.pdf,application/pdf"
FORM_TIME = "%Y-%m-%dT%H:%M"


def people_choices(file: CaseFile) -> Choices:
    """Return who may be named at a case, each with the role."""
    roles = role_names()
    return tuple(
        (str(key), f"{name} · {roles[Role(role)]}")
        for key, name, role in can_be_named(file.project_id)
    )


def category_choices() -> Choices:
    """Return the categories in force as a tree, in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return tuple(
        (str(one.id), "　" * one.deep + (one.zh if chinese else one.en)) for one in category_lines()
    )


def local_time(at: datetime | None, file: CaseFile) -> str:
    """Return an instant as a field for day and hour writes it."""
    return at.astimezone(file.calendar.zone).strftime(FORM_TIME) if at is not None else ""


def _select(
    given: QueryDict, name: str, title: str, choices: Choices, *, optional: bool = False
) -> Field:
    value = given.get(name, "")
    return Field(name, title, value, kind="select", choices=choices, optional=optional)


def _area(
    given: QueryDict, name: str, title: str, hint: str = "", *, optional: bool = False
) -> Field:
    value = given.get(name, "")
    return Field(name, title, value, hint, kind="area", rows=3, most=2000, optional=optional)


def _moment(given: QueryDict, name: str, title: str, *, optional: bool = False) -> Field:
    value = given.get(name, "")
    return Field(name, title, value, kind="datetime-local", optional=optional)


def reason(given: QueryDict, hint: str = "") -> Field:
    """Return the field for the reason of an act."""
    return _area(given, "reason", _("Reason"), hint)


def inside() -> str:
    """Say that owners do not read it."""
    return _("Owners do not read this.")


def owner_reads() -> str:
    """Say that the owner reads it."""
    return _("The owner reads these words. Write them so that they explain themselves.")


def _naming(given: QueryDict, file: CaseFile) -> list[Field]:
    people = people_choices(file)
    firms = tuple((str(key), name) for key, name in desks.firms().items())
    found = [
        _select(given, "assignee", pgettext("case", "Responsible"), people),
        _select(
            given, "executor", _("Who does the work"), (("", _("the same person")), *people),
            optional=True,
        ),
    ]  # fmt: skip
    if firms:
        none = (("", _("none")), *firms)
        found.append(_select(given, "firm", _("Firm"), none, optional=True))
    return found


def accept(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    return (Group(tuple(_naming(given, file))),)


def hand_over(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    return (Group((*_naming(given, file), reason(given, inside()))),)


def appointment(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    fields = [_moment(given, "arrival", _("Day and hour of arrival"))]
    if CaseVerb.RESCHEDULE in file.verbs:
        fields.append(reason(given, owner_reads()))
    return (Group(tuple(fields)),)


def nothing(_given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    return ()


def waiting(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    photo = Field(
        "photo", _("Photo"), kind="file", accept=ACCEPTED, optional=True,
        hint=_("Needed where the owner was away, such as the card left at the door."),
    )  # fmt: skip
    waits = _select(given, "waited_for", _("Who or what is waited for"), options(WaitedFor))
    return (Group((waits, reason(given, owner_reads()), photo)),)


def work(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    before = Field(
        "before", pgettext("photo", "Before the work"), kind="file", accept=ACCEPTED, optional=True,
        hint=_files(file, Photo.BEFORE),
    )  # fmt: skip
    after = Field(
        "after", pgettext("photo", "After the work"), kind="file", accept=ACCEPTED, optional=True,
        hint=_files(file, Photo.AFTER),
    )  # fmt: skip
    return (
        Group(
            (
                Field("cause", _("Cause found"), given.get("cause", ""), most=500),
                _select(given, "party", _("Who causes it"), options(Party)),
                _area(given, "done", _("What was done"), owner_reads(), optional=True),
                Field("parts", _("Parts used"), given.get("parts", ""), most=500, optional=True),
                before,
                after,
            )
        ),
    )


def _files(file: CaseFile, shows: Photo) -> str:
    there = len(file.photos.get(shows, ()))
    return _("%d there already") % there if there else ""


def told(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    how = _area(given, "how", _("How the owner was told"), owner_reads())
    return (Group((how, _moment(given, "told_at", _("When")))),)


def only_reason(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    return (Group((reason(given, owner_reads()),)),)


def back(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    return (Group((reason(given, inside()),)),)


def merging(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    number = Field(
        "target", _("Number of the case that it goes on in"), given.get("target", ""),
        inputmode="numeric", most=12,
    )  # fmt: skip
    return (Group((number, reason(given, owner_reads()))),)


def sorting(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    none = (("", _("not sorted yet")), *category_choices())
    return (
        Group(
            (
                _select(given, "kind", _("Kind"), options(CaseKind)),
                _select(given, "category", _("Category"), none),
                _select(given, "severity", _("How urgent"), options(Severity)),
                _select(given, "party", _("Who causes it"), options(Party)),
            )
        ),
    )


def promising(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    open_ones = [one.promised for one in file.promises if one.met is None]
    choices = tuple((one.value, str(label(one))) for one in open_ones or list(Promised))
    return (
        Group(
            (
                _select(given, "promised", _("Promise"), choices),
                _moment(given, "due", _("New time")),
                reason(given, owner_reads()),
            )
        ),
    )


def observing(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    return (Group((_select(given, "observer", _("Colleague"), people_choices(file)),)),)


def fault(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    hint = _("Such as: no water in building 3")
    title = Field(
        "title", _("What is broken, in a few words"), given.get("title", ""), hint, most=120
    )
    expected = _moment(given, "expected", _("Expected to be over"), optional=True)
    return (Group((title, expected)),)


def joining(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    going = tuple((str(key), title) for key, title in desks.running(file.project_id).items())
    return (Group((_select(given, "bundle", _("Running fault"), going),)),)


def objecting(given: QueryDict, file: CaseFile) -> tuple[Group, ...]:
    choices = tuple(
        (str(one.id), f"{label(one.solved)} · {local_time(one.at, file).replace('T', ' ')}")
        for one in file.verdicts
    )
    why = _area(given, "words", _("What is wrong with it"), inside())
    return (Group((_select(given, "verdict", _("Verdict"), choices), why)),)


def costing(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    cost = Field(
        "cost", _("Cost in yuan, work and parts together"), given.get("cost", ""),
        inputmode="decimal", most=12, optional=True, hint=_("Empty while it is open."),
    )  # fmt: skip
    none = (("", _("not settled yet")), *options(Payer))
    payer = _select(given, "payer", _("Who pays"), none, optional=True)
    why = _area(given, "reason", pgettext("case", "Note"), inside(), optional=True)
    return (Group((cost, payer, why)),)


def chasing(given: QueryDict, _file: CaseFile) -> tuple[Group, ...]:
    how = _select(given, "how", _("How he was reminded"), options(Chase))
    return (Group((how, _area(given, "reason", _("What was said or written"), inside()))),)


def kept_of(file: CaseFile) -> Mapping[str, object]:
    """Return what the fields of every act hold at first; each form takes those that it has."""
    people = {name: key for key, name, _role in can_be_named(file.project_id)}
    now = local_time(utc_now(), file)
    line = file.line
    return {
        "version": line.version,
        "assignee": people.get(line.assignee),
        "executor": people.get(file.executor) if file.executor != line.assignee else None,
        "arrival": local_time(file.appointment_at, file),
        "told_at": now,
        "party": file.party.value,
        "kind": line.kind.value,
        "severity": line.severity.value,
        "category": file.category_id,
        "cause": file.cause,
        "due": local_time(line.due_at, file),
        "verdict": file.verdicts[-1].id if file.verdicts else None,
        "cost": written_cost(file.cost),
        "payer": file.payer.value if file.payer else "",
    }


FORMS: Mapping[str, Form] = {
    CaseVerb.ACCEPT: accept,
    CaseVerb.HAND_OVER: hand_over,
    CaseVerb.SCHEDULE: appointment,
    CaseVerb.RESCHEDULE: appointment,
    CaseVerb.START: nothing,
    CaseVerb.RESUME: nothing,
    CaseVerb.WAIT: waiting,
    CaseVerb.FINISH: work,
    CaseVerb.REPORT_BACK: told,
    CaseVerb.SEND_BACK: back,
    CaseVerb.REFER: only_reason,
    CaseVerb.WITHDRAW: only_reason,
    CaseVerb.DECLINE: only_reason,
    CaseVerb.REOPEN: only_reason,
    CaseVerb.MERGE: merging,
    Also.SORT: sorting,
    Also.PROMISE: promising,
    Also.OBSERVE: observing,
    Also.BUNDLE: fault,
    Also.JOIN: joining,
    Also.DISPUTE: objecting,
    Also.COST: costing,
    Also.CHASE: chasing,
}
