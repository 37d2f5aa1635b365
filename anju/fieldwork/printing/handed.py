"""What is printed for a survey's homes: who asks, and each home's slip; reads, and one noted act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from anju.fieldwork.printing.hanging import Asker, Slip, slips
from anju.fieldwork.tokens import code_of, token_of
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.models import Company
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.forms import form_plan
from anju.survey.models import Invitation, QuestionnaireVersion, Wave
from anju.survey.rules.answering import Privacy
from anju.survey.rules.questionnaire import minutes

MOST_SLIPS = 600


def asker_of(wave_id: int) -> Asker:
    """Return what a poster or slip of a wave says of its asker; the caller looked the wave up."""
    wave = Wave.objects.select_related("project").get(id=wave_id)
    company = Company.objects.get(id=wave.company_id)
    version = QuestionnaireVersion.objects.filter(id=wave.version_id).first()
    return Asker(
        company=company.name,
        phone=company.phone,
        title=wave.title,
        project=wave.project.name,
        until=wave.fieldwork_to,
        minutes=minutes(form_plan(version)) if version is not None else 0,
        privacy=Privacy(wave.privacy),
    )


@transaction.atomic
def slips_pdf(
    *,
    actor: Actor,
    wave_id: int,
    building_id: int,
    language: str,
    address: Callable[[str], str],
    at: datetime,
) -> bytes:
    """Return the slips of a building's homes; that they were printed is written down.

    Homes that were answered for get a slip too: who carries slips must not learn who answered.
    Errors: NotFound, E-PRINT-NONE without homes that are asked, E-PRINT-MANY over 600,
    E-LINK-OLD where the links were made under another secret of the installation.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        rows = Invitation.objects.filter(wave=wave, revoked_at__isnull=True)
        rows = rows.filter(unit__building_id=building_id).select_related("unit__building")
        homes = list(rows.order_by("number"))
        _refuse_number(len(homes))
        made = [_slip(row, address) for row in homes]
        body = slips(asker_of(wave.pk), made, language=language, at=at)
        said = {"homes": len(made), "building": building_id}
        tell(actor, wave, "slips_printed", at=at, payload={**said})
        return body


def _slip(row: Invitation, address: Callable[[str], str]) -> Slip:
    token = token_of(row)
    if token is None:
        raise Problem(
            "E-LINK-OLD",
            "building",
            "These links were made before the installation's secret changed. Renew the links first.",
            "这些链接生成后系统密钥已更换。请先重新生成链接。",
        )
    return Slip(f"{row.unit.building.name} {row.unit.number}", code_of(row), address(token))


def _refuse_number(homes: int) -> None:
    if not homes:
        raise Problem(
            "E-PRINT-NONE",
            "building",
            "No home of this building is asked. Make links first.",
            "该楼栋没有要调查的房屋。请先生成链接。",
        )
    if homes > MOST_SLIPS:
        raise Problem(
            "E-PRINT-MANY",
            "building",
            "At most {most} slips in one file; this building has {sent} homes.",
            "一个文件最多 {most} 张；该楼栋有 {sent} 户。",
            most=MOST_SLIPS,
            sent=homes,
        )
