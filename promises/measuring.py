"""A pytest plug-in that writes down what P12 wants to know of a run of the catalogue."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.catalogue.meter import USES, Children

TARGET = "CATALOGUE_RESULT"
_outcomes: dict[str, str] = {}
_children = Children()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the worst outcome of each test's three phases."""
    if report.when == "call" or report.outcome != "passed":
        _outcomes[report.nodeid] = report.outcome


def pytest_sessionfinish() -> None:
    """Write outcomes and costs as data."""
    told = {
        "outcomes": _outcomes,
        "uses": [asdict(use) for use in USES],
        "child_mb": _children.stop(),
    }
    Path(os.environ[TARGET]).write_text(json.dumps(told), encoding="utf-8")
