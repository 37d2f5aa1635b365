"""What a form of the reviews gives: an instant, a day, a person; and a workbook as an answer."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from anju.kernel.files import shown_name
from anju.kernel.pure.problems import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(body: bytes, *words: str) -> HttpResponse:
    """Answer with a workbook whose file name is these words with underscores between."""
    said = "_".join(words).replace("/", "-").replace("\\", "-")
    answer = HttpResponse(body, content_type=XLSX)
    named = content_disposition_header(as_attachment=True, filename=shown_name(f"{said}.xlsx"))
    answer["Content-Disposition"] = named or "attachment"
    return answer


def moment_of(value: str, field: str) -> datetime | None:
    """Return an instant as a form writes it on the wall clock; None for nothing; raises E-TIME-FORMAT."""
    if not value.strip():
        return None
    try:
        naive = datetime.fromisoformat(value.strip())
    except ValueError as broken:
        raise Problem(
            "E-TIME-FORMAT", field,
            "Give a day and a time, such as 2026-11-23 17:30.",
            "请填写日期和时间，如 2026-11-23 17:30。",
        ) from broken  # fmt: skip
    return naive.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def day_of(value: str, field: str) -> date | None:
    """Return a day as a form writes it; None for nothing; raises E-DATE-FORMAT."""
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as broken:
        raise Problem(
            "E-DATE-FORMAT", field, "Give a day, such as 2026-11-30.", "请填写日期，如 2026-11-30。"
        ) from broken


def person_of(value: str, known: tuple[tuple[str, str], ...], field: str) -> int | None:
    """Return who was chosen; None for nobody; raises E-REF for whom the page did not offer."""
    if not value:
        return None
    if value not in dict(known):
        raise Problem("E-REF", field, "Not found. Choose again.", "未找到，请重新选择。")
    return int(value)
