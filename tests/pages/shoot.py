"""`python -m tests.pages.shoot`: photographs the pages of a running demonstration and scores them.

Signs in by the role switch of the sign-in page, opens every address in both languages, both themes
and both widths, and writes pictures, faults (JSON) and a score by page (Markdown) into a folder.
Without addresses it first sets up a survey that runs, so that owners' pages exist; these are opened
without an account, also in the large type and as they print. Other roles' pages are opened in two
looks.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.pages.camera import (
    EVERY_LOOK,
    Fault,
    Look,
    browser,
    looking,
    printed,
    sideways,
    visit,
    weighed,
)
from tests.pages.cases import Found, furnished
from tests.pages.furnish import TOKEN, Office, running

GUIDE = tuple(
    f"/styleguide/{name}/"
    for name in "parts forms errors states tables charts owner care print".split()  # noqa: SIM905
)
STARTS = ("/manage/surveys/",)
ROOMS = ("manage",)  # what the suite opens; the command opens all
EVERY_START = ("/", "/manage/start/", "/manage/messages/")
EVERY_ROOM = ("manage", "desk", "field", "help", "account")
OTHERS = ("quality", "head", "manager", "desk", "steward", "worker", "committee", "consultant")
NEAREST = 16  # how many pages of another role are opened: its menu and what lies next to it
SHARE = ("zh-light-375", "en-light-1440")  # the looks in which the other roles' pages are opened
SIGN_IN = "/account/login/"
BESIDE = ("/account/password/change/", "/nothing-here/")
LINK = re.compile(r'href="(/([a-z]+)/[^"#?]*)')


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


def crawl(
    context: BrowserContext,
    base: str,
    starts: Sequence[str] = STARTS,
    rooms: Sequence[str] = ROOMS,
    most: int = 500,
) -> tuple[str, ...]:
    """Return one address of each shape that can be reached by links from the first pages."""
    seen: dict[str, str] = {}
    asked, waiting = set(), list(starts)
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        shape = re.sub(r"\d+", "n", address)
        if shape in asked:
            continue
        asked.add(shape)
        answer = context.request.get(base + address)
        if "html" in answer.headers.get("content-type", ""):
            seen[shape] = address
            found = LINK.findall(answer.text())
            waiting += [link for link, room in found if room in rooms]
    return tuple(seen.values())


def _picture(out: Path, address: str, look: Look) -> Path:
    return out / f"{file_name(address)}-{look.name}.png"


Seen = Iterator[tuple[str, list[Fault]]]


def shoot(base: str, addresses: Sequence[str], out: Path, look: Look, role: str) -> Seen:
    """Yield every page with what is wrong with it in one look; take a picture of each."""
    with browser() as started, looking(started, base, look) as context:
        page = context.new_page()
        if role:
            if not addresses:  # nobody sees it once somebody is signed in
                yield SIGN_IN, visit(page, base, SIGN_IN, look, _picture(out, SIGN_IN, look))
            sign_in(context, base, role)
        everything = () if addresses else crawl(context, base, EVERY_START, EVERY_ROOM)
        for address in addresses or (*GUIDE, *BESIDE, *everything):
            faults = visit(page, base, address, look, _picture(out, address, look))
            if look.theme == "light" and look.width == 1440:
                faults += sideways(page, address, look)
            yield address, faults


def owners(base: str, addresses: Sequence[str], out: Path, look: Look) -> Seen:
    """Yield what owners open: as usual and weighed, in the large type, and as it prints."""
    for large in (False, True):
        cookies = [("anju-care", "1")] if large else []
        place = out / ("owner-care" if large else "owner")
        with browser() as started, looking(started, base, look, cookies) as context:
            for number, address in enumerate(addresses):
                page, name = context.new_page(), f"owner {number}{' large' if large else ''}"
                faults = visit(page, base, address, look, place / f"{number}-{look.name}.png")
                if look.theme == "light" and not large:
                    faults += printed(page, look, place / f"{number}-print-{look.name}.png")
                page.close()
                faults += [] if large else weighed(started, base, address, look)
                yield name, faults


def others(base: str, out: Path, look: Look) -> Seen:
    """Yield the pages of every role but the administrator, in the looks that are shared out."""
    for role in OTHERS if look.name in SHARE else ():
        with browser() as started, looking(started, base, look) as context:
            sign_in(context, base, role)
            page = context.new_page()
            for address in crawl(context, base, ("/",), ("manage", "desk", "field"), NEAREST):
                picture = _picture(out / role, address, look)
                yield f"{role} {address}", visit(page, base, address, look, picture)


def open_survey(base: str) -> tuple[str, ...]:
    """Set up a survey that runs; return the addresses that its owners open."""
    with browser() as started, looking(started, base, EVERY_LOOK[1]) as context:
        sign_in(context, base, "quality")
        return running(context, base)


def open_cases(base: str) -> Found:
    """Lead cases to every state; return where they stand."""
    usual = EVERY_LOOK[1]
    with (
        browser() as started,
        looking(started, base, usual) as manager,
        looking(started, base, usual) as administrator,
    ):
        sign_in(manager, base, "manager")
        sign_in(administrator, base, "administrator")
        return furnished(Office(manager, base), Office(administrator, base))


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
    base, out = given.base.rstrip("/"), given.out
    asked = () if given.addresses else open_survey(base)
    states = None if given.addresses else open_cases(base)
    for look in [look for look in EVERY_LOOK if given.only in look.name]:
        seen = [shoot(base, given.addresses, out, look, given.role)]
        if states is not None:
            everyone = (*asked, *states.owners)
            seen += [owners(base, everyone, out, look), others(base, out, look)]
            for role in ("manager", "administrator"):
                seen.append(shoot(base, getattr(states, role), out / "states", look, role))
        for address, faults in chain.from_iterable(seen):
            found.setdefault(address, []).extend(faults)
    every = [fault for faults in found.values() for fault in faults]
    kept = json.dumps([asdict(fault) for fault in every], ensure_ascii=False, indent=1)
    (given.out / "faults.json").write_text(kept + "\n", encoding="utf-8")
    (given.out / "score.md").write_text(score(found), encoding="utf-8")
    sys.stdout.write("\n".join([*map(str, every), score(found)]))
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
