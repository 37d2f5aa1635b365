"""Taps and seconds of what is done on a phone: an owner's report, progress and verdict, a worker's job.

Called by `benchmarks/effort.py`. The design names no seconds for progress and for the worker; those
that stand here are wishes, the taps are the goals. A scroll that is needed to see an answer counts as a tap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from secrets import token_hex

from playwright.sync_api import Browser, FilePayload, Page

from benchmarks.strokes import CARE_TAP, TAP, Effort, Goal, Hands, working
from tests.pages.furnish import TOKEN

WORDS = "厨房水管从昨晚开始漏水地上有积水"
PHOTO = FilePayload(
    name="a.png",
    mimeType="image/png",
    buffer=bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c636060600000000400015d4ff2de0000000049454e44ae426082"
    ),
)
STEPS = ("take", "arrive", "before", "after", "parts", "done")


def tasks(started: Browser, base: str) -> Iterator[Effort]:
    """Measure the owner's pages and the worker's, in a demonstration that runs."""
    code = lobby(started, base)
    with working(started, base, "", phone=True) as hands:
        told, case = report(hands, code, Goal(60.0, taps=6), "an owner’s report from the lobby")
        yield told
        yield progress(hands, case)
        finished(started, base, case)
        yield verdict(hands, case)
    with working(started, base, "", phone=True) as hands:
        hands.page.context.add_cookies([{"name": "anju-care", "value": "1", "url": base}])
        name = "the same in large type, slower taps"
        yield report(hands, code, Goal(120.0, taps=6, tap=CARE_TAP), name)[0]
    with working(started, base, "worker", phone=True) as hands:
        yield cannot(hands, base)
        yield job(hands, base)


def lobby(started: Browser, base: str) -> str:
    """Return the address that a lobby's poster leads to."""
    with working(started, base, "manager") as hands:
        page = hands.page
        page.goto(f"{base}/desk/places/")
        poster = page.locator("a[href*='/poster/']").first.get_attribute("href")
        whole = page.request.get(f"{base}{poster}").body()
    found = re.search(rb"/o/r/[\w-]+/", whole)
    if found is None:
        raise SystemExit("bench: the poster of a lobby leads nowhere")
    return base + found[0].decode()


def pictured(hands: Hands, label: str) -> None:
    """Touch what asks for a photo, and take it."""
    with hands.page.expect_file_chooser() as chooser:
        hands.tap(label)
    chooser.value.set_files(PHOTO)


def report(hands: Hands, code: str, goal: Goal, name: str) -> tuple[Effort, str]:
    """Scan, a tile, a picture, a sentence, a photo, on, send; the case's page is returned too."""
    page = hands.page
    page.goto(code)
    hands.begin()
    hands.decide()
    with hands.leaving():
        hands.tap("nav a[href*='kind=repair']")
    hands.decide()
    with hands.leaving():
        hands.tap("nav a[href*='what=']")
    hands.tap("#words")
    hands.say(WORDS)
    pictured(hands, "label:has(#photos), label[for=photos], #photos")
    with hands.leaving():
        hands.tap("main .btn-primary[value=check]")
    hands.decide()
    with hands.leaving():
        hands.tap("main .btn-primary[value=send]")
    hands.until("[data-sent]")
    return hands.done(name, goal), page.url.split("?")[0]


def progress(hands: Hands, case: str) -> Effort:
    """Touch the link of the message; stage, turn and promise stand in the first screenful."""
    page = hands.page
    page.goto(
        f"data:text/html,<meta name=viewport content=width=device-width><a href='{case}'>1</a>"
    )
    hands.begin()
    with hands.leaving():
        hands.tap("a")
    hands.until(".turn")
    hands.decide()
    bottom = page.locator(".turn").evaluate("(one) => one.getBoundingClientRect().bottom")
    hands.count.taps += int(bottom > page.evaluate("innerHeight"))
    return hands.done("what is with mine? from the message", Goal(10.0, taps=1))


