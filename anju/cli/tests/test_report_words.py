"""`anju report` on a spreadsheet as it comes: odd words, double homes, counts, titles, the language."""

from __future__ import annotations

import json

import pytest

from anju.cli.main import main
from anju.cli.report_title import title_of
from anju.cli.tongue import spoken
from anju.insight.tests.sheet import SHEET, TITLE


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_bytes(SHEET.encode("gb18030"))
    return str(path)


@pytest.fixture
def run(file, capsys, tmp_path):
    def go(*more, code=0, language="zh"):
        out = tmp_path / "r.json"
        given = ["report", file, "--issued", "60", "--language", language, "--out", str(out), *more]
        assert main(given) == code
        said = capsys.readouterr()
        figures = json.loads(out.read_text("utf-8")) if code == 0 else {}
        return said, figures

    return go


def test_an_unknown_word_is_refused_with_the_option_to_type(run):
    said, _ = run(code=2)
    assert "有1个单元格无法读取" in said.err
    assert "--read 还行=一般" in said.err
    assert "则写 --read 还行=" in said.err
    said, _ = run(code=2, language="en")
    assert "1 cell cannot be read" in said.err
    assert "--read 还行=一般 (one of: 非常满意、满意" in said.err
    assert "neutral (一般)" in said.err


def test_a_word_is_read_as_the_person_says(run):
    said, figures = run("--read", "还行=一般")
    assert "“还行” → 一般 1次（您对环境卫生的满意度，第16行）" in said.err
    item = next(i for i in figures["items"] if i["label"]["zh"] == "您对环境卫生的满意度")
    assert item["share"]["figure"]["n"] == 24
    assert figures["cells"]["reworded"][0]["rows"] == ["16"]


def test_a_word_may_be_left_out(run):
    said, figures = run("--read", "还行=")
    assert "“还行” → 没有回答 1次" in said.err
    item = next(i for i in figures["items"] if i["label"]["zh"] == "您对环境卫生的满意度")
    assert (item["share"]["figure"]["n"], item["missing"]) == (23, 2)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("还行", "请写成"),
        ("=一般", "请写成"),
        ("还行=棒", "没有选项 棒"),
        ("凑合=一般", "没有哪一列"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(run, wish, words):
    said, _ = run("--read", wish, code=2)
    assert "E-READ" in said.err
    assert words in said.err


def test_what_was_done_with_every_cell_is_said(run):
    said, figures = run("--read", "还行=一般")
    assert "“不清楚” 5次" in said.err
    assert "您对客服服务的满意度 2；您对环境卫生的满意度 1；总体满意度 1" in said.err
    assert "房屋 1-302 交来2份：第8、9行" in said.err
    assert "“您的建议”11条" in said.err
    assert figures["cells"]["twice"] == [["8", "9"]]
    assert "1-302" not in json.dumps(figures)


def test_counts_agree_with_each_other(run):
    said, figures = run("--read", "还行=一般")
    assert "发放60份，收回26份，回收率43.3%" in said.out
    assert "60份里36份没有对“总体满意度”给出有效回答" in figures["silence_title"]["zh"]
    assert figures["funnel"]["answered"] == 26


def test_more_forms_than_were_issued_are_refused_even_where_a_home_gave_two(file, capsys):
    given = ["report", file, "--issued", "25", "--read", "还行=一般", "--language", "en"]
    assert main(given) == 2
    assert "E-COUNT" in capsys.readouterr().err


def test_the_line_over_the_head_is_the_title(run):
    _, figures = run("--read", "还行=一般")
    assert figures["head"]["title"] == TITLE
    _, named = run("--read", "还行=一般", "--title", "二期")
    assert named["head"]["title"] == "二期"


def test_nothing_is_asked_twice_and_the_way_to_disagree_is_named(run):
    said, _ = run("--read", "还行=一般", language="en")
    assert "check (please check)" not in said.err
    assert "please check" not in said.err  # every word of the scale stands in some column
    assert "Wrong? Say it with --item" in said.err


def test_what_nobody_said_is_unknown(run):
    _, figures = run("--read", "还行=一般")
    method = {row["key"]: row for row in figures["method"]}
    assert not method["sampling"]["known"]
    assert "contractor" not in method


def test_hidden_groups_come_with_what_to_do(run):
    said, _ = run("--read", "还行=一般")
    assert "3栋不足5户作答，不显示；1栋也不显示" in said.out


@pytest.mark.parametrize(
    ("more", "installed", "zone"),
    [
        ((), None, "Asia/Shanghai"),
        ((), "Asia/Tokyo", "Asia/Tokyo"),
        (("--zone", "Asia/Dubai"), "Asia/Tokyo", "Asia/Dubai"),
    ],
)
def test_the_moment_is_told_in_the_zone_of_the_company(run, monkeypatch, more, installed, zone):
    monkeypatch.delenv("ANJU_ZONE", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    if installed:
        monkeypatch.setenv("ANJU_ZONE", installed)
    _, figures = run("--read", "还行=一般", *more)
    assert figures["head"]["zone"] == zone
    away = {"Asia/Shanghai": "+08:00", "Asia/Tokyo": "+09:00", "Asia/Dubai": "+04:00"}[zone]
    assert figures["head"]["as_of"].endswith(away)


@pytest.mark.parametrize("zone", ["Mars/North", "../etc/passwd", "Asia"])
def test_a_zone_that_is_none_is_refused_with_one_that_is(run, zone):
    said, _ = run("--zone", zone, code=2)
    assert f"E-ZONE: 没有时区 {zone}" in said.err
    assert "Asia/Shanghai" in said.err


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("3f9ac1d2_枫林苑答卷", "枫林苑答卷"),
        ("枫林苑_2026年下半年 (1)", "枫林苑 2026年下半年"),
        ("survey-2026-11-22", "survey-2026-11-22"),
        ("20261122答卷", "20261122答卷"),
        ("answers_aB3dE9x", "answers"),
        ("123e4567-e89b-12d3-a456-426614174000 翠湖苑", "翠湖苑"),
        ("9f86d081884c7d659a2feaa0c55ad015", ""),
    ],
)
def test_a_file_name_becomes_a_title_without_what_no_person_wrote(stem, title):
    assert title_of(stem) == title


