"""Every file that leaves: the same figures, in both languages, and nothing that runs or leaks."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from anju.insight.measured.facts import PartScore, Published, WaveFacts
from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.pictures import pictures
from anju.insight.reports.survey.render import book, data, page, paper, rows
from anju.insight.reports.survey.render.files import SUFFIXES, check, write
from anju.insight.tests.cast import AT, ITEMS, THREE, estate, estate_facts, pairs, single, weighty
from anju.kernel.pure.plain import from_plain
from anju.kernel.pure.problems import Problem
from anju.tally.count import tally

CANARY = '=cmd|"/c calc"!A1<script>alert(1)</script>#let x = 1 $ [ ] *_`\\'


@pytest.fixture(scope="module")
def figures() -> SurveyFigures:
    earlier = Earlier(tally(estate(seed=7, shift=1.2)), estate_facts(title="2025年秋季"))
    return build(tally(estate()), estate_facts(), earlier=earlier)


@pytest.fixture(scope="module")
def canary() -> SurveyFigures:
    items = tuple(replace(item, zh=CANARY, en=CANARY) for item in ITEMS)
    answers = replace(estate(), items=items)
    answers = replace(answers, groups={CANARY: answers.groups["building"]})
    facts = estate_facts(title=CANARY, company=CANARY, project=CANARY, notes=(CANARY,))
    return build(tally(answers), facts)


def pdf_text(raw: bytes) -> str:
    return "".join(page_.extract_text() for page_ in PdfReader(io.BytesIO(raw)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_is_a4_numbered_and_carries_the_findings(figures, language):
    raw = paper.made(figures, language)
    reader = PdfReader(io.BytesIO(raw))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    text = squeezed(pdf_text(raw))
    doc = document(figures, language)
    for sentence in (doc.title, *doc.says, *(section.title for section in doc.sections)):
        assert squeezed(sentence) in text
    last = len(reader.pages)
    assert squeezed(doc.words["page_of"].format(last, last)) in text


def test_the_same_figures_give_the_same_pdf(figures):
    assert paper.made(figures, "zh") == paper.made(figures, "zh")


def test_the_fonts_are_ours_and_inside(figures):
    raw = paper.made(figures, "zh")
    assert b"NotoSansSC-Regular" in raw
    assert b"NotoSansSC-Bold" in raw


def test_hidden_groups_reach_no_file(figures):
    hidden = {"8栋", "临街商铺"}
    for cut in figures.breakdowns:
        for row in cut.rows:
            if row.label in hidden:
                assert row.shown.figure is None
    plain = json.loads(data.made(figures, "zh"))
    cells = [c for cut in plain["breakdowns"] for c in cut["cells"] if c["group"] in hidden]
    assert cells
    assert all(c["shown"]["figure"] is None and c["shown"]["n"] is None for c in cells)


def test_json_reads_back_as_the_same_figures(figures):
    assert from_plain(SurveyFigures, json.loads(data.made(figures, "zh"))) == figures


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_asks_for_nothing_and_runs_nothing(figures, language):
    text = page.made(figures, language).decode()
    assert not re.search(r"<script|src=|href=|@import|url\((?!#)", text)
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert figures.head.title in text


def test_a_page_keeps_a_strange_name_as_text(canary):
    text = page.made(canary, "en").decode()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_paper_keeps_a_strange_name_as_text(canary):
    text = squeezed(pdf_text(paper.made(canary, "en"))).replace("\u200b", "")
    assert squeezed(CANARY) in text


def test_the_workbook_has_three_sheets_and_no_formula(canary):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.made(canary, "zh")))
    assert sheets.sheet_names == ["数据", "打印", "说明"]
    tidy = sheets.get_sheet_by_name("数据").to_python()
    assert len({len(row) for row in tidy}) == 1
    names = {row[2] for row in tidy}
    assert CANARY in names


def test_the_tidy_sheet_holds_plain_numbers_and_real_dates(figures):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.made(figures, "en")))
    tidy = sheets.get_sheet_by_name("Data").to_python()
    head, first = tidy[0], tidy[1]
    row = dict(zip(head, first, strict=True))
    assert row["estimate"] == pytest.approx(figures.overall.primary.figure.estimate)
    assert row["as_of"].year == AT.year


def test_a_csv_cell_that_begins_a_formula_is_guarded(canary):
    text = rows.made(canary, "zh").decode("utf-8-sig")
    assert CANARY.replace('"', '""') in text
    assert not re.search(r'(^|,)"?=cmd', text)


def test_each_chart_has_its_csv_and_an_unknown_one_is_refused(figures):
    keys = [section.key for section in document(figures, "zh").sections]
    text = rows.section(figures, "by-building", "zh").decode("utf-8-sig")
    assert "by-building" in keys
    assert "1栋" in text
    with pytest.raises(Problem, match="E-CHART"):
        rows.section(figures, "nope", "zh")


def test_gaps_and_importance_are_drawn_on_the_page():
    found = build(tally(pairs()), WaveFacts("t", AT, population=200))
    text = page.made(found, "zh").decode()
    assert 'class="chart"' in text
    assert "专业度" in text
    assert set(pictures(found, "zh")) == {"gaps"}
    other = build(tally(weighty()), WaveFacts("t", AT))
    assert set(pictures(other, "en", "dark")) == {"plane"}
    assert "Parking" in page.made(other, "en").decode()


def test_published_figures_print_without_an_interval():
    totals = (Published("三月", "points", 1920, 2000, 25, 20),)
    found = build(None, WaveFacts("t", AT, issued=25, returned=20, totals=totals))
    text = pdf_text(paper.made(found, "zh"))
    for part in ("96.0%", "76.8–96.8", "1,920 / 2,000", "没有区间"):
        assert squeezed(part) in squeezed(text)


def test_parts_without_bases_print_the_refusal():
    parts = tuple(PartScore(name, value) for name, value in (("公寓", 85.0), ("商业", 86.0)))
    text = squeezed(pdf_text(paper.made(build(None, WaveFacts("t", AT, parts=parts)), "zh")))
    assert "缺少公寓、商业的回答份数" in text


def test_a_report_of_too_few_households_still_prints():
    found = build(tally(single(THREE, (1, 1, 2))), WaveFacts("t", AT, issued=25))
    for language in ("zh", "en"):
        assert "5" in document(found, language).keys[0].note
        assert paper.made(found, language)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_writes_its_file(figures, tmp_path, suffix):
    target = tmp_path / f"report{suffix}"
    write(figures, target, language="en")
    assert target.stat().st_size > 1000


def test_a_name_we_cannot_write_is_refused_with_the_cure(tmp_path):
    with pytest.raises(Problem, match="E-OUT"):
        check(tmp_path / "report.doc")
    with pytest.raises(Problem, match="E-OUT"):
        check(tmp_path / "nowhere" / "report.pdf")


def test_no_chinese_screen_holds_half_width_punctuation(figures):
    doc = document(figures, "zh")
    texts = [doc.kind, *doc.says]
    for section in doc.sections:
        texts += [section.title, section.lead, *section.notes]
    assert not [text for text in texts if re.search(r"[\u4e00-\u9fa5][,:;?!]", text)]
