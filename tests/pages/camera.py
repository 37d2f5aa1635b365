"""Drives one Chromium: opens pages in a language, theme and width, measures and photographs them.

It judges what a machine can judge of the checklist for screenshots; a person looks at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)
from typing_extensions import override

from tests.gate.browser import chromium

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
WIDTHS = {375: 667, 1440: 900}
BETWEEN = (320, 640, 768, 1280)
PHONE = 760
PAPER = 718  # an A4 sheet between its margins
HEAVY = 120 * 1024  # what an owner's first view may cost on the way
PATIENCE = 45_000  # milliseconds for a page to answer on a busy machine
# `region` complains of the stripe and the skip link; the shell has its landmarks.
AXE = {"rules": {"region": {"enabled": False}}}
GRAVE = {"serious", "critical"}


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking at a page."""

    language: str
    theme: str
    width: int

    @property
    def name(self) -> str:
        return f"{self.language[:2]}-{self.theme}-{self.width}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong on one page in one look."""

    address: str
    look: str
    kind: str
    words: str

    @override
    def __str__(self) -> str:
        return f"{self.address} [{self.look}] {self.kind}: {self.words}"


EVERY_LOOK = tuple(
    Look(language, theme, width)
    for language in ("zh-hans", "en")
    for theme in ("light", "dark")
    for width in WIDTHS
)


def send(page: Page, button: str) -> None:
    """Press a button that sends the page, and stay until the page that answers has loaded.

    A press alone returns while the answer is on its way: on a busy machine one then reads the
    page that is leaving, or nothing.
    """
    with page.expect_navigation(timeout=PATIENCE):
        page.locator(button).click()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium; raises where there is none."""
    path = chromium()
    if path is None:
        raise RuntimeError("no Chromium on this machine")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=["--no-sandbox"], timeout=60_000)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def looking(
    started: Browser, base: str, look: Look, cookies: Sequence[tuple[str, str]] = ()
) -> Iterator[BrowserContext]:
    """Open a window that reads in one language, theme and width."""
    context = started.new_context(
        viewport={"width": look.width, "height": WIDTHS.get(look.width, 900)},
        device_scale_factor=1,
        reduced_motion="reduce",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(PATIENCE)
    kept = [("anju-language", look.language), ("anju-theme", look.theme), *cookies]
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in kept])
    try:
        yield context
    finally:
        context.close()


def visit(page: Page, base: str, address: str, look: Look, picture: Path | None) -> list[Fault]:
    """Open an address, photograph it where asked, and return what is wrong with it."""
    spoken: list[tuple[str, str]] = []

    def said(line: ConsoleMessage) -> None:
        spoken.append((line.type, line.text))

    def raised(error: Error) -> None:
        spoken.append(("error", str(error)))

    page.on("console", said)
    page.on("pageerror", raised)
    try:
        found = _looked_at(page, base + address, look, picture)
    finally:
        page.remove_listener("console", said)
        page.remove_listener("pageerror", raised)
    # An answer of 4xx is said on the console too; it is not a fault of the page.
    found += [
        ("console", words) for kind, words in spoken if kind == "error" and "status of" not in words
    ]
    return [Fault(address, look.name, kind, words) for kind, words in found]


def _looked_at(page: Page, address: str, look: Look, picture: Path | None) -> list[tuple[str, str]]:
    page.set_viewport_size({"width": look.width, "height": WIDTHS.get(look.width, 900)})
    answer = page.goto(address, wait_until="load")
    for frame in page.locator(".vega").all():
        frame.locator("svg").first.wait_for()
    status = answer.status if answer else 0
    found = [("status", str(status))] if status >= 500 or status == 0 else []
    if picture is not None:
        picture.parent.mkdir(parents=True, exist_ok=True)
        _photograph(page, look, picture)
    found += [(kind, words) for kind, words in page.evaluate(MEASURE, look.width < PHONE)]
    return found + list(_axe(page))


def _photograph(page: Page, look: Look, picture: Path) -> None:
    """Take the whole page in a window as high as itself, so that bars stand where they belong."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": look.width, "height": max(height, WIDTHS[look.width])})
    page.screenshot(path=picture)
    page.set_viewport_size({"width": look.width, "height": WIDTHS[look.width]})


def _axe(page: Page) -> Iterator[tuple[str, str]]:
    for violation in Axe().run(page, options=AXE).response["violations"]:
        if violation["impact"] in GRAVE:
            nodes = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
            yield "axe", f"{violation['id']} {nodes}"


def sideways(page: Page, address: str, look: Look) -> list[Fault]:
    """Return where an open page scrolls sideways at the widths between."""
    faults = []
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(MEASURE, width < PHONE)
        faults += [
            Fault(address, f"{look.name}@{width}", kind, words)
            for kind, words in found
            if kind in {"sideways", "clipped"}
        ]
    return faults


def printed(page: Page, look: Look, picture: Path) -> list[Fault]:
    """Photograph an open page as it prints, and return where it runs over the sheet."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.screenshot(path=picture, full_page=True)
    found = page.evaluate(MEASURE, arg=False)
    page.emulate_media(media="screen")
    over = [(kind, words) for kind, words in found if kind in {"sideways", "clipped"}]
    return [Fault(page.url, f"{look.name}@print", kind, words) for kind, words in over]


def weighed(started: Browser, base: str, address: str, look: Look) -> list[Fault]:
    """Open an address with nothing kept, and return what is too heavy for a phone's first view."""
    with looking(started, base, look) as context:
        page, sizes = context.new_page(), list[int]()
        page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
        page.goto(base + address, wait_until="networkidle")
    weight = sum(sizes)
    words = f"{weight / 1024:.0f} kB in {len(sizes)} answers"
    return [Fault(address, look.name, "heavy", words)] if weight > HEAVY else []
