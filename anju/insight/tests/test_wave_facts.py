"""What a report prints about a wave is what the survey room knows; unknown stays unknown."""

from __future__ import annotations

from datetime import date

from anju.fieldwork.actions.paper import count_forms
from anju.fieldwork.rules.counts import BuildingForms
from anju.insight import queries
from anju.insight.facts import facts_of
from anju.insight.measured.facts import Frame, Published
from anju.insight.reports.survey.document import document
from anju.insight.tests.stored import LATER, asked
from anju.paper import fonts
from anju.register.models import Building, Project
from anju.survey.actions.waves import record_totals, set_counts, set_frame
from anju.survey.models import Wave
from anju.survey.queries import wave_frame
from anju.survey.rules.counts import Counts, FrameLine, StratumKind, Totals, TotalsKind
from anju.survey.rules.wave import Base, Design, Mode, Source
from tests.cast import AT, a_wave


def facts(cast, wave, **more):
    with cast.inside():
        return facts_of(wave_frame(wave.pk), company=cast.company.name, as_of=AT, **more)


def test_a_bare_wave_leaves_every_count_unknown(cast):
    found = facts(cast, a_wave(cast))

    counts = (found.issued, found.returned, found.valid, found.refused, found.unreachable)
    assert counts == (None,) * 5
    assert (found.planned, found.target, found.scale_minimum) == (None, None, None)
    assert (found.frames, found.totals, found.consultant, found.shortfall) == ((), (), "", "")


def test_the_plan_stands_in_the_facts(cast):
    wave = a_wave(
        cast,
        source=Source.THIRD_PARTY,
        design=Design.SAMPLE,
        base=Base.OWNERS,
        modes=(Mode.PHONE, Mode.PAPER),
        planned=20,
        consultant="青禾咨询",
    )

    found = facts(cast, wave, number="7-1")

    assert (found.title, found.number) == (wave.title, "7-1")
    assert (found.company, found.project) == (cast.company.name, "翠湖苑")
    assert (found.source, found.design, found.base) == ("third_party", "sample", "owners")
    assert (found.modes, found.consultant) == (("phone", "paper"), "青禾咨询")
    assert (found.population, found.planned) == (25, 20)
    assert (found.fieldwork_from, found.fieldwork_to) == (date(2026, 6, 15), date(2026, 6, 21))
    assert found.period_end == date(2026, 6, 30)
    assert (found.purpose, found.method) == ("了解业主满意度", "入户发放问卷")


def test_counts_frame_and_published_totals_stand_in_the_facts(cast):
    wave = a_wave(cast)
    act = {"actor": cast.quality, "wave_id": wave.pk, "at": AT}
    set_counts(counts=Counts(25, 20, 19, 2, 3), **act)
    set_frame(lines=[FrameLine(StratumKind.BUILDING, "1栋", None, 15, 15, 12, 10)], **act)
    record_totals(totals=Totals("三月", TotalsKind.POINTS, 1920, 2000, 25, 20), **act)

    found = facts(cast, wave)

    counts = (found.issued, found.returned, found.valid, found.refused, found.unreachable)
    assert counts == (25, 20, 19, 2, 3)
    assert found.frames == (Frame("building", "1栋", 15, 15, 12, 10),)
    assert found.totals == (Published("三月", "points", 1920, 2000, 25, 20),)


def test_the_goal_of_the_wave_comes_before_the_goal_of_the_project(cast):
    own, bare = a_wave(cast, target=90.0), a_wave(cast)
    with cast.inside():
        Project.objects.filter(id=cast.project.id).update(target=80)

    assert facts(cast, own).target == 90.0
    assert facts(cast, bare).target == 80.0


def test_a_new_goal_of_the_project_reaches_figures_that_were_remembered(cast):
    wave = asked(cast)
    with cast.inside():
        first = queries.figures_of(wave.pk, at=LATER).figures
        Project.objects.filter(id=cast.project.id).update(target=80)
        second = queries.figures_of(wave.pk, at=LATER).figures

    assert (first.overall.target, second.overall.target) == (None, 80.0)


def test_the_letters_that_reports_need_are_at_hand(monkeypatch, tmp_path):
    assert queries.missing_glyphs() == ""
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    assert queries.missing_glyphs() == "安居 Aa"


def test_what_buildings_were_given_and_gave_back_stands_in_the_report(cast):
    wave = asked(cast)
    with cast.inside():
        keys = list(Building.objects.order_by("id").values_list("id", flat=True))
    lines = [BuildingForms(keys[0], 40, 30), BuildingForms(keys[1], 20, None)]
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(population=None)
    count_forms(actor=cast.desk, wave_id=wave.pk, lines=lines, at=AT)

    with cast.inside():
        figures = queries.figures_of(wave.pk, at=LATER).figures
    (section,) = [one for one in document(figures, "en").sections if one.key == "field"]
    first = section.rows[0]
    assert (first.label, first.cells) == ("1栋", ("40", "30", "75.0%"))
    assert [row.cells[0] for row in section.rows] == ["40", "20", "not counted"]
