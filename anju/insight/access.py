"""Who may see figures: results are aggregates after suppression; lookup and right are one act."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.insight.models import ReportRun
from anju.kernel.models import StoredFile
from anju.register.access import Actor, NotFound, Verb, within
from anju.survey.access import wave_for
from anju.survey.models import Wave


def results_for(actor: Actor, wave_id: int) -> Wave:
    """Return the wave whose results an actor may see; raises NotFound or Forbidden."""
    return wave_for(actor, wave_id, Verb.SEE_RESULTS)


def reports_for(actor: Actor, wave_id: int) -> QuerySet[ReportRun]:
    """Return the reports of a wave that an actor may read; raises NotFound or Forbidden.

    One that compares with a wave outside her reach is not there for whoever sees some projects.
    """
    wave = results_for(actor, wave_id)
    rows: QuerySet[ReportRun] = ReportRun.objects.filter(wave_id=wave_id)
    reached = within(actor, Wave.objects.filter(id=wave.base_wave_id), "project_id").exists()
    return rows if actor.parts is None or reached else rows.filter(figures__overall__earlier="")


def report_for(actor: Actor, wave_id: int, report_id: int) -> ReportRun:
    """Return one report of a wave; raises NotFound or Forbidden."""
    found = reports_for(actor, wave_id).filter(id=report_id).first()
    if found is None:
        raise NotFound(f"report {report_id}")
    return found


def report_file(run: ReportRun) -> StoredFile:
    """Return the file of a report that was looked up for the actor before."""
    return StoredFile.objects.get(id=run.file_id, company_id=run.company_id)
