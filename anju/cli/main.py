"""The `anju` command: one verb a module, each loaded only when asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from anju.cli import chinese
from anju.cli.tongue import spoken

VERBS = {
    "setup": "prepare this machine: address, database, company, first administrator",
    "serve": "serve the pages, do the background jobs and strike the clocks",
    "worker": "do background jobs and strike the clocks only",
    "demo": "show the demonstration company on this machine",
    "report": "make an honest report of a file of answers, without any set-up",
    "stats": "design-based statistics of a file of answers",
    "backup": "write a backup of everything and check it",
    "restore": "bring a backup back and compare its content",
    "check": "read every history again and compare it with its daily seals",
    "account": "at the server: take a lost second step off, set a password",
    "upgrade": "bring the database to this version, after a backup",
    "coverage": "print how often each interval covers the truth (enumerated)",
}


def _help(*, zh: bool) -> str:
    width = max(map(len, VERBS))
    verbs = chinese.VERBS if zh else VERBS
    lines = "\n".join(f"  anju {verb:<{width}}  {said}" for verb, said in verbs.items())
    return f"{chinese.TITLE[zh]}\n\n{lines}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code; 2 for a call that we could not take."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    zh = spoken(None) == "zh"
    if not given or given[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_help(zh=zh))
        return 0
    if given[0] == "--version":
        sys.stdout.write(f"{import_module('anju').__version__}\n")
        return 0
    verb = given[0]
    if verb not in VERBS:
        sys.stderr.write(f"{chinese.UNKNOWN[zh].format(verb=verb)}\n\n{_help(zh=zh)}")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
    module = import_module(f"anju.cli.{verb}")
    described = (chinese.VERBS if zh else VERBS)[verb]
    parser = argparse.ArgumentParser(prog=f"anju {verb}", description=described)
    module.arguments(parser)
    if zh and {"-h", "--help"} & set(given[1:]):
        sys.stdout.write(chinese.help_of(parser))
        parser.exit()
    try:
        return int(module.run(parser.parse_args(given[1:])))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
