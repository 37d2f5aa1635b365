"""The settings of cases are read, changed and refused through their pages, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.kernel.pure.clock import utc_now
from anju.register.models import Account
from anju.terms import settings as read
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Category, LadderRung, ServiceLevel, VoiceRule
from tests.cast import AT, Cast, the_cast

FIGURES = {
    "version": "1", "visit_rate": "35", "repair_days": "1", "complaint_days": "2",
    "other_days": "3", "hasten_share": "50", "half_life_satisfied": "30",
    "half_life_dissatisfied": "180", "reopen_days": "21", "together": "6", "within": "45",
}  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    made = the_cast()
    give_defaults(company_id=made.company.id, at=AT)
    return made


@pytest.fixture
def client(cast) -> Client:
    made = Client()
    made.force_login(Account.objects.get(id=cast.quality.account_id))
    made.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
    return made


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def sent(client: Client, name: str, *args: object, **given: object):
    return client.post(reverse(name, args=args), given)


def test_the_times_in_force_stand_on_one_page_until_somebody_accepts_them(client, cast):
    told = page(client, "case-settings")
    assert "Use these" in told
    assert told.count("30 minutes") >= 4

    assert sent(client, "case-settings-accept").status_code == 302

    assert "Use these" not in page(client, "case-settings")


def test_a_call_on_friday_at_half_past_five_is_tried_out_with_its_steps(client, cast):
    told = page(
        client, "case-settings", start="2026-11-20 17:30", kind="repair", severity="usual",
        category="", project=str(cast.project.pk),
    )  # fmt: skip
    assert "Fri 20 Nov 2026, 18:00" in told or "Mon 23 Nov 2026" in told
    assert told.count('class="counted') == 4


@pytest.mark.parametrize("query", [{"project": "987654321"}, {"start": "yesterday"}, {"kind": "x"}])
def test_a_trial_of_nonsense_says_what_is_wrong(client, cast, query):
    given = {"start": "2026-11-20 17:30", "kind": "repair", "severity": "usual",
             "category": "", "project": str(cast.project.pk)} | query  # fmt: skip
    response = client.get(reverse("case-settings"), given)
    assert response.status_code == 422
    assert 'class="errsum"' in response.content.decode()


def test_a_new_time_holds_from_its_day_and_can_be_taken_back(client, cast):
    soon = (read.local_day(utc_now()) + timedelta(days=3)).isoformat()
    given = {"kind": "complaint", "acknowledge": "15", "resolve": "4h", "since": soon}
    assert sent(client, "case-settings-level-new", **given).status_code == 302
    told = page(client, "case-settings")
    assert "From a later day" in told
    key = re.search(r"levels/(\d+)/undo", told)
    assert key is not None

    assert sent(client, "case-settings-level-undo", key[1]).status_code == 302

    assert "From a later day" not in page(client, "case-settings")


def test_a_row_is_changed_from_what_it_says_now(client, cast):
    told = page(client, "case-settings")
    address = re.search(r'href="([^"]*levels/new/[^"]*kind=complaint[^"]*)"', told)
    assert address is not None
    form = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert 'value="16h"' in form
    assert 'value="complaint" selected' in form


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"resolve": "10"}, "E-SLA-ORDER"),
        ({"acknowledge": "", "resolve": ""}, "E-SLA-EMPTY"),
        ({"resolve": "10 years"}, "E-NUM-FORMAT"),
        ({"resolve": "87600h"}, "E-SLA-RANGE"),
        ({"since": "2020-01-01"}, "E-SLA-ORDER"),
        ({"since": "2026-02-30"}, "E-DATE"),
        ({"project": "987654321"}, "E-REF"),
        ({"category": "987654321"}, "E-REF"),
        ({"kind": "party"}, "E-CHOICE"),
    ],
)
def test_a_bad_time_is_refused_with_its_code_and_nothing_is_stored(client, cast, change, code):
    with cast.inside():
        count = ServiceLevel.objects.count()
    day = read.local_day(utc_now()).isoformat()
    given = {"kind": "repair", "acknowledge": "30", "resolve": "8h", "since": day} | change

    response = sent(client, "case-settings-level-new", **given)

    assert response.status_code == 422
    assert code in response.content.decode()
    with cast.inside():
        assert ServiceLevel.objects.count() == count


def test_a_category_is_made_and_a_late_form_shows_both_versions(client, cast):
    given = {"zh": "充电桩", "en": "Chargers", "spot": "common", "evidence": "both",
             "words": "充电\n枪头 0.8", "warranty": "12"}  # fmt: skip
    assert sent(client, "case-settings-category-new", **given).status_code == 302
    with cast.inside():
        row = Category.objects.get(code="chargers")
    assert row.words == {"充电": 1.0, "枪头": 0.8}
    assert "枪头 0.8" in page(client, "case-settings-category", row.pk)
    first = sent(client, "case-settings-category", row.pk, **given | {"zh": "充电", "version": "1"})
    late = sent(client, "case-settings-category", row.pk, **given | {"zh": "桩", "version": "1"})
    assert (first.status_code, late.status_code) == (302, 409)
    assert "Somebody was faster" in late.content.decode()
    for name in ("move", "retire", "return"):
        assert sent(client, f"case-settings-category-{name}", row.pk).status_code == 302
    assert "充电" in page(client, "case-settings-categories")


def test_a_ladder_is_written_line_by_line(client, cast):
    assert page(client, "case-settings-ladder").count("Rung ") >= 9
    given = {"version": "1", "role_1": "assignee", "measure_1": "share", "amount_1": "80",
             "role_2": "head", "measure_2": "over", "amount_2": "2h"}  # fmt: skip
    assert sent(client, "case-settings-ladder", **given).status_code == 302
    with cast.inside():
        rows = LadderRung.objects.order_by("number").values_list("role", "share", "over")
        assert list(rows) == [("assignee", 0.8, None), ("head", None, 120)]
    bad = sent(client, "case-settings-ladder", version="2", role_1="head", measure_1="days")
    assert (bad.status_code, "E-LADDER-EMPTY" in bad.content.decode()) == (422, True)


def test_the_figures_show_the_published_number_and_are_set(client, cast):
    told = page(client, "case-settings-figures")
    with cast.inside():
        assert VoiceRule.objects.get().visit_seed in told
    given = FIGURES
    assert sent(client, "case-settings-figures", **given).status_code == 302
    bad = sent(client, "case-settings-figures", **given | {"version": "2", "visit_rate": "1e3"})
    assert (bad.status_code, "E-NUM-FORMAT" in bad.content.decode()) == (422, True)
    with cast.inside():
        assert VoiceRule.objects.get().visit_rate == 0.35


def test_the_last_change_of_figures_and_ladder_is_taken_back_once(client, cast):
    def seen() -> tuple[object, ...]:
        with cast.inside():
            rule = VoiceRule.objects.get()
            rungs = LadderRung.objects.order_by("number")
            found = list(rungs.values_list("role", "share", "over", "days"))
        return rule.visit_rate, rule.repair_days, rule.within, found

    before = seen()
    kept = {name: value for name, value in FIGURES.items() if name != "version"}
    assert "Take this change back" not in page(client, "case-settings-figures")
    sent(client, "case-settings-figures", **kept, version="1")
    sent(
        client, "case-settings-ladder", version="2", role_1="head", measure_1="share", amount_1="50"
    )
    assert seen()[:3] == (0.35, 1, 45)
    assert seen()[3] == [("head", 0.5, None, None)]
    for name in ("figures", "ladder"):
        assert "Take this change back" in page(client, f"case-settings-{name}")
        assert sent(client, f"case-settings-{name}-undo").status_code == 302
        assert sent(client, f"case-settings-{name}-undo").status_code == 422
    assert seen() == before


def test_mailbox_and_texts_are_set_and_what_is_no_text_is_named(client, cast):
    given = {"mailbox_mail": "Boss@Anhe.example", "version": "1"}
    bad = sent(client, "case-settings-spoken", texts="收到", **given)
    assert (bad.status_code, "E-TEXT-MODULE" in bad.content.decode()) == (422, True)
    bad = sent(client, "case-settings-spoken", mailbox_mail="boss", version="1")
    assert (bad.status_code, "E-MAIL" in bad.content.decode()) == (422, True)
    good = sent(client, "case-settings-spoken", texts="收到：今天给您答复。\n谢谢: 谢谢您", **given)
    assert good.status_code == 302
    with cast.inside():
        rule = VoiceRule.objects.get()
        texts = read.texts_for_replies()
    assert (rule.mailbox_page, rule.mailbox_mail) == (False, "boss@anhe.example")
    assert texts == (("收到", "今天给您答复。"), ("谢谢", "谢谢您"))
    assert "谢谢：谢谢您" in page(client, "case-settings-spoken")


def test_the_settings_stand_in_chinese_without_an_english_word(client, cast):
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "zh-hans"
    for name in ("case-settings", "case-settings-categories", "case-settings-ladder",
                 "case-settings-spoken"):  # fmt: skip
        told = page(client, name)
        body = re.sub(r"<[^>]+>", " ", told[told.index("<main") : told.index("</main")])
        words = set(re.findall(r"[A-Za-z]{4,}", body)) - {"Anju"}
        assert name == "case-settings-categories" or not words, words
