"""How a survey reaches homes: draws, lobby links, approaches, outcomes at the door, wishes met."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.fieldwork.rules.approach import OutcomeKind
from anju.fieldwork.rules.sample import Method
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Building, Company, Person, Unit
from anju.register.rules.lying import At, Lies
from anju.survey.models import Invitation, Wave


class Draw(CompanyRow):
    """One drawing of homes of a wave, so that anybody can draw the same ones again."""

    part = "wave__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    method = models.CharField(max_length=12, choices=[(m.value, m.value) for m in Method])
    size = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    homes = models.PositiveIntegerField()
    actor_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Numbered within its wave."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("draw_one_number", "wave", "number")
        ]


class Lobby(CompanyRow):
    """A link that hangs in a lobby: of a building, or of the whole project; only its hash is kept."""

    part = "wave__project_id"
    home = Lies(At.BUILDING, "building_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One link in force for a lobby."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("lobby_one_link", "token_hash"),
            company_first(
                "lobby_one_building",
                "wave",
                "building",
                condition=models.Q(revoked_at__isnull=True, building__isnull=False),
            ),
            company_first(
                "lobby_one_project",
                "wave",
                condition=models.Q(revoked_at__isnull=True, building__isnull=True),
            ),
        ]


class Approach(CompanyRow):
    """A home was written to: invited, or reminded for the first or the second time."""

    part = "wave__project_id"
    home = Lies(At.UNIT, "unit_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Each stage once a home; at most two reminders."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("approach_one_stage", "wave", "unit", "stage"),
            models.CheckConstraint(
                condition=models.Q(stage__lte=2), name="approach_at_most_two_reminders"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "unit", "at"], name="approach_of_home")
        ]


class Outcome(CompanyRow):
    """What was found at a door where no answer came: refused, or nobody could be reached."""

    part = "wave__project_id"
    home = Lies(At.UNIT, "unit_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in OutcomeKind])
    at = models.DateTimeField()

    class Meta:
        """One outcome a home, of a known kind."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("outcome_one_home", "wave", "unit"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in OutcomeKind]),
                name="outcome_kind_known",
            ),
        ]


class RestRule(CompanyRow):
    """For how many days a home is left in peace after it was asked, whatever the survey."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()

    class Meta:
        """One rule a company."""

        constraints: ClassVar[list[models.BaseConstraint]] = [company_first("rest_one_rule")]


class WishMet(CompanyRow):
    """What was done about a home's wish for a call or a visit; its words are told to the owner."""

    part = "invitation__wave__project_id"
    home = Lies(At.UNIT, "invitation__unit_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    # The wish that was met: a later one of the same home is open again.
    wished_at = models.DateTimeField()
    words = models.CharField(max_length=300)
    actor_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Each wish is met once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("wish_met_once", "invitation", "wished_at")
        ]
