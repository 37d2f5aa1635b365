"""The gate itself: what it starts it ends, what it misses it says."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.gate import browser, postgres, suite

ROOT = Path(suite.__file__).parents[2]
RUN = ROOT / "run.py"
VERBS = "demo report test check fix bench promises messages screenshots docs lock"


@pytest.mark.skipif(postgres.server_folder() is None, reason="no PostgreSQL on this machine")
def test_a_private_cluster_answers_and_leaves_nothing_behind(monkeypatch):
    folders = []
    make = tempfile.mkdtemp
    monkeypatch.setattr(
        postgres.tempfile, "mkdtemp", lambda **k: folders.append(make(**k)) or folders[-1]
    )

    cluster = postgres.private_cluster(suite.STEADY)
    with cluster as address, psycopg.connect(address) as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, current_setting('synchronous_commit'),"
            " current_setting('autovacuum') from pg_roles where rolname = current_user"
        ).fetchone()

    assert row == (False, False, True, "on", "off")
    assert len(folders) == 1
    assert not Path(folders[0]).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)


@pytest.mark.skipif(postgres.server_folder() is None, reason="no PostgreSQL on this machine")
def test_a_run_that_is_told_to_end_takes_its_cluster_along():
    code = (
        "import time; from tests.gate import postgres\n"
        "with postgres.private_cluster() as address:\n"
        "    print(address, flush=True)\n"
        "    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        address = run.stdout.readline().decode().strip()
        run.terminate()

    assert run.returncode == 143
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)


@pytest.mark.parametrize("missing", ["postgres", "chromium"])
def test_strict_fails_before_the_first_test_where_something_is_missing(missing, monkeypatch, capfd):
    monkeypatch.setattr(suite, "run_pytest", lambda *_a, **_k: pytest.fail("a test was started"))
    if missing == "postgres":
        monkeypatch.setattr(postgres, "server_folder", lambda: None)
    else:
        monkeypatch.setattr(browser, "chromium", lambda: None)

    assert suite.main(["--strict"]) == 2
    assert f"Install it: apt-get install -y {missing[:6]}" in capfd.readouterr().err


def test_plain_runs_what_it_can_and_says_what_it_left_out(monkeypatch, capfd):
    passes = []
    monkeypatch.setattr(postgres, "server_folder", lambda: None)
    monkeypatch.setattr(browser, "chromium", lambda: None)
    monkeypatch.setattr(suite, "run_pytest", lambda *a, **_k: passes.append(a) or 0)

    assert suite.main([]) == 0
    assert passes == [("SQLite", ["-m", "not chromium"])]
    assert capfd.readouterr().out.count("left out:") == 2


def test_a_browser_that_is_named_but_absent_counts_as_missing(monkeypatch):
    monkeypatch.setenv("ANJU_TEST_CHROMIUM", "/nowhere/chromium")

    assert browser.chromium() is None


def test_a_test_that_leaves_the_machine_is_refused():
    with (
        socket.socket() as outward,
        pytest.raises(RuntimeError, match=r"may not connect to 192\.0\.2\.1"),
    ):
        outward.connect(("192.0.2.1", 80))


def test_run_py_names_every_verb_with_a_line_of_help():
    shown = subprocess.run(
        [sys.executable, RUN, "--help"], capture_output=True, text=True, check=True
    ).stdout

    for verb in VERBS.split():
        assert f"\n  {verb:12} " in shown


def test_run_py_refuses_a_verb_that_it_does_not_have():
    assert subprocess.run([sys.executable, RUN, "nonsense"], check=False).returncode == 2


def test_the_test_run_has_a_data_folder_of_its_own():
    assert Path(os.environ["ANJU_DATA"]).name.startswith("anju-test-")