def verdict(hands: Hands, case: str) -> Effort:
    """Solved, and send."""
    hands.page.goto(case)
    hands.begin()
    hands.decide()
    hands.tap("label:has([name=solved][value=yes])")
    with hands.leaving():
        hands.tap("#verdict .btn-primary")
    hands.until("[role=status].is-done")
    return hands.done("an owner’s verdict", Goal(10.0, taps=2))


def finished(started: Browser, base: str, case: str) -> None:
    """Let the office take and close a case behind the scene; nothing of it is counted."""
    with working(started, base, "") as hands:
        hands.page.goto(case)
        number = re.sub(r"\D", "", hands.page.title())
    with working(started, base, "worker") as worker, working(started, base, "manager") as manager:
        worker.page.goto(f"{base}/field/")
        me = worker.page.locator("[data-field]").get_attribute("data-me") or ""
        manager.page.goto(f"{base}/desk/cases/?q={number}")
        there = manager.page.locator(f"main a:text-matches('{number}')").first.get_attribute("href")
        key = re.sub(r"\D", "", there or "")
        acted(manager.page, f"{base}/desk/cases/{key}/do/accept/", assignee=me)
        token = TOKEN.search(worker.page.content())
        for what in STEPS:
            sent: dict[str, str | float | bool | bytes | FilePayload] = {
                "case": key, "what": what, "id": token_hex(16), "cause": "worn",
                "csrfmiddlewaretoken": token[1] if token else "",
            }  # fmt: skip
            if what in {"before", "after"}:
                sent["photo"] = PHOTO
            worker.page.request.post(
                f"{base}/field/events/", multipart=sent, headers={"Referer": base}
            )
        told = f"{base}/desk/cases/{key}/do/report_back/"
        acted(manager.page, told, how="已电话告知")


def acted(page: Page, address: str, **given: str) -> None:
    """Fill the form of an act and send it."""
    page.goto(address)
    for name, value in given.items():
        box = page.locator(f"main [name={name}]").first
        if box.evaluate("(one) => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    with page.expect_navigation():
        page.locator("main form .btn-primary").first.click()


def opened(hands: Hands, base: str) -> str:
    """Open a job that nobody has taken yet; return where its card is."""
    page = hands.page
    page.goto(f"{base}/field/")
    page.wait_for_load_state("networkidle")
    fresh = page.locator("[data-job][data-step=take]").first
    card = f"#{fresh.get_attribute('id')}"
    if fresh.get_attribute("open") is None:
        page.locator(f"{card} > summary").tap()
    return card


def job(hands: Hands, base: str) -> Effort:
    """The large button from the first press to the last; the two photos are two of the taps."""
    card = opened(hands, base)
    hands.begin()
    for what in STEPS:
        form = f"{card} [data-slot] form[data-press={what}]"
        hands.until(form)
        if what in {"before", "after"}:
            pictured(hands, f"{form} label.btn-primary")
        else:
            if what == "done":
                hands.decide()
            hands.tap(f"{form} button")
    hands.page.locator(card).wait_for(state="hidden")
    return hands.done("a worker’s job, both photos among the taps", Goal(20.0, taps=11))


def cannot(hands: Hands, base: str) -> Effort:
    """Cannot finish, and why."""
    card = opened(hands, base)
    for what in ("take", "arrive"):
        hands.tap(f"{card} [data-slot] form[data-press={what}] button")
        hands.page.locator(f"{card} [data-slot] form[data-press={what}]").wait_for(state="detached")
    hands.begin()
    hands.decide()
    hands.tap(f"{card} [data-cannot] > summary")
    hands.tap(f"{card} form[data-press=part] button")
    hands.until(f"{card} [data-slot] form[data-press=resume]")
    return hands.done("a worker cannot finish: a part", Goal(10.0, taps=2, tap=TAP))
