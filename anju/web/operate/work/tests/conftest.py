"""The cast, for the tests of these pages."""

from __future__ import annotations

import pytest
from django.test import Client

from anju.web.study.surveys.tests.going import signed_in
from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def quality(cast) -> Client:
    return signed_in(cast)
