"""The figures as JSON: everything that was computed and may be shown, in both languages."""

from __future__ import annotations

import json

from anju.insight.measured.model import SurveyFigures
from anju.kernel.pure.plain import to_plain


def made(found: SurveyFigures, _language: str) -> bytes:
    """Return the figures as JSON bytes; `from_plain(SurveyFigures, …)` reads them back equal."""
    return json.dumps(to_plain(found), ensure_ascii=False, indent=1, allow_nan=False).encode()
