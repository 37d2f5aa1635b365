"""Links and the answers that come in by them: one home one answer, counted once, until the end."""

from __future__ import annotations

from datetime import date, timedelta
from secrets import token_urlsafe

import pytest

from anju.fieldwork.actions.answering import Given, Wish, begin_answer, save_answer, stamp, submit
from anju.fieldwork.actions.links import (
    Link,
    draw_invitations,
    renew_links,
    revoke_link,
    set_privacy,
)
from anju.fieldwork.invitations import asking, links_page
from anju.fieldwork.rules.links import Standing
from anju.fieldwork.rules.sample import Sample
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound
from anju.survey.actions.waves import close_wave, revise_wave
from anju.survey.answers import answer_set
from anju.survey.forms import form_plan
from anju.survey.models import Invitation, OpenAnswer, QuestionnaireVersion, Response, Wave
from anju.survey.rules.answering import Contact, Privacy
from tests.cast import AT, Cast, a_wave, answers

KEY = "k" * 22
NO_WISH = Wish()
NOW = {
    "population": 40,
    "fieldwork_from": date(2026, 11, 1),
    "fieldwork_to": date(2026, 12, 31),
}
SOON = AT + timedelta(minutes=5)


@pytest.fixture
def wave(cast: Cast) -> Wave:
    return a_wave(cast, **NOW)


@pytest.fixture
def links(cast: Cast, wave: Wave) -> tuple[Link, ...]:
    return draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)


def first_item(cast: Cast, wave: Wave) -> tuple[str, str]:
    """Return the first rated item of a wave's form and its best option."""
    with cast.inside():
        version = QuestionnaireVersion.objects.get(id=wave.version_id)
        item = next(i for i in form_plan(version).items if i.scale)
        assert item.scale is not None
        return item.code, item.scale.options[0].code


def say(cast: Cast, wave: Wave, link: Link, *, at=SOON, **texts: str) -> None:
    code, option = first_item(cast, wave)
    save_answer(token=link.token, given=Given({code: [option]}, texts), at=at)


def send(link: Link, *, key: str = KEY, at=SOON, known: str = "", wish: Wish = NO_WISH) -> bool:
    return submit(token=link.token, key=key, wish=wish, known=known, at=at)


def fresh(wave: Wave, cast: Cast) -> Wave:
    with cast.inside():
        found: Wave = Wave.objects.get(id=wave.pk)
        return found


def refused(act, code: str) -> None:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code


def test_every_home_gets_a_link_once_and_only_its_hash_is_kept(cast, wave, links):
    assert len({link.token for link in links}) == 30
    assert draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT) == ()
    with cast.inside():
        kept = str(list(Invitation.objects.values()))
    assert not any(link.token in kept for link in links)
    assert fresh(wave, cast).issued >= 30


def test_a_sample_is_the_same_for_the_same_seed(cast):
    drawn = []
    for name in ("one", "two"):
        wave = a_wave(cast, title=name, **NOW)
        found = draw_invitations(
            actor=cast.quality, wave_id=wave.pk, at=AT, sample=Sample(7, seed=2026)
        )
        drawn.append([(link.building, link.unit) for link in found])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 7


def test_more_homes_than_the_population_are_not_invited(cast):
    wave = a_wave(cast, **(NOW | {"population": 29}))
    refused(lambda: draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT), "E-COUNT")


def test_a_sample_larger_than_the_project_is_refused(cast, wave):
    refused(
        lambda: draw_invitations(
            actor=cast.quality, wave_id=wave.pk, at=AT, sample=Sample(31, seed=1)
        ),
        "E-NUM-RANGE",
    )


def test_the_desk_may_not_draw_links(cast, wave):
    with pytest.raises(Forbidden):
        draw_invitations(actor=cast.desk, wave_id=wave.pk, at=AT)


def test_an_answer_by_link_is_an_answer_like_any_other_and_counts_once(cast, wave, links):
    say(cast, wave, links[0])
    assert send(links[0])
    with cast.inside():
        row = Response.objects.get(wave_id=wave.pk)
        assert (row.unit.number, row.building_label, row.count) == ("101", "1栋", 1)
        assert len(answer_set(wave.pk).levels) == 1
        page = links_page(wave.pk)
    counted = fresh(wave, cast)
    assert (counted.returned, counted.valid) == (1, 1)
    assert (page.asked, page.answered, page.buildings[0].answered) == (30, 1, 1)


def test_a_lost_answer_sent_again_with_its_key_changes_nothing(cast, wave, links):
    say(cast, wave, links[0])
    assert [send(links[0]), send(links[0]), send(links[0])] == [True, False, False]
    with cast.inside():
        assert Response.objects.filter(wave_id=wave.pk).count() == 1
        subject = history.Subject(cast.company.pk, "wave", wave.pk)
        verbs = [entry.verb for entry in history.entries(subject)]
    assert verbs.count("answered") == 1


def test_the_second_of_two_browsers_is_told_and_may_then_change_the_answer(cast, wave, links):
    say(cast, wave, links[0])
    send(links[0], key=token_urlsafe(16))
    refused(lambda: send(links[0], key=token_urlsafe(16)), "E-SURVEY-ANSWERED")
    code, _ = first_item(cast, wave)
    save_answer(token=links[0].token, given=Given({code: ["na"]}, {}), at=SOON)
    seen = asking(links[0].token, at=SOON)
    assert seen is not None
    assert seen.standing is Standing.ANSWERED
    assert send(links[0], key=token_urlsafe(16), known=stamp(seen.submitted_at))
    with cast.inside():
        row = Response.objects.get(wave_id=wave.pk)
    assert "na" in row.answers
    assert fresh(wave, cast).returned == 1


