"""Takes one whole project away, table by table; only the sample project is ever removed so.

Every table says in `part` which project its rows lie in, so that none is forgotten, however many
rooms there will be. Keys are checked when the transaction ends, so that no order is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from anju.insight.models import ReportRun
from anju.kernel.models import Job, StoredFile
from anju.kernel.scope import CompanyRow, current_company
from anju.survey.models import ImportBatch, Wave


def tables_of_projects() -> Iterator[tuple[type[CompanyRow], str]]:
    """Yield every table whose rows lie in a project, with the lookup that leads there."""
    for model in apps.get_models():
        if issubclass(model, CompanyRow) and model.part:
            yield model, model.part


def empty_project(project_id: int) -> int:
    """Delete all rows that lie in a project of the company in force; return how many there were.

    The caller is in a transaction and has checked that the project may go.
    """
    files = _files(project_id)
    waves = set(Wave.objects.filter(project_id=project_id).values_list("id", flat=True))
    keys = {
        model: list(_rows(model, path, project_id).values_list("id", flat=True))
        for model, path in tables_of_projects()
    }
    gone = sum(_delete(model, ids) for model, ids in keys.items())
    _forget_jobs(waves)
    mine = StoredFile.objects.filter(company_id=current_company(), id__in=files)
    mine.delete()
    return gone


def _rows(model: type[CompanyRow], path: str, project_id: int) -> models.QuerySet[CompanyRow]:
    return model.objects.across_parts().filter(**{path: project_id})


def _files(project_id: int) -> set[int]:
    """Return the files that were taken in or made for the project's surveys."""
    mine = {"wave__project_id": project_id}
    taken = ImportBatch.objects.across_parts().filter(**mine).values_list("file_id", flat=True)
    made = ReportRun.objects.across_parts().filter(**mine).values_list("file_id", flat=True)
    return {*taken, *made}


def _delete(model: type[CompanyRow], ids: list[int]) -> int:
    """Delete by key in portions, as the table stands: what points here goes in its own turn."""
    for start in range(0, len(ids), 500):
        rows = model.objects.across_parts().filter(id__in=ids[start : start + 500])
        rows._raw_delete(rows.db)  # noqa: SLF001 (the collector would ask every table again)
    return len(ids)


def _forget_jobs(waves: set[int]) -> None:
    """Delete the finished work of surveys that are gone; its page would lead nowhere."""
    rows = Job.objects.filter(company_id=current_company()).values_list("id", "argument")
    lost = [key for key, argument in rows if argument.get("wave") in waves]
    Job.objects.filter(id__in=lost).delete()
