"""`run.py bench effort`: keys, taps and seconds of daily tasks, in a real Chromium.

Every press is counted by the page (`benchmarks/strokes.py`); the goals are those of the design. The
last row is the control: a task done with the mouse, which has to be seen as one and to miss.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from playwright.sync_api import Browser, FilePayload

from benchmarks import effort_phone, strokes
from benchmarks.strokes import Effort, Goal, Hands, working
from tests.pages.camera import browser

WORDS = "厨房水管从昨晚开始漏水地上有积水请快来"[:18]
ROOMS = ("2-302", "2-1402", "3-201", "4-503", "5-1003")
CALL = Goal(22.0, keys=12)
SNAP = Goal(20.0, taps=4)
STOCK = 30
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
INTAKE, SAID = "/desk/cases/new/", ".toasts [role=status], .toasts > *"


def measure() -> Iterator[Effort]:
    """Measure against a demonstration company of its own."""
    with strokes.demonstration() as base, browser() as started:
        yield from desk(started, base)
        yield from reviews(started, base)
        yield from steward(started, base)
        yield from effort_phone.tasks(started, base)
        yield control(started, base)


def desk(started: Browser, base: str) -> Iterator[Effort]:
    """Calls taken at the desk, and owners called back."""
    with working(started, base, "desk") as hands:
        hands.page.goto(base + INTAKE)
        yield a_call(hands, ROOMS[0])
        yield how_far(hands, ROOMS[0])
        yield at_once(hands, ROOMS[1])
        yield merged(hands, ROOMS[0])
        yield called_back(hands, base)


def a_call(hands: Hands, room: str, words: str = WORDS) -> Effort:
    """Room, Enter, the sentence, the proposed topic, Ctrl+Enter."""
    hands.begin()
    hands.decide()
    hands.type(room)
    hands.press("Enter")
    hands.say(words)
    hands.until('[data-take="category"]')
    hands.decide()
    hands.press("Alt+Digit1")
    with hands.leaving():
        hands.press("Control+Enter")
    hands.until(SAID)
    hands.until("#who:focus")
    return hands.done("a call, 18 characters", CALL)


def how_far(hands: Hands, room: str) -> Effort:
    """The room, and the panel is read."""
    hands.begin()
    hands.decide()
    hands.type(room)
    hands.until("#panel table a")
    hands.decide(2)  # find the line, read it
    found = hands.done("how far is my repair?", Goal(8.0))
    hands.page.goto(hands.page.url)
    return found


def at_once(hands: Hands, room: str) -> Effort:
    """A question that is answered while the owner is on the line."""
    hands.begin()
    hands.decide()
    hands.type(room)
    hands.press("Enter")
    hands.say("停车费可以和物业费一起交吗")
    hands.until("#panel h2")
    hands.decide()
    with hands.leaving():
        hands.press("Alt+KeyS")
    hands.until(SAID)
    return hands.done("solved on the spot, Alt+S", CALL)


def merged(hands: Hands, room: str) -> Effort:
    """The same matter once more goes on in the old case."""
    hands.begin()
    hands.decide()
    hands.type(room)
    hands.press("Enter")
    hands.say("厨房水管还在漏水")
    hands.until('[name="merge"]')
    hands.decide()
    with hands.leaving():
        hands.press("Alt+KeyM")
    hands.until(SAID)
    return hands.done("into the old case, Alt+M", CALL)


def called_back(hands: Hands, base: str) -> Effort:
    """After the call: the result, a score, a reason, Ctrl+Enter."""
    hands.page.goto(f"{base}/desk/visits/")
    hands.page.goto(base + str(hands.page.locator("main table a").first.get_attribute("href")))
    hands.until("[name=result]:focus")
    hands.begin()
    hands.decide()
    hands.press("1")
    hands.decide()
    hands.press("5")
    with hands.leaving():
        hands.press("Control+Enter")
    return hands.done("a return visit, after the call", Goal(10.0, keys=5))


def reviews(started: Browser, base: str) -> Iterator[Effort]:
    """The daily stocktake and the weekly meeting."""
    with working(started, base, "manager") as hands:
        yield stocktake(hands, base)
        yield meeting(hands, base)


def stocktake(hands: Hands, base: str) -> Effort:
    """Thirty open cases, one after the other; what is late gets a cause and keeps the new time."""
    page = hands.page
    page.goto(f"{base}/manage/reviews/")
    page.locator("form[action*='/take/'] button").first.click()
    page.wait_for_load_state()
    if page.locator("input[name=kinds][value=all]").count():
        page.locator("form:has(input[value=all]) button").click()
        page.wait_for_load_state()
    page.locator("[data-next]").click()
    page.wait_for_load_state()
    hands.begin()
    done = 0
    while done < STOCK and page.locator("form[data-say]").count():
        hands.decide()
        if page.locator("form[data-lacks]").count():
            lacking(hands)
        saved(hands)
        done += 1
    return hands.done(f"daily stocktake, each of {done}", Goal(20.0, each=max(1, done)))


def saved(hands: Hands) -> None:
    """Save by Ctrl+Enter; a refusal is not a case that was dealt with."""
    with hands.leaving():
        hands.press("Control+Enter")
    if hands.page.locator("#errors").count():
        raise SystemExit(f"bench: not saved: {hands.page.locator('#errors').inner_text()}")


def lacking(hands: Hands) -> None:
    """Name a person where nobody is, and a cause where the case is late; the focus stands there."""
    page = hands.page
    if page.locator("select[name=person]:focus").count():
        hands.decide()
        hands.press("ArrowDown")
        hands.press("Tab")
    for _ in range(6):
        if page.locator("[name=cause]:focus").count() or not page.locator("[name=promise]").count():
            break
        hands.press("Tab")
    if page.locator("[name=cause]:focus").count():
        hands.decide()
        hands.say("配件没到货")


def meeting(hands: Hands, base: str) -> Effort:
    """Each case of the agenda: cause, measure, person, date."""
    page = hands.page
    page.goto(f"{base}/manage/reviews/")
    page.locator("form[action*='/open/'] button").first.click()
    page.wait_for_load_state()
    page.locator("[data-after]").click()
    page.wait_for_load_state()
    hands.begin()
    done, most = 0, 5
    while done < most and page.locator("form[data-say]").count():
        decided(hands)
        saved(hands)
        done += 1
    return hands.done(f"weekly meeting, each of {done}", Goal(30.0, each=max(1, done)))


BOXES = {"gap": "晚了两天", "cause": "配件没到货", "measure": "备常用配件"}


def decided(hands: Hands) -> None:
    """Fill the boxes in their order by Tab; what is proposed stays."""
    page = hands.page
    for _ in range(40):
        name = page.evaluate("document.activeElement?.name ?? ''")
        empty = not page.evaluate("document.activeElement?.value ?? ''")
        if name in BOXES and empty:
            hands.decide()
            hands.say(BOXES[name])
        elif name == "responsible" and empty:
            hands.decide()
            hands.press("ArrowDown")
        elif name == "due":
            if empty:
                hands.decide()
                hands.type("11302026")  # as this Chromium orders a date
            return
        hands.press("Tab")


def steward(started: Browser, base: str) -> Iterator[Effort]:
    """A steward sees something on her round."""
    with working(started, base, "steward", phone=True) as hands:
        yield snapped(hands, base)


def snapped(hands: Hands, base: str) -> Effort:
    """A photo, what it is, and it is in; the place is the last one."""
    page = hands.page
    page.goto(f"{base}/field/")
    hands.begin()
    hands.decide()
    with hands.leaving():
        hands.tap("a[href='/field/new/']")
    with page.expect_file_chooser() as chooser:
        hands.tap("label:has([name=photo])")
    photo: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": PIXEL}
    chooser.value.set_files(photo)
    hands.decide()
    hands.tap("label:has([name=matter])")
    hands.tap("form[data-press] .btn-primary")
    hands.until("[data-registered]:not([hidden])")
    return hands.done("a steward’s snap, besides the photo", SNAP)


def control(started: Browser, base: str) -> Effort:
    """The same call with one press of the mouse: the row has to say so."""
    with working(started, base, "desk") as hands:
        page = hands.page
        page.goto(base + INTAKE)
        hands.begin()
        hands.type(ROOMS[3])
        hands.press("Enter")
        hands.say(WORDS)
        with hands.leaving():
            page.locator("form[data-intake] .btn-primary").click()
        found = hands.done("control: a press of the mouse", CALL)
    if found.count.mouse != 1 or found.met:
        raise SystemExit("bench: a press of the mouse was not seen")
    return found
