"""`anju report` as a consultant types it: figures, guesses on stderr, refusals with the cure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from anju.cli.main import main

HOUSING = Path(__file__).parents[3] / "../shared/data/copenhagen_housing.csv"
THREE = ["满意度", *["非常满意"] * 16, *["基本满意"] * 3, "不满意"]


@pytest.fixture(autouse=True)
def _a_chinese_machine(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.fixture
def answers(tmp_path):
    def make(lines, name="answers.csv"):
        path = tmp_path / name
        path.write_text("\n".join(map(str, lines)), encoding="utf-8")
        return str(path)

    return make


def figures(path: Path) -> dict:
    plain: dict = json.loads(path.read_text(encoding="utf-8"))
    return plain


def test_twenty_answers_of_twenty_five_forms(answers, tmp_path, capsys):
    out = tmp_path / "r.json"
    assert main(["report", answers(THREE), "--issued", "25", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "满意率（非常满意、基本满意）95.0%，95%区间88.0–96.0，n = 20" in said.out
    for key in (
        "share_top[vs]@1  80.0%",
        "share_top[vs+bs]@1  95.0%",
        "points_share[3/2/1]@1  91.7%",
    ):
        assert key in said.out
    assert "mean_index@1  87.5" in said.out
    assert "满意度：题目" in said.err
    assert figures(out)["funnel"]["rate"] == 0.8


def test_points_of_a_form_keep_numerator_and_denominator(answers, tmp_path, capsys):
    out = tmp_path / "r.json"
    file = answers(["得分", *[100] * 16, *[80] * 4])
    assert main(["report", file, "--issued", "25", "--language", "en", "--out", str(out)]) == 0
    assert "Share of points 96.0%, 95% interval 94.3–96.8, n = 20" in capsys.readouterr().out
    figure = figures(out)["overall"]["primary"]["figure"]
    assert (figure["numerator"], figure["denominator"]) == (1920, 2000)
    assert (round(figure["bounds"]["low"], 3), round(figure["bounds"]["high"], 3)) == (0.768, 0.968)


def test_published_totals_have_bounds_and_no_interval(capsys):
    given = ["report", "--totals", "1920/2000", "--issued", "25", "--returned", "20"]
    assert main(given) == 0
    out = capsys.readouterr().out
    assert "1,920 / 2,000  96.0%  76.8–96.8  n = 20" in out
    assert "没有区间" in out


def test_published_totals_as_a_share_of_people_are_refused(capsys):
    given = ["report", "--totals", "1920/2000", "--kind", "people", "--returned", "20"]
    assert main(given) == 2
    assert "E-STATS-WHOLE" in capsys.readouterr().err


def test_parts_without_bases_print_no_overall_and_with_bases_one(capsys):
    parts = ["公寓=85", "商业=86", "写字楼=93"]
    bare = [word for part in parts for word in ("--part", part)]
    assert main(["report", *bare]) == 0
    assert "无法计算" in capsys.readouterr().out
    based = [
        w for part, n in zip(parts, (600, 100, 300), strict=True) for w in ("--part", f"{part}:{n}")
    ]
    assert main(["report", *based, "--language", "en"]) == 0
    assert "87.5" in capsys.readouterr().out


@pytest.mark.skipif(not HOUSING.exists(), reason="the public table is not at hand")
def test_the_copenhagen_residents(tmp_path, capsys):
    out = tmp_path / "r.json"
    given = ["report", str(HOUSING), "--item", "Sat", "--levels", "Low,Medium,High"]
    given += ["--count", "Freq", "--by", "Type", "--language", "en", "--out", str(out)]
    assert main(given) == 0
    said = capsys.readouterr().out
    for part in ("n = 1,681", "Low 33.7%, Medium 26.5%, High 39.7%", "mean_index@1  53.0",
                 "Tower  50.0%", "Atrium  40.2%", "Apartment  39.5%", "Terrace  25.3%",
                 "response rate unknown"):  # fmt: skip
        assert part in said
    alike = figures(out)["breakdowns"][0]["alike"]
    assert alike == [["Atrium", "Apartment"]]


def test_the_top_set_may_be_named(answers, capsys):
    assert main(["report", answers(THREE), "--top", "非常满意"]) == 0
    assert "满意率（非常满意）80.0%" in capsys.readouterr().out
    assert main(["report", answers(THREE), "--top", "好极了"]) == 2
    assert "E-ANSWER" in capsys.readouterr().err


def test_a_bad_cell_is_named_by_row_and_column(answers, capsys):
    file = answers(["满意度,人数", "非常满意,3", "不满意,三个", "不满意,2"])
    assert main(["report", file, "--count", "人数"]) == 2
    err = capsys.readouterr().err
    assert "第3行，人数列" in err


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "E-FILE"),
        (["nowhere.csv"], "E-FILE"),
        (["--totals", "1920", "--returned", "20"], "E-NUM-FORMAT"),
        (["--part", "公寓"], "E-NUM-FORMAT"),
        (["--totals", "1920/2000", "--returned", "1e3"], "E-NUM-FORMAT"),
        (["--totals", "1/2", "--returned", "2", "--out", "r.doc"], "E-OUT"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code(given, code, capsys):
    assert main(["report", *given]) == 2
    assert code in capsys.readouterr().err


def test_more_answers_than_forms_are_refused(answers, capsys):
    assert main(["report", answers(THREE), "--issued", "15", "--language", "en"]) == 2
    assert "E-COUNT" in capsys.readouterr().err


def test_an_unknown_column_is_refused_with_those_there_are(answers, capsys):
    assert main(["report", answers(THREE), "--item", "Sat"]) == 2
    assert "满意度" in capsys.readouterr().err


def test_help_shows_examples(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["report", "--help"])
    assert ended.value.code == 0
    assert "anju report answers.xlsx --issued 25 --out report.pdf" in capsys.readouterr().out


def test_it_needs_no_settings_and_no_database(answers, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "anju.cli.main", "report", answers(THREE), "--out", "r.html"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "r.html").exists()
    assert not list(tmp_path.glob("*.sqlite3"))
