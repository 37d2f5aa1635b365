"""Who works on the ground sees the findings that name her, and no others."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from anju.improve import access
from anju.improve.access import finding_for, measure_for, visible_findings
from anju.improve.actions.boxes import People, name_people
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding
from anju.improve.people import can_be_named
from anju.improve.tests.making import a_finding, a_measure
from anju.kernel.scope import company_scope
from anju.register.access import Forbidden, NotFound, Role, Verb
from anju.register.models import Account
from tests.cast import AT, Cast, a_person, held_to, the_cast, zhao_of_the_other_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def a_worker(cast: Cast, reach: str = "own"):
    return held_to(a_person(cast.company, Role.WORKER, projects=[cast.project]), reach)


def named(cast: Cast, account_id: int) -> Finding:
    finding = a_finding(cast)
    name_people(
        actor=cast.quality,
        edition=Edition(finding.pk, finding.version),
        people=People(account_id, cast.quality.account_id),
        at=AT,
    )
    return finding


@pytest.mark.parametrize("reach", ["own", "zones", "projects"])
def test_a_worker_sees_what_names_her_whatever_her_reach(cast, reach):
    worker = a_worker(cast, reach)
    hers, other = named(cast, worker.account_id), a_measure(cast)

    with cast.inside():
        assert finding_for(worker, hers.pk, Verb.SEE_FINDINGS) == hers
        assert list(visible_findings(worker)) == [hers]
        for found in (
            lambda: finding_for(worker, other.finding_id, Verb.SEE_FINDINGS),
            lambda: measure_for(worker, other.pk, Verb.SEE_FINDINGS),
            lambda: finding_for(worker, 987_654, Verb.SEE_FINDINGS),
        ):
            with pytest.raises(NotFound):
                found()
        with pytest.raises(Forbidden):
            finding_for(worker, hers.pk, Verb.EDIT_FINDINGS)
        assert worker.account_id in dict(can_be_named(cast.project.pk))
    stranger = zhao_of_the_other_company()
    with company_scope(stranger.company_id), pytest.raises(NotFound):
        finding_for(stranger, hers.pk, Verb.SEE_FINDINGS)


def test_with_the_names_not_asked_for_a_worker_would_see_all(cast, monkeypatch):
    worker, other = a_worker(cast), a_finding(cast)
    monkeypatch.setattr(access, "HANDS", frozenset())

    with cast.inside():
        assert finding_for(worker, other.pk, Verb.SEE_FINDINGS) == other, "control"


def test_the_list_of_findings_opens_for_a_worker_who_sees_her_own_alone(cast):
    worker = a_worker(cast)
    finding = named(cast, worker.account_id)
    client = Client()
    client.force_login(Account.objects.get(id=worker.account_id))

    assert client.get("/").url == reverse("my-jobs")
    told = client.get(reverse("findings")).content.decode()
    assert reverse("finding", args=[finding.pk]) in told
    for name, args in (("finding", [finding.pk]), ("findings-table", []), ("messages", [])):
        assert client.get(reverse(name, args=args)).status_code == 200, name
    for name, args in (("projects", []), ("search", []), ("zones", [cast.project.pk])):
        assert client.get(reverse(name, args=args)).status_code == 403, name
