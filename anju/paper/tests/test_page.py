"""One HTML file: everything is said, nothing is fetched, nothing runs."""

from __future__ import annotations

import re

from anju.paper.page import page
from anju.paper.tests.making import CANARY, DRAWN, a_document

CHART = '<svg class="ours"></svg>'


def html(charts=(), **changes: object) -> str:
    return page(a_document(**changes), dict(charts)).decode()


def test_a_document_says_everything_on_its_page():
    doc = a_document()
    text = html()

    said = [doc.kind, doc.title, doc.subtitle, doc.company, "No. 7-1", *doc.signatures]
    for section in doc.sections:
        said += [section.title, section.lead, *section.notes]
        said += [cell for row in section.rows for cell in (row.label, row.said, *row.cells)]
    assert [words for words in said if words not in text] == []
    assert "First. Second." in text


def test_a_chinese_page_joins_its_sentences_without_a_space():
    text = html(language="zh", says=("一。", "二。"))

    assert "一。二。" in text
    assert '<html lang="zh-CN">' in text
    assert '<html lang="en">' in html()


def test_a_page_asks_for_nothing_and_runs_nothing():
    text = html([("missing", CHART)])

    assert not re.search(r"<script|src=|href=|@import|url\((?!#)", text)
    assert not re.search(r"\sstyle=|\son\w+=", text)


def test_strange_text_stays_text_everywhere():
    rows = (DRAWN.rows[0], *[type(DRAWN.rows[0])(CANARY, (CANARY, CANARY), said=CANARY)])
    section = type(DRAWN)(CANARY, CANARY, CANARY, DRAWN.columns, rows, drawing=0.4)
    text = html(title=CANARY, company=CANARY, number=CANARY, says=(CANARY,), sections=(section,))

    assert "<script>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8


def test_a_chart_stands_in_the_section_that_names_it():
    assert CHART in html([("missing", CHART)])
    assert CHART not in html([("other", CHART)])


def test_a_sign_goes_before_the_words_of_a_verdict_and_before_no_number():
    text = html()

    assert '<span class="sig is-high">▲ </span>above' in text
    assert '<span class="sig is-low">▼ </span>below' in text
    assert "▲ </span>1.0" not in text


def test_every_mark_has_its_shape():
    text = html()

    assert text.count('<circle class="tie"') == 1
    assert 'class="ci ink"' in text
    assert 'class="bound tie"' in text
    assert '<line class="ref"' in text
    assert '<rect class="silent"' in text
    assert '<text class="m n1"' in text  # the number inside the worst piece
