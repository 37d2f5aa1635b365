"""An overall of parts: one scale, one formula, or a mark."""

import pytest

from anju.stats.combine import Part, overall
from anju.stats.results import BadCounts, BasesMissing, NoAnswers, ScaleMismatch

ONE = Part("a", 80, 10, "y=1/n=0", "share_top[y]@1")
OTHER_SCALE = Part("b", 90, 30, "y=2/n=1", "share_top[y]@1")


def test_parts_on_different_scales_are_refused_without_a_mark():
    with pytest.raises(ScaleMismatch, match="mark"):
        overall([ONE, OTHER_SCALE])


def test_a_marked_overall_says_that_it_is_mixed():
    found = overall([ONE, OTHER_SCALE], marked=True)

    assert found.estimate == 87.5
    assert [caution.code for caution in found.warnings] == ["scales-mixed", "totals-only"]
    assert found.formula == "share_top[y]@1"


def test_another_version_of_the_formula_is_not_another_formula():
    later = Part("b", 90, 30, ONE.scale, "share_top[y]@2")

    assert overall([ONE, later]).formula == "mixed"


def test_one_missing_base_is_enough_to_refuse():
    with pytest.raises(BasesMissing, match="for b"):
        overall([ONE, Part("b", 90, None)])


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ([], NoAnswers),
        ([Part("a", 80, 0)], NoAnswers),
        ([Part("a", 80, -1)], BadCounts),
        ([Part("a", float("nan"), 1)], BadCounts),
    ],
)
def test_parts_without_sense_are_refused(parts, error):
    with pytest.raises(error):
        overall(parts)


def test_codes_with_an_at_sign_are_a_part_of_the_formula():
    with pytest.raises(ScaleMismatch):
        overall([Part("a", 80, 10, "y", "share_top[a@b]@1"), Part("b", 90, 30, "y", "share_top[a@c]@1")])  # fmt: skip
