"""Lookup and right as one act for findings: what is not yours does not exist."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db import models

from anju.improve.models import Finding, Measure
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.register.access import HANDS, Actor, NotFound, Verb, demand, within

Row = TypeVar("Row", bound=models.Model)


def _hers(actor: Actor, rows: models.QuerySet[Row], path: str = "") -> models.QuerySet[Row]:
    """Return the rows whose finding an actor sees: in her projects, and naming her if she works
    on the ground. Where a comment was written is told to nobody, so no zone opens a finding.
    """
    found = within(actor, rows, f"{path}project_id")
    if actor.role not in HANDS:
        return found
    names = (f"{path}responsible_id", f"{path}checker_id")
    mine = (models.Q(**{name: actor.account_id}) for name in names)
    return found.filter(reduce(or_, mine))


def visible_findings(actor: Actor) -> models.QuerySet[Finding]:
    """Return the findings that an actor sees."""
    demand(actor, Verb.SEE_FINDINGS)
    return _hers(actor, Finding.objects.all())


def visible_subjects(actor: Actor) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the subjects of the history that lie in the actor's projects: kind and ids."""
    return (("finding", tuple(visible_findings(actor).values_list("id", flat=True))),)


def finding_for(actor: Actor, finding_id: int, verb: Verb) -> Finding:
    """Return a finding with its project for an act; raises NotFound or Forbidden."""
    rows = Finding.objects.select_related("project").filter(id=finding_id)
    found: Finding | None = _hers(actor, rows).first()
    if found is None:
        raise NotFound(f"finding {finding_id}")
    demand(actor, verb)
    return found


def measure_for(actor: Actor, measure_id: int, verb: Verb) -> Measure:
    """Return a measure with its finding for an act; raises NotFound or Forbidden."""
    rows = Measure.objects.select_related("finding", "finding__project").filter(id=measure_id)
    found: Measure | None = _hers(actor, rows, "finding__").first()
    if found is None:
        raise NotFound(f"measure {measure_id}")
    demand(actor, verb)
    return found


def may_do(actor: Actor, finding: Finding) -> bool:
    """Say whether an actor may start a measure and report it done: its responsible, or an editor."""
    return actor.may(Verb.EDIT_FINDINGS) or actor.account_id == finding.responsible_id


def may_check(actor: Actor, finding: Finding) -> bool:
    """Say whether an actor is the named checker and still holds the right to check."""
    return actor.may(Verb.CHECK_MEASURE) and actor.account_id == finding.checker_id


def work_for(actor: Actor, measure_id: int) -> Measure:
    """Return a measure for who does it; raises NotFound, Forbidden or E-MEASURE-DOER."""
    measure = measure_for(actor, measure_id, Verb.SEE_FINDINGS)
    if not may_do(actor, measure.finding):
        raise Problem(
            "E-MEASURE-DOER",
            "measure",
            "Only who is responsible, or who may edit findings, can do this.",
            "只有责任人或有权编辑问题的同事可以操作。",
        )
    return measure


def check_for(actor: Actor, measure_id: int) -> Measure:
    """Return a measure for its named checker; raises NotFound, Forbidden or E-MEASURE-CHECKER."""
    measure = measure_for(actor, measure_id, Verb.CHECK_MEASURE)
    if not may_check(actor, measure.finding):
        raise Problem(
            "E-MEASURE-CHECKER",
            "measure",
            "Only the named checker can check this measure. To name another one, undo the "
            "report first.",
            "只有指定的验证人可以验证该措施。如需更换验证人，请先撤销报完成。",
        )
    return measure


def evidence_for(actor: Actor, measure_id: int) -> StoredFile:
    """Return the file that shows that a measure was done; raises NotFound or Forbidden."""
    measure = measure_for(actor, measure_id, Verb.SEE_FINDINGS)
    if measure.evidence_file_id is None:
        raise NotFound(f"evidence of measure {measure_id}")
    rows = StoredFile.objects.filter(company_id=actor.company_id, id=measure.evidence_file_id)
    found: StoredFile | None = rows.first()
    if found is None:
        raise NotFound(f"evidence of measure {measure_id}")
    return found
