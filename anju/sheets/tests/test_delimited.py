"""Text files: encodings, separators, quotes, lines; every refusal names its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.kernel.pure.problems import Problem
from anju.sheets.delimited import read_delimited
from anju.sheets.guard import guarded, unguarded
from anju.sheets.heads import as_table
from anju.sheets.limits import Limits
from anju.sheets.read import read_table
from anju.sheets.write import write_csv

TEXT = "房号,评价\r\n1-101,很满意\r\n1-102,一般\r\n"


def table_of(tmp_path: Path, content: bytes, limits: Limits | None = None):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return as_table(read_delimited(path, "a", limits or Limits()), None)


def problem_of(tmp_path: Path, content: bytes, limits: Limits | None = None) -> Problem:
    with pytest.raises(Problem) as caught:
        table_of(tmp_path, content, limits)
    return caught.value


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 (BOM)"),
        ("gb18030", b"", "GB18030"),
        ("gbk", b"", "GB18030"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
    ],
)
def test_an_encoding_is_found_and_shown_with_a_sample(
    tmp_path: Path, codec: str, mark: bytes, name: str
) -> None:
    text = TEXT if codec != "utf-16-le" or mark else "a,b\n1,很满意\n"

    table = table_of(tmp_path, mark + text.encode(codec))

    assert table.encoding == name
    assert "很满意" in table.columns[1]
    assert table.sample in {"房号", "很满意"}
    assert name in table.notes[0].text("zh")


def test_plain_letters_need_no_sample(tmp_path: Path) -> None:
    table = table_of(tmp_path, b"a,b\n1,2\n")

    assert table.sample == ""
    assert "sample" not in table.notes[0].text("en")


def test_a_broken_byte_is_named_with_line_and_column(tmp_path: Path) -> None:
    content = "房号,评价\n1-101,很满意\n1-102,一".encode() + b"\xff\xfe,x\n"

    problem = problem_of(tmp_path, content)

    assert problem.code == "E-TEXT-ENCODING"
    assert (problem.params["line"], problem.params["column"]) == (3, 8)


def test_a_file_in_another_code_page_is_refused_not_misread(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "name,n\nCaf\xe9,1\n".encode("latin-1"))

    assert (problem.code, problem.params["line"]) == ("E-TEXT-ENCODING", 2)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_is_found(tmp_path: Path, separator: str) -> None:
    text = TEXT.replace(",", separator).replace("一般", f'"一{separator}般"')

    table = table_of(tmp_path, text.encode())

    assert table.separator == separator
    assert table.columns[1] == ("很满意", f"一{separator}般")


def test_a_line_break_in_quotes_is_kept_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    table = table_of(tmp_path, b'a,b\n1,"one\ntwo"\n\n2,x\n')

    assert table.columns[1] == ("one\ntwo", "x")
    assert list(table.row_numbers) == [2, 5]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('a,b\n1,"open\n2,x\n', 2, "never closed"),
        ("a,b\n1,2\n3\n", 3, "1 fields"),
        ("a,b\n1,2,3\n", 2, "3 fields"),
        ('a,b\n1,"x"y\n', 2, "closing quote"),
        (f"a,b\n1,{'x' * 200_000}\n", 2, "too long"),
        (f"a,b\n1,2\n1,{'x' * 1_100_000}\n", 3, "longer than"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(
    tmp_path: Path, content: str, line: int, words: str
) -> None:
    problem = problem_of(tmp_path, content.encode())

    assert problem.code == "E-CSV"
    assert problem.params["line"] == line
    assert words in problem.text("en")


def test_too_many_rows_or_columns_are_refused(tmp_path: Path) -> None:
    small = Limits(rows=3, columns=3)

    assert problem_of(tmp_path, b"a\n" + b"1\n" * 5, small).code == "E-XLS-RANGE"
    assert problem_of(tmp_path, b"a,b,c,d\n1,2,3,4\n", small).code == "E-XLS-RANGE"
    assert table_of(tmp_path, b"a\n" + b"1\n" * 3, small).height == 3


def test_a_text_file_is_read_in_the_child_too(tmp_path: Path) -> None:
    path = tmp_path / "答卷.csv"
    path.write_bytes(TEXT.encode("gb18030"))

    table = read_table(path)

    assert (table.name, table.encoding, table.height) == ("答卷", "GB18030", 2)


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-x", "@a", "\tx", "\rx", "＝1", "＋", "－", "＠", "'=x", "''+"]
)
def test_text_that_a_spreadsheet_might_run_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded("'" + text) == text


@pytest.mark.parametrize("text", ["", "满意", "1+1", "'quoted'", "it's", "a=b"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="'=+-@＝＋\tab1", max_size=8))
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    st.lists(
        st.lists(
            st.text(alphabet="ab'=+,;\"\n满意 ", max_size=6).filter(str.strip),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_we_write_we_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["x", "y"], rows)

    table = as_table(read_delimited(path, "out", Limits()), 1)

    assert [list(row) for row in table.head(99)] == rows
