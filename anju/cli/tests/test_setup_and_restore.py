"""The commands as an office uses them: set up, serve, back up, restore, upgrade; wrong settings."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from anju.web.checks import every_url_declares_access
from anju.web.manage.places import views as places

ROOT = Path(__file__).resolve().parents[3]
KEY = "only for the tests of the commands " + "x" * 40
PATIENCE = 60.0


def office(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of an office, without anything of the test run's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "ANJU_DATA": str(data), "PYTHONPATH": str(ROOT), **more}


def anju(*words: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Run a command and return status, words and complaints; nobody sits at the keyboard."""
    done = subprocess.run(
        [sys.executable, "-m", "anju.cli.main", *words],
        env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def answers(folder: Path, **changes: str) -> list[str]:
    """Return what set-up is told on its command line."""
    password = folder / "password"
    password.write_text(changes.pop("password", "four plain words here"))
    told = {
        "base-address": "http://127.0.0.1:8765", "language": "zh", "company": "安和物业", "phone": "400-820-8820",
        "name": "吴管理", "email": "boss@anhe.example", "password-file": str(password), **changes,
    }  # fmt: skip
    return [word for name, value in told.items() if value for word in (f"--{name}", value)]


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """An office that is set up, once for all tests that only look at it or copy it."""
    folder = tmp_path_factory.mktemp("office")
    status, said, complaints = anju("setup", *answers(folder), env=office(folder / "data"))
    assert status == 0, complaints
    assert "anju serve" in said
    return folder / "data"


def rows(data: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "anju.sqlite3")) as database:
        return database.execute(question).fetchall()


def test_set_up_makes_one_administrator_and_keeps_the_key_to_itself(ready, tmp_path):
    key = (ready / "secret.key").read_text()

    status, said, _ = anju("setup", *answers(tmp_path), env=office(ready))

    assert status == 0
    assert "已经有管理员：boss@anhe.example，没有新增任何人。" in said
    assert (ready / "secret.key").read_text() == key
    assert len(key) >= 50
    modes = {path.name: path.stat().st_mode & 0o777 for path in ready.glob("*.*") if path.is_file()}
    assert (modes["secret.key"], modes["anju.env"]) == (0o600, 0o600)
    assert rows(ready, "SELECT email FROM register_account") == [("boss@anhe.example",)]
    assert rows(ready, "SELECT name, phone FROM register_company") == [("安和物业", "400-820-8820")]


