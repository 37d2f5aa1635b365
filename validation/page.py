"""The page of validation: what was published, what was drawn, what it cost; written by one command."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from anju import stats
from anju.kernel.pure.clock import utc_now
from validation.held import Held
from validation.published import Met

ROOT = Path(__file__).parents[1]
PAGE, SPEED = ROOT / "docs" / "methods" / "validation.md", ROOT / "validation" / "speed.json"
# The tests that read stored results of R and its packages; they lie beside the project, not in it.
AGREEMENT = "every_figure_of_r or psych or lme4 or reference or calibrated_weights_know"


def machine() -> str:
    """Return what was computed on, in words."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"


def written(rows: Sequence[Held | Met]) -> str:
    """Return the page."""
    parts = [
        "# Validation (验证)\n",
        "<!-- Written by `run.py validate --write`. Change the code, not this page. -->\n",
        f"Computed on {utc_now():%Y-%m-%d}, {machine()}. 本页由命令生成，每行均可重算。\n",
        "## Agreement with references (与参考结果一致)\n",
        agreement() + "\n",
        "| figure | found | wanted | source | |",
        "|---|---|---|---|---|",
        *(
            f"| {row.name} | {row.found:.6f} | {row.wanted:g} | {row.source} | {_said(good=row.good)} |"
            for row in rows
            if isinstance(row, Met)
        ),
        "\n## Coverage and false alarms (覆盖率与误报)\n",
        "The simulator knows the truth. Limits are what chance allows; a control must fall outside.\n",
        "| what | held | must be | samples | first seed | |",
        "|---|---|---|---|---|---|",
        *(_drawn(row) for row in rows if isinstance(row, Held)),
        "\n## Small buildings, by enumeration (小楼栋逐一列举)\n",
        "Worst exact coverage over true shares of 60, 80, 90 and 95 %, and in brackets the mean width.\n",
        f"```\n{stats.coverage_table()}\n```",
        "\n## Speed (速度)\n",
        speed(),
    ]
    return "\n".join(parts) + "\n"


def _drawn(row: Held) -> str:
    wanted = "" if row.wanted else "not "
    return (
        f"| {row.name} | {100 * row.share:.2f} % | {wanted}{100 * row.low:.1f} to {100 * row.high:.1f} % | "
        f"{row.samples} | {row.first_seed} | {_said(good=row.good)} |"
    )


def _said(*, good: bool) -> str:
    return "ok" if good else "**FAIL**"


def agreement() -> str:
    """Run the tests against stored results of R, and say how many passed; they are left out elsewhere."""
    command = (sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:randomly", "anju/stats", "-k", AGREEMENT)  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = {kind: int(many) for many, kind in re.findall(r"(\d+) (passed|failed|skipped)", done.stdout)}  # fmt: skip
    passed, failed, left = (counts.get(kind, 0) for kind in ("passed", "failed", "skipped"))
    return (
        "Stored results of R (survey, psych, relaimpo, lme4): "
        f"{passed} tests agree, {failed} do not, {left} were left out. Relative tolerance 1e-10 for means, totals, "
        "ratios, domains and design effects, 1e-8 for calibrated estimates, 1e-7 for logit and beta limits, "
        "1e-9 for reliability and drivers."
    )


def speed() -> str:
    """Return the recorded measurements, or how to record them."""
    if not SPEED.exists():
        return "Not recorded yet: `run.py bench measure --record`."
    told = json.loads(SPEED.read_text(encoding="utf-8"))
    rows = "\n".join(
        f"| {row['name']} | {row['value']:.4g} {row['unit']} | {row['goal']} | {row['note']} |"
        for row in told["rows"]
    )
    head = "| what | found | goal | |\n|---|---|---|---|\n"
    return (
        f"Recorded on {told['date']}, {told['machine']}, {told['answers']} answers.\n\n{head}{rows}"
    )


def record(rows: Sequence[tuple[str, float, str, float | None, str]], answers: str) -> None:
    """Keep measurements (name, value, unit, goal, note) for the page."""
    told = {
        "date": f"{utc_now():%Y-%m-%d}",
        "machine": machine(),
        "answers": answers,
        "rows": [
            {"name": name, "value": value, "unit": unit, "goal": "" if goal is None else f"≤ {goal:.4g}", "note": note}
            for name, value, unit, goal, note in rows
        ],
    }  # fmt: skip
    SPEED.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
