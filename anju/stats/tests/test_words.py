"""The sentences of the statistics: both languages, full-width punctuation; the examples run."""

import ast
import doctest
import importlib
import re
from pathlib import Path

import pytest

from anju.stats import cautions, results
from anju.stats.results import METHOD_WORDS, Caution, Method, StatsError

ROOM = Path(__file__).parents[1]
MODULES = sorted(path.stem for path in ROOM.glob("*.py") if path.stem != "__init__")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff」）}][,;:!?]|[,;!?][\u4e00-\u9fff「{]|[\u4e00-\u9fff]\(")


def chinese_texts(source):
    texts = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize("name", MODULES)
def test_chinese_sentences_use_full_width_punctuation(name):
    texts = chinese_texts((ROOM / f"{name}.py").read_text(encoding="utf-8"))

    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_half_width_punctuation_would_be_found():
    assert HALF_WIDTH.search("区间,上下限")
    assert HALF_WIDTH.search("区间(上下限)")
    assert not HALF_WIDTH.search("区间（上下限）：80.0 %")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name):
    found = doctest.testmod(importlib.import_module(f"anju.stats.{name}"))

    assert found.failed == 0


def test_examples_are_really_run():
    tried = [doctest.testmod(importlib.import_module(f"anju.stats.{name}")) for name in MODULES]

    assert sum(found.attempted for found in tried) > 15


def test_every_caution_has_a_code_of_its_own_and_both_languages():
    known = [value for value in vars(cautions).values() if isinstance(value, Caution)]

    assert len({caution.code for caution in known}) == len(known)
    assert all(re.search(r"[\u4e00-\u9fff]", caution.zh) for caution in known)
    assert not any(re.search(r"[\u4e00-\u9fff]", caution.en) for caution in known)


def test_every_refusal_has_a_code_of_its_own():
    kinds = [
        value
        for value in vars(results).values()
        if isinstance(value, type) and issubclass(value, StatsError)
    ]

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.code.startswith("E-STATS") for kind in kinds)


def test_a_refusal_reads_as_its_english_sentence():
    refusal = StatsError("n", en="No.", zh="不。")

    assert (str(refusal), refusal.field, refusal.zh) == ("No.", "n", "不。")


def test_every_method_has_words():
    assert set(METHOD_WORDS) == set(Method)


@pytest.mark.parametrize(
    ("many", "held"),
    [(4, 84), (5, 84), (9, 84), (10, 83), (14, 83), (15, 84), (19, 84), (20, 86), (29, 86), (30, 87), (49, 87)],
)  # fmt: skip
def test_few_clusters_are_told_with_what_was_simulated(many, held):
    found = cautions.few_clusters(many)

    assert found is not None
    assert f"in about {held} %" in found.en
    assert f"约 {held}%" in found.zh


def test_fifty_clusters_and_rows_drawn_one_by_one_need_no_caution():
    assert cautions.few_clusters(50) is None
    assert cautions.of_clusters(20, 20) == ()
    assert [one.code for one in cautions.of_clusters(20, 21)] == ["few-clusters"]


def test_an_estimate_has_an_interval_only_with_both_limits_and_of_95_percent_unless_told():
    given = {
        "estimate": 1.0,
        "se": None,
        "df": None,
        "n": 3,
        "n_eff": None,
        "deff": None,
        "method": Method.NONE,
    }
    whole = results.Estimate(**given, ci_low=0.0, ci_high=2.0)

    assert whole.has_interval
    assert whole.level == 0.95
    for low, high in ((0.0, None), (None, 2.0), (None, None)):
        assert not results.Estimate(**given, ci_low=low, ci_high=high).has_interval
