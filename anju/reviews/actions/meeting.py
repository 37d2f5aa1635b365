"""The weekly meeting: begun with its agenda, decided case by case, closed with tasks for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.casework.kinds import REASON_MOST
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague
from anju.register.access import Actor, Verb, project_for
from anju.register.models import Project
from anju.reviews import letters
from anju.reviews.access import meeting_for, meeting_item_for
from anju.reviews.actions.taking import OPEN_STATES
from anju.reviews.clock import local
from anju.reviews.models import Meeting, MeetingItem, StocktakeLine
from anju.reviews.rules.agenda import Checked, Item, Matter, Why, agenda, check_closable
from anju.voice.models import Case, Verdict
from anju.voice.people import must_be_nameable

WEEK = timedelta(days=7)
LOW_SCORE = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """The four boxes of a case, and the day by which its measure is done."""

    gap: str = ""
    cause: str = ""
    responsible_id: int | None = None
    measure: str = ""
    due: date | None = None


@transaction.atomic
def begin(*, actor: Actor, project_id: int, at: datetime) -> Meeting:
    """Begin a project's meeting with its agenda; one that goes on today is returned as it is.

    Errors: NotFound, Forbidden, E-MEET-CLOSED where today's is over.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, project_id, Verb.REVIEW_CASES)
        # Who begins the same meeting meanwhile waits, and finds this one.
        Project.objects.select_for_update(no_key=True, of=("self",)).get(id=project.pk)
        day = local(at).date()
        going = Meeting.objects.filter(project=project, closed_at=None)
        found: Meeting | None = going.order_by("-day").first()
        found = found or Meeting.objects.filter(project=project, day=day).first()
        if found is not None:
            _refuse_closed(found)
            return found
        made = Meeting(
            company_id=actor.company_id, project=project, day=day, opened_at=at,
            opened_by_id=actor.account_id,
        )  # fmt: skip
        made.save()
        items = _items(made, at)
        MeetingItem.objects.bulk_create(items)
        _tell(made, "begun", actor, at, {"items": len(items)})
        return made


def _tell(
    meeting: Meeting, verb: str, actor: Actor, at: datetime, said: dict[str, history.Plain]
) -> None:
    whose = history.Subject(meeting.company_id, "meeting", meeting.pk)
    history.write(whose, verb, actor_id=actor.account_id, at=at, payload=said)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.closed_at is not None:
        raise Problem(
            "E-MEET-CLOSED", "meeting",
            "This meeting is closed; its minutes stay as they are. Begin the next one another day.",
            "会议已结束，纪要不再改动。请改日召开下一次。",
        )  # fmt: skip


def _items(meeting: Meeting, at: datetime) -> list[MeetingItem]:
    """Return the agenda as items, gap and cause filled with what is known already."""
    rows = Case.objects.filter(project_id=meeting.project_id, restricted=False)
    unhappy = _unhappy(meeting.project_id, at)
    among = rows.filter(
        Q(state__in=OPEN_STATES)
        & (Q(next_due_at__lt=at) | Q(reopened__gt=0) | Q(follows__isnull=False))
        | Q(id__in=unhappy)
    )
    found = {one.pk: one for one in among}
    order = agenda([_matter(one, at, unhappy) for one in found.values()])
    causes = _causes(found)
    return [
        MeetingItem(
            company_id=meeting.company_id, meeting=meeting, case=found[key], position=place,
            why=why.value, gap=_gap(found[key], why, at),
            cause=found[key].cause or causes.get(key, ""),
            responsible_id=found[key].assignee_id,
        )
        for place, (key, why) in enumerate(order, start=1)
    ]  # fmt: skip


def _unhappy(project_id: int, at: datetime) -> set[int]:
    """Return the cases whose owners were not content this week, by her last word on each."""
    rows = Verdict.objects.filter(case__project_id=project_id, at__gte=at - WEEK, at__lte=at)
    last = {row.case_id: row for row in rows.order_by("at", "id")}
    return {
        key
        for key, row in last.items()
        if row.solved != Solved.YES or (row.score is not None and row.score <= LOW_SCORE)
    }


def _matter(case: Case, at: datetime, unhappy: set[int]) -> Matter:
    is_open = case.state in OPEN_STATES
    late = is_open and case.next_due_at is not None and case.next_due_at < at
    again = is_open and (case.reopened > 0 or case.follows_id is not None)
    since = case.next_due_at if late else case.received_at
    return Matter(case.pk, late, again, case.pk in unhappy, since)


