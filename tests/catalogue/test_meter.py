"""The scales themselves: what a child process takes is seen, and nothing of ours is counted to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogue.meter import Children

GREEDY = "import time; held = bytearray(60_000_000); time.sleep(0.3)"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to look into")
def test_the_memory_of_a_child_is_seen_and_ours_is_not_added():
    ours = bytearray(200_000_000)
    children = Children()

    subprocess.run([sys.executable, "-c", GREEDY], check=True)

    assert 60 < children.stop() < 120
    assert len(ours) == 200_000_000
