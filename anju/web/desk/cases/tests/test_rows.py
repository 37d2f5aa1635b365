"""Rows of the work list as markup: what an owner wrote stays text, whatever it looks like."""

from __future__ import annotations

import html

import pytest
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import translation

from anju.kernel.pure.clock import utc_now
from anju.voice import lines, lists
from anju.voice.tests.making import a_case, taken
from anju.web.desk.cases import drawn as drawing


def test_what_an_owner_wrote_is_escaped_and_braces_stay_braces(cast, desk):
    a_case(cast, "<i>{0}{x}")
    page = desk.get(reverse("cases")).content.decode()

    assert ("&lt;i&gt;{0}{x}" in page, "<i>{0}" in page) == (True, False)


def test_a_row_leads_to_its_case_and_can_be_chosen_only_where_somebody_may(cast, worker):
    case = taken(cast, worker)
    with cast.inside():
        rows = lists.page_of(
            lists.chosen(cast.desk, lists.Filter(), at=utc_now()), lists.Order.DUE
        ).rows
    at = utc_now()
    chosen, plain = drawing.drawn(rows, at, choose=True), drawing.drawn(rows, at)

    assert f'href="{reverse("case", args=[case.pk])}"' in plain
    assert (f'value="{case.pk}"' in chosen, "checkbox" in plain) == (True, False)
    assert html.unescape(plain).count(worker.name) == 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("length", [1, 13, 14, 15, 40])
def test_a_text_is_cut_as_templates_cut_it(language, length):
    with translation.override(language):
        assert drawing._cut("水" * length, 14) == truncatechars("水" * length, 14)


def test_a_line_read_flat_is_the_line_of_its_row(cast, worker):
    taken(cast, worker)
    a_case(cast)
    with cast.inside():
        rows = lists.chosen(cast.desk, lists.Filter(), at=utc_now())
        flat = lists.page_of(rows, lists.Order.NUMBER).rows
        whole = lines.lines(rows.select_related(*lines.NAMED).order_by("number"))

    assert flat == whole
