"""P29: what we build on is pinned by hash, known holes are looked up, and a real set-up passes.

Where no advisory service answers, the look-up is NOT RUN; that is never a pass.
Controls: a lock without a hash, and a set-up without encryption, must be found.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

from promises.registry import Outcome, Promise

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("demo", "test", "starter")
ADVISORIES = ("api.osv.dev", 443)
GOAL = "0 known holes, a hash for everything, no address in a lock, 0 warnings of check --deploy"
OFFICE = {
    "ANJU_BASE_ADDRESS": "https://anju.example.com",
    "ANJU_SECRET_KEY": "k3T-" + "vQ9_xLw2Rz7nB5" * 5,
    "ANJU_TRUSTED_PROXY": "1",
    "DJANGO_SETTINGS_MODULE": "anju.conf.settings",
}


def lock_problems(name: str, text: str) -> list[str]:
    """Return what is wrong with a lock: a version without a hash, an address, nothing pinned."""
    blocks = [block for block in re.split(r"\n(?=\S)", text.strip()) if not block.startswith("#")]
    bare = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    loose = [block.split()[0] for block in blocks if "==" not in block.split()[0]]
    problems = [f"{name}: {one} has no hash" for one in bare]
    problems += [f"{name}: {one} is not pinned" for one in loose]
    problems += [f"{name}: holds an address"] if "://" in text else []
    return problems if blocks else [f"{name}: nothing is pinned"]


def deploy_problems(office: dict[str, str]) -> list[str]:
    """Return what Django's own check says of an installation with these settings."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**os.environ, **office}, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    found = re.findall(r"\((\w+\.[WEC]\d+)\)", done.stderr)
    if done.returncode and not found:
        return [f"check --deploy broke: {done.stderr.strip().splitlines()[-1:]}"]
    return [f"check --deploy: {code}" for code in found]


def reachable(place: tuple[str, int]) -> bool:
    """Say whether an advisory service answers; one connection, five seconds."""
    try:
        socket.create_connection(place, timeout=5).close()
    except OSError:
        return False
    return True


def known_holes() -> tuple[list[str], list[str]]:
    """Look every pinned version up; return the holes known, and why the look-up was not run."""
    if not reachable(ADVISORIES):
        return [], [f"not checked: no advisory database within reach ({ADVISORIES[0]})"]
    lock = str(ROOT / "requirements" / "demo.txt")
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip",
         "--vulnerability-service", "osv", "--progress-spinner", "off"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode == 0:
        return [], []
    told = [line for line in done.stdout.splitlines()[2:] if line.strip()]
    if told:
        return [f"known hole: {' '.join(line.split())}" for line in told], []
    return [], [f"not checked: the look-up broke: {done.stderr.strip()[-200:]}"]


def controls_missed() -> list[str]:
    """Return which deliberate mistakes were not found."""
    missed = []
    if not lock_problems("control", "django==5.2\nnumpy>=1 \\\n    --hash=sha256:ab\n"):
        missed.append("control not caught: a lock without hashes")
    if not lock_problems("control", "a==1 --hash=sha256:ab\n--index-url https://x\n"):
        missed.append("control not caught: a lock with an address")
    if not deploy_problems({**OFFICE, "ANJU_BASE_ADDRESS": "http://anju.example.com"}):
        missed.append("control not caught: a set-up without encryption")
    return missed


def attempt(folder: Path) -> Outcome:
    """Check locks and settings here, and the advisories where they can be had."""
    texts = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in LOCKS}
    problems = [line for name, text in texts.items() for line in lock_problems(name, text)]
    warnings = deploy_problems(OFFICE)
    holes, not_run = known_holes()
    problems += warnings + holes + controls_missed()
    pinned = {name: len(re.findall(r"^\S+==", text, re.MULTILINE)) for name, text in texts.items()}
    told = (
        f"{pinned} pinned, each with its hashes, no address; {len(warnings)} warnings of"
        f" check --deploy; holes known: {len(holes) if not not_run else 'not looked up'}"
    )
    figures = {**pinned, "deploy_warnings": len(warnings)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures, tuple(not_run))


PROMISE = Promise("P29", "What we build on is pinned, looked up and set up safely", attempt)
