"""The table itself: URL name → who may, and how it is asked; and the rows that its ids stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from anju.answers.rules.mapping import Answer, ColumnMap
from anju.answers.rules.mapping import Mapping as ColumnMapping
from anju.answers.rules.mapping import Role as Column
from anju.attachments.signing import PREVIEW
from anju.attachments.signing import signed as sign_of
from anju.attachments.tests.making import A_PHOTO
from anju.fieldwork.tests.typing import a_difference
from anju.improve.actions.evidence import add_file, remove_file
from anju.improve.tests.making import a_done_measure, a_finding, a_measure, a_running_measure
from anju.insight.actions.report import start_report
from anju.insight.models import ReportRun
from anju.kernel import tasks
from anju.kernel.files import keep
from anju.kernel.pure.clock import utc_now
from anju.register.actions.calendar import HoursDraft, add_days, make_calendar
from anju.register.models import Building, CalendarDay, Membership
from anju.register.rules.calendar import USUAL, ZONE, read_days
from anju.survey.actions.forms import copy_questionnaire
from anju.survey.actions.imports import Order, start_import
from anju.survey.forms import item_defs
from anju.survey.models import Item, OpenAnswer, QuestionnaireVersion, Response, Section
from tests.cast import AT, Cast, a_wave, answers, version_of
from tests.tables import (
    cases_a,
    cases_b,
    cases_c,
    cases_d,
    cases_e,
    cases_f,
    cases_h,
    fieldwork,
    messages,
    register,
)
from tests.tables.shape import Row as Row

_number = count(1)


# A administrator, Q quality, H head, M manager, D desk, S steward, W worker, O owners' committee,
# C consultant.
ALL, STAFF, SURVEY, RESULTS = "AQHMDSWOC", "AQHMDSW", "AQHMDSOC", "AQHMOC"
LEAD, EDITORS, QUALITY, BOSS = "AQHM", "AQM", "AQ", "A"
# Who handles answers: quality, and a consultant at the surveys that she keeps.
KEEPING, ENTERING = "AQC", "AQMDSC"
# Whom a finding can name: who leads, and who works on the ground.
NAMED = "AQHMSW"

TABLE: Mapping[str, Row] = {
    **cases_a.TABLE,
    **cases_b.TABLE,
    **cases_c.TABLE,
    **cases_d.TABLE,
    **cases_e.TABLE,
    **cases_f.TABLE,
    **cases_h.TABLE,
    "home": Row(ALL),
    "second-step": Row(ALL),
    "first-steps": Row(BOSS),
    "first-steps-away": Row(BOSS, post=True),
    "first-steps-again": Row(BOSS, post=True),
    "defaults": Row(BOSS),
    "phones": Row(BOSS),
    "sample-plant": Row(BOSS, post=True),
    "sample-remove": Row(BOSS, post=True),
    "cards": Row(ALL),
    "hint-away": Row(ALL, post=True),
    "hints-again": Row(ALL, post=True),
    "projects": Row(STAFF),
    "project-new": Row(QUALITY),
    "project": Row(STAFF),
    "project-edit": Row(QUALITY),
    "building-new": Row(QUALITY),
    "building": Row(STAFF),
    "building-edit": Row(QUALITY),
    "search": Row(STAFF),
    "unit": Row("AQMDS"),
    "unit-edit": Row(QUALITY),
    "move-in": Row("AQMD"),
    "stay-end": Row("AQMD"),
    "stay-edit": Row("AQMD"),
    "stay-take-back": Row("AQMD"),
    "resident": Row("AQMDS"),
    "resident-edit": Row("AQMD"),
    "consent-give": Row("AQMD", post=True),
    "consent-withdraw": Row("AQMD", post=True),
    "care-look": Row("MS", post=True),
    "care-add": Row("MS", post=True),
    "care-drop": Row("MS", post=True),
    "home-file": Row("AQMDS"),
    "resident-phone": Row("AMD"),
    "resident-care": Row("MS"),
    "resident-looks": Row("AQMD"),
    "resident-looks-print": Row("AQMD"),
    "resident-looks-link": Row("AQMD", post=True),
    "resident-export": Row(QUALITY),
    "resident-erase": Row(QUALITY),
    "zones": Row(STAFF),
    "zone-new": Row(QUALITY),
    "zone-edit": Row(QUALITY),
    "firms": Row(STAFF),
    "firm-new": Row(QUALITY),
    "firm-edit": Row(QUALITY),
    "company": Row(BOSS),
    "regions": Row(STAFF),
    "region-new": Row(QUALITY),
    "region-edit": Row(QUALITY),
    "roster": Row(QUALITY),
    "roster-template": Row(QUALITY),
    "roster-columns": Row(QUALITY),
    "roster-job": Row(QUALITY),
    "roster-start": Row(QUALITY, post=True),
    "roster-stop": Row(QUALITY, post=True),
    "roster-marked": Row(QUALITY),
    "roster-undo": Row(QUALITY, post=True),
    "people": Row(BOSS),
    "person-new": Row(BOSS),
    "person": Row(BOSS),
    "second-step-days": Row(BOSS),
    "second-step-remove": Row(BOSS, post=True),
    "person-disable": Row(BOSS, post=True),
    "person-enable": Row(BOSS, post=True),
    "draft-save": Row(ALL, post=True),
    "draft-drop": Row(ALL, post=True),
    "history": Row(LEAD),
    "jobs": Row(SURVEY),
    "job": Row(SURVEY, theirs="OC"),
    "job-cancel": Row(KEEPING, post=True, theirs="C"),
    "health": Row(BOSS),
    "calendars": Row(ALL),
    "calendar-new": Row(QUALITY),
    "calendar": Row(ALL),
    "calendar-hours": Row(QUALITY),
    "calendar-days": Row(QUALITY),
    "calendar-day-remove": Row(QUALITY, post=True),
    "calendar-undo": Row(QUALITY, post=True),
    "calendar-usual": Row(QUALITY, post=True),
    "surveys": Row(SURVEY),
    "wave-new": Row(QUALITY),
    "wave": Row(SURVEY),
    "wave-edit": Row(QUALITY),
    "wave-open": Row(QUALITY, post=True),
    "wave-revise": Row(QUALITY, post=True),
    "wave-close": Row(QUALITY),
    "wave-delete": Row(QUALITY),
    "wave-counts": Row(QUALITY),
    "wave-frame": Row(QUALITY),
    "wave-totals": Row(QUALITY),
    "wave-export": Row(KEEPING, theirs="C"),
    "wave-keeper": Row(QUALITY),
    "wave-hand-over": Row("C", theirs="C"),
    "wave-links": Row(SURVEY),
    "wave-links-draw": Row(KEEPING, post=True, theirs="C"),
    "wave-links-renew": Row(KEEPING, post=True, theirs="C"),
    "wave-privacy": Row(QUALITY, post=True),
    "field": Row(SURVEY),
    "field-homes": Row(ENTERING, theirs="C"),
    "field-found": Row(ENTERING, post=True, theirs="C"),
    "field-posters": Row(SURVEY),
    "field-lobby-make": Row(KEEPING, post=True, theirs="C"),
    "field-lobby-end": Row(KEEPING, post=True, theirs="C"),
    "field-poster": Row(SURVEY),
    "field-slips": Row(KEEPING, post=True, theirs="C"),
    "field-send": Row(KEEPING, theirs="C"),
    "field-rest": Row(QUALITY, post=True),
    "wishes": Row("AQMDS"),
    "wish-met": Row("AQMDS", post=True),
    "wish-reopen": Row("AQMDS", post=True),
    "wave-file": Row(KEEPING, theirs="C"),
    "import-new": Row(QUALITY),
    "import-upload": Row(KEEPING, theirs="C"),
    "import-columns": Row(KEEPING, theirs="C"),
    "import-job": Row(KEEPING, theirs="C"),
    "import-start": Row(KEEPING, post=True, theirs="C"),
    "import-stop": Row(KEEPING, post=True, theirs="C"),
    "import-marked": Row(KEEPING, theirs="C"),
    "import-undo": Row(KEEPING, post=True, theirs="C"),
    "results": Row(RESULTS),
    "results-bands": Row(RESULTS),
    "results-how": Row(RESULTS),
    "results-csv": Row(RESULTS),
    "results-chart": Row(RESULTS),
    "reports": Row(RESULTS),
    "report": Row(RESULTS, post=True),
    "report-file": Row(RESULTS),
    "questionnaire-print": Row(SURVEY),
    "wave-paper": Row(SURVEY),
    "wave-print": Row(SURVEY),
    "wave-print-linked": Row(KEEPING, post=True, theirs="C"),
    "paper-waves": Row(ENTERING),
    "paper-entry": Row(ENTERING, theirs="C"),
    "paper-undo": Row(ENTERING, post=True, theirs="C"),
    "paper-counts": Row(ENTERING, theirs="C"),
    "paper-homes": Row(QUALITY, post=True),
    "paper-second": Row(ENTERING, theirs="C"),
    "paper-draw": Row(KEEPING, post=True, theirs="C"),
    "paper-again": Row(ENTERING, theirs="C"),
    "paper-settle": Row(KEEPING, post=True, theirs="C"),
    "messages": Row(ALL),
    "messages-read": Row(ALL, post=True),
    "message-wishes": Row(ALL),
    "outbox": Row("AQMD"),
    "outbox-hold": Row(QUALITY),
    "message-handed": Row("AQMD", post=True),
    "message-again": Row(QUALITY, post=True),
    "message-let-go": Row(QUALITY, post=True),
    "groups": Row(QUALITY),
    "group-new": Row(QUALITY),
    "group-trial": Row(QUALITY, post=True),
    "group-switch": Row(QUALITY, post=True),
    "group-remove": Row(QUALITY, post=True),
    "findings": Row(NAMED),
    "findings-table": Row(NAMED),
    "finding-new": Row(EDITORS),
    "findings-comments": Row(QUALITY),
    "findings-comment-problem": Row(QUALITY),
    "finding": Row(NAMED, theirs="SW"),
    "finding-gap": Row(EDITORS),
    "finding-cause": Row(EDITORS),
    "finding-people": Row(EDITORS),
    "finding-part": Row(EDITORS),
    "finding-take-up": Row(EDITORS, post=True),
    "finding-waive": Row(QUALITY),
    "finding-reopen": Row(QUALITY),
    "measure-new": Row(EDITORS),
    "measure": Row(EDITORS),
    "measure-start": Row(NAMED, post=True, theirs="SW"),
    "measure-hold": Row(NAMED, post=True, theirs="SW"),
    "measure-done": Row(NAMED, theirs="SW"),
    "measure-take-back": Row(NAMED, post=True, theirs="SW"),
    "measure-check": Row(LEAD),
    "measure-withdraw": Row(EDITORS),
    "measure-owners": Row(EDITORS),
    "measure-evidence": Row(NAMED, theirs="SW"),
    "measure-photo-add": Row(NAMED, theirs="SW"),
    "measure-photo": Row(NAMED, theirs="SW"),
    "measure-photo-remove": Row(NAMED, post=True, theirs="SW"),
    "measure-photo-back": Row(NAMED, post=True, theirs="SW"),
    "questionnaires": Row(SURVEY),
    "questionnaire-new": Row(QUALITY),
    "questionnaire-library": Row(QUALITY, post=True),
    "scales": Row(SURVEY),
    "scale-new": Row(QUALITY),
    "questionnaire": Row(SURVEY),
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
    "questionnaire-undo": Row(QUALITY, post=True),
}

PUBLIC = {
    *cases_c.PUBLIC,
    *cases_d.PUBLIC,
    *cases_h.PUBLIC,
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
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
    "help",
    "help-page",
    "card",
    "answer",
    "answer-question",
    "answer-check",
    "answer-thanks",
    "lobby",
    "file-link",
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
    company, wave = cast.company.id, _wave(cast)
    return int(
        tasks.start("none", company_id=company, actor_id=None, at=AT, argument={"wave": wave}).id
    )


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


def _calendar(cast: Cast) -> int:
    draft = HoursDraft(f"日历 {next(_number)}", ZONE, USUAL)
    return int(make_calendar(actor=cast.quality, draft=draft, at=AT).id)


def _own_day(cast: Cast) -> dict[str, object]:
    """Return a calendar with one day of the company's own."""
    calendar_id = _calendar(cast)
    days = read_days("2026-12-25 off")
    add_days(actor=cast.quality, calendar_id=calendar_id, entries=days, seen=1, at=AT)
    with cast.inside():
        row = CalendarDay.objects.get(calendar_id=calendar_id, origin="own")
    return {"calendar_id": calendar_id, "day_id": row.pk}


