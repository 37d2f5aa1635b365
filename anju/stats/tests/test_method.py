"""The method statement: complete, in both languages, unknown where nobody recorded it."""

from datetime import date

import pytest

from anju.stats.method import SurveyFacts, method_statement, missing
from anju.stats.results import BadCounts, Method, Words

FULL = SurveyFacts(
    title=Words("业主调查", "Owner survey"),
    purpose="find gaps",
    population_described="all units",
    population=250,
    planned=200,
    issued=250,
    returned=200,
    valid=198,
    refused=10,
    unreachable=40,
    unit="households",
    period="2009-03",
    fieldwork_from=date(2009, 3, 2),
    fieldwork_to=date(2009, 3, 20),
    modes=(Words("纸质", "paper"), "phone"),
    sampling="census",
    representativeness="by building",
    weighting="none",
    contractor="own staff",
    exclusions="empty units",
    shortfall="not missed",
    incentives="none",
    anonymity="named",
    scales=("sat3",),
    formulas=("share_top[vs+bs]@1",),
    intervals=(Method.HYPERGEOMETRIC,),
    method="every home, by hand",
    limits="one month",
)


def lines(facts):
    return {row.key: row for row in method_statement(facts)}


def test_a_full_statement_leaves_nothing_unknown():
    found = lines(FULL)

    assert missing(method_statement(FULL)) == ()
    assert found["title"].zh == "调查名称：业主调查"
    assert found["response"].en == "Response rate: 80.0 % (200 of 250)"
    assert found["response"].zh == "回收率：80.0 %（收回 200 份，发放 250 份）"
    assert found["modes"].zh == "调查方式：纸质、phone"
    assert found["fieldwork"].en == "Fieldwork: 2009-03-02 to 2009-03-20"
    assert found["intervals"].zh == "区间方法：超几何反推区间"
    assert found["least"].en == "Smallest group shown: 5 households"


def test_what_nobody_recorded_is_printed_as_unknown():
    found = method_statement(SurveyFacts())

    assert {row.value.zh for row in found if not row.known} == {"未知"}
    assert {row.value.en for row in found if not row.known} == {"unknown"}
    assert set(missing(found)) == {row.key for row in found} - {"least"}


def test_the_lines_keep_their_order_and_number():
    assert [row.key for row in method_statement(FULL)] == [
        row.key for row in method_statement(SurveyFacts())
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (SurveyFacts(fieldwork_from=date(2009, 3, 2)), "2009-03-02 至 未知"),
        (SurveyFacts(fieldwork_to=date(2009, 3, 20)), "未知 至 2009-03-20"),
    ],
)
def test_half_known_fieldwork_shows_what_is_known(facts, said):
    assert lines(facts)["fieldwork"].value.zh == said


def test_an_empty_text_is_unknown():
    assert not lines(SurveyFacts(purpose=""))["purpose"].known


def test_more_returned_than_issued_is_refused():
    with pytest.raises(BadCounts):
        method_statement(SurveyFacts(issued=20, returned=25))
