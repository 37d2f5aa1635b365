"""Hours, waits, words, ways, targets: each against what it must never do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure.problems import Problem
from anju.notify.rules.hours import NIGHT, Quiet, next_allowed, own_hours
from anju.notify.rules.retry import JITTER, MOST_TRIES, WAITS, wait_after
from anju.notify.rules.robots import RobotKind, read_robot
from anju.notify.rules.targets import may_connect, parse_target
from anju.notify.rules.ways import (
    Household,
    LeftOut,
    Way,
    Wishes,
    colleague_way,
    household_limit,
    may_write,
    owner_way,
)
from anju.notify.rules.words import (
    BrokenTemplate,
    Kind,
    Template,
    Text,
    both,
    refuse_broken,
    register,
    render,
    template_of,
)

ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "UTC"])
# Minutes since 2020: quicker to draw than dates with a zone.
INSTANTS = st.integers(0, 5_256_000).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
WALLS = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
PHONE, BARE = True, False
DAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@given(INSTANTS, ZONES, WALLS, WALLS)
def test_what_is_allowed_is_never_earlier_and_never_in_quiet_time(at, zone, begins, ends):
    quiet = (NIGHT, *own_hours(begins, ends))
    found = next_allowed(at, zone=zone, quiet=quiet)

    wall = found.astimezone(ZoneInfo(zone)).time()
    every = [time(hour, minute) for hour in range(24) for minute in range(60)]
    free = any(not any(one.covers(t) for one in quiet) for t in every)
    assert found >= at
    assert not NIGHT.covers(wall)
    assert not free or not any(one.covers(wall) for one in quiet)
    assert found - at <= timedelta(hours=50)


@given(INSTANTS)
def test_what_is_allowed_stays_allowed_and_emergencies_do_not_wait(at):
    found = next_allowed(at, zone="Asia/Shanghai")

    assert next_allowed(found, zone="Asia/Shanghai") == found
    assert next_allowed(at, zone="Asia/Shanghai", urgent=True) == at


def test_the_night_ends_at_eight_and_begins_at_nine_in_the_evening():
    place = ZoneInfo("Asia/Shanghai")
    late = datetime(2026, 11, 20, 21, 0, tzinfo=place)

    assert next_allowed(late, zone="Asia/Shanghai") == datetime(2026, 11, 21, 8, tzinfo=place)
    before = late - timedelta(seconds=1)
    assert next_allowed(before, zone="Asia/Shanghai") == before


def test_hours_that_leave_no_minute_give_way_to_the_night_alone():
    whole = (NIGHT, Quiet(time(8), time(21)))

    assert next_allowed(DAY, zone="Asia/Shanghai", quiet=whole) == DAY
    night = DAY + timedelta(hours=12)
    assert next_allowed(night, zone="Asia/Shanghai", quiet=whole) == datetime(
        2026, 11, 21, tzinfo=UTC
    )
    assert own_hours(None, time(9)) == own_hours(time(9), time(9)) == ()


@given(st.integers(1, 4), st.text(min_size=1))
def test_a_wait_is_near_its_step_and_always_the_same(tries, uid):
    found = wait_after(tries, uid)

    assert found == wait_after(tries, uid)
    step = WAITS[tries - 1]
    assert step * (1 - JITTER) <= found <= step * (1 + JITTER)


def test_after_five_tries_a_message_is_given_up():
    assert wait_after(MOST_TRIES, "a") is None
    assert wait_after(MOST_TRIES - 1, "a") is not None
    assert len({wait_after(1, f"m{n}") for n in range(50)}) > 40
    with pytest.raises(ValueError, match="after a try"):
        wait_after(0, "a")


def test_a_template_says_the_same_values_in_both_languages():
    one = register(Template("t.one", Kind.NEW, Text("{a}", "{b}"), Text("{b}", "{a}")))
    assert register(one) == one == template_of("t.one")

    values = {"a": both("甲", "A"), "b": 3}
    assert render(one, "zh-hans", values) == Text("甲", "3")
    assert render(one, "en", values) == Text("3", "A")
    assert render(one, "en", {"a": {"zh": "只有中文"}, "b": ""}).body == "只有中文"
    with pytest.raises(BrokenTemplate, match=r"t\.one"):
        render(one, "en", {"a": "alone"})


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (Template("t.two", Kind.NEW, Text("{a}", ""), Text("{b}", "")), "different values"),
        (Template("t.three", Kind.NEW, Text("{a.b}", ""), Text("{a.b}", "")), "plain name"),
    ],
)
def test_a_template_that_could_break_is_refused(template, told):
    with pytest.raises(BrokenTemplate, match=told):
        register(template)


def test_two_templates_of_one_code_are_refused_and_an_unknown_one_too():
    register(Template("t.same", Kind.NEW, Text("", ""), Text("", "")))
    with pytest.raises(BrokenTemplate, match="two templates"):
        register(Template("t.same", Kind.LATE, Text("", ""), Text("", "")))
    with pytest.raises(BrokenTemplate, match="no template"):
        template_of("t.nowhere")


def test_a_colleague_is_told_as_she_wishes():
    usual, silent = Wishes(), Wishes(frozenset(), digest=False)
    assert colleague_way(Kind.NEW, usual, mail=True) is Way.INAPP
    assert colleague_way(Kind.NEW, Wishes(by_mail=True), mail=True) is Way.MAIL
    assert colleague_way(Kind.NEW, Wishes(by_mail=True), mail=False) is Way.INAPP
    assert colleague_way(Kind.NEW, Wishes(frozenset()), mail=True) is Way.DIGEST
    assert colleague_way(Kind.NEW, silent, mail=True) is Way.INAPP
    assert colleague_way(Kind.OTHER, silent, mail=True) is Way.INAPP


def test_an_owner_who_wishes_a_call_gets_no_text_message():
    assert owner_way("", phone=True, sms=True) is Way.SMS
    assert owner_way("sms", phone=True, sms=True) is Way.SMS
    assert owner_way("phone", phone=True, sms=True) is Way.OUTBOX
    assert owner_way("sms", phone=True, sms=False) is Way.OUTBOX
    assert owner_way("", phone=False, sms=True) is Way.OUTBOX


def test_who_is_left_out_is_left_out_for_a_reason():
    good = Household(PHONE, "", frozenset({"survey"}))
    assert may_write(good, "survey", DAY) is None
    assert may_write(Household(PHONE, "", frozenset()), "survey", DAY) is LeftOut.NO_CONSENT
    assert may_write(Household(PHONE, "", frozenset()), "", DAY) is None
    assert may_write(Household(BARE, "sms", good.consents), "survey", DAY) is LeftOut.NO_WAY
    assert may_write(Household(BARE, "visit", good.consents), "survey", DAY) is None
    asked = Household(PHONE, "", good.consents, DAY - timedelta(days=30))
    assert may_write(asked, "survey", DAY, days=90) is LeftOut.TOO_OFTEN
    assert may_write(asked, "survey", DAY, days=30) is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_home_is_asked_again_after_the_limit_and_not_before(passed, days):
    last = DAY - timedelta(days=passed)
    assert household_limit(last, DAY, days) == (passed >= days or days == 0)
    assert household_limit(None, DAY, days)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
        "2002:808:808::1", "240e:1::1",
    ],
)  # fmt: skip
def test_a_machine_on_the_internet_may_be_called(address):
    assert may_connect(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.100.100.200", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255",
        "240.0.0.1", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "::7f00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1",
        "100::1", "4000::1", "127.1", "0x7f.1", "2130706433", "localhost", "",
    ],
)  # fmt: skip
def test_what_leads_inside_may_not_be_called(address):
    assert not may_connect(address)


ALLOWED = frozenset({"open.feishu.cn", "127.0.0.1", "localhost"})


@pytest.mark.parametrize(
    "url",
    [
        "http://open.feishu.cn/a", "ftp://open.feishu.cn/", "file:///etc/passwd", "gopher://x/",
        "https://open.feishu.cn:8443/", "https://open.feishu.cn:0x/", "https://u:p@open.feishu.cn/",
        "https://u@open.feishu.cn/", "https://open.feishu.cn/#x", "https://127.0.0.1/",
        "https://localhost/", "https://2130706433/", "https://[::1]/", "https://evil.example/",
        "https://open.feishu.cn.evil.example/", "https://open.feishu.cn@evil.example/",
        "https://open.feishu.cn\\@evil.example/", "https://ope n.feishu.cn/", "https://①.②/",
        "https://open.feishu.cn./", "https://open.feishu.cn:99999/", "//open.feishu.cn/", "",
        "https://open.feishu.cn/\r\nHost: x",
    ],
)  # fmt: skip
def test_an_address_off_the_list_or_of_two_minds_is_refused(url):
    with pytest.raises(Problem, match="E-URL-TARGET"):
        parse_target(url, allowed=ALLOWED)


def test_an_address_on_the_list_is_read():
    target = parse_target("https://open.feishu.cn:443/a/b?c=1", allowed=ALLOWED)
    assert (target.host, target.path) == ("open.feishu.cn", "/a/b?c=1")
    assert parse_target("https://open.feishu.cn", allowed=ALLOWED).path == "/"


@pytest.mark.parametrize(
    ("kind", "url", "key"),
    [
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd-1234", "abcd-1234"),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=abcd1234", "abcd1234"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/abcd-1234", "abcd-1234"),
    ],
)
def test_the_address_of_a_robot_is_its_chats_own(kind, url, key):
    assert read_robot(RobotKind(kind), f" {url} ")[1] == key
    with pytest.raises(Problem, match="E-URL-TARGET"):
        read_robot(RobotKind(kind), f"{url}&x=1/")
    other = next(one for one in RobotKind if one != kind)
    with pytest.raises(Problem, match="E-URL-TARGET"):
        read_robot(other, url)


def test_a_broken_template_names_the_field_the_language_or_the_link():
    plain = Template("t.names", Kind.OTHER, Text("", "{owner.password}"), Text("", "{link}"))
    for language, reason, told in (
        ("zh-hans", "template_field", "owner.password (home)"),
        ("en", "template_link", "link (home)"),
        ("fr", "template_language", "fr (zh, en)"),
    ):
        with pytest.raises(BrokenTemplate) as caught:
            render(plain, language, {"home": "3-502"})
        assert (caught.value.reason, caught.value.told) == (reason, told)
    odd = Template("t.odd", Kind.OTHER, Text("", "{home:zz}"), Text("", "{home:zz}"))
    with pytest.raises(BrokenTemplate) as caught:
        render(odd, "en", {"home": "3-502"})
    assert caught.value.reason == "template"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("{phoen} {link}", "E-TMPL-FIELD", "“phoen”"),
        ("{{ owner.password }} {link}", "E-TMPL-FIELD", "“owner.password”"),
        ("{% include %} {link}", "E-TMPL-FIELD", "“% include %”"),
        ("{link", "E-TMPL-FIELD", "“{”"),
        ("{home}", "E-TMPL-LINK", "{link}"),
        ("{link.__class__}", "E-TMPL-FIELD", "home, link"),
    ],
)
def test_words_that_cannot_be_made_are_refused_before_anything_is_sent(words, code, said):
    broken = Template("t.broken", Kind.OTHER, Text("", words), Text("", words), keeps=False)
    with pytest.raises(Problem) as caught:
        refuse_broken(broken, ("home", "link"), "agreed")
    assert (caught.value.code, caught.value.field) == (code, "agreed")
    assert said in caught.value.text("en")
    assert caught.value.text("zh-hans")
    whole = Template("t.whole", Kind.OTHER, Text("", "{link}"), Text("", "{link}"), keeps=False)
    refuse_broken(whole, ("home", "link"), "agreed")
