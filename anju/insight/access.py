"""Who may see figures: results are aggregates after suppression; lookup and right are one act."""

from __future__ import annotations

from anju.insight.models import ReportRun
from anju.kernel.models import StoredFile
from anju.register.access import Actor, NotFound, Verb
from anju.survey.access import wave_for
from anju.survey.models import Wave


def results_for(actor: Actor, wave_id: int) -> Wave:
    """Return the wave whose results an actor may see; raises NotFound or Forbidden."""
    return wave_for(actor, wave_id, Verb.SEE_RESULTS)


def report_for(actor: Actor, wave_id: int, report_id: int) -> ReportRun:
    """Return one report of a wave; raises NotFound or Forbidden."""
    results_for(actor, wave_id)
    found: ReportRun | None = ReportRun.objects.filter(id=report_id, wave_id=wave_id).first()
    if found is None:
        raise NotFound(f"report {report_id}")
    return found


def report_file(run: ReportRun) -> StoredFile:
    """Return the file of a report that was looked up for the actor before."""
    return StoredFile.objects.get(id=run.file_id, company_id=run.company_id)
