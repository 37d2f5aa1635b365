"""Copies of a questionnaire for printing: one to copy, or one for each home of a building."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from anju.fieldwork.frame import asked_numbers
from anju.fieldwork.models import Lobby
from anju.fieldwork.printing.form import Heading, Home, printed
from anju.fieldwork.printing.words import words_in
from anju.fieldwork.tokens import lobby_token, token_of
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.register.models import Building, Company
from anju.register.queries import unit_numbers
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.forms import form_plan
from anju.survey.models import Invitation, QuestionnaireVersion, Wave
from anju.survey.rules.answering import Privacy
from anju.survey.rules.questionnaire import minutes

MOST_COPIES = 600


def questionnaire_pdf(version_id: int, *, language: str, at: datetime) -> bytes:
    """Return one copy of a questionnaire without a home; the caller looked the version up before."""
    version = QuestionnaireVersion.objects.get(id=version_id)
    plan = form_plan(version)
    heading = _heading(version.company_id, plan.texts.title.text(language), language)
    return printed(plan, heading, (), language=language, minutes=minutes(plan), at=at)


def wave_pdf(wave_id: int, building_id: int | None, *, language: str, at: datetime) -> bytes:
    """Return a wave's questionnaire: one copy, or one for each home of a building of its project.

    The caller looked the wave up for the actor before. Errors: E-REF where the building is not of
    the wave's project, E-DESIGN without a questionnaire, E-PRINT-MANY over 600 homes.
    """
    wave = Wave.objects.select_related("version").get(id=wave_id)
    homes = () if building_id is None else _homes(wave, building_id)
    return _wave_pdf(wave, homes, language=language, at=at)


def _wave_pdf(wave: Wave, homes: Sequence[Home], *, language: str, at: datetime) -> bytes:
    if wave.version is None:
        raise Problem(
            "E-DESIGN",
            "version",
            "This survey has no questionnaire yet. Choose one in its plan.",
            "本次调查还没有问卷。请先在计划中选择问卷。",
        )
    plan = form_plan(wave.version)
    heading = _heading(wave.company_id, wave.title, language, wave)
    return printed(plan, heading, homes, language=language, minutes=minutes(plan), at=at)


@transaction.atomic
def linked_pdf(
    *,
    actor: Actor,
    wave_id: int,
    building_id: int,
    language: str,
    address: Callable[[str, str], str],
    at: datetime,
) -> bytes:
    """Return a copy for each home of a building with the square code of its own link.

    A home without a link of its own gets the lobby's, where one hangs. That they were printed is
    written down. `address` makes an address of a secret and the page that it opens: answer or lobby.
    Errors: as `wave_pdf`; E-PRINT-NONE where no home of the building has any link.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        plain = _homes(wave, building_id)
        homes = _linked(wave, building_id, plain, address)
        linked = sum(bool(home.link) for home in homes)
        if not linked:
            raise Problem(
                "E-PRINT-NONE",
                "building",
                "No home of this building is asked. Make links first.",
                "该楼栋没有要调查的房屋。请先生成链接。",
            )
        said = {"homes": linked, "building": building_id}
        tell(actor, wave, "paper_linked", at=at, payload={**said})
        return _wave_pdf(wave, homes, language=language, at=at)


def linked_buildings(wave_id: int) -> frozenset[int]:
    """Return the buildings of which at least one home holds a link; the caller looked the wave up."""
    rows = Invitation.objects.filter(wave_id=wave_id, revoked_at__isnull=True)
    return frozenset(rows.values_list("unit__building_id", flat=True).distinct())


def _linked(
    wave: Wave, building_id: int, homes: Sequence[Home], address: Callable[[str, str], str]
) -> tuple[Home, ...]:
    rows = Invitation.objects.filter(
        wave=wave, unit__building_id=building_id, revoked_at__isnull=True
    )
    own = {row.unit.number: token_of(row) for row in rows.select_related("unit")}
    lobbies = Lobby.objects.filter(wave=wave, revoked_at__isnull=True)
    lobby = (
        lobbies.filter(building_id=building_id).first()
        or lobbies.filter(building_id__isnull=True).first()
    )
    shared = address(lobby_token(lobby), "lobby") if lobby is not None else ""
    made = []
    for home in homes:
        token = own.get(home.unit)
        link = address(token, "answer") if token else shared
        made.append(replace(home, link=link, own=bool(token)))
    return tuple(made)


def _homes(wave: Wave, building_id: int) -> tuple[Home, ...]:
    building = Building.objects.filter(id=building_id, project_id=wave.project_id).first()
    if building is None:
        raise Problem(
            "E-REF",
            "building",
            "This building was not found. Choose from the list.",
            "找不到该楼栋。请从列表中选择。",
        )
    # Of a sample only the homes drawn get a form.
    numbers = asked_numbers(wave.pk, building.pk, unit_numbers(building.pk))
    if len(numbers) > MOST_COPIES:
        raise Problem(
            "E-PRINT-MANY",
            "building",
            "At most {most} copies in one file; this building has {sent} homes. Print one to copy.",
            "一个文件最多 {most} 份；该楼栋有 {sent} 户。请打印一份后复印。",
            most=MOST_COPIES,
            sent=len(numbers),
        )
    return tuple(Home(building.name, number) for number in numbers)


def _heading(company_id: int, survey: str, language: str, wave: Wave | None = None) -> Heading:
    company = Company.objects.get(id=company_id)
    until = wave.fieldwork_to if wave else None
    return Heading(
        company=company.name,
        survey=survey,
        seen_by=words_in("zh" if language.startswith("zh") else "en").seen_by,
        return_by=until,
        phone=company.phone,
        signed=wave is not None and wave.privacy == Privacy.NAMED,
    )
