"""The page of comments: every one stands there; one without an opinion opens no finding."""

from __future__ import annotations

from django.urls import reverse

from anju.survey.models import OpenAnswer, Response
from tests.cast import a_wave, answers


def test_a_comment_without_an_opinion_is_shown_as_such(quality, cast):
    wave = a_wave(cast)
    answers(wave, [["vs"] * 10] * 2)
    with cast.inside():
        said = []
        for form, text in zip(Response.objects.order_by("id")[:2], ("无。", "电梯慢"), strict=True):
            said.append(
                OpenAnswer(company_id=cast.company.id, response=form, heading="意见", text=text)
            )
            said[-1].save()

    shown = quality.get(reverse("findings-comments", args=[wave.pk])).content.decode()

    assert "无。" in shown
    assert shown.count("no opinion") == 1
    links = [reverse("findings-comment-problem", args=[wave.pk, one.pk]) for one in said]
    assert [link in shown for link in links] == [False, True]
