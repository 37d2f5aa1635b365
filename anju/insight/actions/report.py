"""Makes a report of a wave: freezes its figures and prints them into a file, in the background."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from anju.insight.access import results_for
from anju.insight.models import ReportRun
from anju.insight.plain import to_plain
from anju.insight.queries import figures_of
from anju.insight.reports.survey.model import SurveyFigures
from anju.insight.reports.survey.render.files import write
from anju.kernel import files, history, tasks
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Plain, Run, handles
from anju.register.access import Actor

REPORT = "insight.report"
FORMS = ("pdf", "xlsx", "html", "json", "csv")


@transaction.atomic
def start_report(*, actor: Actor, wave_id: int, form: str, language: str, at: datetime) -> int:
    """Begin a report and return its job; refuses a form that we do not write."""
    with company_scope(actor.company_id):
        results_for(actor, wave_id)
        if form not in FORMS:
            raise Problem(
                "E-CHOICE",
                "form",
                "Choose one of: {forms}.",
                "请从下列格式中选择：{forms}。",
                forms=", ".join(FORMS),
            )
        argument: dict[str, Plain] = {"wave": wave_id, "form": form, "language": language}
        return tasks.start(
            REPORT,
            company_id=actor.company_id,
            actor_id=actor.account_id,
            at=at,
            argument=argument,
        ).id


@handles(REPORT)
def report(run: Run) -> dict[str, Plain]:
    """Do the background job: figures, file, row, history; once for a job."""
    wave_id, form = int(str(run.argument["wave"])), str(run.argument["form"])
    language = str(run.argument["language"])
    made: ReportRun | None = ReportRun.objects.filter(job_id=run.job_id).first()
    if made is None:
        run.report(done=0, total=2, step="figures")
        number = (
            ReportRun.objects.filter(wave_id=wave_id).aggregate(n=Max("number"))["n"] or 0
        ) + 1
        page = figures_of(wave_id, at=run.at, number=f"{wave_id}-{number}")
        run.report(done=1, total=2, step="printing")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / _name(page.figures, form)
            write(page.figures, target, language="zh" if language.startswith("zh") else "en")
            stored = _keep(run, target)
        made = _store(run, page.figures, number=number, file_id=stored, final=page.final)
    return {"file": made.file_id, "report": made.pk}


def _name(figures: SurveyFigures, form: str) -> str:
    parts = (figures.head.project, figures.head.title, f"{figures.head.as_of:%Y-%m-%d}")
    kept = "_".join(part for part in parts if part)
    return f"{kept.replace('/', '-')[:120]}.{form}"


def _keep(run: Run, path: Path) -> int:
    def chunks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk

    return files.keep(
        chunks(),
        name=path.name,
        company_id=run.company_id,
        actor_id=run.actor_id,
        at=run.at,
    ).id


@transaction.atomic
def _store(
    run: Run, figures: SurveyFigures, *, number: int, file_id: int, final: bool
) -> ReportRun:
    wave_id = int(str(run.argument["wave"]))
    made = ReportRun(
        company_id=run.company_id,
        wave_id=wave_id,
        number=number,
        form=str(run.argument["form"]),
        language=str(run.argument["language"]),
        final=final,
        as_of=figures.head.as_of,
        actor_id=run.actor_id,
        job_id=run.job_id,
        file_id=file_id,
        figures=to_plain(figures),
    )
    made.save()
    subject = history.Subject(run.company_id, "wave", wave_id)
    formulas = [row.key for row in figures.formulas]
    payload: dict[str, history.Plain] = {"form": made.form, "formulas": formulas}
    history.write(subject, "report_made", actor_id=run.actor_id, at=run.at, payload=payload)
    return made
