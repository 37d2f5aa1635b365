"""The cast, and waves with answers, for the tests that need tables."""

from __future__ import annotations

import pytest

from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()
