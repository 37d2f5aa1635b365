"""The canary: a text that shows wherever it comes alive, and the looks at pages and files for it.

It holds a tag, both quotes, the end of a script, a template's braces and a spreadsheet's formula.
"""

from __future__ import annotations

import csv
import html
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import openpyxl
import pypdf
from typing_extensions import override

TAIL = "\"'</script>{{7*7}}"
# After a sign that no token has: a form's token may hold the letters of a mark by chance.
MARK = re.compile(r"(?<=[=/])cy\d+")
_LIVE_TAG = re.compile(r"<img src=x onerror=cy\d+|<q/cy\d+")
_COMPUTED = re.compile(r"cy\d+\(\)>\"'</script>49")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
JPEG = b"\xff\xd8\xff"
_number = itertools.count(1)


def canary(most: int) -> str:
    """Return a text with a mark of its own that fits into a field of so many characters."""
    number = next(_number)
    whole = f"=7*7<img src=x onerror=cy{number}()>{TAIL}"
    return whole if len(whole) <= most else f"<q/cy{number}>\"'"


class _Tags(HTMLParser):
    """Collects attributes that no template of ours writes."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, _ in attrs:
            if re.match(r"cy\d", name) or name.startswith("on") or set(name) & set("'\"<{"):
                self.strange.append(f"<{tag} {name}>")


def live_in_page(text: str) -> Iterator[str]:
    """Yield each place of a page where the canary is markup, breaks out, or was computed."""
    yield from (found[0] for found in _LIVE_TAG.finditer(text))
    yield from (found[0] for found in _COMPUTED.finditer(html.unescape(text)))
    tags = _Tags()
    tags.feed(text)
    yield from tags.strange


def live_in_csv(text: str) -> Iterator[str]:
    """Yield each cell with our mark that a spreadsheet would take for a formula."""
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")):
        for cell in row:
            if MARK.search(cell) and cell.startswith(_FORMULA):
                yield cell[:60]


def live_in_workbook(body: bytes) -> Iterator[str]:
    """Yield each cell that is a formula or a link, whatever it holds."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.hyperlink is not None:
                    yield f"{sheet.title}!{cell.coordinate}"


def text_of_pdf(body: bytes) -> str:
    """Return the text of a PDF without the breaks of its lines."""
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def live_in_pdf(body: bytes) -> Iterator[str]:
    """Yield scripts and outside addresses of a PDF, and canaries that were computed."""
    for name in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch"):
        if name in body:
            yield name.decode()
    yield from (found[0] for found in _COMPUTED.finditer(text_of_pdf(body)))


def live_in_json(text: str) -> Iterator[str]:
    """Yield canaries of data that were computed; JSON itself escapes nothing for a page."""
    json.loads(text)
    yield from (found[0] for found in _COMPUTED.finditer(text))


def live_in_picture(body: bytes, begins: bytes = JPEG) -> Iterator[str]:
    """Yield what makes a file none of ours: another beginning, or anybody's words in it."""
    if not body.startswith(begins):
        yield repr(body[:20])
    yield from MARK.findall(body.decode("latin-1"))


def members(body: bytes) -> Iterator[bytes]:
    """Yield the files of an archive; ours hold CSV alone."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


def live(body: bytes, kind: str) -> list[str]:
    """Return every place where a page or file of a content type lets the canary live."""
    if "zip" in kind:
        return [place for part in members(body) for place in live(part, "text/csv")]
    if "html" in kind:
        return list(live_in_page(body.decode()))
    if "csv" in kind:
        return list(live_in_csv(body.decode("utf-8-sig")))
    if "spreadsheet" in kind:
        return list(live_in_workbook(body))
    if "pdf" in kind:
        return list(live_in_pdf(body))
    if "json" in kind:
        return list(live_in_json(body.decode()))
    if kind == "image/jpeg" or "javascript" in kind:
        # No script of ours is made of anybody's words: in one a mark is alive wherever it stands.
        return list(live_in_picture(body, JPEG if "image" in kind else b""))
    raise ValueError(f"nobody says how a canary lives in {kind}")


def marks(body: bytes, kind: str) -> set[str]:
    """Return the marks that a page or file shows, alive or not."""
    if "zip" in kind:
        return {mark for part in members(body) for mark in marks(part, "text/csv")}
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
        cells = (cell.value for s in book.worksheets for row in s.iter_rows() for cell in row)
        return set(MARK.findall(" ".join(str(value) for value in cells if value is not None)))
    if "pdf" in kind:
        return set(MARK.findall(text_of_pdf(body)))
    return set(MARK.findall(body.decode("utf-8", "replace")))
