"""The statistics as a library: asked for by name, without the web and without what is not needed."""

from __future__ import annotations

import subprocess
import sys


def test_naming_the_room_reads_in_neither_numbers_nor_the_web():
    script = (
        "import sys; from anju import stats; early = 'numpy' in sys.modules; "
        "found = stats.mean(stats.survey_design([1.0] * 3), [1, 2, 3]); "
        "print(early, 'django' in sys.modules, found.estimate)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "False", "2.0"]
