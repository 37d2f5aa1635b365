"""The one place that asks what time it is; everything else takes the time as an argument."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present instant, aware and in UTC; call it once at an edge and hand it down."""
    return datetime.now(UTC)


def as_moment(kept: datetime) -> datetime:
    """Return an instant as a database hands it out: aware, or without a zone and in UTC."""
    return kept if kept.tzinfo else kept.replace(tzinfo=UTC)
