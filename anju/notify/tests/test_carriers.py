"""What carries messages out: mail, robots through apprise, and the one client for addresses outside."""

from __future__ import annotations

import base64
import hmac
import json
import socket
from dataclasses import replace
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from anju.kernel.pure.problems import Problem
from anju.notify import outbound
from anju.notify.carriers.choose import carrier_of
from anju.notify.carriers.mail import Mail
from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.carriers.robots import Robot
from anju.notify.outbound import Answer, Unreachable, dial, resolve, send
from anju.notify.rules.robots import RobotKind, read_signs
from anju.notify.rules.ways import Way

ADDRESSES = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f1e2d3c-4b5a-6978",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32,
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0f1e2d3c-4b5a-6978",
}


def parcel(kind: str = "", address: str = "desk@anhe.example") -> Parcel:
    return Parcel("u" * 32, address, "zh-hans", "标题", "正文", kind, ADDRESSES.get(kind, ""))


class Chat:
    """Stands for the client outside: what was asked, and what the chat answers."""

    def __init__(self, *, body: bytes = b'{"errcode":0}', status: int = 200) -> None:
        self.asked: list[tuple[str, object, frozenset[str]]] = []
        self.answer = Answer(status, body)

    def __call__(self, url, *, body, headers, allowed):
        assert headers["Content-Type"].startswith("application/json")
        self.asked.append((url, json.loads(body), allowed))
        return self.answer


@pytest.mark.parametrize("kind", sorted(ADDRESSES))
def test_a_robot_says_title_and_words_at_its_own_address(kind):
    chat = Chat()
    assert Robot(chat).send(parcel(kind)) == ""
    ((url, said, allowed),) = chat.asked
    assert url == ADDRESSES[kind]
    assert "标题\n正文" in json.dumps(said, ensure_ascii=False).replace("\\n", "\n")
    assert len(allowed) == 3


def test_a_dingtalk_robot_signs_where_its_group_wants_it():
    chat, secret = Chat(), "SEC" + "0f" * 32
    kept = replace(parcel("dingtalk"), signs=secret)

    Robot(chat, clock=lambda: 1_770_000_000.1234).send(kept)

    ((url, _said, _allowed),) = chat.asked
    told = parse_qs(urlsplit(url).query)
    # the sum as the chat's own page makes it, step by step
    stamp = "1770000000123"
    code = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")
    assert told["timestamp"] == [stamp]
    assert told["sign"] == [base64.b64encode(code).decode()]
    assert url.startswith(ADDRESSES["dingtalk"] + "&")


@pytest.mark.parametrize(
    ("kind", "signs"), [("wecom", "SEC" + "0f" * 32), ("dingtalk", "0f" * 32), ("dingtalk", "SEC")]
)
def test_a_secret_that_no_dingtalk_robot_has_is_refused_at_its_field(kind, signs):
    with pytest.raises(Problem) as refused:
        read_signs(RobotKind(kind), signs)
    assert (refused.value.code, refused.value.field) == ("E-ROBOT-SIGNS", "signs")


@pytest.mark.parametrize(
    ("chat", "code", "final"),
    [
        (Chat(body=b'{"errcode":93000,"errmsg":"invalid"}'), "robot_refused", True),
        (Chat(body=b'{"code":9499}'), "robot_refused", False),
        (Chat(status=500), "provider", False),
        (Chat(status=404), "provider", True),
    ],
)
def test_a_chat_that_refuses_is_believed_though_it_says_two_hundred(chat, code, final):
    with pytest.raises(NotTaken) as refused:
        Robot(chat).send(parcel("wecom"))
    assert (refused.value.code, refused.value.final) == (code, final)


def test_an_answer_that_is_no_json_counts_as_taken():
    assert Robot(Chat(body=b"ok")).send(parcel("feishu")) == ""


def test_a_line_that_breaks_is_told_as_it_broke():
    def broken(*_args, **_kwargs):
        raise Unreachable("too_slow")

    with pytest.raises(NotTaken, match="too_slow"):
        Robot(broken).send(parcel("dingtalk"))


def test_mail_goes_with_the_key_of_its_message():
    key = Mail().send(parcel())
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("标题", "正文", ["desk@anhe.example"])
    assert key.startswith("<" + "u" * 32) is True


@pytest.mark.parametrize(
    ("fault", "final"),
    [(SMTPRecipientsRefused({}), True), (SMTPServerDisconnected(), False), (OSError(), False)],
)
def test_mail_that_was_not_taken_says_whether_trying_again_helps(monkeypatch, fault, final):
    def fails(_mail):
        raise fault

    monkeypatch.setattr(EmailMessage, "send", fails)
    with pytest.raises(NotTaken) as refused:
        Mail().send(parcel())
    assert refused.value.final is final


def test_only_ways_that_leave_the_house_have_a_carrier(settings):
    settings.SMS_CARRIER = ""
    assert isinstance(carrier_of(Way.MAIL), Mail)
    assert isinstance(carrier_of(Way.ROBOT), Robot)
    for way in (Way.SMS, Way.INAPP, Way.OUTBOX, Way.DIGEST):
        with pytest.raises(LookupError):
            carrier_of(way)


def call(answers=("93.184.215.14",), *, line=None, url="https://open.feishu.cn/x"):
    def no_line(*_args):
        raise ConnectionRefusedError

    return send(
        url,
        body=b"",
        headers={},
        allowed=frozenset({"open.feishu.cn"}),
        look_up=lambda _host: answers,
        open_line=line or no_line,
    )


def ended(**how) -> tuple[str, bool]:
    with pytest.raises(Unreachable) as stopped:
        call(**how)
    return stopped.value.code, stopped.value.final


def test_a_name_with_one_inside_address_is_refused_whole():
    assert ended(answers=("93.184.215.14", "10.0.0.1")) == ("address_refused", True)
    assert ended(answers=()) == ("address_refused", True)
    assert ended(url="http://open.feishu.cn/") == ("address_refused", True)


def test_what_cannot_be_reached_is_tried_again():
    assert ended() == ("no_connection", False)

    def unknown(_host):
        raise socket.gaierror

    with pytest.raises(Unreachable, match="unknown_name"):
        send(
            "https://a.example/",
            body=b"",
            headers={},
            allowed=frozenset({"a.example"}),
            look_up=unknown,
        )


def test_an_answer_is_read_and_a_broken_one_is_not_believed():
    kept = []  # a far end that nobody holds is closed

    def answering(said: bytes):
        def line(*_args):
            ours, theirs = socket.socketpair()
            theirs.sendall(said)
            theirs.shutdown(socket.SHUT_WR)
            kept.append(theirs)
            return ours

        return line

    good = call(line=answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    assert good == Answer(200, b"ok")
    assert ended(line=answering(b"nonsense\r\n\r\n"))[0] == "no_answer"
    assert ended(line=answering(b""))[0] == "no_answer"
    turned = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n"
    assert ended(line=answering(turned)) == ("redirected", True)
    for theirs in kept:
        theirs.close()


def test_a_line_is_encrypted_or_closed(monkeypatch):
    assert "127.0.0.1" in resolve("127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(outbound, "PORT", server.getsockname()[1])
        server.settimeout(5)
        with pytest.raises(OSError, match="timed out"):
            dial("127.0.0.1", "open.feishu.cn", 0.2)
