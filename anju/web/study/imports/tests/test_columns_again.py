"""The page of the columns: what counts as satisfied, and answers from far down a large file."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from anju.kernel.models import Job
from anju.survey import previews
from anju.survey.models import Questionnaire, ScaleOption, Wave
from anju.survey.rules.wave import Source
from anju.web.study.imports.tests.test_pages import a_file, begun, form_of, imported
from anju.web.study.surveys.tests.going import work
from tests.cast import a_wave

FIVE = ["很不满意", "不满意", "一般", "满意", "很满意"]
ONE = "楼栋,总体满意度\n" + "".join(f"{n % 3 + 1}栋,{FIVE[n % 5]}\n" for n in range(40))
THREE = "楼栋,总体满意度,保洁满意度,对维修是否满意\n" + "".join(
    f"1栋,{FIVE[n % 5]},{FIVE[(n + 2) % 5]},{'是' if n % 4 else '否'}\n" for n in range(40)
)


def where(page) -> str:
    """Return the address of a page with its question, to which its form is sent."""
    asked = page.request.get("QUERY_STRING", "")
    return f"{page.request['PATH_INFO']}{'?' if asked else ''}{asked}"


def pressed(browser, page, act="check", **changes):
    """Press a button of the mapping page; the answer to it, with the work done."""
    sent = form_of(page) | {"act": act, "levels": levels_of(page)} | changes
    answer = browser.post(where(page), sent)
    if answer.status_code != 302:
        return answer
    work()
    return browser.get(answer.url)


def levels_of(page) -> str:
    text = re.search(r'<textarea[^>]*name="levels"[^>]*>([^<]*)<', page.content.decode())
    return html.unescape(text[1]) if text else ""


def back_to_columns(browser, seen):
    link = re.search(r'href="([^"]+\?job=\d+)"', seen.content.decode())
    assert link is not None, seen.content.decode()
    return browser.get(link[1])


def fields(page) -> list[str]:
    return re.findall(r'<select[^>]*name="(top-\w+)"', page.content.decode())


def tops(cast) -> set[str]:
    """Return the codes that count as satisfied in the questionnaire of the only wave."""
    with cast.inside():
        version = Wave.objects.get().version
        scales = version.items.values_list("scale_id", flat=True)
        return set(
            ScaleOption.objects.filter(scale_id__in=scales, top=True).values_list("code", flat=True)
        )


def test_items_with_the_same_answers_are_asked_once_what_counts(quality, cast):
    page = quality.get(begun(quality, cast, THREE).url)
    text = html.unescape(page.content.decode())
    assert len(fields(page)) == 1  # of yes and no, only yes can count
    assert "“总体满意度”, “保洁满意度”" in text
    assert "So far 2 of 5 answers count as satisfied: satisfied, very satisfied." in text
    assert "So far 1 of 2 answers counts as satisfied: yes." in text


def test_what_counts_reaches_the_questionnaire_and_the_key_of_the_figure(quality, cast):
    page = quality.get(begun(quality, cast, ONE).url)
    seen = pressed(quality, page, **{fields(page)[0]: "n"})
    assert b"40 answers are ready" in seen.content
    assert tops(cast) == {"n", "s", "vs"}
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        wave = Wave.objects.get()
    shown = quality.get(reverse("results", args=[wave.id])).content.decode()
    assert "share_top[vs+s+n]@1" in shown
    assert "share_top[vs+s]@1" not in shown


def test_the_guess_stands_where_nobody_says_otherwise(quality, cast):
    pressed(quality, quality.get(begun(quality, cast, ONE).url))
    assert tops(cast) == {"s", "vs"}


def test_another_choice_after_a_check_remakes_the_questionnaire_and_the_same_does_not(
    quality, cast
):
    page = quality.get(begun(quality, cast, ONE).url)
    field = fields(page)[0]
    seen = pressed(quality, page, **{field: "n"})
    with cast.inside():
        first, count = Wave.objects.get().version_id, Questionnaire.objects.count()
    again = back_to_columns(quality, seen)
    assert form_of(again)[field] == "n"
    pressed(quality, again)
    with cast.inside():
        assert (Wave.objects.get().version_id, Questionnaire.objects.count()) == (first, count)
    pressed(quality, again, **{field: "vs"})
    with cast.inside():
        assert Wave.objects.get().version_id != first
    assert tops(cast) == {"vs"}


def test_the_order_that_a_person_gave_is_there_again_with_what_counts(quality, cast):
    page = quality.get(begun(quality, cast, ONE).url)
    levels = "很满意\n一般\n满意\n不满意\n很不满意"
    read = pressed(quality, page, act="again", levels=levels)
    field = fields(read)[0]
    assert field not in fields(page)
    again = back_to_columns(quality, pressed(quality, read, **{field: "L3"}))
    assert levels_of(again).split("\n") == levels.split("\n")
    assert form_of(again)[field] == "L3"
    assert tops(cast) == {"L3", "L4", "L5"}


@pytest.mark.parametrize(
    ("code", "refused"), [("vd", "E-TOP"), ("zz", "E-ANSWER"), ("", "E-ANSWER")]
)
def test_none_and_all_are_refused_at_the_choice(quality, cast, code, refused):
    page = quality.get(begun(quality, cast, ONE).url)
    field = fields(page)[0]
    shown = pressed(quality, page, **{field: code})
    text = shown.content.decode()
    assert shown.status_code == 422
    assert f'data-code="{refused}"><a href="#{field}">' in text
    assert f'id="{field}-error"' in text
    assert not Job.objects.exists()


def test_a_settled_questionnaire_is_not_asked_what_counts(quality, cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY)
    sent = {"file": a_file("QB-01\n" + "满意\n" * 6)}
    page = quality.get(quality.post(reverse("import-upload", args=[wave.pk]), sent).url)
    assert fields(page) == []


@pytest.fixture
def short_look(monkeypatch):
    monkeypatch.setattr(previews, "LOOKED_AT", 10)


TWO = "楼栋,总体满意度\n" + "1栋,满意\n2栋,不满意\n" * 10


@pytest.mark.usefixtures("short_look")
def test_a_large_file_says_that_it_was_looked_at_in_part(quality, cast):
    page = quality.get(begun(quality, cast, TWO).url)
    assert b"Guessed from the first 10 rows of a large file." in page.content
    assert "· judged by its first 10 rows; the check reads all of them ·" in " ".join(
        page.content.decode().split()
    )
    assert b"20 answers are ready" in pressed(quality, page).content


@pytest.mark.usefixtures("short_look")
def test_an_answer_from_far_down_comes_back_from_the_check_and_becomes_one(quality, cast):
    page = quality.get(begun(quality, cast, TWO + "3栋,一般\n").url)
    assert "一般" not in html.unescape(page.content.decode()).partition('id="levels"')[0]
    seen = pressed(quality, page)
    text = html.unescape(seen.content.decode())
    assert "“一般” is none of the answers" in text
    assert "An answer that the survey does have is added with “Change the columns”" in text
    again = back_to_columns(quality, seen)
    text = html.unescape(again.content.decode())
    assert "The answers that it did not know are among those below" in text
    assert "dissatisfied < neutral < satisfied" in text
    assert b"21 answers are ready" in pressed(quality, again).content


@pytest.mark.usefixtures("short_look")
def test_a_strange_answer_from_far_down_can_be_said_and_stays_said(quality, cast):
    page = quality.get(begun(quality, cast, TWO + "3栋,好极了啊\n").url)
    again = back_to_columns(quality, pressed(quality, page))
    assert "Not understood in “总体满意度”: 好极了啊" in html.unescape(again.content.decode())
    names = [n for n, v in form_of(again).items() if n.startswith("answer-1-") and not v]
    seen = pressed(quality, again, **{names[0]: "s"})
    assert b"21 answers are ready" in seen.content
    later = back_to_columns(quality, seen)
    assert form_of(later)[names[0]] == "s"
    assert b"21 answers are ready" in pressed(quality, later).content


@pytest.mark.usefixtures("short_look")
def test_a_settled_questionnaire_takes_a_strange_answer_from_far_down_too(quality, cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY)
    sent = {"file": a_file("QB-01\n" + "满意\n" * 20 + "还算过得去\n")}
    page = quality.get(quality.post(reverse("import-upload", args=[wave.pk]), sent).url)
    again = back_to_columns(quality, pressed(quality, page))
    assert "Not understood in “QB-01”: 还算过得去" in html.unescape(again.content.decode())
    names = [n for n, v in form_of(again).items() if n.startswith("answer-0-") and not v]
    assert b"21 answers are ready" in pressed(quality, again, **{names[0]: "-"}).content


@pytest.mark.usefixtures("short_look")
def test_a_new_answer_is_put_in_order_with_the_others(quality, cast):
    page = quality.get(begun(quality, cast, TWO + "3栋,马马虎虎\n").url)
    again = back_to_columns(quality, pressed(quality, page))
    seen = pressed(quality, again, levels="不满意\n马马虎虎\n满意")
    assert b"21 answers are ready" in seen.content
    assert tops(cast) == {"L3"}


@pytest.mark.usefixtures("short_look")
def test_a_strange_answer_is_not_lost_behind_a_thousand_other_faults(quality, cast):
    text = "楼栋,总体满意度,人数\n" + "1栋,满意,1\n2栋,不满意,1\n" * 30
    page = quality.get(begun(quality, cast, text + "1栋,满意,many\n" * 1_001 + "3栋,一般,1\n").url)
    seen = pressed(quality, page)
    assert b"1,002 cells have problems" in seen.content
    again = html.unescape(back_to_columns(quality, seen).content.decode())
    assert "dissatisfied < neutral < satisfied" in again
