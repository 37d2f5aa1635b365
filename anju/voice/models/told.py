"""What was said at a case, and when its clock stood: notes and pauses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.casework.kinds import NoteFrom, Shown, WaitedFor
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company
from anju.register.rules.lying import At, Lies
from anju.voice.models.case import Case
from anju.voice.models.columns import member, one_of


class CaseNote(CompanyRow):
    """Words at a case, of the owner or a colleague; the history names them by their id alone."""

    part = "case__project_id"
    home = Lies(At.FORM, "case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = member(NoteFrom)
    shown = member(Shown)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    client_id = models.CharField(max_length=64, blank=True, default="")
    client_at = models.DateTimeField(null=True)

    class Meta:
        """A phone sends a note once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("note_one_client", "client_id", condition=~models.Q(client_id="")),
            one_of("said_by", NoteFrom, name="note_from_known"),
            one_of("shown", Shown, name="note_shown_known"),
        ]


class CasePause(CompanyRow):
    """A stretch for which the clock of a case stood, with what it waited for."""

    part = "case__project_id"
    home = Lies(At.FORM, "case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    waited_for = member(WaitedFor)
    reason = models.CharField(max_length=500, blank=True)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)

    class Meta:
        """One pause at a time, which ends after it began."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("pause_one_open", "case", condition=models.Q(end__isnull=True)),
            one_of("waited_for", WaitedFor, name="pause_waited_known"),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="pause_ends_after_it_began",
            ),
        ]
