"""What a task costs a person: keys, taps, pointings and decisions, counted by the page itself.

The keystroke-level model turns the counts into seconds. Its constants are targets of design, not
observations of users. What the browser hears is counted, not what a script says that it did: a press
of the mouse in a task for the keyboard is seen.

Source: Card, Moran, Newell, “The keystroke-level model”, Communications of the ACM 23 (1980) 396–410.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.pages.shoot import sign_in

KEY, DECISION, POINTING, HAND = 0.28, 1.35, 1.1, 0.4
TAP, CARE_TAP = 1.0, 1.6
PER_CHARACTER = 2.5  # keys of a Chinese character typed by its sound
PATIENCE = 20_000  # milliseconds
# A modifier is a key that is pressed; a key that is held down counts once.
LISTEN = """
addEventListener("keydown", (e) => { if (!e.repeat) heardByTheBench("key"); }, true);
addEventListener("pointerdown", (e) => heardByTheBench(e.pointerType === "touch" ? "tap" : "mouse"), true);
"""


@dataclass(slots=True)
class Count:
    """What a person did for one task."""

    keys: int = 0
    taps: int = 0
    mouse: int = 0
    decisions: int = 0
    characters: int = 0
    letters: int = 0
    waited: float = 0.0

    def seconds(self, tap: float = TAP) -> float:
        """Return the seconds of the keystroke-level model, the machine's own not among them."""
        keys = self.keys + PER_CHARACTER * self.characters + self.letters
        pointed = self.mouse * (POINTING + 2 * HAND)
        return KEY * keys + tap * self.taps + DECISION * self.decisions + pointed


@dataclass(frozen=True, slots=True)
class Goal:
    """What a task may cost; None where nothing is promised. `each` divides the seconds."""

    seconds: float
    keys: int | None = None
    taps: int | None = None
    mouse: int = 0
    tap: float = TAP
    each: int = 1


@dataclass(frozen=True, slots=True)
class Effort:
    """One task: counted, in seconds of the model, beside its goal."""

    name: str
    count: Count
    goal: Goal

    @property
    def seconds(self) -> float:
        """Return the model's seconds of one round."""
        return self.count.seconds(self.goal.tap) / self.goal.each

    @property
    def met(self) -> bool:
        """Say whether every part of the goal is met."""
        count, goal = self.count, self.goal
        return (
            self.seconds <= goal.seconds
            and (goal.keys is None or count.keys / goal.each <= goal.keys)
            and (goal.taps is None or count.taps / goal.each <= goal.taps)
            and count.mouse <= goal.mouse
        )

    @property
    def line(self) -> str:
        """Return the row that is printed."""
        count, goal = self.count, self.goal
        parts = [
            f"{count.keys / goal.each:g} keys" + ("" if goal.keys is None else f" (≤ {goal.keys})")
        ]
        parts += [
            f"{count.taps / goal.each:g} taps" + ("" if goal.taps is None else f" (≤ {goal.taps})")
        ]
        parts += [f"{count.mouse} mouse", f"{count.decisions / goal.each:g} decisions"]
        parts += [f"{count.characters / goal.each:g} characters"]
        waited = f"machine {count.waited / goal.each:.2f} s"
        met = "met" if self.met else "MISSED"
        told = f"model {self.seconds:6.1f} s  goal ≤ {goal.seconds:g} s"
        return f"{self.name:44} {told:32} {met:7} {waited:16} {', '.join(parts)}"


@dataclass(slots=True)
class Hands:
    """A person at a page. Only the page counts; this presses."""

    page: Page
    count: Count = field(default_factory=Count)

    def begin(self) -> None:
        """Forget what was counted."""
        self.settle()
        self.count = Count()

    def type(self, keys: str) -> None:
        """Press each key of a short text, such as a home's number."""
        for key in keys:
            self.page.keyboard.press(key)

    def press(self, chord: str) -> None:
        """Press one key, or several together as in Control+Enter."""
        self.page.keyboard.press(chord)

    def say(self, words: str) -> None:
        """Write a sentence; a Chinese character goes by its sound, a letter is one key of the model's."""
        self.page.keyboard.insert_text(words)
        letters = sum(one.isascii() for one in words)
        self.count.letters += letters
        self.count.characters += len(words) - letters

    def decide(self, times: int = 1) -> None:
        """Think before the next press."""
        self.count.decisions += times

    def tap(self, selector: str) -> None:
        """Touch something."""
        self.page.locator(selector).first.tap()

    def until(self, selector: str) -> None:
        """Wait for something to be seen; the machine's time is counted apart."""
        began = time.monotonic()
        self.page.locator(selector).first.wait_for(timeout=PATIENCE)
        self.count.waited += time.monotonic() - began

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Press what leaves the page, and wait for the page that answers."""
        began = time.monotonic()
        with self.page.expect_navigation(timeout=PATIENCE):
            yield
        self.count.waited += time.monotonic() - began

    def settle(self) -> None:
        """Let every press that was heard be counted."""
        self.page.evaluate("1")

    def done(self, name: str, goal: Goal) -> Effort:
        """Return what the task cost since it began."""
        self.settle()
        return Effort(name, self.count, goal)


def hands_on(page: Page) -> Hands:
    """Return hands whose every press is heard by the page that is open, and by those after it."""
    hands = Hands(page)

    def heard(kind: str) -> None:
        name = {"key": "keys", "tap": "taps", "mouse": "mouse"}[kind]
        setattr(hands.count, name, getattr(hands.count, name) + 1)

    page.expose_function("heardByTheBench", heard)
    page.add_init_script(LISTEN)
    return hands


@contextmanager
def working(started: Browser, base: str, role: str, *, phone: bool = False) -> Iterator[Hands]:
    """Open a window of the demonstration as one of its people, in Chinese."""
    size = (375, 667) if phone else (1440, 900)
    context = started.new_context(
        viewport={"width": size[0], "height": size[1]}, has_touch=phone, timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "anju-language", "value": "zh-hans", "url": base}])
    if role:
        sign_in(context, base, role)
    try:
        yield hands_on(context.new_page())
    finally:
        context.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """Start the demonstration company; its address. `BENCH_BASE` names one that runs already."""
    if base := os.environ.get("BENCH_BASE"):
        yield base.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="anju-bench-") as data:
        words = ["demo", "--no-browser", "--port", str(port), "--data", data]
        command = [sys.executable, "-m", "anju.cli.main", *words]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            yield _ready(run)
        finally:
            run.terminate()
            run.wait(timeout=30)


def _ready(run: subprocess.Popen[str]) -> str:
    """Return the address that the demonstration says once it answers."""
    for line in run.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise SystemExit("bench: the demonstration did not start")


Task = Callable[[Hands, str], Iterator[Effort]]
