"""Rows of the catalogue where people work on cases: acts, lists, merging, many at once, owners' links, mail."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.attachments.tests.making import a_huge_png, a_picture
from anju.attachments.tests.test_sound import a_webm, an_m4a, an_ogg
from anju.casework.kinds import CaseKind, Severity
from anju.intake.actions.mail_in import take_mail
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.telling import token_of
from anju.voice.models import Bundle, Case, Verdict
from anju.voice.tests.making import a_case, closed, taken
from anju.web.owner.report.tests.hanging import a_code, form, phone
from tests.cast import MRS_LI, a_company, a_person, a_project
from tests.catalogue.desk import (
    BOTH,
    CHINESE,
    ENGLISH,
    Desk,
    Refused,
    expect,
    nothing_written,
    read,
    refused,
)
from tests.catalogue.meter import metered

PLAIN = {"kind": CaseKind.COMPLAINT}
MISSING = 987_654_321
STALE = {CHINESE: "现在的内容", ENGLISH: "As it is now"}


@pytest.fixture
def head(desk):
    """Return the manager of the project, who steers its cases."""
    give_defaults(company_id=desk.cast.company.id, at=utc_now())
    return Desk(desk.cast, Role.MANAGER)


def act_of(case: Case, act: str) -> str:
    return reverse("case-act", args=[case.pk, act])


def refused_act(head: Desk, case: Case, act: str, said: dict[str, object], wanted: Refused) -> None:
    there = act_of(case, act)
    refused(head, there, {"version": str(case.version), **said}, wanted)


NOTES = {
    "row-1-a-nought-byte": ("a\0b", "E-TEXT-CONTROL", "第 2 个", "position 2"),
    "row-2-a-bell": ("a\x07", "E-TEXT-CONTROL", "第 2 个", "position 2"),
    "row-3-nothing-to-be-seen": (
        "\u200b\u200b",
        "E-TEXT-EMPTY",
        "请至少写一个字",
        "at least one character",
    ),
    "row-7-a-book": ("水" * 100_000, "E-TEXT-LONG", "100,000", "100,000"),
}


@pytest.mark.parametrize("row", NOTES)
def test_words_at_a_case_are_refused_with_the_cure(row, head):
    words, code, zh, en = NOTES[row]
    case = a_case(head.cast)
    said = {"words": words, "shown": "all", "key": "k" * 22}
    refused(
        head, reverse("case-note", args=[case.pk]), said, Refused(422, code, "words", zh, en)
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", ["👨‍👩‍👧‍👦漏水🚿", "𠮷䶮家漏水", "<script>alert(1)</script>{{7*7}}${x}", "מים דולפים"]
)
def test_row_08_and_10_what_is_odd_but_harmless_is_kept_and_shown_as_it_stands(head, words):
    case = a_case(head.cast, words)
    page = head.get(reverse("case", args=[case.pk]))

    assert page.status == 200
    assert "<script>alert(1)" not in page.body
    assert words.replace("<", "&lt;").replace(">", "&gt;") in page.body


MOMENTS = {
    "row-22-a-day-that-is-none": ("2027-02-30T10:00", "E-DATE", "没有这一天", "no such day"),
    "row-23-the-end-of-time": ("9999-12-31T23:59", "E-DATE-RANGE", "允许的日期", "allowed is"),
    "row-24-another-order": ("03/04/2027 10:00", "E-DATE-FORMAT", "2027-04-03", "2027-04-03"),
    "row-28-before-it-came": ("2026-01-01T10:00", "E-SLA-ORDER", "已过", "in the past"),
}


@pytest.mark.parametrize("row", MOMENTS)
def test_a_new_time_for_a_promise_that_cannot_be_is_refused(row, head):
    due, code, zh, en = MOMENTS[row]
    said = {"promised": "resolve", "due": due, "reason": "等配件"}
    refused_act(head, a_case(head.cast), "promise", said, Refused(422, code, "due", zh, en))


def test_row_28_a_fault_is_not_expected_to_be_over_in_the_past(head):
    said = {"title": "停水", "expected": "2026-01-01T10:00"}
    wanted = Refused(422, "E-DATE-RANGE", "expected", "之后的时间", "a later one")
    refused_act(head, a_case(head.cast), "bundle", said, wanted)
    with head.cast.inside():
        assert not Bundle.objects.exists()


def test_row_33_two_who_sort_one_case_are_both_told(head):
    case = a_case(head.cast, **PLAIN)
    said = {"kind": "complaint", "severity": "usual", "party": "unknown"}
    head.post(act_of(case, "sort"), {**said, "version": str(case.version)})
    for language in BOTH:
        late = head.post(act_of(case, "sort"), {**said, "version": str(case.version)}, language)
        assert (late.status, STALE[language] in late.body) == (409, True)


def test_row_34_a_step_that_the_table_does_not_know_names_those_that_it_does(head):
    case = a_case(head.cast, **PLAIN)
    wanted = Refused(409, "E-STATE", "", "可以", "From here you can")
    head.client(BOTH[0]), head.client(BOTH[1])
    for act in ("finish", "report_back", "reopen"):
        said = {"cause": "x", "party": "property", "done": "x", "reason": "x"}
        said |= {"how": "x", "told_at": "2026-11-20T12:00"}
        for language in BOTH:
            with nothing_written():
                answer = head.post(act_of(case, act), said, language)
            assert (answer.status, wanted.says(language) in answer.body) == (409, True)


def test_row_36_nobody_is_named_who_is_not_there(head):
    stranger = a_company("别家物业", "elsewhere.example")[1][Role.DESK]
    case = a_case(head.cast, **PLAIN)
    wanted = Refused(422, "E-REF", "assignee", "请从列表中选择", "Choose one of the list")
    for key in (stranger.account_id, MISSING, "1 OR 1=1", "-1"):
        refused_act(head, case, "accept", {"assignee": str(key)}, wanted)


def test_row_35_and_37_a_case_of_another_company_is_a_case_that_is_not_there(head):
    company, actors = a_company("别家物业", "elsewhere.example")
    a_project(actors[Role.QUALITY], "别处", buildings={"1栋": ["101"]})
    stranger = Desk(
        type(head.cast)(company=company, project=head.cast.project,
                        **{role.value: actor for role, actor in actors.items()}),
        Role.DESK,
    )  # fmt: skip
    case = a_case(head.cast)
    for name, more in (
        ("case", ()),
        ("case-print", ()),
        ("case-note", ()),
        ("case-act", ("sort",)),
    ):
        pages = [stranger.get(reverse(name, args=[key, *more])) for key in (case.pk, MISSING)]
        assert [page.status for page in pages] == [404, 404], name
    for key in ("1 OR 1=1", "..%2F", "-1", str(2**63), "%00"):
        assert head.get(f"/desk/cases/{key}/").status == 404, key


LISTS = {
    "row-38-an-order-by-a-column": ("?sort=assignee__password", "E-SORT", "可用", "It knows"),
    "row-38-a-deep-filter": ("?filter[project__company]=1", "E-FILTER", "可用", "It knows"),
    "row-38-a-value-of-sql": ("?kind=x' OR 1=1", "E-FILTER", "可用", "It knows"),
    "row-38-a-project-of-others": ("?project=987654321", "E-FILTER", "可用", "It knows"),
    "row-39-a-broken-page": ("?page=broken", "E-PAGE", "第一页", "first page"),
    "row-39-a-place-in-the-list": ("?page=-1", "E-PAGE", "第一页", "first page"),
    "row-39-a-million-a-page": ("?per_page=1000000", "E-FILTER", "可用", "It knows"),
}


@pytest.mark.parametrize("row", LISTS)
def test_a_list_of_cases_refuses_what_it_does_not_know(row, head):
    asked, code, zh, en = LISTS[row]
    for language in BOTH:
        expect(
            head.get(reverse("cases") + asked, language), Refused(400, code, "", zh, en), language
        )


@pytest.mark.parametrize("said", ["%%%%", '"', "NEAR(", "a* OR b", "'; DROP TABLE x", "(((((", "^"])
def test_row_85_operators_in_the_list_of_cases_are_words(head, said):
    a_case(head.cast)
    assert head.get(reverse("cases") + f"?q={said.replace('%', '%25')}").status == 200


def test_row_85_a_book_is_no_search_for_cases(head):
    wanted = Refused(422, "E-SEARCH", "", "最多 200 个字", "at most 200")
    for language in BOTH:
        expect(head.get(reverse("cases") + "?q=" + "w" * 10_240, language), wanted, language)


PHOTOS = {
    "row-60-too-many-pixels": (a_huge_png, "a.png", 422, "E-IMG-PIXELS"),
    "row-61-a-page-named-photo": (lambda: b"<html><script>1", "a.jpg", 415, "E-FILE-TYPE"),
    "row-61-photo-and-page": (
        lambda: a_picture() + b"<!DOCTYPE html><html><script>1</script></html>",
        "a.jpg",
        415,
        "E-FILE-TYPE",
    ),
    "row-62-empty": (lambda: b"", "a.jpg", 422, "E-FILE-EMPTY"),
}


@pytest.mark.parametrize("row", PHOTOS)
def test_a_photo_at_a_case_that_is_none_is_refused_and_not_kept(row, head):
    make, name, status, code = PHOTOS[row]
    case, body = a_case(head.cast), make()
    there = reverse("case-photo-add", args=[case.pk])
    head.client(BOTH[0]), head.client(BOTH[1])
    with nothing_written():
        for language in BOTH:
            said = {"shows": "case_before", "file": SimpleUploadedFile(name, body)}
            answer = head.post(there, said, language)
            assert (answer.status, answer.code, answer.field) == (status, code, "file")


SOUNDS = {
    "row-68-three-hours-of-ogg": (an_ogg(10_800), "a.ogg", 413, "E-FILE-LONG"),
    "row-68-three-hours-of-m4a": (an_m4a(10_800), "a.m4a", 413, "E-FILE-LONG"),
    "row-68-three-hours-of-webm": (a_webm(10_800), "a.webm", 413, "E-FILE-LONG"),
    "row-61-a-program-named-sound": (b"MZ\x90\x00", "a.ogg", 415, "E-FILE-TYPE"),
}


@pytest.mark.parametrize("row", SOUNDS)
def test_a_voice_note_of_an_owner_that_is_none_is_refused_and_her_words_stay(row, head):
    body, name, status, code = SOUNDS[row]
    there = reverse("report-tell", args=[a_code(head.cast)])
    for language in BOTH:
        sent = {**form(act="check"), "voice": SimpleUploadedFile(name, body)}
        with metered():
            answer = read(phone(language).post(there, sent))
        assert (answer.status, f'data-code="{code}"' in answer.body) == (status, True)
        assert "厨房水管漏水" in answer.body


@pytest.mark.parametrize("language", BOTH)
def test_row_69_an_owners_link_that_is_none_or_opens_something_else_says_the_same(head, language):
    case = a_case(head.cast, at=utc_now())
    code, own = a_code(head.cast), token_of(case)
    wrong = [f"/o/c/{'x' * len(own)}/", f"/o/c/{code}/", f"/o/c/{own[:-1]}/"]
    pages = [read(phone(language).get(address)) for address in wrong]
    swapped = read(phone(language).get(reverse("report-home", args=[own])))

    assert {page.status for page in [*pages, swapped]} == {404}
    assert all("厨房" not in page.body for page in [*pages, swapped])
    assert all(head.cast.desk.name not in page.body for page in pages)


def test_row_31_and_72_of_two_verdicts_one_is_kept_and_the_other_told(head):
    worker = a_person(head.cast.company, Role.WORKER, projects=[head.cast.project])
    case = closed(head.cast, worker, **PLAIN)
    there = f"/o/c/{token_of(case)}/"
    given = {"act": "judge", "solved": "yes", "key": "k" * 22}
    first, again = (phone().post(there, given) for _press in range(2))
    other = read(phone().post(there, {**given, "solved": "no", "key": "x" * 22}))

    assert (first.status_code, again.status_code) == (302, 302)
    assert 'data-code="E-VERDICT-GIVEN"' in other.body
    with head.cast.inside():
        assert Verdict.objects.get().solved == "yes"


def test_row_32_many_cases_are_given_with_a_proper_key_alone(head):
    case = a_case(head.cast, **PLAIN)
    said = {"act": "give", "ids": str(case.pk), "person": str(head.cast.desk.account_id)}
    for key, code in (("", "E-IDEM-MISSING"), ("k" * 10_240, "E-IDEM-FORMAT")):
        head.client(BOTH[0])
        with nothing_written():
            answer = head.post(reverse("cases-chosen"), {**said, "key": key}, CHINESE)
        assert (answer.status // 100, answer.code) == (4, code)


def merged(head: Desk, case: Case, target: object, wanted: Refused) -> None:
    refused_act(head, case, "merge", {"target": str(target), "reason": "同一件事"}, wanted)


def test_row_89_a_case_is_merged_into_another_that_goes_on_and_into_nothing_else(head):
    one, other, third = (a_case(head.cast, f"漏水{n}", **PLAIN) for n in range(3))
    gone = ("没有这个单号", "no case with this number")
    merged(head, one, one.number, Refused(422, "E-MERGE", "target", "不能并入自己", "into itself"))
    merged(head, one, MISSING, Refused(422, "E-MERGE", "target", *gone))
    hidden = a_case(head.cast, "告经理", restricted=True, about_id=head.cast.manager.account_id)
    merged(head, one, hidden.number, Refused(422, "E-MERGE", "target", *gone))
    head.post(act_of(other, "merge"), {"target": str(third.number), "reason": "同一件事"})
    into = Refused(422, "E-MERGE", "target", "仍在处理的单", "Choose the one that goes on")
    merged(head, one, other.number, into)
    merged(head, one, 2**63, Refused(422, "E-NUM-RANGE", "target", "", ""))
    with head.cast.inside():
        assert Case.objects.exclude(merged_into=None).count() == 1


def test_row_90_of_five_thousand_three_that_are_not_ours_stop_the_whole_act(head):
    mine = [a_case(head.cast, **PLAIN).pk, taken(head.cast, head.cast.desk, **PLAIN).pk]
    foreign = [MISSING, MISSING + 1, MISSING + 2]
    ids = ",".join(str(one) for one in [*mine * 2_499, *foreign])
    said = {"act": "give", "ids": ids, "person": str(head.cast.desk.account_id), "key": "k" * 22}
    told = f"{MISSING}, {MISSING + 1}, {MISSING + 2}"
    wanted = Refused(422, "E-BULK-IDS", "", told, told)
    for language in BOTH:
        head.client(language)
    with nothing_written():
        for language in BOTH:
            expect(head.post(reverse("cases-chosen"), said, language), wanted, language)


def test_row_90_what_is_no_id_stops_the_whole_act_too(head):
    case = a_case(head.cast, **PLAIN)
    said = {"act": "give", "person": str(head.cast.desk.account_id), "key": "k" * 22}
    head.client(CHINESE)
    with nothing_written():
        answer = head.post(reverse("cases-chosen"), {**said, "ids": f"{case.pk},1 OR 1=1"})
    assert (answer.status, answer.code) == (422, "E-BULK-IDS")


def a_mail(**headers: str) -> bytes:
    made = EmailMessage()
    usual = {"From": "li@owner.example", "Subject": "漏水", "Message-ID": "<1@owner.example>"}
    for name, value in {**usual, **headers}.items():
        made[name.replace("_", "-")] = value
    made.set_content("厨房水管漏水，请来看看。")
    made.add_attachment(b"x" * 5_242_880, maintype="image", subtype="png", filename="sign.png")
    return made.as_bytes()


def test_row_80_of_mail_in_a_loop_comes_one_case_at_most_and_who_sent_it_is_not_known(head):
    forged = {"From": f"{MRS_LI} <{head.cast.manager.name}@anhe.example>"}
    place = {"company_id": head.cast.company.id, "project_id": head.cast.project.pk}
    mails = [a_mail(**{"From": forged["From"], "Message-ID": f"<{n}@x.example>"}) for n in range(3)]
    mails += [mails[0], a_mail(Auto_Submitted="auto-replied"), a_mail(X_Anju_Mail="1")]
    with metered():
        told = [take_mail(**place, raw=raw, at=utc_now()) for raw in mails]

    assert told == ["case", "note", "note", "known", "automatic", "automatic"]
    with head.cast.inside():
        case = Case.objects.get()
    assert (case.reporter_id, case.first_receiver_id, case.severity) == (None, None, Severity.USUAL)
