"""`anju check`: reads every history again and compares it with its daily seals."""

from __future__ import annotations

import argparse
import sys

from anju.cli.start import start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """A seal that somebody noted down outside this machine may be compared too."""
    parser.add_argument("--seal", default="", help="a seal from the log that must still be there")


def run(given: argparse.Namespace) -> int:
    """Print a line for each company; 1 where something was altered, 0 where all is whole."""
    start_django()
    from anju.kernel.scope import company_scope
    from anju.register.queries import company_ids
    from anju.seals.queries import altered, has_seal, standing

    broken, found = 0, not given.seal
    for company_id in company_ids():
        with company_scope(company_id):
            stood, fault = standing(company_id), altered(company_id)
            found = found or has_seal(given.seal)
        fault = fault or stood.fault
        broken += bool(fault)
        said = f"ALTERED at {fault}" if fault else "whole"
        sealed = stood.sealed or "never sealed"
        sys.stdout.write(f"{stood.company}: {sealed}, {stood.entries} entries: {said}\n")
    if not found:
        sys.stdout.write("The seal is not among those of this database: seals were made anew.\n")
    return int(broken > 0 or not found)
