"""A printed file is named in the reader's words, whatever the survey is called."""

from __future__ import annotations

from urllib.parse import unquote

from anju.web.parts.printed import pdf


def test_the_file_is_named_after_the_survey_and_breaks_no_header():
    named = unquote(pdf(b"%PDF", '2026/下半年\r\n"调查"', "", "海报", "1栋")["Content-Disposition"])
    assert named.endswith('2026-下半年"调查"-海报-1栋.pdf')
    assert named.startswith("inline;")
