"""Backups: whole, equal by content, refused when they are none, and never half there."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from anju.flows import backup
from anju.kernel.models import ClockSlot
from anju.kernel.pure.problems import Problem

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


@pytest.fixture
def office(settings, tmp_path, monkeypatch):
    """An installation on SQLite with two tables, a kept file, and its own key."""
    data = tmp_path / "data"
    (data / "files" / "1").mkdir(parents=True)
    (data / "files" / "1" / "a").write_text("answers")
    (data / "secret.key").write_text("a key")
    (data / "anju.env").write_text("ANJU_LANGUAGE=en\n")
    settings.DATA, settings.FILES_ROOT = data, data / "files"
    path = data / "anju.sqlite3"
    held = settings.DATABASES["default"]
    monkeypatch.setitem(held, "NAME", str(path))
    monkeypatch.setattr(backup, "connection", SimpleNamespace(vendor="sqlite"))
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE home (id INTEGER PRIMARY KEY, number TEXT)")
        database.execute("CREATE TABLE empty (id INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO home (number) VALUES (?)", [("502",), ("503",)])
        database.commit()
    return data


def unpacked(archive: Path, folder: Path) -> tuple[backup.Manifest, dict[str, str]]:
    manifest = backup.unpack(archive, folder)
    return manifest, backup.digest_sqlite(folder / "database")


def test_a_backup_holds_everything_and_is_equal_by_content(office, tmp_path):
    archive = tmp_path / "b.tar"

    made = backup.write_backup(archive, at=AT)

    manifest, found = unpacked(archive, tmp_path / "out")
    assert manifest == made
    assert (manifest.at, manifest.vendor) == ("2026-11-20T01:30:00+00:00", "sqlite")
    assert backup.differences(manifest.tables, found) == []
    assert set(found) == {"home", "empty"}
    names = ("files/1/a", "secret.key", "anju.env")
    assert [(tmp_path / "out" / name).exists() for name in names] == [True, True, True]


def test_a_changed_a_missing_and_a_new_table_are_named(office, tmp_path):
    archive = tmp_path / "b.tar"
    manifest = backup.write_backup(archive, at=AT)
    _, found = unpacked(archive, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "database")) as database:
        database.execute("UPDATE home SET number = '504' WHERE id = 1")
        database.execute("DROP TABLE empty")
        database.execute("CREATE TABLE more (id INTEGER)")
        database.commit()

    changed = backup.digest_sqlite(tmp_path / "out" / "database")

    assert backup.differences(manifest.tables, found) == []
    assert backup.differences(manifest.tables, changed) == ["empty", "home", "more"]


def test_a_digest_does_not_depend_on_the_order_of_rows(tmp_path):
    digests = []
    for order in (("502", "503"), ("503", "502")):
        path = tmp_path / f"{order[0]}.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE home (number TEXT)")
            database.executemany("INSERT INTO home VALUES (?)", [(number,) for number in order])
            database.commit()
        digests.append(backup.digest_sqlite(path))

    assert digests[0] == digests[1]


def test_rows_that_come_in_meanwhile_do_not_tear_the_copy(office, tmp_path):
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(office / "anju.sqlite3", timeout=20)) as database:
            while not stop.is_set():
                database.execute("INSERT INTO home (number) VALUES ('1'), ('2')")
                database.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archive = tmp_path / "b.tar"
        manifest = backup.write_backup(archive, at=AT)
    finally:
        stop.set()
        writer.join()

    _, found = unpacked(archive, tmp_path / "out")
    assert backup.differences(manifest.tables, found) == []
    with closing(sqlite3.connect(tmp_path / "out" / "database")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) % 2 FROM home").fetchone() == (0,)


def test_where_there_is_no_database_nothing_is_called_a_backup(office, tmp_path):
    (office / "anju.sqlite3").unlink()

    with pytest.raises(Problem) as raised:
        backup.write_backup(tmp_path / "b.tar", at=AT)

    assert (raised.value.code, raised.value.field) == ("E-BACKUP", "database")
    assert "anju setup" in raised.value.text("zh-hans")
    assert not (tmp_path / "b.tar").exists()


def test_a_backup_that_fails_leaves_the_last_one_and_no_rest(office, tmp_path, monkeypatch):
    place = tmp_path / "backups"
    place.mkdir()
    (place / "b.tar").write_text("the last good one")

    def broken(*_args: object, **_kwargs: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(tarfile.TarFile, "add", broken)

    with pytest.raises(OSError, match="no space"):
        backup.write_backup(place / "b.tar", at=AT)

    assert [path.name for path in place.iterdir()] == ["b.tar"]
    assert (place / "b.tar").read_text() == "the last good one"


def _archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return path


HALF = json.dumps({"at": "2026", "version": "1"}).encode()
NOT_BACKUPS = {
    "text": None,
    "without-manifest": {"database": b"x"},
    "manifest-is-no-data": {"manifest.json": b"{"},
    "manifest-lacks-parts": {"manifest.json": HALF},
    "reaches-outside": {"../../evil": b"x", "manifest.json": HALF},
}


@pytest.mark.parametrize("kind", NOT_BACKUPS)
def test_what_is_no_backup_is_refused_with_the_cure(kind, tmp_path):
    path, files = tmp_path / "b.tar", NOT_BACKUPS[kind]
    if files is None:
        path.write_text("dear diary")
    else:
        _archive(path, files)

    with pytest.raises(Problem) as raised:
        backup.unpack(path, tmp_path / "deep" / "out")

    assert (raised.value.code, raised.value.field) == ("E-BACKUP", "archive")
    assert "Choose another" in raised.value.text("en")
    assert "请换一个备份文件" in raised.value.text("zh-hans")
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.django_db
def test_the_database_in_use_is_digested_row_by_row():
    before = backup.digest_connection()
    slot = ClockSlot.objects.create(clock="one", slot=AT, worker="w")

    after = backup.digest_connection()
    ClockSlot.objects.filter(id=slot.pk).update(worker="v")

    assert backup.differences(before, after) == ["kernel_clockslot"]
    assert backup.differences(after, backup.digest_connection()) == ["kernel_clockslot"]


def test_a_tool_that_fails_is_quoted(tmp_path):
    with pytest.raises(Problem) as raised:
        backup._run(["sh", "-c", "echo no such host >&2; exit 3"])

    assert raised.value.code == "E-BACKUP"
    assert "sh failed: no such host" in raised.value.text("en")
