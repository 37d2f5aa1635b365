"""How the program speaks in logs: one line an event, plain fields, no personal data, to stderr."""

from __future__ import annotations

import logging
import re

import structlog
from typing_extensions import override

# The secret of an owner's link stands in its path; no line of ours repeats it.
_LINK = re.compile(r"(/o/[slfcrw]/)[^/\s\"'?]+")


def without_links(text: str) -> str:
    """Return a line with the secrets of owners' links taken out."""
    return _LINK.sub(r"\1…", text)


class PlainFormatter(logging.Formatter):
    """Formats a record, its traceback too, and hides links in all of it."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return without_links(super().format(record))


def configure_logs(level: str) -> None:
    """Send structlog through the standard logging, below a level nothing is rendered."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