def _comment_ids(cast: Cast) -> dict[str, object]:
    """Return a wave and what an owner wrote in it."""
    wave = a_wave(cast)
    answers(wave, [["vs"] * 10])
    with cast.inside():
        written = OpenAnswer(
            company_id=cast.company.id,
            response=Response.objects.get(wave=wave),
            heading="意见",
            text="单元门关不紧",
        )
        written.save()
    return {"wave_id": wave.pk, "answer_id": written.pk}


def _photo(cast: Cast, *, signed: bool = False, removed: bool = False) -> dict[str, object]:
    """Return a measure and a photo of it, by its sign or its id."""
    measure = a_running_measure(cast)
    act: dict[str, Any] = {"actor": cast.quality, "measure_id": measure.pk, "at": AT}
    made = add_file(taken=A_PHOTO, **act)
    if removed:
        remove_file(attachment_id=made.pk, **act)
    if signed:
        return {"measure_id": measure.pk, "sign": sign_of(made.pk, PREVIEW, at=utc_now())}
    return {"measure_id": measure.pk, "attachment_id": made.pk}


OWN: Mapping[str, Callable[[Cast], object]] = {
    **register.OWN,
    **messages.OWN,
    **cases_a.OWN,
    **cases_b.OWN,
    **cases_c.OWN,
    **cases_d.OWN,
    **cases_e.OWN,
    **cases_f.OWN,
    **cases_h.OWN,
    "project_id": lambda cast: cast.project.id,
    "finding_id": lambda cast: a_finding(cast).pk,
    "measure_id": lambda cast: a_measure(cast).pk,
    "building_id": _building,
    "membership_id": _colleague,
    "job_id": _job,
    "wave_id": _wave,
    "file_id": _file,
    "batch_id": lambda cast: _answered(cast)[1],
    "version_id": lambda cast: _draft(cast).pk,
    "section_id": _section,
    "item_id": _item,
    "calendar_id": _calendar,
    "difference_id": lambda cast: a_difference(cast).pk,
}

