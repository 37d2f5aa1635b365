"""`anju stats --report`: the same figures to read and print, in both languages and three forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import openpyxl
import pytest

from anju.cli import stats_report
from anju.cli.main import main
from anju.cli.stats_asked import Asked, Drawn
from anju.cli.stats_done import Line
from anju.cli.tests.test_stats import DESIGN, rows
from anju.paper.drawing import PlainAxis
from anju.stats.cautions import ONE_CLUSTER

WHOLE = ("--item", "clean,safe", "--change", "before:after", "--drivers", "overall:clean,safe")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "spring.csv"
    path.write_text(rows(), encoding="utf-8")
    return path


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "What to say",
                "95 % interval",
                "rose by",
                "no cause",
                "clusters: block",
                "Only 12 clusters",
            ),
        ),
        ("zh", ("主要结论", "95%区间", "上升", "不说明原因", "整群“block”", "仅有 12 个群")),
    ],
)
def test_the_page_says_each_figure_with_its_interval_and_how_it_was_made(file, language, told):
    out = file.with_suffix(".html")

    assert main(["stats", str(file), "--language", language, "--design", DESIGN, *WHOLE, "--report", str(out)]) == 0  # fmt: skip

    said = text_of(out.read_text("utf-8"))
    for words in ("spring", "clean", "safe", "before → after", "anju.stats", *told):
        assert words in said, words
    assert re.search(r"\bnan\b", said, re.IGNORECASE) is None


def test_one_call_writes_every_form_and_names_each(file, capsys):
    outs = [file.with_suffix(one) for one in (".pdf", ".html", ".xlsx")]
    given = [part for out in outs for part in ("--report", str(out))]

    assert main(["stats", str(file), *WHOLE, "--title", "Spring", *given]) == 0

    assert capsys.readouterr().out.splitlines()[-3:] == [str(out) for out in outs]
    assert outs[0].read_bytes().startswith(b"%PDF")
    data = openpyxl.load_workbook(outs[2]).worksheets[0]
    heads = [cell.value for cell in data[1]]
    kinds = [row[heads.index("what")].value for row in data.iter_rows(min_row=2)]
    assert kinds == ["mean", "mean", "change", "driver", "driver", "r2"]


def test_the_same_file_at_the_same_time_gives_the_same_pages(file, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 4, 0, tzinfo=UTC), tick=False)
    outs = [file.with_name(name) for name in ("one.pdf", "two.pdf")]
    for out in outs:
        assert main(["stats", str(file), *WHOLE, "--report", str(out)]) == 0

    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize(
    ("name", "told"), [("figures.docx", ".pdf, .html, .xlsx"), ("nowhere/figures.pdf", "folder")]
)
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_computed(
    file, capsys, name, told
):
    assert main(["stats", str(file), "--item", "clean", "--language", "en", "--report", str(file.parent / name)]) == 2  # fmt: skip

    said = capsys.readouterr()
    assert said.out == ""
    assert "E-OUT" in said.err
    assert told in said.err


def document(*lines: Line, by: str = "", level: float = 0.95):
    wanted = Asked(("clean",), Drawn(), by, (), None, (), None, "arrays", level)
    told = stats_report.Told("x", datetime(2026, 11, 23, tzinfo=UTC), "en")
    return stats_report.document(lines, wanted, told)


def test_a_fall_is_told_by_its_size_and_what_cannot_be_told_is_said_so():
    fell = Line("change", "a → b", "", -0.5, 0.1, -0.7, -0.3, 40, 39.0)
    untold = Line("change", "c → d", "", -0.1, 0.1, -0.3, 0.1, 40, 39.0)

    says = document(fell, untold).says

    assert says[0] == "a → b fell by 0.5 (95 % interval 0.3 – 0.7)."
    assert (
        says[1]
        == "c → d moved by -0.1; the 95 % interval -0.3 – 0.1 holds nought, so no change can be told."
    )


def test_a_figure_without_an_interval_says_so_and_why():
    bare = Line("mean", "clean", "", 3.5, None, None, None, 7, None, (ONE_CLUSTER,))

    doc = document(bare)

    assert doc.says == ("clean: 3.50, no interval, n = 7.",)
    assert [row.cells[0] for row in doc.sections[-1].rows][-1] == ONE_CLUSTER.en
    assert doc.sections[0].rows[0].cells == ("3.50", "–", "–", "7", "–")


def test_groups_without_a_single_interval_are_not_said_to_overlap():
    told = [Line("mean", "clean", at, 3.5, None, None, None, 7, None) for at in "ab"]
    nobody = Line("mean", "clean", "c", None, None, None, None, 0, None)

    doc = document(*told, nobody, by="block")

    assert doc.says == ("clean in 2 groups runs from 3.50 to 3.50; no interval can be given.",)
    assert doc.sections[0].rows[2].cells == ("–", "–", "–", "0", "–")
    assert doc.sections[0].rows[2].marks == ()


def test_the_level_that_was_asked_for_stands_at_the_intervals():
    line = Line("mean", "clean", "", 3.5, 0.1, 3.3, 3.7, 70, 69.0)

    assert "90 % interval 3.30 – 3.70" in document(line, level=0.9).says[0]


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        ((1.6, 4.4), 1.0, 5.0, 1.0),
        ((0.18, 0.53, 0.0), 0.0, 0.6, 0.2),
        ((40.0, 52.0), 40.0, 55.0, 5.0),
        ((3.0,), 3.0, 4.0, 1.0),
        ((-2_000.0, 5_500.0), -2_000.0, 6_000.0, 2_000.0),
    ],
)
def test_the_axis_has_round_ends_that_hold_every_value(values, low, high, step):
    axis = PlainAxis.of(values)

    assert (axis.low, axis.high) == pytest.approx((low, high))
    assert axis.ticks()[0].x == 0
    assert axis.ticks()[-1].x == pytest.approx(1)
    assert axis.step == pytest.approx(step)
    assert axis.low <= min(values) <= max(values) <= axis.high
