"""An import over HTTP: a file sent, its columns confirmed, checked, imported, undone."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.kernel.models import Job, StoredFile
from anju.register.access import Role
from anju.survey.actions.waves import create_wave
from anju.survey.models import ImportBatch, Questionnaire, Response, Wave
from anju.survey.rules.wave import Source
from anju.web.study.surveys.tests.going import signed_in, work
from tests.cast import a_company, a_plan, a_wave, create_open, version_of

ANSWERS = ["满意", "一般", "不满意"]
PLAIN = "楼栋,总体满意度,人数\n" + "".join(f"{n % 3 + 1}栋,{ANSWERS[n % 3]},2\n" for n in range(30))
COPENHAGEN = Path(__file__).parents[5].parent / "shared" / "data" / "copenhagen_housing.csv"


def a_file(text: str | bytes = PLAIN, name: str = "answers.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def begun(browser, cast, text: str | bytes = PLAIN, **changes):
    sent = {"project_id": cast.project.id, "title": "From a file", "source": "third_party"}
    return browser.post(reverse("import-new"), sent | {"file": a_file(text)} | changes)


def form_of(page) -> dict[str, str]:
    """Return what the mapping form would send if nobody touched it."""
    text = page.content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(shown-\d+)" value="([^"]*)"', text))
    for name, inner in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    return {name: html.unescape(value) for name, value in sent.items()}


def checked(browser, page, **changes):
    """Press “check” on a mapping page, do the work, and return the page of the check."""
    address = page.request["PATH_INFO"]
    answer = browser.post(address, form_of(page) | {"act": "check"} | changes)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return browser.get(answer.url)


def imported(browser, job: Job):
    answer = browser.post(reverse("import-start", args=[job.id]))
    work()
    return browser.get(answer.url)


def test_a_spreadsheet_becomes_a_wave_with_its_own_questionnaire(quality, cast):
    page = quality.get(begun(quality, cast).url)
    assert b"nothing is imported yet" in page.content
    seen = checked(quality, page)
    assert b"60 answers are ready" in seen.content
    with cast.inside():
        assert not Response.objects.exists()
    done = imported(quality, Job.objects.latest("id"))
    assert b"60 answers are imported" in done.content
    with cast.inside():
        wave = Wave.objects.get()
        assert Response.objects.count() == 30
        assert wave.version.questionnaire.from_file


def test_going_back_and_checking_again_makes_no_second_questionnaire(quality, cast):
    page = quality.get(begun(quality, cast).url)
    checked(quality, page)
    with cast.inside():
        before = Questionnaire.objects.count()
    again = quality.get(page.request["PATH_INFO"], {"job": Job.objects.latest("id").id})
    checked(quality, again)
    with cast.inside():
        assert Questionnaire.objects.count() == before


def test_other_columns_taken_for_answers_make_another_questionnaire(quality, cast):
    page = quality.get(begun(quality, cast).url)
    checked(quality, page)
    with cast.inside():
        before = Wave.objects.get().version_id
    levels = "不满意\n一般\n满意"
    sent = form_of(page) | {"act": "again", "levels": levels}
    quality.post(page.request["PATH_INFO"], sent)
    checked(quality, page, levels="满意\n一般\n不满意")
    with cast.inside():
        assert Wave.objects.get().version_id != before


def test_an_own_survey_needs_its_plan_and_the_folded_part_opens_at_the_field(quality, cast):
    shown = begun(quality, cast, source="own")
    assert shown.status_code == 422
    assert b'id="goal-error"' in shown.content
    with cast.inside():
        assert not Wave.objects.exists()


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        (b"%PDF-1.7 something", "answers.xlsx", 415),
        (b"", "answers.csv", 422),
    ],
)
def test_a_file_that_is_none_is_refused_before_a_wave_is_made(quality, cast, text, name, code):
    shown = begun(quality, cast, file=a_file(text, name))
    assert shown.status_code == code
    assert b'id="file-error"' in shown.content
    with cast.inside():
        assert not Wave.objects.exists()


def test_a_form_without_a_file_says_so(quality, cast):
    wave = a_wave(cast)
    shown = quality.post(reverse("import-upload", args=[wave.pk]), {})
    assert shown.status_code == 422
    assert b"Choose a file." in shown.content


def test_a_wave_that_is_not_open_says_what_to_do_first(quality, cast):
    draft = create_wave(actor=cast.quality, plan=a_plan(cast, goal=""), at=a_wave(cast).created_at)
    shown = quality.get(reverse("import-upload", args=[draft.pk])).content
    assert b"Complete the plan" in shown
    ready = create_wave(actor=cast.quality, plan=a_plan(cast), at=a_wave(cast).created_at)
    assert b"Open the survey" in quality.get(reverse("import-upload", args=[ready.pk])).content


def test_a_fault_imports_nothing_and_gives_the_same_file_back(quality, cast):
    page = quality.get(begun(quality, cast, PLAIN + "1栋,满意,minus two\n").url)
    seen = checked(quality, page)
    assert seen.status_code == 200
    assert b"1 cell has a problem" in seen.content
    assert b"minus two" in seen.content
    job = Job.objects.latest("id")
    marked = quality.get(reverse("import-marked", args=[job.id]))
    back = b"".join(marked.streaming_content).decode("utf-8-sig")
    assert back.count("\n") >= 31
    assert "minus two" in back
    with cast.inside():
        assert not ImportBatch.objects.exists()


def test_an_odd_text_is_shown_as_not_understood_and_can_be_given_a_meaning(quality, cast):
    page = quality.get(begun(quality, cast, PLAIN + "1栋,很好啊,1\n").url)
    assert "很好啊" in page.content.decode()
    assert b"Not understood in" in page.content
    names = [n for n, v in form_of(page).items() if n.startswith("answer-1-") and not v]
    seen = checked(quality, page, **{names[0]: "s"})
    assert b"61 answers are ready" in seen.content


def test_an_answer_can_be_read_as_no_answer(quality, cast):
    page = quality.get(begun(quality, cast, PLAIN + "1栋,很好啊,1\n").url)
    names = [n for n, v in form_of(page).items() if n.startswith("answer-1-") and not v]
    seen = checked(quality, page, **{names[0]: "-"})
    assert b"61 answers are ready" in seen.content


def test_a_column_left_out_is_not_imported(quality, cast):
    page = quality.get(begun(quality, cast).url)
    seen = checked(quality, page, **{"role-2": "ignored"})
    assert b"30 answers are ready" in seen.content


def test_two_columns_for_one_thing_are_refused_by_name(quality, cast):
    page = quality.get(begun(quality, cast).url)
    sent = form_of(page) | {"act": "check", "role-0": "count"}
    shown = quality.post(page.request["PATH_INFO"], sent)
    assert shown.status_code == 422
    assert b"are mapped to the same thing" in shown.content
    assert not Job.objects.exists()


def test_a_role_that_does_not_exist_is_refused(quality, cast):
    page = quality.get(begun(quality, cast).url)
    sent = form_of(page) | {"act": "check", "role-0": "owner"}
    assert quality.post(page.request["PATH_INFO"], sent).status_code == 422


def test_an_item_of_another_questionnaire_is_refused(quality, cast):
    wave = a_wave(cast)
    page = _sent_to(quality, wave, "QB-01,QB-02\n" + "满意,不满意\n" * 6)
    sent = form_of(page) | {"act": "check", "item-0": "QZ-99", "role-0": "item"}
    shown = quality.post(page.request["PATH_INFO"], sent)
    assert shown.status_code == 422
    assert b"Choose the item that the column" in shown.content


def _sent_to(browser, wave, text: str = PLAIN):
    sent = {"file": a_file(text)}
    return browser.get(browser.post(reverse("import-upload", args=[wave.pk]), sent).url)


def test_a_wave_with_a_questionnaire_matches_its_items(quality, cast):
    wave = a_wave(cast, population=None, source=Source.THIRD_PARTY)
    page = _sent_to(quality, wave, "QB-01,QB-02\n" + "基本满意,不满意\n" * 6)
    assert form_of(page)["item-0"] == "QB-01"
    seen = checked(quality, page)
    assert b"6 answers are ready" in seen.content


def test_the_columns_of_last_time_are_remembered(quality, cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY)
    text = "QB-01,QB-02\n" + "基本满意,不满意\n" * 6
    checked(quality, _sent_to(quality, wave, text), **{"role-1": "ignored"})
    imported(quality, Job.objects.latest("id"))
    later = a_wave(cast, source=Source.THIRD_PARTY)
    page = _sent_to(quality, later, text + "满意,满意\n")
    assert b"were imported before" in page.content or b"imported before" in page.content
    assert form_of(page)["role-1"] == "ignored"


def test_the_questionnaire_of_last_time_is_offered_and_taken(quality, cast):
    checked(quality, quality.get(begun(quality, cast).url))
    imported(quality, Job.objects.latest("id"))
    page = quality.get(begun(quality, cast, PLAIN + "1栋,满意,1\n", title="Again").url)
    assert b"Use that questionnaire" in page.content
    answer = quality.post(page.request["PATH_INFO"], form_of(page) | {"act": "use"})
    assert answer.url == page.request["PATH_INFO"]
    with cast.inside():
        first, second = Wave.objects.order_by("id")
        assert first.version_id == second.version_id
    assert b"61 answers are ready" in checked(quality, quality.get(answer.url)).content


def test_an_import_is_undone_and_the_same_file_may_come_again(quality, cast):
    checked(quality, quality.get(begun(quality, cast).url))
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        batch = ImportBatch.objects.get()
    wave = reverse("wave", args=[batch.wave_id])
    assert b"Undo this import" in quality.get(wave).content
    twice = quality.post(reverse("import-upload", args=[batch.wave_id]), {"file": a_file()})
    assert twice.status_code == 409
    assert b"was imported on" in twice.content
    answer = quality.post(reverse("import-undo", args=[batch.id]), follow=True)
    assert b"60 answers no longer count" in answer.content
    with cast.inside():
        assert not Response.objects.exists()
    again = quality.post(reverse("import-upload", args=[batch.wave_id]), {"file": a_file()})
    assert again.status_code == 302


def test_waiting_work_can_be_stopped_and_begun_again(quality, cast):
    page = quality.get(begun(quality, cast).url)
    answer = quality.post(page.request["PATH_INFO"], form_of(page) | {"act": "check"})
    waiting = quality.get(answer.url)
    assert b"every 2s" in waiting.content
    assert b"You may leave this page" in waiting.content
    job = Job.objects.latest("id")
    stopped = quality.post(reverse("import-stop", args=[job.id]), follow=True)
    assert b"nothing of it was kept" in stopped.content
    quality.post(reverse("import-stop", args=[job.id]))
    quality.post(reverse("import-start", args=[job.id]), {"again": "check"})
    assert Job.objects.latest("id").argument["dry_run"] is True
    assert work().state == "done"


def test_htmx_gets_the_part_alone(quality, cast):
    page = quality.get(begun(quality, cast).url)
    answer = quality.post(page.request["PATH_INFO"], form_of(page) | {"act": "check"})
    part = quality.get(answer.url, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b'id="work"' in part.content


def test_heads_on_another_row_are_read_when_asked(quality, cast):
    page = quality.get(begun(quality, cast).url)
    shown = quality.post(page.request["PATH_INFO"], {"act": "sheet", "header_row": "1"})
    assert shown.status_code == 200
    broken = quality.post(page.request["PATH_INFO"], {"act": "sheet", "header_row": "x"})
    assert broken.status_code == 422


def test_only_quality_may_import(cast):
    wave = a_wave(cast)
    for role in (Role.MANAGER, Role.DESK):
        browser = signed_in(cast, role)
        assert browser.get(reverse("import-upload", args=[wave.pk])).status_code == 403


def test_another_companys_file_and_work_do_not_exist(quality, cast):
    page = quality.get(begun(quality, cast).url)
    checked(quality, page)
    _company, others = a_company("别家物业", "elsewhere.example")
    accounts = type(cast.account(Role.QUALITY)).objects
    stranger = signed_in(cast)
    stranger.force_login(accounts.get(id=others[Role.QUALITY].account_id))
    job = Job.objects.latest("id")
    assert stranger.get(reverse("import-job", args=[job.id])).status_code == 404
    assert stranger.get(page.request["PATH_INFO"]).status_code == 404
    assert stranger.post(reverse("import-start", args=[job.id])).status_code == 404
    mine = a_wave(cast)
    theirs = StoredFile.objects.create(
        company_id=others[Role.QUALITY].company_id,
        sha256="0" * 64,
        name="theirs.csv",
        size=1,
        at=mine.created_at,
    )
    assert quality.get(reverse("import-columns", args=[mine.pk, theirs.pk])).status_code == 404


def test_a_closed_wave_takes_no_file(quality, cast):
    wave = create_open(cast, a_plan(cast))
    quality.post(reverse("wave-close", args=[wave.pk]), {"reason": "cancelled"})
    assert b"This survey is closed" in quality.get(reverse("import-upload", args=[wave.pk])).content
    shown = quality.post(reverse("import-upload", args=[wave.pk]), {"file": a_file()})
    assert shown.status_code == 409


def test_the_questionnaire_chosen_first_is_kept(quality, cast):
    answer = begun(quality, cast, "QB-01\n" + "满意\n" * 5, version_id=version_of(cast).pk)
    assert b"no item" in quality.get(answer.url).content


@pytest.mark.skipif(not COPENHAGEN.exists(), reason="the shared data are not here")
def test_copenhagen_comes_in_as_published(quality, cast):
    page = quality.get(begun(quality, cast, COPENHAGEN.read_bytes()).url)
    seen = checked(quality, page)
    assert b"1,681 answers are ready" in seen.content
