"""`run.py fix`: mend what a program can mend. What it cannot, `run.py check` names."""

from __future__ import annotations

import subprocess

from tests.gate.check import CODE, INDENT, ROOT, templates, tool


def main() -> int:
    """Run every fixer; templates first, so that the formatters have the last word."""
    fixers = (
        (tool("djade"), *templates()),
        (tool("djhtml"), *INDENT, *templates()),
        (tool("ruff"), "check", "--fix-only", "--quiet", *CODE),
        (tool("ruff"), "format", *CODE),
    )
    for command in fixers:  # a template fixer's status says "I changed something", not "failed"
        subprocess.run(command, cwd=ROOT, check=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
