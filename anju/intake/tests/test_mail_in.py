"""Mail of owners: one case a mail at most; machines, loops and forged senders make no harm."""

from __future__ import annotations

import mailbox
from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.intake.actions.mail_in import read_boxes, take_mail
from anju.intake.rules.mail import LARGEST, read_mail
from anju.register.access import Actor
from anju.register.models import Person
from anju.voice.access import visible_cases
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Case, CaseNote, VoiceRule
from anju.voice.tests.making import AT
from tests.cast import MRS_LI, Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def a_mail(text: str = "厨房水管漏水，请来看看。", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given_ = {
        "From": f"{MRS_LI} <li@owner.example>",
        "Subject": "漏水",
        "Message-ID": "<1@owner.example>",
    }
    for name, value in {**given_, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
        made[name] = value
    made.set_content(text)
    return made


def seen_by(cast: Cast, actor: Actor) -> list[Case]:
    with cast.inside():
        return list(visible_cases(actor))


def take(cast: Cast, mail: EmailMessage | bytes, at=AT) -> str:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    return take_mail(company_id=cast.company.id, project_id=cast.project.pk, raw=raw, at=at)


def test_a_mail_becomes_one_case_and_its_sender_is_nobody_of_the_register(cast):
    with cast.inside():
        Person(company_id=cast.company.id, project=cast.project, name=MRS_LI).save()
    assert (take(cast, a_mail()), take(cast, a_mail())) == ("case", "known")
    with cast.inside():
        case = Case.objects.get()
        assert (case.channel, case.kind, case.reporter_id) == ("mail", "repair", None)
        assert case.words == "漏水\n厨房水管漏水，请来看看。"
        assert case.caller == f"{MRS_LI} <li@owner.example>"
        assert case.first_receiver_id is None


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<news.example>"},
        {"Return_Path": "<>"},
        {"X_Anju_Mail": "1"},
        {"From": "MAILER-DAEMON@mail.example"},
        {"From": "no-reply@shop.example"},
    ],
)
def test_what_a_machine_wrote_makes_no_case(cast, header):
    assert take(cast, a_mail(**header)) == "automatic"
    with cast.inside():
        assert not Case.objects.exists()


def test_a_loop_of_answers_stays_one_case(cast):
    for n in range(5):
        mail = a_mail(Message_ID=f"<{n}@owner.example>", Subject="回复: 漏水" if n else "漏水")
        take(cast, mail, AT + n * timedelta(minutes=1))
    with cast.inside():
        assert (Case.objects.count(), CaseNote.objects.count()) == (1, 4)


def test_mail_under_the_managers_address_is_for_the_heads_alone_and_no_other_case_takes_it(cast):
    give_defaults(company_id=cast.company.id, at=AT)
    with cast.inside():
        VoiceRule.objects.update(mailbox_mail="boss@anhe.example")
    assert take(cast, a_mail()) == "case"
    assert take(cast, a_mail(Message_ID="<2@o.example>", To="总经理 <Boss@anhe.example>")) == "case"
    later = a_mail(Message_ID="<3@o.example>", Delivered_To="boss@anhe.example")
    assert take(cast, later) == "note"
    with cast.inside():
        found = list(Case.objects.order_by("id").values_list("channel", "restricted"))
        noted = CaseNote.objects.get().case
    assert found == [("mail", False), ("mailbox", True)]
    assert noted.restricted
    assert noted not in seen_by(cast, cast.manager)
    assert noted in seen_by(cast, cast.quality)


def test_a_mail_of_six_megabytes_counts_by_its_beginning(cast):
    mail = a_mail()
    mail.add_attachment(b"x" * (LARGEST + 1), maintype="image", subtype="png", filename="sign.png")
    assert take(cast, mail) == "case"
    with cast.inside():
        assert "厨房水管漏水" in Case.objects.get().words


def test_mail_is_read_from_its_folder_and_laid_aside(cast, settings, tmp_path):
    settings.MAIL_IN = str(tmp_path)
    box = mailbox.Maildir(tmp_path / str(cast.project.pk))
    box.add(a_mail())
    box.add(a_mail(Message_ID="<2@owner.example>", Auto_Submitted="auto-generated"))
    assert read_boxes(at=AT) == 1
    assert read_boxes(at=AT) == 0
    assert len(list((tmp_path / str(cast.project.pk) / "cur").iterdir())) == 2


def test_without_a_folder_nothing_is_read(settings):
    settings.MAIL_IN = ""
    assert read_boxes(at=AT) == 0


def test_a_page_of_marks_is_read_as_its_words_and_what_is_quoted_is_left_out():
    made = a_mail()
    made.set_content("<style>p{}</style><p>电梯停了</p><div>谢谢</div>", subtype="html")
    assert read_mail(made.as_bytes()).text.split() == ["电梯停了", "谢谢"]
    quoted = a_mail("还在漏\n\n> 您好，我们已处理\n\n发件人: 物业\n旧文")
    assert read_mail(quoted.as_bytes()).text == "还在漏"


def test_old_chinese_letters_and_broken_heads_are_read():
    raw = b"From: =?gb2312?B?wO4=?= <li@owner.example>\r\nSubject: =?x-none?B?!!?=\r\n"
    raw += b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "漏水".encode("gb18030")
    found = read_mail(raw)
    assert (found.name, found.text) == ("李", "漏水")
    assert read_mail(b"Content-Type: text/plain; charset=none\r\n\r\nleak").text == "leak"


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(raw):
    found = read_mail(raw)
    assert len(found.words) <= 4_200
    assert "\x00" not in found.words
