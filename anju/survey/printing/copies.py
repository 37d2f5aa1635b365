"""Copies of a questionnaire for printing: one to copy, or one for each home of a building."""

from __future__ import annotations

from datetime import datetime

from anju.kernel.pure.problems import Problem
from anju.register.models import Building, Company
from anju.register.queries import unit_numbers
from anju.survey.forms import form_plan
from anju.survey.models import QuestionnaireVersion, Wave
from anju.survey.printing.form import Heading, Home, printed
from anju.survey.printing.words import words_in
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
    if wave.version is None:
        raise Problem(
            "E-DESIGN",
            "version",
            "This survey has no questionnaire yet. Choose one in its plan.",
            "本次调查还没有问卷。请先在计划中选择问卷。",
        )
    plan = form_plan(wave.version)
    heading = _heading(wave.company_id, wave.title, language, wave)
    homes = () if building_id is None else _homes(wave, building_id)
    return printed(plan, heading, homes, language=language, minutes=minutes(plan), at=at)


def _homes(wave: Wave, building_id: int) -> tuple[Home, ...]:
    building = Building.objects.filter(id=building_id, project_id=wave.project_id).first()
    if building is None:
        raise Problem(
            "E-REF",
            "building",
            "This building was not found. Choose from the list.",
            "找不到该楼栋。请从列表中选择。",
        )
    numbers = unit_numbers(building.pk)
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
    )
