"""Makes a report of a wave: freezes its figures and prints them into a file, in the background."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max

from anju.insight.access import results_for
from anju.insight.actions.snapshot import renew
from anju.insight.models import ReportRun
from anju.insight.queries import WaveFigures, figures_of
from anju.insight.reports.survey.labels import say
from anju.insight.reports.survey.render.files import write
from anju.kernel import files, history, tasks
from anju.kernel.pure.plain import to_plain
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, part_scope
from anju.kernel.tasks import Plain, Run, handles
from anju.register.access import Actor

REPORT = "insight.report"
FORMS = ("pdf", "xlsx", "html", "json", "csv")
TRIES = 3
_STRANGE = re.compile(r'[<>:"/\\|?*]')  # what a name may not hold on one system or another
MOST_NAME = 180  # bytes of project and title in a file's name; file systems take 255 in all


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
        argument["parts"] = None if actor.parts is None else sorted(actor.parts)
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
    with part_scope(_reach(run)):  # a comparison shows no wave that whoever asked may not see
        made = _known(run) or _make(run, tries=TRIES)
    return {"file": made.file_id, "report": made.pk}


def _reach(run: Run) -> frozenset[int] | None:
    parts = run.argument.get("parts")
    return frozenset(map(int, parts)) if isinstance(parts, list) else None


def _known(run: Run) -> ReportRun | None:
    found: ReportRun | None = ReportRun.objects.filter(job_id=run.job_id).first()
    return found


def _make(run: Run, *, tries: int) -> ReportRun:
    """Make the report; under the next number where another worker took this one meanwhile."""
    try:
        return _print(run)
    except IntegrityError:
        made = _known(run)  # this very job, put back while it was only slow
        if made is None and tries > 1:
            return _make(run, tries=tries - 1)
        if made is None:
            raise
        return made


def _print(run: Run) -> ReportRun:
    wave_id, form = int(str(run.argument["wave"])), str(run.argument["form"])
    language = str(run.argument["language"])
    run.report(done=0, total=2, step="figures")
    last = ReportRun.objects.filter(wave_id=wave_id).aggregate(n=Max("number"))["n"] or 0
    renew(wave_id, at=run.at)
    page = figures_of(wave_id, at=run.at, number=f"{wave_id}-{last + 1}")
    run.report(done=1, total=2, step="printing")
    language = "zh" if language.startswith("zh") else "en"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / _name(page, form, language)
        write(page.figures, target, language=language)
        return _store(run, page, path=target, number=last + 1)


def _name(page: WaveFigures, form: str, language: str) -> str:
    """Return the file's name: whose and what, provisional where figures still move, the day."""
    head = page.figures.head
    about = _STRANGE.sub("-", "_".join(part for part in (head.project, head.title) if part))
    standing = "" if page.final else say("standing", language)
    cut = about.encode()[:MOST_NAME].decode(errors="ignore")
    parts = (cut, standing, f"{head.as_of:%Y-%m-%d}")
    return f"{'_'.join(part for part in parts if part)}.{form}"


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
def _store(run: Run, page: WaveFigures, *, path: Path, number: int) -> ReportRun:
    """Keep the file, its row and its entry, all of them or none."""
    wave_id, figures = int(str(run.argument["wave"])), page.figures
    made = ReportRun(
        company_id=run.company_id,
        wave_id=wave_id,
        number=number,
        form=str(run.argument["form"]),
        language=str(run.argument["language"]),
        final=page.final,
        as_of=figures.head.as_of,
        actor_id=run.actor_id,
        job_id=run.job_id,
        file_id=_keep(run, path),
        figures=to_plain(figures),
    )
    made.save()
    subject = history.Subject(run.company_id, "wave", wave_id)
    formulas = [row.key for row in figures.formulas]
    payload: dict[str, history.Plain] = {"form": made.form, "formulas": formulas}
    history.write(subject, "report_made", actor_id=run.actor_id, at=run.at, payload=payload)
    return made