WRONG = {
    "address-with-a-path": (
        {"base-address": "http://a.example/x"},
        "Write the address as https://",
    ),
    "address-without-a-scheme": ({"base-address": "a.example"}, "Write the address as https://"),
    "no-company": ({"company": ""}, "“Company name” is missing"),
    "no-telephone": ({"phone": "call us"}, "no telephone number; write it in digits as owners"),
    "no-mail": ({"email": "boss"}, "Write one e-mail address"),
    "weak-password": ({"password": "password12"}, "at least 10 characters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_set_up_says_what_is_wrong_and_leaves_no_half_company(case, tmp_path):
    changes, sentence = WRONG[case]
    data = tmp_path / "data"

    status, _, complaints = anju(
        "setup", *answers(tmp_path, **{"language": "en", **changes}), env=office(data)
    )

    assert status == 2
    assert sentence in complaints
    assert "Traceback" not in complaints
    if (data / "anju.sqlite3").exists():
        assert rows(data, "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_who_stops_half_way_leaves_nothing_and_what_was_kept_before_is_kept(tmp_path):
    data = tmp_path / "data"
    status, _, _ = anju("setup", *answers(tmp_path, company=""), env=office(data))

    assert status == 2
    assert not (data / "anju.env").exists()
    assert not (data / "secret.key").exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_serve_answers_on_a_free_port_and_stops_when_asked(ready):
    port = free_port()
    command = [sys.executable, "-m", "anju.cli.main", "serve", "--bind", f"127.0.0.1:{port}"]
    served = subprocess.Popen(
        [*command, "--processes", "1"],
        env=office(ready),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert served.stdout is not None
        assert "Starting" in served.stdout.readline()
        assert "done" in served.stdout.readline()
        assert "Ctrl-C stops it" in served.stdout.readline()
        assert status_of(f"http://127.0.0.1:{port}/alive/") == 200
        assert status_of(f"http://127.0.0.1:{port}/account/login/") == 200
        assert status_of(f"http://127.0.0.1:{port}/nowhere/") == 404
    finally:
        served.send_signal(signal.SIGTERM)
        ended = served.wait(timeout=PATIENCE)
        served.stdout.close()

    assert ended == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))  # nobody is left listening


def test_a_backup_restores_to_a_new_place_and_over_an_old_one(ready, tmp_path):
    archive = tmp_path / "b.tar"
    status, said, _ = anju("backup", "--out", str(archive), env=office(ready))
    assert (status, "tables" in said) == (0, True)

    elsewhere = tmp_path / "elsewhere"
    status, said, complaints = anju("restore", str(archive), env=office(elsewhere))
    assert (status, complaints) == (0, "")
    assert "are equal" in said
    assert "No message goes out" in said
    assert rows(elsewhere, "SELECT why, ended_at FROM notify_hold") == [("restored", None)]
    assert (elsewhere / "secret.key").read_text() == (ready / "secret.key").read_text()

    with closing(sqlite3.connect(elsewhere / "anju.sqlite3")) as database:
        database.execute("UPDATE register_company SET name = 'later'")
        database.commit()
    refused = anju("restore", str(archive), env=office(elsewhere))
    assert refused[0] == 2
    assert "--replace" in refused[2]
    assert rows(elsewhere, "SELECT name FROM register_company") == [("later",)]

    replaced = anju("restore", str(archive), "--replace", env=office(elsewhere))
    assert replaced[0] == 0
    assert rows(elsewhere, "SELECT name FROM register_company") == [("安和物业",)]
    assert (elsewhere / "anju.sqlite3.before-restore").exists()


def test_a_changed_archive_is_called_different_and_a_broken_one_is_refused(ready, tmp_path):
    archive, changed = tmp_path / "b.tar", tmp_path / "changed.tar"
    anju("backup", "--out", str(archive), env=office(ready))
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "out", filter="data")
    with closing(sqlite3.connect(tmp_path / "out" / "database")) as database:
        database.execute("UPDATE register_account SET name = name || '!'")
        database.commit()
    with tarfile.open(changed, "w") as packed:
        for path in (tmp_path / "out").iterdir():
            packed.add(path, path.name)
    (tmp_path / "broken.tar").write_bytes(archive.read_bytes()[:700])

    different = anju("restore", str(changed), env=office(tmp_path / "one"))
    broken = anju("restore", str(tmp_path / "broken.tar"), env=office(tmp_path / "two"))

    assert (different[0], "Content differs in: register_account" in different[2]) == (1, True)
    assert (broken[0], "not a backup of Anju" in broken[2]) == (2, True)
    assert not (tmp_path / "two" / "anju.sqlite3").exists()


def test_an_upgrade_backs_up_first_and_does_nothing_twice(ready, tmp_path):
    archive, data = tmp_path / "b.tar", tmp_path / "data"
    anju("backup", "--out", str(archive), env=office(ready))
    anju("restore", str(archive), env=office(data))
    with closing(sqlite3.connect(data / "anju.sqlite3")) as database:
        # As if the last step, which changes no table on this database, had not been taken.
        database.execute(
            "DELETE FROM django_migrations WHERE app = 'improve' AND name LIKE '0002%'"
        )
        database.commit()

    refused = anju("serve", env=office(data))
    status, said, complaints = anju("upgrade", env=office(data))
    again = anju("upgrade", env=office(data))

    assert (refused[0], "anju upgrade" in refused[2]) == (2, True)
    assert (status, complaints) == (0, "")
    assert "step(s) done" in said
    assert len(list((data / "backups").glob("*.tar"))) == 1
    assert (again[0], "already" in again[1]) == (0, True)


SETTINGS = {
    "nothing-set-up": ({}, "anju setup"),
    "unknown-database": ({"ANJU_DATABASE": "mysql://a:secret@b/c"}, "ANJU_DATABASE is “mysql”"),
    "silent-database": (
        {"ANJU_DATABASE": "postgres://a:secret@127.0.0.1:1/x", "ANJU_SECRET_KEY": KEY},
        "The database does not answer",
    ),
    "zone": ({"ANJU_ZONE": "Mars/North"}, "a time zone such as Asia/Shanghai"),
    "language": ({"ANJU_LANGUAGE": "fr"}, "Write zh-hans or en"),
    "address": ({"ANJU_BASE_ADDRESS": "a.example"}, "Write https://name or http://name:port"),
    "yes-or-no": ({"ANJU_DEMO": "perhaps"}, "Write 1 or 0"),
    "level": ({"ANJU_LOG_LEVEL": "LOUD"}, "ANJU_LOG_LEVEL is “LOUD”"),
    "engine": ({"ANJU_ENGINE": "abacus"}, "ANJU_ENGINE is “abacus”"),
    "engine-not-here": ({"ANJU_ENGINE": "spark"}, "install anju[spark]"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_wrong_setting_is_named_with_its_cure(case, tmp_path):
    more, sentence = SETTINGS[case]

    status, _, complaints = anju("serve", env=office(tmp_path, **more))

    assert status == 2
    assert sentence in complaints
    assert "Traceback" not in complaints
    assert "secret@" not in complaints


def test_where_nothing_is_set_up_no_backup_is_made(tmp_path):
    status, _, complaints = anju("backup", env=office(tmp_path, ANJU_SECRET_KEY=KEY))

    assert status == 2
    assert "anju setup" in complaints
    assert list(tmp_path.rglob("*.tar")) == []


START = "import anju.conf.wsgi"
FORGETFUL = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "anju.conf.settings"
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=NORMAL"
{START}
"""
UNDECLARED = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "anju.conf.settings"
import django
django.setup()
from anju.web.manage.places import views
del views.projects.access
{START}
"""


def started(code: str, data: Path) -> tuple[int, str]:
    """Start what serves the pages after some code, and return status and complaints."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=office(data), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_the_pages_start_where_nothing_is_wrong(ready):
    assert started(START, ready)[0] == 0


def test_a_database_that_forgets_is_not_served(ready):
    status, complaints = started(FORGETFUL, ready)

    assert status != 0
    assert "synchronous is 1, must be 2" in complaints


def test_a_page_that_declares_nothing_stops_the_start(ready):
    status, complaints = started(UNDECLARED, ready)

    assert status != 0
    assert "/manage/projects/ (projects) does not declare who may use it" in complaints
    assert "anju.E001" in complaints


def test_the_check_names_the_page_that_lost_its_declaration(monkeypatch):
    assert every_url_declares_access() == []
    monkeypatch.delattr(places.projects, "access")

    (error,) = every_url_declares_access()

    assert "/manage/projects/" in error.msg
