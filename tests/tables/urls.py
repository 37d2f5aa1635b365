"""The table itself: URL name → who may, and how it is asked; and the rows that its ids stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from anju.answers.rules.mapping import Answer, ColumnMap
from anju.answers.rules.mapping import Mapping as ColumnMapping
from anju.answers.rules.mapping import Role as Column
from anju.insight.actions.report import start_report
from anju.insight.models import ReportRun
from anju.kernel import tasks
from anju.kernel.files import keep
from anju.register.models import Building, Membership
from anju.survey.actions.forms import copy_questionnaire
from anju.survey.actions.imports import Order, start_import
from anju.survey.forms import item_defs
from anju.survey.models import Item, QuestionnaireVersion, Section
from tests.cast import AT, Cast, a_wave, answers, version_of

_number = count(1)


@dataclass(frozen=True, slots=True)
class Row:
    """Who may use a URL, and whether it is asked by POST."""

    roles: str
    post: bool = False


ALL, LEAD, QUALITY, BOSS = "AQMD", "AQM", "AQ", "A"

TABLE: Mapping[str, Row] = {
    "home": Row(ALL),
    "projects": Row(ALL),
    "project-new": Row(QUALITY),
    "project": Row(ALL),
    "project-edit": Row(QUALITY),
    "building-new": Row(QUALITY),
    "building": Row(ALL),
    "people": Row(BOSS),
    "person-new": Row(BOSS),
    "person": Row(BOSS),
    "person-disable": Row(BOSS, post=True),
    "person-enable": Row(BOSS, post=True),
    "history": Row(LEAD),
    "jobs": Row(ALL),
    "job": Row(ALL),
    "job-cancel": Row(QUALITY, post=True),
    "health": Row(BOSS),
    "surveys": Row(ALL),
    "wave-new": Row(QUALITY),
    "wave": Row(ALL),
    "wave-edit": Row(QUALITY),
    "wave-open": Row(QUALITY, post=True),
    "wave-close": Row(QUALITY),
    "wave-delete": Row(QUALITY),
    "wave-counts": Row(QUALITY),
    "wave-frame": Row(QUALITY),
    "wave-totals": Row(QUALITY),
    "wave-export": Row(QUALITY),
    "wave-file": Row(QUALITY),
    "import-new": Row(QUALITY),
    "import-upload": Row(QUALITY),
    "import-columns": Row(QUALITY),
    "import-job": Row(QUALITY),
    "import-start": Row(QUALITY, post=True),
    "import-stop": Row(QUALITY, post=True),
    "import-marked": Row(QUALITY),
    "import-undo": Row(QUALITY, post=True),
    "results": Row(LEAD),
    "results-csv": Row(LEAD),
    "results-chart": Row(LEAD),
    "reports": Row(LEAD),
    "report": Row(LEAD, post=True),
    "report-file": Row(LEAD),
    "questionnaires": Row(ALL),
    "questionnaire-new": Row(QUALITY),
    "questionnaire-library": Row(QUALITY, post=True),
    "scales": Row(ALL),
    "scale-new": Row(QUALITY),
    "questionnaire": Row(ALL),
    "questionnaire-texts": Row(QUALITY),
    "questionnaire-copy": Row(QUALITY, post=True),
    "questionnaire-next": Row(QUALITY, post=True),
    "questionnaire-publish": Row(QUALITY, post=True),
    "questionnaire-discard": Row(QUALITY),
    "section-new": Row(QUALITY),
    "section": Row(QUALITY),
    "section-remove": Row(QUALITY, post=True),
    "item-new": Row(QUALITY),
    "item": Row(QUALITY),
    "item-move": Row(QUALITY, post=True),
    "item-remove": Row(QUALITY, post=True),
}

PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "demo-enter",
    "set_language",
    "set_theme",
    "alive",
    "styleguide",
    "styleguide-page",
}


def _building(cast: Cast) -> int:
    with cast.inside():
        return int(Building.objects.filter(project=cast.project).order_by("id")[0].id)


def _colleague(cast: Cast) -> int:
    with cast.inside():
        return int(Membership.objects.get(account_id=cast.desk.account_id).id)


def _job(cast: Cast) -> int:
    found = tasks.jobs_of(cast.company.id).order_by("id").first()
    if found is None:
        company = cast.company.id
        found = tasks.start("none", company_id=company, actor_id=None, at=AT, argument={})
    return int(found.id)


def _wave(cast: Cast) -> int:
    return int(a_wave(cast).pk)


def _answered(cast: Cast) -> tuple[int, int]:
    """Return a wave and an import of it, six owners of the short form."""
    wave = a_wave(cast)
    return int(wave.pk), int(answers(wave, [["vs"] * 10] * 6).pk)


def _file(cast: Cast, *, second: str = "不满意") -> int:
    lines = "\r\n".join(["满意度", *["很满意", second] * 4])
    name = f"{next(_number)}.csv"
    return keep(
        [lines.encode()],
        name=name,
        company_id=cast.company.id,
        actor_id=cast.quality.account_id,
        at=AT,
    ).id


def _order(cast: Cast, file_id: int) -> Order:
    """Return an order for a file of one column."""
    wave_id = _wave(cast)
    with cast.inside():
        code = item_defs(version_of(cast).pk)[0].code
    known = (Answer("很满意", "vs"), Answer("不满意", "ds"))
    column = ColumnMap("满意度", Column.ITEM, code, known)
    return Order(wave_id, file_id, ColumnMapping((column,)))


def _import_job(cast: Cast) -> int:
    return start_import(actor=cast.quality, order=_order(cast, _file(cast)), at=AT)


def _marked_job(cast: Cast) -> int:
    """Return an import that was refused: its file came back with the unknown answers marked."""
    order = _order(cast, _file(cast, second="紫色"))
    job_id = start_import(actor=cast.quality, order=order, at=AT)
    tasks.run_job.func(job_id)
    return job_id


def _paired(cast: Cast) -> int:
    """Return a wave with expectation and perception, answered by eight owners."""
    wave = a_wave(cast, version_id=version_of(cast, "pairs").pk)
    answers(wave, [[str(3 + (n * row + row) % 5) for n in range(10)] for row in range(8)])
    return int(wave.pk)


def _draft(cast: Cast) -> QuestionnaireVersion:
    published = version_of(cast).pk
    return copy_questionnaire(actor=cast.quality, version_id=published, at=AT)


def _section(cast: Cast) -> int:
    with cast.inside():
        return int(Section.objects.filter(version=_draft(cast)).order_by("id")[0].pk)


def _item(cast: Cast) -> int:
    with cast.inside():
        return int(Item.objects.filter(section__version=_draft(cast)).order_by("id")[0].pk)


def _report(cast: Cast) -> tuple[int, int]:
    """Return a wave and a report of it, as the background job leaves them."""
    wave_id, _ = _answered(cast)
    job_id = start_report(
        actor=cast.quality, wave_id=wave_id, form="json", language="zh-hans", at=AT
    )
    tasks.run_job.func(job_id)
    with cast.inside():
        return wave_id, int(ReportRun.objects.get(job_id=job_id).pk)


def _report_ids(cast: Cast) -> dict[str, object]:
    wave_id, report_id = _report(cast)
    return {"wave_id": wave_id, "report_id": report_id}


OWN: Mapping[str, Callable[[Cast], object]] = {
    "project_id": lambda cast: cast.project.id,
    "building_id": _building,
    "membership_id": _colleague,
    "job_id": _job,
    "wave_id": _wave,
    "file_id": _file,
    "batch_id": lambda cast: _answered(cast)[1],
    "version_id": lambda cast: _draft(cast).pk,
    "section_id": _section,
    "item_id": _item,
}

# Where ids of one address belong together, or the row must be of a certain kind.
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "report-file": _report_ids,
    "results": lambda cast: {"wave_id": _answered(cast)[0]},
    "results-csv": lambda cast: {"wave_id": _answered(cast)[0], "key": "items"},
    "results-chart": lambda cast: {"wave_id": _paired(cast), "name": "gaps"},
    "import-job": lambda cast: {"job_id": _import_job(cast)},
    "import-start": lambda cast: {"job_id": _import_job(cast)},
    "import-stop": lambda cast: {"job_id": _import_job(cast)},
    "import-marked": lambda cast: {"job_id": _marked_job(cast)},
}
