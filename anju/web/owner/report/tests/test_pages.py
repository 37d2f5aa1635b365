"""The pages behind a code over HTTP: looking changes nothing, every step keeps what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anju.aftercare.actions.owning import GIVEN_MOST, Given, hold
from anju.attachments.actions.keeping import HELD_FOR, sweep
from anju.attachments.models import Attachment
from anju.attachments.tests.making import A_PHOTO, a_picture
from anju.attachments.tests.test_sound import an_ogg
from anju.casework.kinds import CaseKind, Channel, Severity
from anju.conf.logs import without_links
from anju.kernel.models import Bucket, HistoryEntry
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.notify.seal import unseal
from anju.register.access import Role
from anju.register.models import Person
from anju.voice.actions import codes
from anju.voice.actions.hanging import take_down
from anju.voice.actions.receiving import Place
from anju.voice.models import Bundle, Case, CaseLink, LookCode
from anju.voice.places import hung
from anju.voice.tests.making import closed
from anju.web.owner.report.tests.hanging import KEY, a_code, form, her_unit, phone
from tests.cast import Cast, a_person, the_cast

PHONE = "13800138000"


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def code(cast: Cast) -> str:
    return a_code(cast)


def tell(code: str) -> str:
    return reverse("report-tell", args=[code])


def send(client: Client, code: str, **more: str):
    return client.post(tell(code), form(**{"step": "3", "act": "send", **more}))


@pytest.mark.parametrize("name", ["report-home", "report-tell", "report-look", "report-done"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_looking_at_a_page_changes_nothing_and_tells_no_other_site(cast, code, name, language):
    entries = HistoryEntry.objects.count()
    for method in ("get", "head"):
        answer = getattr(phone(language), method)(reverse(name, args=[code]))
        assert answer.status_code == 200
        assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    assert not Bucket.objects.exists()
    assert HistoryEntry.objects.count() == entries


def test_a_report_goes_by_its_three_steps_without_a_script(cast, code):
    owner = phone()
    first = owner.get(f"{tell(code)}?kind=repair").content.decode()
    assert "what=water" in first
    assert "给排水" in first
    second = owner.get(f"{tell(code)}?kind=repair&what=water").content.decode()
    assert '<textarea class="form-control" id="words"' in second
    third = owner.post(tell(code), form(act="check")).content.decode()
    assert "厨房水管漏水" in third
    sent = owner.post(
        tell(code), form(step="3", act="send", room="502", phone=PHONE, name="李女士")
    )
    assert sent.status_code == 302
    assert sent["Location"].startswith("/o/c/")
    with cast.inside():
        case = Case.objects.get()
        assert (case.kind, case.channel, case.unit) == (
            CaseKind.REPAIR,
            Channel.LINK,
            her_unit(cast),
        )
        assert (case.phone, case.caller, case.first_receiver_id) == ("+86" + PHONE, "李女士", None)
    assert "1" in owner.get(sent["Location"]).content.decode()


def test_two_presses_and_a_lost_answer_make_one_case(cast, code):
    places = {send(phone(), code)["Location"] for _press in range(3)}
    assert len(places) == 1
    with cast.inside():
        assert Case.objects.count() == 1


def test_who_stays_unnamed_leaves_no_name_and_no_number(cast, code):
    send(phone(), code, phone=PHONE, name="李女士", anonymous="1")
    with cast.inside():
        case = Case.objects.get()
        assert (case.anonymous, case.phone, case.caller, case.reporter) == (True, "", "", None)


def test_a_home_that_nobody_knows_is_kept_in_words_and_the_report_is_taken(cast, code):
    send(phone(), code, room="99-9999")
    with cast.inside():
        case = Case.objects.get()
        assert (case.unit, case.spot) == (None, "99-9999")


def test_a_wrong_telephone_is_said_at_its_field_and_nothing_is_lost(cast, code):
    answer = send(phone("en"), code, phone="12", room="502")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-code="E-PHONE"' in page
    assert 'value="502"' in page
    assert "厨房水管漏水" in page
    with cast.inside():
        assert not Case.objects.exists()


@pytest.mark.parametrize(("words", "said"), [("  ", "E-TEXT-EMPTY"), ("a\x00b", "E-TEXT-CONTROL")])
def test_words_that_are_none_lead_back_to_the_second_step(cast, code, words, said):
    answer = phone().post(tell(code), form(act="check", words=words))
    assert answer.status_code == 422
    assert f'data-code="{said}"' in answer.content.decode()


def test_a_photo_alone_is_enough_and_goes_with_the_case(cast, code):
    photo = SimpleUploadedFile("a.jpg", a_picture())
    page = phone().post(tell(code), {**form(act="check", words=""), "photos": photo})
    assert page.status_code == 200
    sent = send(phone(), code, words="")
    with cast.inside():
        kept = Attachment.objects.get()
        assert (kept.subject_kind, kept.subject_id) == ("case", Case.objects.get().pk)
    shown = phone().get(sent["Location"]).content.decode()
    picture = shown.split('<img src="')[1].split('"')[0]
    answer = phone().get(picture)
    assert (answer["Content-Type"], b"".join(answer)[:2]) == ("image/jpeg", b"\xff\xd8")


def test_a_page_of_the_web_named_photo_is_refused_and_the_words_stay(cast, code):
    bad = SimpleUploadedFile("a.jpg", b"<html><script>1</script>")
    answer = phone().post(tell(code), {**form(act="check"), "photos": bad})
    assert answer.status_code == 415
    assert "厨房水管漏水" in answer.content.decode()
    with cast.inside():
        assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "file", "body", "said"),
    [
        ("voice", "a.ogg", an_ogg(10_800), "E-FILE-LONG"),
        ("voice", "a.exe", b"MZ\x90\x00", "E-FILE-TYPE"),
        ("photos", "a.svg", b"<svg onload=1>", "E-FILE-TYPE"),
        ("photos", "a.jpg", b"\xff\xd8\xff cut off", "E-IMG-READ"),
        ("photos", "\u202egpj.exe", b"", "E-FILE-EMPTY"),
    ],
)
def test_bad_files_are_said_by_their_code_and_leave_nothing(cast, code, name, file, body, said):
    bad = SimpleUploadedFile(file, body)
    answer = phone().post(tell(code), {**form(act="check", words=""), name: bad})
    assert f'data-code="{said}"' in answer.content.decode()
    with cast.inside():
        assert not Attachment.objects.exists()
        assert not Case.objects.exists()


def test_a_voice_note_alone_is_a_report_and_is_played_to_its_owner(cast, code):
    note = SimpleUploadedFile("voice.ogg", an_ogg(20))
    phone().post(tell(code), {**form(act="check", words=""), "voice": note})
    sent = send(phone(), code, words="")
    shown = phone().get(sent["Location"]).content.decode()
    sound = shown.split('<audio controls preload="none" src="')[1].split('"')[0]
    answer = phone().get(sound)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("audio/ogg", "nosniff")
    assert b"".join(answer) == an_ogg(20)


def test_more_files_than_a_report_takes_are_refused_and_the_first_stay(cast, code):
    given = Given(cast.company.id, cast.project.pk, KEY)
    for n in range(GIVEN_MOST):
        hold(given=given, taken=replace(A_PHOTO, body=b"%d" % n), at=utc_now())
    with pytest.raises(Problem, match="E-FILE-MANY"):
        hold(given=given, taken=A_PHOTO, at=utc_now())
    with cast.inside():
        assert Attachment.objects.count() == GIVEN_MOST


def test_what_was_never_sent_is_swept_after_a_week_and_what_was_sent_stays(cast, code):
    for key in ("a" * 22, "b" * 22):
        photo = SimpleUploadedFile("a.jpg", a_picture())
        phone().post(tell(code), {**form(act="check", key=key), "photos": photo})
    send(phone(), code, key="b" * 22)
    assert sweep(at=utc_now() + HELD_FOR + timedelta(minutes=1)) == 1
    with cast.inside():
        assert Attachment.objects.get().subject_kind == "case"


def test_codes_of_yesterday_are_forgotten_with_their_telephones(cast):
    a_look_code(cast)
    assert codes.sweep(at=utc_now() + timedelta(hours=23)) == 0
    assert codes.sweep(at=utc_now() + timedelta(hours=25)) == 1


def test_a_switch_of_language_or_size_keeps_what_was_typed(cast, code):
    answer = phone().post(tell(code), form(act="en", step="2"))
    assert 'lang="en"' in answer.content.decode()
    assert "厨房水管漏水" in answer.content.decode()
    assert answer.cookies["anju-language"].value == "en"


def test_words_of_an_emergency_bring_the_telephone_first_and_a_severe_case(cast, code):
    page = phone().post(tell(code), form(act="check", words="楼道起火了")).content.decode()
    assert "119" in page
    send(phone(), code, words="楼道起火了")
    with cast.inside():
        assert Case.objects.get().severity == Severity.EMERGENCY


def test_a_fault_that_runs_is_offered_before_sending_and_joined_by_one_press(cast, code):
    send(phone(), code, what="lift", words="电梯停了")
    with cast.inside():
        case = Case.objects.get()
        fault = Bundle(
            company_id=cast.company.id, project=cast.project, building=case.building,
            category=case.category, title="电梯停运", opened_at=utc_now(), expected_at=utc_now(),
        )  # fmt: skip
        fault.save()
        Case.objects.update(bundle=fault)
    page = phone().post(tell(code), form(act="check", what="lift", key="j" * 22)).content.decode()
    assert "电梯停运" in page
    phone().post(
        tell(code),
        form(step="3", act=f"join-{fault.pk}", what="lift", key="j" * 22, words="我家也是"),
    )
    with cast.inside():
        assert Case.objects.filter(bundle=fault).count() == 2
        assert len(set(Case.objects.values_list("token_hash", flat=True))) == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_others_told_of_a_common_place_is_joined_by_one_press(cast, code, language):
    offer = {
        "zh-hans": ("已有 2 户报告", "也算我一个"),
        "en": ("2 homes have told us", "Count me in"),
    }
    for key in ("a" * 22, "b" * 22):
        send(phone(), code, what="lift", words="电梯停了", key=key)
    mine = form(act="check", what="lift", key="c" * 22, words="我家也是")
    page = phone(language).post(tell(code), mine).content.decode()
    assert [one for one in offer[language] if one not in page] == []
    phone(language).post(tell(code), {**mine, "step": "3", "act": "join-others"})
    with cast.inside():
        fault = Bundle.objects.get()
        assert Case.objects.filter(bundle=fault).count() == 3
        told = Message.objects.filter(subject_kind="case_bundle").values_list(
            "account_id", flat=True
        )
        assert sorted(told) == sorted([cast.manager.account_id, cast.desk.account_id])


def test_a_leak_in_a_neighbours_home_is_nobodys_to_join_and_a_press_without_others_is_a_report(
    cast, code
):
    send(phone(), code, room="502")
    page = phone("en").post(tell(code), form(act="check", key="c" * 22)).content.decode()
    assert "Count me in" not in page
    send(phone(), code, room="501", key="d" * 22, act="join-others")
    with cast.inside():
        assert (Case.objects.count(), Bundle.objects.count()) == (2, 0)


def test_a_code_taken_down_leads_nowhere_and_no_log_repeats_one(cast, code):
    with cast.inside():
        take_down(actor=cast.desk, link_id=CaseLink.objects.get().pk, at=utc_now())
        assert code not in str(list(CaseLink.objects.values()))
    address = reverse("report-home", args=[code])
    gone, never = phone("en").get(address), phone("en").get("/o/r/1-nobodyhasthis/")
    assert (gone.status_code, gone.content) == (404, never.content)
    assert code not in without_links(address)


def test_a_code_at_a_door_knows_the_home(cast):
    secret = a_code(cast, door=True)
    here = hung(secret)
    assert here is not None
    assert here.words.endswith("3栋 502")
    send(phone(), secret)
    with cast.inside():
        assert Case.objects.get().unit == her_unit(cast)


def look(client: Client, code: str, **more: str):
    return client.post(reverse("report-look", args=[code]), {"phone": PHONE, **more})


def opened(code: str, digits: str):
    """Press “Show my cases” with some digits."""
    return phone().post(
        reverse("report-look", args=[code]), {"phone": PHONE, "act": "open", "code": digits}
    )


def a_look_code(cast: Cast) -> str:
    with cast.inside():
        return codes.make_code(phone="+86" + PHONE, purpose="look", at=utc_now())[1]


def test_a_known_telephone_is_sent_a_code_that_lies_sealed(cast, code):
    with cast.inside():
        Person(
            company_id=cast.company.id, project=cast.project, name="李", phone="+86" + PHONE
        ).save()
    assert look(phone(), code, act="send").status_code == 200
    with cast.inside():
        message = Message.objects.get(template="case.look")
        digits = unseal(message.sealed)["code"]
        assert (len(digits), digits.isdigit(), message.urgent) == (6, True, True)
        assert digits not in str(message.values) + LookCode.objects.get().code_hash
    send(phone(), code, phone=PHONE)
    assert "/o/c/" in opened(code, digits).content.decode()


def test_an_unknown_telephone_gets_the_same_answer_as_a_known_one(cast, code):
    send(phone(), code, phone=PHONE)
    pages = [
        look(phone("en"), code, act="send", phone=number).content.decode().replace(number, "")
        for number in (PHONE, "13900139000")
    ]
    assert pages[0] == pages[1]


def test_five_wrong_codes_end_a_code_and_three_a_telephone_are_sent(cast, code):
    digits = a_look_code(cast)
    assert {opened(code, "x").status_code for _try in range(5)} == {422}
    assert opened(code, digits).status_code == 422
    statuses = [look(phone(), code, act="send").status_code for _press in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_the_right_code_shows_the_cases_once(cast, code):
    send(phone(), code, phone=PHONE)
    digits = a_look_code(cast)
    assert "/o/c/" in opened(code, digits).content.decode()
    assert 'data-code="E-LOOK-CODE"' in opened(code, digits).content.decode()


def test_the_key_of_a_form_is_needed(cast, code):
    assert send(phone(), code, key="short").status_code == 400
    assert KEY


def test_what_was_done_at_common_places_is_read_without_names_homes_or_how_owners_were_told(cast):
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    with cast.inside():
        house = her_unit(cast).building_id
    lobby = Place(cast.project.pk, None, house, "2 号电梯")
    long_ago = utc_now() - timedelta(days=1)
    for place in (lobby, Place(cast.project.pk, None, house)):
        closed(cast, worker, at=long_ago, place=place, kind=CaseKind.REPAIR, words="电梯抖动")
    closed(cast, worker, at=long_ago, words="家里漏水")
    page = phone().get(reverse("report-done", args=[a_code(cast)])).content.decode()
    assert page.count("已更换") == 2
    assert "2 号电梯" in page
    for hidden in ("已电话告知", "家里漏水", "电梯抖动", "502", "张师傅"):
        assert hidden not in page, hidden
