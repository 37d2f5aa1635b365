"""Two columns with one head, and the columns after an undo: nothing said is lost."""

from __future__ import annotations

import html

from django.urls import reverse

from anju.kernel.history import Subject, entries
from anju.kernel.models import Job
from anju.survey.models import ImportBatch, Response, Wave
from anju.web.study.imports.tests.test_pages import a_file, begun, checked, form_of, imported

WORDS = ["满意", "一般", "不满意"]
TWINS = "楼栋,总体满意度,总体满意度\n" + "".join(
    f"{n % 3 + 1}栋,{WORDS[n % 3]},{WORDS[(n + 1) % 3]}\n" for n in range(15)
)
ODD = "楼栋,总体满意度\n" + "".join(f"{n % 3 + 1}栋,{WORDS[n % 3]}\n" for n in range(15))


def _text(page) -> str:
    return html.unescape(page.content.decode())


def test_equal_heads_are_numbered_and_marked_at_once(quality, cast):
    text = _text(quality.get(begun(quality, cast, TWINS).url))
    assert "总体满意度 (1)" in text
    assert "总体满意度 (2)" in text
    assert "Some heads stand in the file more than once." in text
    assert text.count("Please look") == 2


def test_one_of_two_equal_heads_may_be_left_out(quality, cast):
    page = quality.get(begun(quality, cast, TWINS).url)
    seen = checked(quality, page, **{"role-2": "ignored"})
    assert b"15 answers are ready" in seen.content
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        first = Response.objects.order_by("row").first()
        assert len(first.answers) == 1


def test_both_of_two_equal_heads_may_be_items(quality, cast):
    checked(quality, quality.get(begun(quality, cast, TWINS).url))
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        firsts = list(Response.objects.order_by("row").values_list("answers", flat=True)[:1])
    assert firsts[0][0] != firsts[0][1]


def test_a_file_without_equal_heads_is_not_marked(quality, cast):
    assert "Some heads stand" not in _text(quality.get(begun(quality, cast, ODD).url))


def test_a_refused_page_keeps_what_was_chosen(quality, cast):
    page = quality.get(begun(quality, cast, TWINS).url)
    said = form_of(page) | {"act": "check", "role-0": "count", "role-1": "ignored"}
    shown = quality.post(page.request["PATH_INFO"], said | {"role-2": "count"})
    assert shown.status_code == 422
    assert [form_of(shown)[f"role-{n}"] for n in range(3)] == ["count", "ignored", "count"]


def test_a_fault_in_one_of_two_equal_columns_names_that_one(quality, cast):
    page = quality.get(begun(quality, cast, TWINS + "1栋,满意,很怪的话\n").url)
    assert "总体满意度 (2)" in _text(checked(quality, page))


def _undone(quality, cast):
    """Import a file with a word that a person explained, undo it, and send it again."""
    page = quality.get(begun(quality, cast, ODD + "1栋,很好啊\n").url)
    odd = next(n for n, v in form_of(page).items() if n.startswith("answer-1-") and not v)
    checked(quality, page, **{odd: "s"})
    imported(quality, Job.objects.latest("id"))
    with cast.inside():
        batch = ImportBatch.objects.get()
    quality.post(reverse("import-undo", args=[batch.id]))
    again = reverse("import-upload", args=[batch.wave_id])
    sent = quality.post(again, {"file": a_file(ODD + "1栋,很好啊\n")})
    return quality.get(sent.url), odd


def test_after_an_undo_nothing_that_does_nothing_is_offered(quality, cast):
    page, _odd = _undone(quality, cast)
    text = _text(page)
    assert "Use that questionnaire" not in text
    assert "no questionnaire yet" not in text
    assert "made from these columns" in text
    with cast.inside():
        wave = Wave.objects.get()
    verbs = entries(Subject(cast.company.id, "wave", wave.pk)).values_list("verb", flat=True)
    assert "replanned" not in set(verbs)


def test_after_an_undo_an_odd_word_is_read_as_it_was_said(quality, cast):
    page, odd = _undone(quality, cast)
    assert form_of(page)[odd] == "s"
    assert b"16 answers are ready" in checked(quality, page).content


def test_taking_the_questionnaire_of_before_says_so(quality, cast):
    checked(quality, quality.get(begun(quality, cast, ODD).url))
    imported(quality, Job.objects.latest("id"))
    page = quality.get(begun(quality, cast, ODD + "1栋,满意\n", title="Later").url)
    sent = form_of(page) | {"act": "use"}
    shown = quality.post(page.request["PATH_INFO"], sent, follow=True)
    assert "is used for this survey now." in _text(shown)