# Where ids of one address belong together, or the row must be of a certain kind.
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    **register.TOGETHER,
    **fieldwork.TOGETHER,
    **cases_a.TOGETHER,
    **cases_b.TOGETHER,
    **cases_f.TOGETHER,
    "report-file": _report_ids,
    "findings-comment-problem": _comment_ids,
    "measure-evidence": lambda cast: {"measure_id": a_done_measure(cast).pk},
    "measure-photo": lambda cast: _photo(cast, signed=True),
    "measure-photo-remove": _photo,
    "measure-photo-back": lambda cast: _photo(cast, removed=True),
    "calendar-day-remove": _own_day,
    "results": lambda cast: {"wave_id": _answered(cast)[0]},
    "results-how": lambda cast: {"wave_id": _answered(cast)[0], "key": "items"},
    "results-csv": lambda cast: {"wave_id": _answered(cast)[0], "key": "items"},
    "results-chart": lambda cast: {"wave_id": _paired(cast), "name": "gaps"},
    "import-job": lambda cast: {"job_id": _import_job(cast)},
    "import-start": lambda cast: {"job_id": _import_job(cast)},
    "import-stop": lambda cast: {"job_id": _import_job(cast)},
    "import-marked": lambda cast: {"job_id": _marked_job(cast)},
}
