"""Every URL × role × whose row it is. A URL without a row here fails the build.

The letters are the roles that a URL admits. Rows of another company, of a project that a person
does not reach, and rows that do not exist answer alike.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from anju.register.access import RAW, RIGHTS, Role
from anju.register.models import Account
from anju.web.declare import Declared, declared_urls
from tests.cast import (
    a_person,
    a_project,
    everybody,
    in_another_zone,
    keep_all,
    the_cast,
    zhao_of_the_other_company,
)
from tests.tables.asking import (
    IN_A_PROJECT,
    IN_A_ZONE,
    KWARG,
    LETTERS,
    RAW_PAGES,
    SENT_PAGES,
    ZONED,
    kwargs_of,
)
from tests.tables.urls import PUBLIC, TABLE

pytestmark = pytest.mark.django_db
BOSS = "A"  # what Zhao is in the other company
OURS = tuple(url for url in declared_urls() if url.name in TABLE)


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return the_cast()


def signed_in(account_id: int) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=account_id))
    return client


def answer(client: Client, url: Declared, kwargs: dict[str, object]) -> int:
    method = client.post if TABLE[url.name].post else client.get
    response = method(reverse(url.name, kwargs=kwargs))
    for close in getattr(response, "_resource_closers"):  # noqa: B009
        close()  # the files alone: response.close() would end the database connection too
    return int(response.status_code)


def test_every_url_has_a_row_and_every_row_a_url():
    named = {url.name for url in declared_urls()}

    assert named - set(TABLE) - set(PUBLIC) == set(), "URLs without a row"
    assert (set(TABLE) | set(PUBLIC)) - named == set(), "rows without a URL"


@pytest.mark.parametrize("url", OURS, ids=lambda url: url.name)
def test_a_url_declares_what_its_row_says(url):
    assert url.access is not None
    assert url.access.verb is not None, "a page of the table needs a signed-in person"
    assert RIGHTS[url.access.verb] == {LETTERS[letter] for letter in TABLE[url.name].roles}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_url_says_why(name):
    (url,) = [url for url in declared_urls() if url.name == name]

    assert url.access is not None
    assert url.access.verb is None
    assert len(url.access.why) > 8


def test_nobody_gets_in_without_signing_in(cast):
    for url in OURS:
        response = answer(Client(), url, kwargs_of(url, cast, missing=False))
        assert response == 302, url.name


def test_who_may_gets_an_answer_and_who_may_not_is_refused(cast):
    actors = everybody(cast)
    kept = {url.name: kwargs_of(url, cast, missing=False) for url in OURS}
    for letter, role in LETTERS.items():
        client = signed_in(actors[role].account_id)
        for url in OURS:
            admitted = letter in TABLE[url.name].roles
            used_up = admitted and TABLE[url.name].post  # a row that a press may have spent
            given = kwargs_of(url, cast, missing=False) if used_up else kept[url.name]
            status = answer(client, url, given)
            if letter in TABLE[url.name].theirs:
                assert status in {403, 404}, (role, url.name, status)
            elif letter in TABLE[url.name].roles:
                # 400: let in, and told what the empty form lacks
                assert status in {200, 302, 303, 400, 409, 422}, (role, url.name, status)
            else:
                assert status == 403, (role, url.name, status)


def test_another_companys_rows_and_missing_rows_look_the_same(cast):
    stranger = signed_in(zhao_of_the_other_company().account_id)
    for url in OURS:
        if not KWARG.findall(url.route):
            continue
        foreign = answer(stranger, url, kwargs_of(url, cast, missing=False))
        missing = answer(stranger, url, kwargs_of(url, cast, missing=True))
        wanted = 404 if BOSS in TABLE[url.name].roles else 403
        assert (foreign, missing) == (wanted, wanted), url.name


def test_another_projects_rows_look_as_if_they_were_missing(cast):
    elsewhere = [a_project(cast.quality, "枫林苑")]
    asked = [url for url in OURS if IN_A_PROJECT & set(KWARG.findall(url.route))]
    kept = {url.name: kwargs_of(url, cast, missing=False) for url in asked}  # nobody spends these
    for letter, role in LETTERS.items():
        if role is Role.ADMINISTRATOR:
            continue
        limited = a_person(cast.company, role, mail="second.example", projects=elsewhere)
        client = signed_in(limited.account_id)
        for url in asked:
            status = answer(client, url, kept[url.name])
            wanted = 404 if letter in TABLE[url.name].roles else 403
            assert status == wanted, (role, url.name, status)


def test_homes_of_another_zone_look_as_if_they_were_missing(cast):
    held = in_another_zone(cast)
    asked = [url for url in OURS if IN_A_ZONE & set(KWARG.findall(url.route))]
    for letter in ZONED:
        client = signed_in(held[LETTERS[letter]].account_id)
        for url in asked:
            if letter in TABLE[url.name].roles:
                status = answer(client, url, kwargs_of(url, cast, missing=False))
                assert status == 404, (letter, url.name, status)


def test_what_touches_single_answers_is_marked_so():
    raw = {url.name for url in OURS if url.access and url.access.verb in RAW}

    assert RAW_PAGES.isdisjoint(SENT_PAGES)
    # A list says of each survey itself whether it is kept, and a job may be of any kind.
    assert raw - {"paper-waves", "job-cancel"} == RAW_PAGES | SENT_PAGES


def test_a_kept_survey_is_opened_by_its_keeper_alone(cast):
    actors = everybody(cast)
    keeper = a_person(cast.company, Role.CONSULTANT, mail="keeper.example")
    asked = [url for url in OURS if url.name in RAW_PAGES | SENT_PAGES]
    kept = {url.name: kwargs_of(url, cast, missing=False) for url in asked}  # nobody spends these
    keep_all(cast, keeper)
    for letter, role in LETTERS.items():
        client = signed_in(actors[role].account_id)
        for url in asked:
            if letter in TABLE[url.name].roles:
                status = answer(client, url, kept[url.name])
                assert status in {403, 404}, (role, url.name, status)
    hers = signed_in(keeper.account_id)
    for url in asked:
        if url.name in RAW_PAGES and "C" in TABLE[url.name].roles:
            status = answer(hers, url, kept[url.name])
            assert status in {200, 302, 303, 400, 409, 422}, (url.name, status)


def test_a_colleague_who_was_disabled_is_out_with_the_next_request(cast):
    client = signed_in(cast.desk.account_id)
    assert client.get(reverse("projects")).status_code == 200

    Account.objects.filter(id=cast.desk.account_id).update(is_active=False)

    assert client.get(reverse("projects")).status_code == 302
