"""The company that the catalogue is tried on."""

from __future__ import annotations

import pytest

from tests.cast import the_cast
from tests.catalogue.desk import Desk


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return Desk(the_cast())
