"""What is kept between pages depends on what is named and on nothing else; a mould lets nothing through."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from anju.web.parts.kept import MOST
from anju.web.parts.mould import mould, sign_html
from anju.web.parts.pieces import Mood, Sign


def test_what_is_kept_knows_the_named_values_alone():
    piece = Template("{% kept name=person.name %}{{ name }}|{{ secret }}{% endkept %}")

    def shown(**given: object) -> str:
        return str(piece.render(Context(given)))

    assert shown(person={"name": "甲"}, secret="x") == "甲|"
    assert shown(person={"name": "乙"}, secret="y") == "乙|"
    assert shown(person={"name": "<b>"}, secret="z") == "&lt;b&gt;|"


def test_what_is_kept_is_kept_for_each_language():
    piece = Template('{% kept %}{% translate "Cases" %}{% endkept %}')
    with translation.override("zh-hans"):
        chinese = piece.render(Context())
    with translation.override("en"):
        english = piece.render(Context())

    assert (chinese != english, english) == (True, "Cases")


def test_a_piece_is_made_once_for_the_same_values_and_never_more_than_so_many_are_kept():
    piece = Template("{% kept one=one %}{% for x in one %}{{ x }}{% endfor %}{% endkept %}")
    node = piece.nodelist[0]
    for number in range(MOST + 3):
        piece.render(Context({"one": (number,)}))
        piece.render(Context({"one": (number,)}))

    assert len(node.made) == 3


def test_what_cannot_be_a_key_is_refused_aloud():
    with pytest.raises(TypeError):
        Template("{% kept one=one %}{{ one }}{% endkept %}").render(Context({"one": [1]}))


@pytest.mark.parametrize(
    "wrong", ["{% kept shell %}{% endkept %}", "{% kept %}{% csrf_token %}{% endkept %}"]
)
def test_a_form_and_a_value_without_a_name_are_refused(wrong):
    with pytest.raises(TemplateSyntaxError):
        Template(wrong)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_mould_has_a_field_for_each_slot_and_the_words_of_the_language(language):
    with translation.override(language):
        form = mould("desk/cases/_row.html", "id", "code", "title", choose=True)
        plain = mould("desk/cases/_row.html", "id", "code", "title", choose=False)

    assert ("{title}" in form, 'value="{id}"' in form, 'value="{id}"' in plain) == (
        True,
        True,
        False,
    )
    assert ("轮到谁" in form) == (language == "zh-hans")


def test_a_sign_is_drawn_escaped_with_its_shape():
    drawn = sign_html(Sign("<late>", Mood.OVER))

    assert ("&lt;late&gt;" in drawn, "i-st-over" in drawn) == (True, True)
