"""Where a real Chromium is, for the tests that need one. Not a driver: Playwright drives."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

INSTALL = "apt-get install -y chromium libatomic1 fonts-noto-cjk    (macOS: brew install chromium)"
# The first is the same engine without the windows of a desk: a third quicker, and it does not hang.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")


def chromium() -> str | None:
    """Return the path of Chromium; ANJU_TEST_CHROMIUM decides where it is set, even to nothing."""
    if "ANJU_TEST_CHROMIUM" in os.environ:
        named = os.environ["ANJU_TEST_CHROMIUM"]
        return named if Path(named).is_file() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (str(MAC) if MAC.exists() else None)
