"""A case: an owner's word with its place, people, state and promises; bundles of many; observers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.casework.kinds import CaseKind, Channel, Party, Payer, Severity, WaitedFor
from anju.casework.states import VERSION, Outcome, State
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Building, Company, Partner, Person, Project, Unit
from anju.register.rules.lying import At, Lies
from anju.voice.models.columns import member, one_of
from anju.voice.models.setting import Category, ServiceLevel


class Bundle(CompanyRow):
    """同一故障: one fault that many report; each case keeps its own owner and verdict."""

    part = "project_id"
    home = Lies(At.FORM)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    expected_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What runs now, by building."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "project", "ended_at"], name="bundle_running")
        ]


class Case(CompanyRow):
    """单: the history tells how it came to stand here; these columns are its fold, for lists.

    `…_first` is the promise as first made, `…_due` as it stands (None while a pause holds it),
    `…_met` when it was met; `by_hand` holds those that a person moved. `next_due_at` is the promise that comes next. `words` are the owner's,
    emptied at an erasure. `cost` is in fen. A `restricted` case is for the heads alone; who is complained `about`
    never sees it. `client_id` is the name that a phone gave it before it had a number.
    """

    part = "project_id"
    home = Lies(At.FORM)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True, default="")
    kind = member(CaseKind)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    severity = member(Severity, default=Severity.USUAL.value)
    state = member(State, default=State.REGISTERED.value)
    states_version = models.PositiveSmallIntegerField(default=VERSION)
    outcome = member(Outcome, empty=True, default="")
    channel = member(Channel)
    words = models.TextField(blank=True, default="")
    wished = models.CharField(max_length=120, blank=True, default="")
    reporter = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    anonymous = models.BooleanField(default=False)
    caller = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    first_receiver = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )
    assignee = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    executor = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    restricted = models.BooleanField(default=False)
    party = member(Party, default=Party.UNKNOWN.value)
    cause = models.CharField(max_length=500, blank=True, default="")
    cost = models.PositiveIntegerField(null=True)
    payer = member(Payer, empty=True, default="")
    waited_for = member(WaitedFor, empty=True, default="")
    appointment_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    level = models.ForeignKey(ServiceLevel, on_delete=models.PROTECT, null=True, related_name="+")
    clock_from = models.DateTimeField()
    acknowledge_first = models.DateTimeField(null=True)
    acknowledge_due = models.DateTimeField(null=True)
    acknowledge_met = models.DateTimeField(null=True)
    on_site_first = models.DateTimeField(null=True)
    on_site_due = models.DateTimeField(null=True)
    on_site_met = models.DateTimeField(null=True)
    resolve_first = models.DateTimeField(null=True)
    resolve_due = models.DateTimeField(null=True)
    resolve_met = models.DateTimeField(null=True)
    report_back_first = models.DateTimeField(null=True)
    report_back_due = models.DateTimeField(null=True)
    report_back_met = models.DateTimeField(null=True)
    by_hand = models.JSONField(default=dict)
    next_due_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)
    rung_at = models.DateTimeField(null=True)
    transfers = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True)
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, null=True, related_name="cases")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    token_hash = models.CharField(max_length=64, blank=True, default="")
    client_id = models.CharField(max_length=64, blank=True, default="")
    client_at = models.DateTimeField(null=True)
    batch = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One number, one name given by a phone; nobody is merged into itself."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("case_one_number", "number"),
            company_first("case_one_client", "client_id", condition=~models.Q(client_id="")),
            company_first("case_one_token", "token_hash", condition=~models.Q(token_hash="")),
            one_of("kind", CaseKind, name="case_kind_known"),
            one_of("severity", Severity, name="case_severity_known"),
            one_of("state", State, name="case_state_known"),
            one_of("outcome", Outcome, name="case_outcome_known", empty=True),
            one_of("channel", Channel, name="case_channel_known"),
            one_of("party", Party, name="case_party_known"),
            one_of("waited_for", WaitedFor, name="case_waited_known", empty=True),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
                name="case_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(building__isnull=False),
                name="case_home_has_its_building",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "state", "next_due_at", "id"], name="case_next_due"),
            models.Index(
                fields=["company", "project", "state", "next_due_at", "id"], name="case_of_project"
            ),
            # All that a count or a filter of open cases asks, so that no row is fetched for it.
            models.Index(
                fields=[
                    *("company", "next_due_at", "id", "state", "assignee", "executor"),
                    *("about", "restricted", "project"),
                ],
                name="case_unsettled",
                condition=models.Q(settled_at__isnull=True),
            ),
            models.Index(
                fields=["company", "id"],
                name="case_restricted",
                condition=models.Q(restricted=True),
            ),
            models.Index(
                fields=["company", "about"],
                name="case_about",
                condition=models.Q(about__isnull=False),
            ),
            models.Index(fields=["company", "assignee", "state"], name="case_of_assignee"),
            models.Index(fields=["company", "unit", "received_at"], name="case_of_home"),
            models.Index(fields=["company", "reporter"], name="case_of_person"),
            models.Index(fields=["company", "phone"], name="case_of_phone"),
            models.Index(fields=["company", "building", "received_at"], name="case_of_building"),
            models.Index(fields=["company", "received_at"], name="case_received"),
            models.Index(fields=["company", "closed_at"], name="case_closed"),
            models.Index(
                fields=["company", "follows"],
                name="case_follows",
                condition=models.Q(follows__isnull=False),
            ),
            models.Index(
                fields=["company", "merged_into"],
                name="case_merged",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["company", "bundle"],
                name="case_bundled",
                condition=models.Q(bundle__isnull=False),
            ),
            models.Index(
                fields=["company", "rung_at"],
                name="case_next_rung",
                condition=models.Q(rung_at__isnull=False),
            ),
        ]


class Observer(CompanyRow):
    """A colleague who is told how a case goes on, without having to act."""

    part = "case__project_id"
    home = Lies(At.FORM, "case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="observers")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Once a case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("observer_once", "case", "account")
        ]
