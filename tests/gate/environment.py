"""The environment of a test run, set before Django reads it; loaded by `-p` in pyproject.toml.

Every run gets a data folder of its own, so no test meets what an earlier run or a real
installation left behind. `run.py test` names the database; alone, pytest uses SQLite.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("ANJU_") and "_TEST_" not in name]:
    del os.environ[name]

DATA = tempfile.mkdtemp(prefix="anju-test-")
Path(DATA, "static").mkdir()  # collected by an installation; a test run reads the sources
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

os.environ["ANJU_DATA"] = DATA
os.environ["ANJU_SECRET_KEY"] = "a key that only a test run knows, and no installation ever may"
os.environ["ANJU_MAIL"] = ""
if database := os.environ.get("ANJU_TEST_DATABASE", ""):
    os.environ["ANJU_DATABASE"] = database
# Small matrices on two cores: a second BLAS thread costs far more than it gives.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