def test_a_home_that_answered_on_paper_is_not_counted_twice(cast, wave, links):
    with cast.inside():
        batch = answers(wave, [["vs"]])
        unit = Invitation.objects.get(wave=wave, number=1).unit
        Response.objects.filter(batch=batch).update(unit=unit)
    say(cast, wave, links[0])
    refused(lambda: send(links[0]), "E-SURVEY-PAPER")
    with cast.inside():
        assert Response.objects.filter(wave_id=wave.pk).count() == 1


def test_nothing_answered_is_nothing_to_send(cast, wave, links):
    refused(lambda: send(links[0]), "E-SURVEY-EMPTY")


@pytest.mark.parametrize("given", [{"no-such-item": ["vs"]}, {"first": ["no-such-option"]}])
def test_an_answer_of_another_form_is_refused(cast, wave, links, given):
    code, _ = first_item(cast, wave)
    wrong = {code if name == "first" else name: ticked for name, ticked in given.items()}
    refused(
        lambda: save_answer(token=links[0].token, given=Given(wrong, {}), at=SOON),
        "E-SURVEY-ANSWER",
    )


def test_words_and_the_wish_to_be_contacted_are_kept_with_consent(cast, wave, links):
    with cast.inside():
        version = QuestionnaireVersion.objects.get(id=wave.version_id)
        item = next(i for i in form_plan(version).items if i.scale is None)
    save_answer(token=links[0].token, given=Given({}, {item.code: "路灯不亮"}), at=SOON)
    send(links[0], wish=Wish(Contact.CALL, "138 0013 8000"))
    with cast.inside():
        row = Invitation.objects.get(wave=wave, number=1)
        assert OpenAnswer.objects.get().text == "路灯不亮"
    assert (row.contact, row.contact_text, row.contact_at) == ("call", "contact-1", SOON)


def test_a_page_in_use_at_closing_is_taken_for_thirty_minutes_and_told_it_is_late(
    cast, wave, links
):
    say(cast, wave, links[0])
    close_wave(actor=cast.quality, wave_id=wave.pk, at=SOON, reason="Done")
    later = SOON + timedelta(minutes=29)
    assert send(links[0], at=later)
    found = asking(links[0].token, at=later)
    assert found is not None
    assert found.late
    with cast.inside():
        assert not Response.objects.filter(wave_id=wave.pk).exists()
        assert links_page(wave.pk).late == 1


def test_after_the_grace_the_survey_is_closed(cast, wave, links):
    say(cast, wave, links[0])
    close_wave(actor=cast.quality, wave_id=wave.pk, at=SOON, reason="Done")
    late = SOON + timedelta(minutes=31)
    refused(lambda: send(links[0], at=late), "E-SURVEY-CLOSED")
    refused(lambda: say(cast, wave, links[1], at=late), "E-SURVEY-CLOSED")


def test_a_renewed_link_ends_the_old_one_and_keeps_what_was_ticked(cast, wave, links):
    say(cast, wave, links[0])
    renewed = renew_links(actor=cast.quality, wave_id=wave.pk, at=SOON)
    assert asking(links[0].token, at=SOON) is None
    found = asking(renewed[0].token, at=SOON)
    assert found is not None
    assert found.answers


def test_a_revoked_link_leads_nowhere(cast, wave, links):
    with cast.inside():
        unit_id = Invitation.objects.get(wave=wave, number=1).unit_id
    revoke_link(actor=cast.quality, wave_id=wave.pk, unit_id=unit_id, at=SOON)
    with pytest.raises(NotFound):
        begin_answer(token=links[0].token, at=SOON)
    with pytest.raises(NotFound):
        revoke_link(actor=cast.quality, wave_id=wave.pk, unit_id=unit_id, at=SOON)


def test_a_link_of_another_company_leads_nowhere(cast, wave, links):
    other = links[0].token.replace(f"{cast.company.pk}-", f"{cast.company.pk + 1}-", 1)
    assert asking(other, at=SOON) is None
    with pytest.raises(NotFound):
        save_answer(token=other, given=Given({}, {}), at=SOON)
    with pytest.raises(NotFound):
        save_answer(token="nonsense", given=Given({}, {}), at=SOON)


def test_who_sees_answers_is_only_ever_tightened(cast, wave):
    refused(
        lambda: set_privacy(actor=cast.quality, wave_id=wave.pk, privacy=Privacy.NAMED, at=AT),
        "E-STATE",
    )
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(privacy="named")
    set_privacy(actor=cast.quality, wave_id=wave.pk, privacy=Privacy.CONFIDENTIAL, at=AT)
    assert fresh(wave, cast).privacy == "confidential"


def test_a_wave_with_answers_by_link_cannot_go_back_to_planning(cast, wave, links):
    say(cast, wave, links[0])
    send(links[0])
    refused(lambda: revise_wave(actor=cast.quality, wave_id=wave.pk, at=SOON), "E-STATE")


def test_the_version_of_links_is_needed(cast):
    wave = a_wave(cast, title="closed", **NOW)
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="Done")
    refused(lambda: draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT), "E-STATE")
