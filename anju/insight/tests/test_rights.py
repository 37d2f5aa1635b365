"""Who may see figures: three of the four roles, of their own company, and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.insight.access import report_file, report_for, results_for
from anju.insight.actions.report import REPORT, start_report
from anju.insight.models import ReportRun
from anju.insight.queries import report_lines
from anju.insight.tests.stored import LATER, asked, told
from anju.kernel.models import Job
from anju.kernel.scope import company_scope
from anju.kernel.tasks import run_job
from anju.register.access import Forbidden, NotFound, Role, Verb
from anju.register.models import Account
from tests.cast import Cast, a_person, a_project, a_wave, zhao_of_the_other_company

SEEING = [Role.ADMINISTRATOR, Role.QUALITY, Role.MANAGER]


@pytest.fixture
def wave(cast):
    return asked(cast)


@pytest.fixture
def run(cast, wave) -> ReportRun:
    job_id = start_report(actor=cast.quality, wave_id=wave.pk, form="csv", language="en", at=LATER)
    run_job.func(job_id)
    with cast.inside():
        found: ReportRun = ReportRun.objects.get(job_id=job_id)
        return found


def test_nobody_else_of_the_cast_sees_results(cast: Cast):
    may = [role for role, actor in cast.actors.items() if actor.may(Verb.SEE_RESULTS)]

    assert may == SEEING


@pytest.mark.parametrize("role", SEEING)
def test_these_roles_see_results_and_reports(cast: Cast, wave, run, role):
    actor = cast.actors[role]
    with cast.inside():
        assert results_for(actor, wave.pk).pk == wave.pk
        assert report_for(actor, wave.pk, run.pk).pk == run.pk
        assert report_file(run).id == run.file_id
    assert start_report(actor=actor, wave_id=wave.pk, form="csv", language="en", at=LATER)


def test_the_desk_sees_the_survey_but_not_its_results(cast, wave, run):
    with cast.inside():
        with pytest.raises(Forbidden):
            results_for(cast.desk, wave.pk)
        with pytest.raises(Forbidden):
            report_for(cast.desk, wave.pk, run.pk)
    before = Job.objects.filter(kind=REPORT).count()
    with pytest.raises(Forbidden):
        start_report(actor=cast.desk, wave_id=wave.pk, form="csv", language="en", at=LATER)
    assert Job.objects.filter(kind=REPORT).count() == before


def test_another_companys_wave_does_not_exist(cast, wave, run):
    zhao = zhao_of_the_other_company()
    with company_scope(zhao.company_id):
        with pytest.raises(NotFound):
            results_for(zhao, wave.pk)
        with pytest.raises(NotFound):
            report_for(zhao, wave.pk, run.pk)
    before = Job.objects.filter(kind=REPORT).count()
    with pytest.raises(NotFound):
        start_report(actor=zhao, wave_id=wave.pk, form="csv", language="en", at=LATER)
    assert Job.objects.filter(kind=REPORT).count() == before


def test_another_companys_wave_and_no_wave_look_the_same(cast, wave):
    zhao = zhao_of_the_other_company()
    said = []
    for wave_id in (wave.pk, wave.pk + 1_000_000):
        with company_scope(zhao.company_id), pytest.raises(NotFound) as refused:
            results_for(zhao, wave_id)
        said.append(str(refused.value))

    assert said[0] == said[1]


@pytest.mark.parametrize("name", ["results", "reports", "report-file"])
def test_a_page_of_another_companys_wave_is_not_found(client, cast, wave, run, name):
    zhao = Account.objects.get(id=zhao_of_the_other_company().account_id)
    address = reverse(name, args=[wave.pk, run.pk] if name == "report-file" else [wave.pk])

    codes = []
    for account in (zhao, cast.account(Role.MANAGER)):
        client.force_login(account)
        response = client.get(address)
        codes.append(response.status_code)
        for close in response._resource_closers:
            close()  # the file alone: response.close() would end the database connection too

    assert codes == [404, 200]


def test_a_report_of_another_wave_is_not_found_under_this_one(cast, run):
    other = asked(cast)

    with cast.inside(), pytest.raises(NotFound):
        report_for(cast.manager, other.pk, run.pk)


def test_a_report_shows_no_comparison_with_a_wave_out_of_its_readers_reach(cast):
    elsewhere = a_project(cast.quality, "枫林苑")
    earlier = a_wave(cast, project_id=elsewhere.pk, population=60)
    told(earlier, "1栋", 20, "vs")
    wave = asked(cast, base_wave_id=earlier.pk)
    narrow = a_person(cast.company, Role.MANAGER, mail="narrow.example", projects=[cast.project])

    made = {}
    for who in (cast.quality, narrow):
        job_id = start_report(actor=who, wave_id=wave.pk, form="json", language="en", at=LATER)
        run_job.func(job_id)
        with cast.inside():
            made[who] = ReportRun.objects.get(job_id=job_id)

    assert made[cast.quality].figures["overall"]["earlier"] == earlier.title
    assert made[narrow].figures["overall"]["earlier"] == ""
    with cast.inside():
        assert [line.id for line in report_lines(narrow, wave.pk)] == [made[narrow].pk]
        assert len(report_lines(cast.quality, wave.pk)) == 2
        with pytest.raises(NotFound):
            report_for(narrow, wave.pk, made[cast.quality].pk)
