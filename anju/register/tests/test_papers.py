"""The worked examples on the papers of rules are run."""

import doctest
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[3] / "docs" / "rules"
PAPERS = sorted(path for path in RULES.glob("*.md") if ">>>" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_worked_example_of_a_rule_is_true(path):
    failed, tried = doctest.testfile(str(path), module_relative=False, encoding="utf-8")

    assert failed == 0
    assert tried >= 5