def test_a_file_named_by_a_hash_alone_is_called_a_report(tmp_path, capsys):
    path = tmp_path / "9f86d081884c7d65.csv"
    path.write_text(SHEET.partition("\n")[2], "utf-8")
    out = tmp_path / "r.json"
    given = ["report", str(path), "--language", "zh", "--read", "还行=一般", "--out", str(out)]
    assert main(given) == 0
    assert capsys.readouterr().out
    assert json.loads(out.read_text("utf-8"))["head"]["title"] == "满意度调查报告"


@pytest.mark.parametrize(
    ("asked", "machine", "heard"),
    [
        ("en", "zh_CN.UTF-8", "en"),
        (None, "zh_CN.UTF-8", "zh"),
        (None, "en_GB.UTF-8", "en"),
        ("zh", "C", "zh"),
    ],
)
def test_a_command_speaks_the_language_of_the_machine(asked, machine, heard, monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", machine)
    assert spoken(asked) == heard


def test_the_headline_is_named_with_the_way_to_choose_another(run):
    said, figures = run("--read", "还行=一般")
    assert "--formula composite" in said.err
    assert figures["overall"]["primary"]["figure"]["formula"] == "share_top[vs+s]@1"
    assert "n = 24  总体满意度：满意率（非常满意、满意）" in said.out
    said, figures = run("--read", "还行=一般", "--formula", "composite")
    assert "--formula composite" not in said.err
    assert figures["overall"]["primary"]["figure"]["estimate"] == pytest.approx(70.99358974)


def test_a_file_that_is_no_table_is_refused_in_words_of_the_command(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert main(["report", str(path), "--language", "zh"]) == 2
    err = capsys.readouterr().err
    assert "后再试" in err
    assert "重新上传" not in err
