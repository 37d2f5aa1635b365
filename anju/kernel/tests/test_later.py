"""A library that is loaded late: it works when asked, and says at once where it is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from anju.kernel.pure.later import later


def test_a_library_is_read_at_its_first_use():
    code = (
        "from anju.kernel.pure.later import later; held = later('fractions');"
        "kind = type(held).__name__; half = held.Fraction(1, 2);"
        "print(kind, type(held).__name__, half)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["_LazyModule", "module", "1/2"]


def test_what_was_read_before_is_used_as_it_is():
    assert later("sys") is sys


def test_a_missing_library_is_said_at_once():
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        later("no_such_library")


def test_a_part_is_found_in_its_package_as_after_an_import():
    code = (
        "from anju.kernel.pure.later import later; later('xml.dom.minidom');"
        "import xml.dom.minidom; print(xml.dom.minidom.parseString('<a/>').documentElement.tagName)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "a"