def _gap(case: Case, why: Why, at: datetime) -> str:
    if why is Why.OVERDUE and case.next_due_at is not None:
        days = max((at - case.next_due_at).days, 0)
        due = timezone.localtime(case.next_due_at).strftime("%m-%d %H:%M")
        return _("Promised by %(due)s; %(n)d whole days late.") % {"due": due, "n": days}
    if why is Why.REPEATED:
        return _("Reported %d times.") % (case.reopened + 1)
    return _("The owner was not content at the return visit.")


def _causes(cases: Iterable[int]) -> dict[int, str]:
    """Return what the latest stocktake says of each case."""
    rows = StocktakeLine.objects.filter(case_id__in=list(cases)).exclude(cause="")
    return dict(rows.order_by("stocktake__day").values_list("case_id", "cause"))


@transaction.atomic
def decide(*, actor: Actor, item_id: int, decision: Decision, at: datetime) -> MeetingItem:
    """Write the boxes of an item; a task is sent when the meeting is closed.

    Errors: NotFound, Forbidden, E-MEET-CLOSED, E-TEXT-*, E-REF, E-CASE-PERSON, E-MEET-DATE.
    """
    with company_scope(actor.company_id):
        item = meeting_item_for(actor, item_id)
        _refuse_closed(item.meeting)
        if decision.responsible_id is not None:
            project_id = item.meeting.project_id
            must_be_nameable(decision.responsible_id, project_id, "responsible")
        if decision.due is not None and decision.due < local(at).date():
            raise Problem(
                "E-MEET-DATE", "due", "The day is over. Give one that comes.",
                "日期已过，请填写今天或之后的日期。",
            )  # fmt: skip
        for name in ("gap", "cause", "measure"):
            words = getattr(decision, name)
            setattr(item, name, clean_body(words, name, REASON_MOST) if words.strip() else "")
        item.responsible_id, item.due = decision.responsible_id, decision.due
        item.decided_at = at
        item.save()
        said: dict[str, history.Plain] = {"case": item.case.number, "position": item.position}
        _tell(item.meeting, "decided", actor, at, said)
        return item


@transaction.atomic
def check(
    *, actor: Actor, meeting_id: int, item_id: int, checked: Checked, at: datetime
) -> MeetingItem:
    """Say at a meeting what became of a measure of an earlier one.

    Errors: NotFound, Forbidden, E-MEET-CLOSED.
    """
    with company_scope(actor.company_id):
        meeting = meeting_for(actor, meeting_id)
        _refuse_closed(meeting)
        item = meeting_item_for(actor, item_id)
        item.checked, item.checked_at = checked.value, at
        item.save(update_fields=["checked", "checked_at"])
        _tell(meeting, "checked", actor, at, {"case": item.case.number, "checked": checked.value})
        return item


@transaction.atomic
def close(*, actor: Actor, meeting_id: int, at: datetime) -> Meeting:
    """Close a meeting: its minutes stay as they are, and whoever was named is told of her tasks.

    Errors: NotFound, Forbidden, E-MEET-CLOSED, E-MEET-OPEN naming the case, E-STALE.
    """
    with company_scope(actor.company_id):
        meeting = meeting_for(actor, meeting_id)
        _refuse_closed(meeting)
        rows = MeetingItem.objects.filter(meeting=meeting).select_related("case")
        items = list(rows.order_by("position"))
        check_closable([item_of(row) for row in items])
        same = Meeting.objects.filter(id=meeting.pk, closed_at=None)
        changed = same.update(closed_at=at, closed_by_id=actor.account_id, version=F("version") + 1)
        if not changed:
            meeting.refresh_from_db()
            _refuse_closed(meeting)
        told = sum(_task(meeting, row, at) for row in items)
        _tell(meeting, "closed", actor, at, {"items": len(items), "tasks": told})
        meeting.refresh_from_db()
        return meeting


def item_of(row: MeetingItem) -> Item:
    """Return an item as the rules read it."""
    return Item(f"#{row.case.number}", Why(row.why), row.measure, row.responsible_id, row.due)


def _task(meeting: Meeting, row: MeetingItem, at: datetime) -> bool:
    """Tell who was named of what is to be done; never who is complained about."""
    who = row.responsible_id
    if who is None or not row.measure or who == row.case.about_id:
        return False
    due = row.due.isoformat() if row.due else "–"
    note = Note(
        colleague(who),
        About("meeting_item", row.pk, "task"),
        {"number": row.case.number, "measure": row.measure, "due": due},
        path=f"/desk/cases/{row.case_id}/",
        project_id=meeting.project_id,
    )
    return post(letters.TASK, note, at=at) is not None
