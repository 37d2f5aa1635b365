"""A steward held to her zones, through the whole stack: pages, fragments, counts, forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.paper import Refused
from anju.fieldwork.tests.typing import type_in
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.actions.areas import ZoneDraft, save_zone
from anju.register.models import Account, Building, Unit
from tests.cast import AT, Cast, a_person, a_wave, answers, held_to, the_cast
from tests.tables.register import a_tie

pytestmark = pytest.mark.django_db
MISSING = 987_654


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def a_steward(cast: Cast):
    """Return a steward held to building 3."""
    plain = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    with cast.inside():
        building = Building.objects.get(name="3栋")
    for name, holder, places in (("东区", plain.account_id, [building.pk]), ("西区", None, [])):
        draft = ZoneDraft(name, holder, places)
        save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)
    return held_to(plain, "zones")


def test_everything_of_her_zone_is_there_and_everything_else_is_missing(cast):
    steward, tie = a_steward(cast), a_tie(cast)  # the tie lies in 1栋
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)
    draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())
    answers(wave, [["vs"] * 10] * 7)
    with cast.inside():
        hers = Unit.objects.get(building__name="3栋", number="502")
        other = Unit.objects.get(building__name="2栋", number="502")
    client = Client()
    client.force_login(Account.objects.get(id=steward.account_id))

    def status(name: str, *args: object) -> int:
        return int(client.get(reverse(name, args=args)).status_code)

    here, there = (hers.pk, hers.building_id), (other.pk, other.building_id)
    for (unit, building), wanted in ((here, 200), (there, 404), ((MISSING, MISSING), 404)):
        assert status("unit", unit) == wanted
        assert status("home-file", unit) == wanted
        assert status("building", building) == wanted
        assert status("field-homes", wave.pk, building) == wanted
    assert status("resident", tie.person_id) == 404

    def page(name: str, *args: object) -> str:
        return str(client.get(reverse(name, args=args)).content.decode())

    for name, args in (
        ("project", [cast.project.pk]),
        ("field", [wave.pk]),
        ("paper-counts", [wave.pk]),
        ("paper-entry", [wave.pk]),
        ("field-posters", [wave.pk]),
        ("wave-paper", [wave.pk]),
    ):
        told = page(name, *args)
        assert "3栋" in told, name
        assert "1栋" not in told, name
    zones = page("zones", cast.project.pk)
    assert "东区" in zones
    assert "西区" not in zones
    found = client.get(reverse("search"), {"q": "502"}).content.decode()
    assert "3栋 502" in found
    assert "2栋 502" not in found
    listed = page("surveys")
    assert ">7<" not in listed, "the whole project's answers are not hers to count"


def test_a_form_of_another_zone_is_not_found_and_one_without_a_home_is_refused(cast):
    steward, wave = a_steward(cast), a_wave(cast, population=40)

    assert type_in(cast, wave, "3-502", who=steward)
    for room in ("2-502", ""):
        with pytest.raises(Refused) as refused:
            type_in(cast, wave, room, who=steward)
        assert [problem.field for problem in refused.value.problems] == ["room"]
