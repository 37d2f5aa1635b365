"""`anju stats` with other engines and on a screen: the extra is named, the bar goes away again."""

from __future__ import annotations

import io
import json
import sys
import threading

import pytest

from anju.cli.main import main
from anju.cli.stats_bar import CLEAR, bar, shown
from validation.engines import read


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    rows = [f"b{at % 12},{'ABC'[at % 5 % 3]},{1 + at * at % 5}" for at in range(90)]
    path.write_text("\n".join(["block,kind,clean", *rows]), encoding="utf-8")
    return path


def test_groups_across_clusters_are_the_same_from_sums_and_from_rows(file, capsys):
    found = []
    for engine in ("duckdb", "arrays"):
        given = ["--item", "clean", "--design", "cluster=block", "--by", "kind", "--format", "json"]
        assert main(["stats", str(file), *given, "--engine", engine]) == 0
        found.append(json.loads(capsys.readouterr().out))

    assert [one["group"] for one in found[0]] == ["A", "B", "C"]
    for one, two in zip(*found, strict=True):
        assert [one["se"], one["low"], one["n"]] == pytest.approx([two["se"], two["low"], two["n"]])


def test_an_engine_that_is_not_here_is_named_with_its_cure(file, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "chdb", None)
    monkeypatch.setitem(sys.modules, "chdb.session", None)
    monkeypatch.setenv("ANJU_ENGINE", "chdb")

    assert main(["stats", str(file), "--item", "clean", "--language", "en"]) == 2

    assert "install anju[clickhouse], or choose duckdb" in capsys.readouterr().err


def test_an_engine_that_nobody_knows_is_refused_with_those_there_are(file, capsys, monkeypatch):
    monkeypatch.setenv("ANJU_ENGINE", "abacus")

    assert main(["stats", str(file), "--item", "clean", "--language", "en"]) == 2

    assert "Write --engine duckdb, arrays, spark, chdb." in capsys.readouterr().err


def test_a_bar_tells_how_far_work_is_and_is_wiped_away():
    out, asked = io.StringIO(), threading.Event()

    def progress() -> float:
        asked.set()
        return 50.0

    with shown(progress, out, first=0.001):
        assert asked.wait(10)

    assert bar(50.0) in out.getvalue()
    assert out.getvalue().endswith(CLEAR)
    assert bar(-1.0) == f"\r[{'.' * 30}]   0%"
    assert bar(130.0).endswith("100%")


def test_work_that_is_soon_done_shows_no_bar():
    out = io.StringIO()

    with shown(lambda: 50.0, out):
        pass

    assert out.getvalue() == CLEAR


def test_an_engine_that_is_off_or_did_not_start_is_not_good():
    assert read("spark", {"design": "rows", "designs": 3, "far": 2e-14}).good
    assert not read("spark", {"design": "rows", "designs": 3, "far": 2e-8}).good
    assert not read("spark", {"design": "rows", "designs": 3, "far": float("nan")}).good
    assert "needs Java" in read("spark", {"why": "it needs Java 17"}).line
