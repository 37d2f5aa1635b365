"""The locks hold what the product asks for: names, versions and hashes, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tower import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    name: (ROOT / "requirements" / f"{name}.txt").read_text()
    for name in ("demo", "test", "peers", "engines", "survey")
}
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+?)(?: ;.*?)? \\$", re.MULTILINE)


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def pinned(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in PINNED.findall(lock):
        found.setdefault(name_of(name), set()).add(version)
    return found


def test_every_dependency_is_locked():
    asked = {name_of(one) for one in PROJECT["project"]["dependencies"]}
    tested = {name_of(one) for one in PROJECT["dependency-groups"]["test"]}

    assert asked - pinned(LOCKS["demo"]).keys() == set()
    assert (asked | tested) - pinned(LOCKS["test"]).keys() == set()


def test_what_is_tested_is_what_is_served():
    served, tested = pinned(LOCKS["demo"]), pinned(LOCKS["test"])

    assert {
        name: versions for name, versions in served.items() if tested.get(name) != versions
    } == {}


def test_what_the_bench_stands_beside_is_no_part_of_product_or_tests():
    asked = {name_of(one) for one in PROJECT["dependency-groups"]["peers"]}

    assert asked - pinned(LOCKS["peers"]).keys() == set()
    assert asked & (pinned(LOCKS["demo"]).keys() | pinned(LOCKS["test"]).keys()) == set()


def test_other_engines_are_locked_apart_and_enter_neither_product_nor_tests():
    extras = PROJECT["project"]["optional-dependencies"]
    asked = {name_of(one) for one in (*extras["spark"], *extras["clickhouse"])} - {"ibis-framework"}

    assert asked == {"pyspark", "chdb"}
    assert asked - pinned(LOCKS["engines"]).keys() == set()
    assert asked & (pinned(LOCKS["demo"]).keys() | pinned(LOCKS["test"]).keys()) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address_and_a_hash_for_everything(lock):
    blocks = re.split(r"\n(?=\S)", LOCKS[lock].strip())

    assert "://" not in LOCKS[lock]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_starter_is_locked_too():
    text = Path(ROOT / "requirements" / "starter.txt").read_text()

    assert re.match(r"uv==\d+\.\d+\.\d+ \\\n    --hash=sha256:[0-9a-f]{64}", text)
