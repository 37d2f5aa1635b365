"""Two people at one plan and at one item: the later one sees both, and nothing is written over."""

from __future__ import annotations

from django.urls import reverse

from anju.survey.actions.waves import create_wave
from anju.survey.models import Item, QuestionnaireVersion, Section, Wave, WaveStratum
from promises.walk import forms_of
from tests.cast import AT, a_plan, a_wave, version_of


def shown(client, path: str) -> dict[str, str]:
    """Return the values of a page's own form, as a browser would send them."""
    found = [form for form in forms_of(client.get(path).content) if form.post and not form.action]
    return {name: value for name, value in found[-1].values if value}


def test_a_plan_that_somebody_changed_meanwhile_is_not_written_over(quality, cast):
    wave = create_wave(actor=cast.quality, plan=a_plan(cast), at=AT)
    path = reverse("wave-edit", args=[wave.pk])
    form = shown(quality, path)

    assert quality.post(path, {**form, "title": "先"}).status_code == 302
    late = quality.post(path, {**form, "title": "后"})

    assert late.status_code == 409
    told = late.content.decode()
    assert 'data-code="E-STALE"' in told
    assert "先" in told
    assert "后" in told
    assert quality.post(path, {**shown(quality, path), "title": "后"}).status_code == 302


def test_an_item_that_somebody_changed_meanwhile_is_not_written_over(quality, cast):
    copied = quality.post(reverse("questionnaire-copy", args=[version_of(cast).pk]))
    version_id = int(copied["Location"].rstrip("/").rpartition("/")[2])
    with cast.inside():
        item = Item.objects.filter(version_id=version_id, scale__isnull=True)[0]
    path = reverse("item", args=[item.pk])
    form = {"item_zh": "先", "code": item.code, "version": shown(quality, path)["version"]}

    assert quality.post(path, form).status_code == 302
    assert quality.post(path, {**form, "item_zh": "后"}).status_code == 409


def a_copy(quality, cast) -> int:
    copied = quality.post(reverse("questionnaire-copy", args=[version_of(cast).pk]))
    return int(copied["Location"].rstrip("/").rpartition("/")[2])


def told_both(answer, first: str, second: str) -> bool:
    """Say whether an answer refuses the second writer and shows what both wrote."""
    told = answer.content.decode()
    return (
        answer.status_code == 409
        and 'data-code="E-STALE"' in told
        and first in told
        and second in told
    )


def test_texts_that_somebody_changed_meanwhile_are_not_written_over(quality, cast):
    version_id = a_copy(quality, cast)
    path = reverse("questionnaire-texts", args=[version_id])
    form = shown(quality, path)

    assert quality.post(path, {**form, "title_zh": "先写的"}).status_code == 302
    assert told_both(quality.post(path, {**form, "title_zh": "后写的"}), "先写的", "后写的")
    with cast.inside():
        assert QuestionnaireVersion.objects.get(id=version_id).title_zh == "先写的"


def test_a_heading_that_somebody_changed_meanwhile_is_not_written_over(quality, cast):
    version_id = a_copy(quality, cast)
    with cast.inside():
        section = Section.objects.filter(version_id=version_id)[0]
    path = reverse("section", args=[section.pk])
    form = shown(quality, path)

    assert quality.post(path, {**form, "section_zh": "先写的"}).status_code == 302
    assert told_both(quality.post(path, {**form, "section_zh": "后写的"}), "先写的", "后写的")
    with cast.inside():
        assert Section.objects.get(id=section.pk).zh == "先写的"


def test_counts_that_changed_meanwhile_are_not_written_over(quality, cast):
    wave = a_wave(cast)
    path = reverse("wave-counts", args=[wave.pk])
    form = shown(quality, path)

    assert quality.post(path, {**form, "issued": "21"}).status_code == 302
    assert told_both(quality.post(path, {**form, "issued": "23"}), "21", "23")
    with cast.inside():
        assert Wave.objects.get(id=wave.pk).issued == 21


def test_a_frame_that_changed_meanwhile_is_not_written_over(quality, cast):
    wave = a_wave(cast)
    path = reverse("wave-frame", args=[wave.pk])
    form = shown(quality, path)

    assert quality.post(path, {**form, "population-0": "11"}).status_code == 302
    late = quality.post(path, {**form, "population-0": "13"})
    assert told_both(late, "11", "13")
    with cast.inside():
        assert WaveStratum.objects.get(wave=wave).population == 11
    again = shown(quality, path)
    assert quality.post(path, {**again, "population-0": "13"}).status_code == 302
