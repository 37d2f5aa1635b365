"""The company that the catalogue is tried on."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.cast import the_cast
from tests.catalogue.desk import Desk


@pytest.fixture(autouse=True)
def nobody_counted_before():
    """Forget how often somebody tried to sign in: each row begins anew."""
    cache.clear()


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return Desk(the_cast())
