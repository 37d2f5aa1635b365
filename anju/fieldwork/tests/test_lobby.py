"""Lobby links: a home opens to its code, or to a telephone as long as nobody began; tries are few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anju.fieldwork.actions.answering import Given as Said
from anju.fieldwork.actions.answering import Wish, begin_answer, save_answer, submit
from anju.fieldwork.actions.links import Link, draw_invitations, renew_links
from anju.fieldwork.actions.lobby import end_lobby, make_lobby, open_home
from anju.fieldwork.lobby import door_of, lobby_lines, token_in_force
from anju.fieldwork.models import Lobby
from anju.fieldwork.rules.links import Standing
from anju.fieldwork.tokens import code_of, token_of
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.actions.stays import end_stay
from anju.register.models import Unit
from anju.register.search import find
from anju.survey.actions.waves import close_wave
from anju.survey.models import Invitation, Wave
from tests.cast import AT, HER_BUILDING, HER_UNIT, Cast, a_wave

NOW = {
    "population": 40,
    "fieldwork_from": date(2026, 11, 1),
    "fieldwork_to": date(2026, 12, 31),
}
SOON = AT + timedelta(minutes=5)
TODAY = date(2026, 11, 20)
TAIL = "8000"


@pytest.fixture
def wave(cast: Cast) -> Wave:
    return a_wave(cast, **NOW)


@pytest.fixture
def links(cast: Cast, wave: Wave) -> tuple[Link, ...]:
    return draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)


@pytest.fixture
def token(cast: Cast, wave: Wave, links) -> str:
    lobby_id = make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=None, at=AT)
    with cast.inside():
        found = token_in_force(lobby_id)
    assert found is not None
    return found


def hers(cast: Cast, wave: Wave) -> Invitation:
    with cast.inside():
        rows = Invitation.objects.select_related("unit__building")
        found: Invitation = rows.get(
            wave=wave, unit__number=HER_UNIT, unit__building__name=HER_BUILDING
        )
        return found


def go(token: str, room: str, written: str, at=SOON) -> str:
    return open_home(token=token, room=room, written=written, today=TODAY, at=at)


def refused(act, code: str) -> None:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code


def a_telephone(cast: Cast, wave: Wave) -> int:
    draft = MoveIn(PersonDraft("李秀兰", "13800138000"), "owner", date(2020, 1, 1))
    unit_id = hers(cast, wave).unit_id
    return int(move_in(actor=cast.quality, unit_id=unit_id, draft=draft, at=AT).pk)


@pytest.mark.parametrize(
    "room", ["3-502", "3栋502", "3 502", "03-0502", "３－５０２", "3502", "3栋1单元502"]
)
def test_the_code_of_a_home_opens_its_own_link_in_any_writing_of_the_room(
    cast, wave, links, token, room
):
    mine = next(x.token for x in links if (x.building, x.unit) == (HER_BUILDING, HER_UNIT))
    assert go(token, room, code_of(hers(cast, wave))) == mine


def test_a_building_knows_its_rooms_alone(cast, wave, links):
    building_id = hers(cast, wave).unit.building_id
    lobby_id = make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=building_id, at=AT)
    with cast.inside():
        token = token_in_force(lobby_id)
    assert token is not None
    assert go(token, "502", code_of(hers(cast, wave)))
    assert go(token, "1单元502", code_of(hers(cast, wave)))
    refused(lambda: go(token, "1-502", "123456"), "E-LOBBY-ROOM")


@pytest.mark.parametrize("room", ["3-502", "3栋502", "3号楼1单元502", "3-1-502"])
def test_a_home_kept_with_its_entrance_is_found_without_it(cast, wave, links, token, room):
    home = hers(cast, wave)
    with cast.inside():
        Unit.objects.filter(id=home.unit_id).update(key="3-1-502")
        assert find(cast.quality, room)[0].id == home.unit_id
    assert go(token, room, code_of(home))


def test_a_room_that_several_buildings_have_is_asked_again(token):
    refused(lambda: go(token, "502", "123456"), "E-LOBBY-ROOM")
    refused(lambda: go(token, "", "123456"), "E-LOBBY-ROOM")
    refused(lambda: go(token, "9-999", "123456"), "E-LOBBY-ROOM")
    refused(lambda: go(token, "3-502", " "), "E-LOBBY-CODE")


def test_another_homes_code_opens_nothing(cast, wave, token):
    refused(lambda: go(token, "3-501", code_of(hers(cast, wave))), "E-LOBBY-CODE")


def test_the_end_of_a_telephone_opens_until_somebody_began_and_the_code_after_that(
    cast, wave, links, token
):
    a_telephone(cast, wave)
    link = go(token, "3-502", TAIL)
    begin_answer(token=link, at=SOON)
    refused(lambda: go(token, "3-502", TAIL), "E-LOBBY-BEGUN")
    assert go(token, "3-502", code_of(hers(cast, wave))) == link


def test_who_moved_away_opens_nothing(cast, wave, token):
    tie_id = a_telephone(cast, wave)
    end_stay(actor=cast.quality, tie_id=tie_id, until=date(2026, 11, 1), version=1, at=AT)
    refused(lambda: go(token, "3-502", TAIL), "E-LOBBY-CODE")


def test_tries_at_a_home_are_few_in_whatever_writing_and_come_back_with_time(cast, wave, token):
    for room in ("3-502", "3栋502", "3 502", "03-502", "3-502", "3502", "3-0502", "3-502"):
        refused(lambda room=room: go(token, room, "000000"), "E-LOBBY-CODE")
    right = code_of(hers(cast, wave))
    refused(lambda: go(token, "3-502", right), "E-LOBBY-OFTEN")
    refused(lambda: go(token, "3-501", "000000"), "E-LOBBY-CODE")
    assert go(token, "3-502", right, SOON + timedelta(hours=4))


def test_a_home_that_was_not_drawn_is_refused_in_the_same_words(cast, wave, links, token):
    row = hers(cast, wave)
    a_telephone(cast, wave)
    with cast.inside():
        Invitation.objects.filter(id=row.pk).delete()
    said = []
    for room in ("3-502", "3-501"):
        with pytest.raises(Problem) as caught:
            go(token, room, TAIL)
        said.append((caught.value.code, str(caught.value)))
    assert said[0] == said[1]


def test_one_home_answers_once_by_slip_and_lobby_together(cast, wave, links, token):
    link = go(token, "3-502", code_of(hers(cast, wave)))
    with cast.inside():
        item = wave.version.items.order_by("id").first() if wave.version else None
    assert item is not None
    save_answer(token=link, given=Said({item.code: ["na"]}, {}), at=SOON)
    submit(token=link, key="k" * 22, wish=Wish(), known="", at=SOON)
    refused(
        lambda: submit(token=link, key="j" * 22, wish=Wish(), known="", at=SOON),
        "E-SURVEY-ANSWERED",
    )


def test_renewing_ends_link_and_code_and_the_same_link_can_be_made_again(cast, wave, links, token):
    before = hers(cast, wave)
    assert token_of(before) in {link.token for link in links}
    old = code_of(before)
    renew_links(actor=cast.quality, wave_id=wave.pk, at=SOON)
    after = hers(cast, wave)
    assert token_of(after) not in {link.token for link in links}
    assert code_of(after) != old
    refused(lambda: go(token, "3-502", old), "E-LOBBY-CODE")


def test_links_made_under_another_secret_are_not_made_again(cast, wave, links, settings):
    settings.SECRET_KEY = "another secret of at least some length"
    assert token_of(hers(cast, wave)) is None


def test_a_lobby_link_is_made_once_ended_once_and_only_its_hash_is_kept(cast, wave, links, token):
    lobby_id = make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=None, at=SOON)
    with cast.inside():
        assert token not in str(list(Lobby.objects.values()))
        assert next(iter(lobby_lines(wave.pk))).lobby_id == lobby_id
    found = door_of(token, at=SOON)
    assert found is not None
    assert (found.project, found.building, found.standing) == ("翠湖苑", "", Standing.OPEN)
    end_lobby(actor=cast.quality, wave_id=wave.pk, lobby_id=lobby_id, at=SOON)
    with cast.inside():
        assert token_in_force(lobby_id) is None
    with pytest.raises(NotFound):
        go(token, "3-502", "123456")
    with pytest.raises(NotFound):
        end_lobby(actor=cast.quality, wave_id=wave.pk, lobby_id=lobby_id, at=SOON)


def test_a_lobby_link_ends_with_its_survey(cast, wave, token):
    close_wave(actor=cast.quality, wave_id=wave.pk, at=SOON, reason="Done")
    refused(lambda: go(token, "3-502", "123456", SOON + timedelta(hours=1)), "E-SURVEY-CLOSED")


def test_a_poster_needs_homes_that_are_asked(cast, wave):
    refused(
        lambda: make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=None, at=AT), "E-STATE"
    )
    with pytest.raises(Forbidden):
        make_lobby(actor=cast.desk, wave_id=wave.pk, building_id=None, at=AT)


def test_a_building_of_another_project_gets_no_poster(cast, wave, links):
    with pytest.raises(NotFound):
        make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=999_999, at=AT)


def test_a_strangers_link_leads_nowhere(cast, wave, token):
    other = token.replace(f"{cast.company.pk}-", f"{cast.company.pk + 1}-", 1)
    assert door_of(other, at=SOON) is None
    assert door_of("nonsense", at=SOON) is None
    for wrong in (other, "nonsense"):
        with pytest.raises(NotFound):
            go(wrong, "3-502", "123456")
