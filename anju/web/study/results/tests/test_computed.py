"""How each figure was computed, and all projects against their targets, as pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.flows import survey_life
from anju.insight.tests.stored import asked
from anju.kernel.tasks import run_job
from anju.register.access import Role
from anju.stats.results import METHOD_WORDS, Method
from anju.survey.models import Wave
from anju.web.study.results.tests.test_pages import browser, results
from tests.cast import AT, Cast, a_project, the_cast


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def closed(cast: Cast, **changes):
    """A wave that ended, its tables and its snapshot written by the job."""
    wave = asked(cast, **changes)
    run_job.func(survey_life.close(actor=cast.quality, wave_id=wave.pk, at=AT))
    return wave


def computed(client, wave: Wave, key: str):
    return client.get(reverse("results-how", args=[wave.pk, key])).content.decode()


def test_a_figure_tells_its_error_base_formula_method_and_inputs(cast):
    wave = closed(cast)

    page = computed(browser(cast, Role.QUALITY), wave, "items")

    assert "share_top[" in page
    assert "@1" in page
    assert METHOD_WORDS[Method.HYPERGEOMETRIC].en in page
    assert "form 2 of the tables" in page
    assert "Method statement" in page


def test_a_survey_that_runs_has_no_snapshot_and_says_so(cast):
    wave = asked(cast)

    page = computed(browser(cast, Role.QUALITY, "zh-hans"), wave, "overall")

    assert "无：直接由答卷计算" in page
    assert "计算依据" in page


def test_a_building_that_is_kept_back_is_counted_and_not_told(cast):
    wave = closed(cast)

    page = computed(browser(cast, Role.QUALITY), wave, "by-building")

    assert "3栋" not in page
    assert "not shown: too few homes answered" in page


def test_each_card_leads_to_how_it_was_computed_and_an_unknown_part_is_not_there(cast):
    wave = closed(cast)
    client = browser(cast, Role.QUALITY)

    assert reverse("results-how", args=[wave.pk, "by-building"]) in results(client, wave)
    assert client.get(reverse("results-how", args=[wave.pk, "nothing"])).status_code == 404


def test_projects_stand_in_bands_by_name_each_with_its_newest_closed_survey(cast):
    client = browser(cast, Role.QUALITY)
    first = closed(cast, target=99.5)
    other = a_project(cast.quality, "丁香园")
    second = closed(cast, project_id=other.pk, title="秋季调查", target=20.0)

    page = client.get(reverse("results-bands")).content.decode()

    low, high = page.index('id="below"'), page.index('id="above"')
    assert low < page.index(reverse("results", args=[first.pk])) or "single question" in page
    assert reverse("results", args=[second.pk]) in page
    assert low < high


def test_without_a_closed_survey_there_are_no_bands(cast):
    asked(cast)

    page = browser(cast, Role.QUALITY).get(reverse("results-bands")).content.decode()

    assert "No survey is closed yet" in page


def test_who_sees_no_results_sees_no_bands(cast):
    assert browser(cast, Role.DESK).get(reverse("results-bands")).status_code == 403
