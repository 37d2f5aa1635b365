"""`python -m tests.pages.shoot`: photographs the pages of a running demonstration and scores them.

Signs in by the role switch of the sign-in page, opens every address in both languages, both themes
and both widths, and writes pictures, faults (JSON) and a score by page (Markdown) into a folder.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.pages.camera import EVERY_LOOK, Fault, Look, browser, looking, sideways, visit

GUIDE = tuple(
    f"/styleguide/{name}/"
    for name in "parts forms errors states tables charts owner care print".split()  # noqa: SIM905
)
STARTS = ("/manage/surveys/",)
SIGN_IN = "/account/login/"
BESIDE = ("/account/password/change/", "/nothing-here/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'href="(/manage/[^"#?]*)')


def file_name(address: str) -> str:
    """Return an address as a file name."""
    return re.sub(r"\W+", "-", address).strip("-") or "home"


def sign_in(context: BrowserContext, base: str, role: str) -> None:
    """Enter the demonstration in a role, as its button does; no page is opened for it."""
    address = f"{base}/account/login/"
    form = context.request.get(address).text()
    token = TOKEN.search(form)
    assert token, "the sign-in page carries no token"
    told = {"csrfmiddlewaretoken": token[1], "role": role}
    answer = context.request.post(f"{base}/account/demo/", form=told, headers={"Referer": address})
    assert answer.ok, f"nobody could enter as {role}: {answer.status}"


def crawl(context: BrowserContext, base: str) -> tuple[str, ...]:
    """Return one address of each shape that can be reached by links from the first page."""
    seen: dict[str, str] = {}
    asked, waiting = set(), list(STARTS)
    while waiting:
        address = waiting.pop(0)
        shape = re.sub(r"\d+", "n", address)
        if shape in asked:
            continue
        asked.add(shape)
        answer = context.request.get(base + address)
        if "html" in answer.headers.get("content-type", ""):
            seen[shape] = address
            waiting += LINK.findall(answer.text())
    return tuple(seen.values())


def _picture(out: Path, address: str, look: Look) -> Path:
    return out / f"{file_name(address)}-{look.name}.png"


def shoot(
    base: str, addresses: Sequence[str], out: Path, look: Look, role: str
) -> Iterator[tuple[str, list[Fault]]]:
    """Yield every page with what is wrong with it in one look; take a picture of each."""
    with browser() as started, looking(started, base, look) as context:
        page = context.new_page()
        if role:
            if not addresses:  # nobody sees it once somebody is signed in
                yield SIGN_IN, visit(page, base, SIGN_IN, look, _picture(out, SIGN_IN, look))
            sign_in(context, base, role)
        for address in addresses or (*GUIDE, *BESIDE, *crawl(context, base)):
            faults = visit(page, base, address, look, _picture(out, address, look))
            if look.theme == "light" and look.width == 1440:
                faults += sideways(page, address, look)
            yield address, faults


def score(found: Mapping[str, Sequence[Fault]]) -> str:
    """Return a table: a line for each page, a column for each kind of fault."""
    kinds = sorted({fault.kind for faults in found.values() for fault in faults})
    lines = [f"| page | {' | '.join(kinds) or 'faults'} |", "|---" * (max(1, len(kinds)) + 1) + "|"]
    for address, faults in found.items():
        counted = Counter(fault.kind for fault in faults)
        cells = [str(counted[kind] or "–") for kind in kinds] or ["none"]
        lines.append(f"| {address} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Photograph, measure, write; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.pages.shoot", description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="a running demonstration")
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--role", default="administrator", help="role to enter as; empty for none")
    parser.add_argument("--only", default="", help="looks whose name holds this, e.g. zh-light-375")
    parser.add_argument("addresses", nargs="*", help="addresses; without any, every page by links")
    given = parser.parse_args(arguments)
    found: dict[str, list[Fault]] = {}
    for look in EVERY_LOOK:
        if given.only not in look.name:
            continue
        base = given.base.rstrip("/")
        for address, faults in shoot(base, given.addresses, given.out, look, given.role):
            found.setdefault(address, []).extend(faults)
    every = [fault for faults in found.values() for fault in faults]
    kept = json.dumps([asdict(fault) for fault in every], ensure_ascii=False, indent=1)
    (given.out / "faults.json").write_text(kept + "\n", encoding="utf-8")
    (given.out / "score.md").write_text(score(found), encoding="utf-8")
    sys.stdout.write("\n".join([*map(str, every), score(found)]))
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
