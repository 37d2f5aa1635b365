"""Rows 18, 19, 33, 51, 53, 54, 57 to 59 and 85 where units and people are kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.kernel import tasks
from anju.kernel.models import Job
from anju.register.models import Person, RosterBatch, Unit
from tests.cast import a_project
from tests.catalogue.desk import BOTH, in_language

LI = {"name": "李秀兰", "kind": "owner", "since": "2024-01-01"}


def the_unit(desk, key="3-502"):
    with desk.cast.inside():
        return Unit.objects.get(key=key, building__project=desk.cast.project)


def move_in(desk, language=BOTH[0], **more):
    return desk.post(reverse("move-in", args=[the_unit(desk).pk]), LI | more, language)


def sent(desk, text, name="业主.csv"):
    """Send a list of owners; return the page of its columns, or the refusal."""
    page = reverse("roster", args=[desk.cast.project.pk])
    return desk.post(page, {"file": SimpleUploadedFile(name, text.encode())})


def checked(desk, text):
    """Have a list checked with its columns as guessed; return the job and its page."""
    columns = sent(desk, text).location
    job = desk.post(columns, {**desk.shown(columns), "act": "check"}).location
    newest = Job.objects.latest("id")
    tasks.run_job.func(newest.pk)
    newest.refresh_from_db()
    return newest, job


def faults(job):
    return [tuple(line.split("\t")[1:5:3]) for line in job.result["examples"]]


@pytest.mark.parametrize(
    "written", ["+86 138 0013 8000", "１３８００１３８０００", "138 0013 8000"]
)
def test_row_18_a_phone_in_any_writing_is_kept_in_one_form(desk, written):
    assert move_in(desk, phone=written).status == 302

    with desk.cast.inside():
        person = Person.objects.get()
    assert person.phone == "+8613800138000"
    assert person.phone_written.replace(" ", "").endswith("13800138000")


@pytest.mark.parametrize("written", ["1380013800", "138abc13800", "96861234567"])
def test_row_19_what_cannot_be_called_is_refused(desk, written):
    for language in BOTH:
        answer = move_in(desk, language, phone=written)
        assert (answer.status, answer.code, answer.field) == (422, "E-PHONE", "phone")
        assert "0571-87654321" in answer.sentence
        assert in_language(answer.sentence, language)
    with desk.cast.inside():
        assert not Person.objects.exists()


def test_row_33_a_late_edit_of_a_person_is_told(desk):
    move_in(desk)
    with desk.cast.inside():
        key = Person.objects.get().pk
    page = reverse("resident-edit", args=[key])
    assert desk.post(page, {"name": "李秀", "version": "1"}).status == 302

    answer = desk.post(page, {"name": "李兰", "version": "1"})

    assert (answer.status, 'data-code="E-STALE"' in answer.body) == (409, True)
    assert ">李秀</td>" in answer.body
    assert "<b>李兰</b>" in answer.body
    assert 'name="version" value="2"' in answer.body


def test_row_51_a_sheet_without_a_needed_column_is_refused_by_name(desk):
    columns = sent(desk, "房号,备注\r\n3-502,x\r\n").location
    data = {**desk.shown(columns), "act": "check"}
    for language in BOTH:
        answer = desk.post(columns, data, language)
        assert (answer.status, answer.code) == (422, "E-IMP-COLUMN")
        assert ("姓名" if language == BOTH[0] else "name") in answer.sentence


def test_row_53_the_same_list_twice_names_the_import(desk):
    text = "房号,姓名\r\n3-502,李秀兰\r\n"
    _, page = checked(desk, text)
    desk.post(f"{page}start/", {})
    tasks.run_job.func(Job.objects.latest("id").pk)

    answer = sent(desk, text)

    assert (answer.status, answer.code, answer.field) == (409, "E-IMP-SAME", "file")


def test_row_54_people_who_look_alike_wait_for_a_choice(desk):
    text = "房号,姓名,电话\r\n3-502,李秀兰,13800138000\r\n3-501,李秀兰,13800138000\r\n"
    text += "3-401,王强,13800138000\r\n"
    job, page = checked(desk, text)
    assert (job.result["n_same_in_file"], job.result["n_shared_phone"]) == (1, 1)

    answer = desk.post(f"{page}start/", {"same_in_file": "one"})

    assert (answer.status, answer.code) == (422, "E-CHOICE")
    with desk.cast.inside():
        assert not RosterBatch.objects.exists()


def test_row_57_digits_that_a_spreadsheet_lost_are_named_at_their_cell(desk):
    job, _ = checked(desk, "房号,姓名,电话\r\n3-502,李秀兰,1.38E+10\r\n")

    assert faults(job) == [("2", "E-NUM-SCI")]


@pytest.mark.parametrize("written", ["3-502", "3栋502", "03-502", "3幢502室"])
def test_row_58_a_room_in_any_writing_is_the_same_room(desk, written):
    job, _ = checked(desk, f"房号,姓名\r\n{written},李秀兰\r\n")

    assert (job.result["faults"], job.result["people"]) == (0, 1)


def test_row_58_an_unknown_room_is_refused_with_the_nearest(desk):
    job, _ = checked(desk, "房号,姓名\r\n3-599,李秀兰\r\n")

    assert faults(job) == [("2", "E-UNIT")]
    assert "3-50" in job.result["examples"][0]


def test_row_59_a_row_of_another_project_is_not_taken_in_here(desk):
    a_project(desk.cast.quality, "枫林苑")
    job, _ = checked(desk, "项目,房号,姓名\r\n枫林苑,3-502,李秀兰\r\n")

    assert faults(job) == [("2", "E-REF")]


def test_row_85_the_search_box_takes_words_and_refuses_a_book(desk):
    move_in(desk)
    page = reverse("search")
    for said in ("%%%%", "____", '" NEAR(', "(a+)+$"):
        assert "3栋 502" not in desk.get(f"{page}?q={said}").body
    for language in BOTH:
        answer = desk.get(f"{page}?q={'x' * 10_000}", language)
        assert (answer.status, answer.code, answer.field) == (422, "E-SEARCH", "q")
