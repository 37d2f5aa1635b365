"""`anju stats` on files as they come: figures, engines alike, forms of output, refusals with the cure."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pyarrow.csv
import pyarrow.parquet
import pytest

from anju.cli import stats_room
from anju.cli.main import main
from anju.cli.stats_room import free
from anju.stats.drivers import lmg

HEAD = "block,area,kind,w,blocks,before,after,overall,clean,safe\n"


def rows() -> str:
    """Sixty owners of twelve blocks in two areas, with a gap in every tenth answer."""
    lines = []
    for at in range(60):
        block, clean, safe = at % 12, 1 + (at * at + at // 7) % 5, 1 + (at * at * 3 + at // 5) % 5
        after = "" if at % 10 == 9 else str(min(5, clean + at % 2))
        overall = round(0.6 * clean + 0.3 * safe + (at % 3) * 0.2, 2)
        kind = "tower" if block < 6 else "flat"
        lines.append(f"b{block},{'NS'[block % 2]},{kind},{1 + block % 3},20,{clean},{after},{overall},{clean},{safe}")  # fmt: skip
    return HEAD + "\n".join(lines) + "\n"


DESIGN = "weight=w,strata=area,cluster=block,population=blocks"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(rows(), encoding="utf-8")
    return path


@pytest.fixture
def run(file, capsys):
    def go(*more, code=0, of=None):
        assert main(["stats", str(of or file), "--language", "en", *more]) == code
        said = capsys.readouterr()
        return said.err if code else said.out

    return go


def test_engines_give_the_same_figures_to_nine_digits(run):
    given = ("--item", "clean,after", "--design", DESIGN, "--by", "kind", "--format", "json")

    summed = json.loads(run(*given))
    by_rows = json.loads(run(*given, "--engine", "arrays"))

    assert [(one["item"], one["group"]) for one in summed] == [
        (item, kind) for item in ("clean", "after") for kind in ("flat", "tower")
    ]
    assert min(one["se"] for one in summed) > 0
    for one, two in zip(summed, by_rows, strict=True):
        for name in ("estimate", "se", "low", "high", "n", "df"):
            assert one[name] == pytest.approx(two[name], rel=1e-9)


def test_a_table_is_set_in_columns_and_csv_has_every_field(run):
    told = run("--item", "clean")
    listed = list(csv.DictReader(io.StringIO(run("--item", "clean", "--format", "csv"))))

    assert told.splitlines()[0].split() == ["figure", "item", "group", "estimate", "SE", "low", "high", "n", "df"]  # fmt: skip
    assert listed[0]["estimate"][:5] in told
    assert 1 < float(listed[0]["low"]) < float(listed[0]["estimate"]) < 5
    assert listed[0]["what"] == "mean"


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_figures_from_few_clusters_say_how_often_such_intervals_hold(run, engine):
    given = ("--item", "clean", "--change", "before:after", "--engine", engine)
    clustered = (*given, "--design", DESIGN)

    told = run(*clustered).splitlines()
    listed = list(csv.DictReader(io.StringIO(run(*clustered, "--format", "csv"))))
    plain = run(*given)

    assert told[-1].startswith("Only 12 clusters")
    assert sum("Only 12 clusters" in line for line in told) == 1
    assert [one["cautions"] for one in listed] == ["few-clusters", "few-clusters"]
    assert "clusters" not in plain


def test_a_chinese_table_has_chinese_heads(file, capsys):
    assert main(["stats", str(file), "--item", "clean", "--language", "zh"]) == 0

    assert "标准误" in capsys.readouterr().out


def test_an_index_runs_from_nought_to_a_hundred(run):
    [found] = json.loads(run("--item", "clean", "--index", "1:5", "--format", "json"))

    assert found["what"] == "index"
    [raw] = json.loads(run("--item", "clean", "--format", "json"))
    assert found["estimate"] == pytest.approx(25 * (raw["estimate"] - 1))
    assert found["se"] == pytest.approx(25 * raw["se"])


def test_known_totals_move_the_figure_and_two_are_raked(run):
    one = json.loads(
        run("--item", "clean", "--rake", "kind=tower:900,flat:100", "--format", "json")
    )
    two = json.loads(run("--item", "clean", "--rake", "kind=tower:900,flat:100", "--rake", "area=N:300,S:700", "--format", "json"))  # fmt: skip

    assert abs(one[0]["estimate"] - two[0]["estimate"]) > 0.001
    assert one[0]["se"] > 0


def test_change_and_drivers_are_told(run):
    found = json.loads(
        run("--change", "before:after", "--drivers", "overall:clean,safe", "--format", "json")
    )

    assert [one["what"] for one in found] == ["change", "driver", "driver", "r2"]
    assert found[0]["estimate"] > 0
    assert found[1]["estimate"] + found[2]["estimate"] == pytest.approx(found[3]["estimate"])


def test_parquet_spreadsheets_and_old_encodings_are_read_alike(file, run, tmp_path):
    whole = pyarrow.csv.read_csv(file)
    pyarrow.parquet.write_table(whole, tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    for line in rows().splitlines():
        book.active.append([_cell(cell) for cell in line.split(",")])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "old.csv").write_bytes(rows().replace("tower", "高层").encode("gb18030"))

    given = ("--item", "clean", "--by", "kind", "--format", "json")
    first = json.loads(run(*given))
    for name in ("a.parquet", "a.xlsx", "old.csv"):
        found = json.loads(run(*given, of=tmp_path / name))
        assert [one["se"] for one in found] == pytest.approx([one["se"] for one in first]), name


def test_gaps_written_as_nan_in_parquet_are_gaps(run, tmp_path):
    table = pyarrow.table({"q": [1.0, float("nan"), 3.0, 4.0]})
    pyarrow.parquet.write_table(table, tmp_path / "n.parquet")

    [found] = json.loads(run("--item", "q", "--format", "json", of=tmp_path / "n.parquet"))

    assert (found["n"], found["estimate"]) == (3, pytest.approx(8 / 3))


def _cell(text: str) -> str | float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def test_the_answer_can_be_written_to_a_file(run, tmp_path):
    out = tmp_path / "found.csv"

    assert str(out) in run("--item", "clean", "--format", "csv", "--out", str(out))
    assert out.read_text(encoding="utf-8").startswith("what,item")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "Write --item Q1,Q2."),
        (("--item", "missing"), "There is no column “missing”. There are: block, area"),
        (("--item", "kind"), "The column “kind” holds text"),
        (("--item", "kind", "--engine", "arrays"), "The column “kind” holds text"),
        (("--item", "clean", "--design", "cluster"), "Write --design weight=W"),
        (("--item", "clean", "--design", "sort=w"), "Write --design weight=W"),
        (("--item", "clean", "--design", "strata=block,cluster=area"), "lies in two strata"),
        (("--item", "clean", "--rake", "kind"), "Write --rake KIND="),
        (("--item", "clean", "--rake", "kind=tower:many"), "Write --rake KIND="),
        (("--item", "clean", "--rake", "kind=tower:5"), "“flat” has no known total"),
        (("--item", "clean", "--index", "5:1"), "Write --index 1:5"),
        (("--item", "clean", "--level", "95"), "Write --level 0.95"),
        (("--change", "before"), "Write --change BEFORE:AFTER"),
        (("--drivers", "overall"), "Write --drivers OVERALL:"),
        (("--drivers", "overall:clean,clean"), "named twice"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_cure(run, given, said):
    assert said in run(*given, code=2)


def test_files_that_are_not_there_or_of_another_kind_or_damaged_are_refused(run, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"x")
    (tmp_path / "a.parquet").write_bytes(b"not parquet")

    assert "There is no file" in run("--item", "clean", code=2, of=tmp_path / "none.csv")
    assert "give a .csv" in run("--item", "clean", code=2, of=tmp_path / "a.docx")
    assert "a.parquet cannot be read" in run("--item", "clean", code=2, of=tmp_path / "a.parquet")


def test_groups_stand_as_people_count_them(run):
    said = json.loads(run("--item", "clean", "--by", "block", "--format", "json"))

    assert [one["group"] for one in said] == [f"b{number}" for number in range(12)]


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_a_group_that_is_one_cluster_has_no_interval_and_says_why(run, engine):
    given = ("--item", "clean", "--by", "block", "--design", "weight=w,cluster=block", "--engine", engine)  # fmt: skip

    said = json.loads(run(*given, "--format", "json"))

    assert len(said) == 12
    for one in said:
        assert (one["se"], one["low"], one["high"], one["df"]) == (None,) * 4
        assert "one-cluster" in one["cautions"]
    assert "All answers come from one cluster" in run(*given)


def other(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
@pytest.mark.parametrize(
    ("text", "more", "told"),
    [
        ("y,e\n1,\n2,\n", ("--item", "e"), "Nobody answered “e”"),
        ("y,e\n", ("--item", "y"), "no rows"),
        ("", ("--item", "y"), "is empty"),
        ("y,y\n1,2\n", ("--item", "y"), "Two columns are called “y”"),
        ("w,y\n1,2\n0,3\n", ("--item", "y", "--design", "weight=w"), "weight"),
        ("y,e\n1,\n2,\n", ("--item", "y", "--drivers", "y:e"), "Nobody answered “e”"),
        ("y,a\n1,2\n2,3\n", ("--drivers", "y:a,a"), "named twice"),
    ],
)
def test_what_no_figure_can_come_of_is_refused_by_name(run, tmp_path, engine, text, more, told):
    path = other(tmp_path / "other.csv", text)

    assert told in run(*more, "--engine", engine, of=path, code=2)


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_answers_that_are_all_alike_have_no_interval_and_say_why(run, tmp_path, engine):
    path = other(tmp_path / "same.csv", "y,g\n" + "3,a\n3,b\n" * 20)

    for more in ((), ("--by", "g")):
        said = json.loads(run("--item", "y", *more, "--engine", engine, "--format", "json", of=path))  # fmt: skip
        assert {(one["estimate"], one["se"], one["low"]) for one in said} == {(3.0, None, None)}
        assert all("no-difference" in one["cautions"] for one in said)


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_a_group_in_which_nobody_answered_is_told_with_nought_answers(run, tmp_path, engine):
    text = "y,g,b\n1,a,1\n2,a,2\n4,a,3\n,z,4\n,z,5\n"
    path = other(tmp_path / "gap.csv", text)

    said = json.loads(run("--item", "y", "--by", "g", "--engine", engine, "--format", "json", of=path))  # fmt: skip

    assert [(one["group"], one["n"], one["estimate"]) for one in said] == [
        ("a", 3, pytest.approx(7 / 3)),
        ("z", 0, None),
    ]
    assert "–" in run("--item", "y", "--by", "g", "--engine", engine, of=path).splitlines()[2]


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_a_single_cluster_of_a_stratum_is_refused_unless_it_was_drawn_for_certain(
    run, tmp_path, engine
):
    text = "y,s,c\n1,n,1\n2,n,1\n4,n,2\n3,m,3\n5,m,3\n"
    given = ("--item", "y", "--design", "strata=s,cluster=c", "--engine", engine)
    path = other(tmp_path / "lonely.csv", text)

    assert "certain" in run(*given, of=path, code=2)
    [line] = json.loads(run(*given, "--lonely", "certain", "--format", "json", of=path))
    assert line["se"] > 0


def test_labels_that_are_numbers_stay_whole_and_a_gap_is_a_dash(run, tmp_path):
    path = other(tmp_path / "numbers.csv", "y,g\n1,10\n2,10\n4,2\n3,2\n5,\n4,\n")

    for engine in ("duckdb", "arrays"):
        said = json.loads(run("--item", "y", "--by", "g", "--engine", engine, "--format", "json", of=path))  # fmt: skip
        assert sorted(one["group"] for one in said) == ["10", "2", "–"]


def test_drivers_added_up_by_blocks_are_those_of_rows(run, file):
    rows_ = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    y = [float(row["overall"]) for row in rows_]
    x = [[float(row["clean"]), float(row["safe"])] for row in rows_]
    wanted = lmg(y, x, ["clean", "safe"])

    said = json.loads(run("--drivers", "overall:clean,safe", "--format", "json"))

    assert [one["estimate"] for one in said] == pytest.approx([*wanted.parts, wanted.r2], rel=1e-9)


@pytest.mark.parametrize(
    ("more", "option"),
    [
        (("--item", "clean", "--rake", "kind=tower:400,flat:600"), "--rake"),
        (("--change", "before:after"), "--change"),
    ],
)
def test_rows_that_do_not_fit_into_memory_are_refused_before_they_are_fetched(
    run, monkeypatch, tmp_path, more, option
):
    little = other(tmp_path / "meminfo", "MemTotal: 9 kB\nMemAvailable:       17 kB\n")
    monkeypatch.setattr(stats_room, "free", lambda: free(little))

    said = run(*more, code=2)

    assert "E-STATS-MEMORY" in said
    assert f"{option} keeps all 60 rows" in said
    run("--item", "clean")  # sums need no room


def test_a_machine_that_does_not_say_how_much_is_free_is_tried(tmp_path):
    assert free(tmp_path / "none") is None
    assert free(other(tmp_path / "odd", "MemTotal: 9 kB\n")) is None


@pytest.mark.parametrize("engine", ["duckdb", "arrays"])
def test_a_column_of_parquet_that_holds_no_number_at_all_was_answered_by_nobody(
    run, tmp_path, engine
):
    path = tmp_path / "gaps.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"y": [float("nan")] * 4, "g": list("aabb")}), path)

    said = run("--item", "y", "--by", "g", "--engine", engine, of=path, code=2)

    assert "Nobody answered “y”" in said
