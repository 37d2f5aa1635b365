"""The cast, for the tests of this room."""

from __future__ import annotations

import pytest

from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()
