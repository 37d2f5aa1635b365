"""A published form is read once a process; a draft may change and is read each time."""

from __future__ import annotations

from anju.survey import asked
from anju.survey.asked import asked_form
from anju.survey.forms import form_plan, ordered_items
from anju.survey.models import Item, QuestionnaireVersion
from tests.cast import a_wave


def test_a_published_form_is_read_once_and_is_the_stored_one(cast, django_assert_num_queries):
    wave = a_wave(cast)
    with cast.inside():
        first = asked_form(wave.version_id)
        with django_assert_num_queries(0):
            assert asked_form(wave.version_id) is first
        assert first.plan == form_plan(QuestionnaireVersion.objects.get(id=wave.version_id))
        rows = ordered_items(wave.version_id)
    assert list(first.ids.items()) == [(row.code, row.pk) for row in rows]
    assert [item.code for item in first.items] == [row.code for row in rows]


def test_a_draft_is_read_each_time(cast):
    wave = a_wave(cast)
    with cast.inside():
        QuestionnaireVersion.objects.filter(id=wave.version_id).update(state="draft")
        before = asked_form(wave.version_id)
        Item.objects.filter(id=before.ids[before.items[0].code]).update(zh="另一个问题")
        assert asked_form(wave.version_id).items[0].words.zh == "另一个问题"


def test_what_is_kept_has_a_bound(cast, monkeypatch):
    monkeypatch.setattr(asked, "MOST", 1)
    wave = a_wave(cast)
    with cast.inside():
        asked._read[0, 0] = asked_form(wave.version_id)
        asked._read.pop((cast.company.pk, wave.version_id))
        asked_form(wave.version_id)
    assert list(asked._read) == [(cast.company.pk, wave.version_id)]
