"""Files are kept by content, under names that cannot hurt, or not at all."""

from datetime import UTC, datetime

import pytest

from anju.kernel import files
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return tmp_path


def kept(chunks, name="答卷.xlsx"):
    return files.keep(chunks, name=name, company_id=3, actor_id=1, at=AT)


def test_a_file_is_found_by_its_content():
    row = kept([b"one", b"two"])

    assert files.path_of(3, row.sha256).read_bytes() == b"onetwo"
    assert (row.size, row.name) == (6, "答卷.xlsx")


def test_the_same_content_is_stored_once(folder):
    assert kept([b"one"]).sha256 == kept([b"o", b"ne"]).sha256
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("C:\\evil\\a.csv", "a.csv"),
        ("a\r\nb.csv", "ab.csv"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 176 + ".csv"),
    ],
)
def test_a_name_is_shown_without_what_could_hurt(name, shown):
    assert files.shown_name(name) == shown


def test_an_empty_file_is_refused_and_leaves_nothing(folder):
    with pytest.raises(Problem, match="E-FILE-EMPTY"):
        kept([])
    assert not StoredFile.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(folder, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 4)

    with pytest.raises(Problem, match="E-FILE-LONG"):
        kept([b"12345"])
    assert [path for path in folder.rglob("*") if path.is_file()] == []
