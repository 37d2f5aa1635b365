"""The page for what broke, and the one for a database that takes nothing now."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from anju.web import refusals


def answered(rf, raised: Exception) -> HttpResponse:
    try:
        raise raised
    except type(raised):
        return refusals.defect(rf.post("/desk/cases/new/"))


@pytest.mark.parametrize(
    "raised", [OperationalError("database or disk is full"), InterfaceError("connection closed")]
)
def test_a_database_that_takes_nothing_is_no_defect_and_says_that_nothing_was_saved(rf, raised):
    answer = answered(rf, raised)

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert {"没有保存", "was not saved"} <= {
        one for one in ("没有保存", "was not saved") if one in answer.content.decode()
    }


def test_anything_else_is_a_defect_with_a_reference(rf):
    assert answered(rf, ValueError("x")).status_code == 500
