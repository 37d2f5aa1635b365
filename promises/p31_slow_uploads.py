"""P31: thirty slow uploads at once leave the desk as quick as it was.

Two web processes serve, as an office has them. Thirty people send a file over a slow line, while the
front desk looks at homes, searches and opens the paper grid. Control: a server that reads each body
in the thread which would do the desk's work must hold the desk up.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse

from anju.kernel.models import StoredFile
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Unit
from anju.survey.models import Wave
from promises import ground, visitors
from promises.registry import Outcome, Promise
from tests import cast as people

UPLOADS, PIECES = 30, 40
SIZE = 1_500_000  # above a megabyte: taken in here, read by the page after it
FASTEST, APART = 8.0, 0.4  # seconds of the quickest upload, and by how much each next one is slower
CALM, PAUSE = 8.0, 0.02
TWICE, LEAST = 2.0, 0.060  # below this a page is quick whatever it was before, in seconds
BUSY = 0.15  # a machine on which the desk waits so long without any upload has other work to do
CONTROL, CONTROL_SECONDS = 3, 3.0
NAIVE = "promises.naive_uploads"
WEEK = timedelta(days=7)
GOAL = "desk's p99 during 30 uploads ≤ 2 × its usual; all 30 kept; the control is slower"


@dataclass
class Sent:
    """What became of the uploads: statuses, and those that broke."""

    statuses: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A survey that takes files, who sends them, and what the desk looks at."""

    address: str
    upload: str
    quality: str
    desk: str
    paths: Sequence[str]


def scene(cast: people.Cast, wave: Wave, address: str) -> Scene:
    with cast.inside():
        unit_id = Unit.objects.order_by("id").values_list("id", flat=True)[0]
    return Scene(
        address,
        reverse("import-upload", args=[wave.pk]),
        visitors.session_of(cast.account(Role.QUALITY)),
        visitors.session_of(cast.account(Role.DESK)),
        (
            reverse("home-file", args=[unit_id]),
            f"{reverse('search')}?q=3-502",
            reverse("paper-entry", args=[wave.pk]),
            reverse("messages"),
        ),
    )


def body_of(number: int, token: str) -> tuple[bytes, str]:
    """Return a form with a file of answers, each file another, and its content type."""
    line = "3栋,满意,满意,没有意见\r\n"
    text = f"楼栋,题一,题二,意见{number}\r\n" + line * (SIZE // len(line.encode()))
    parts = (
        f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="slow-{number}.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{text}\r\n--b--\r\n"
    )
    return parts.encode(), "multipart/form-data; boundary=b"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One form, filled in and not yet sent: its head and its body."""

    number: int
    heads: dict[str, str]
    body: bytes


def packed(scene: Scene, number: int) -> Parcel:
    """Open the form, as a person does before she chooses a file, and fill it in."""
    person = visitors.Visitor(scene.address, scene.quality)
    token = visitors.TOKEN.search(person.ask(scene.upload)[1])
    body, kind = body_of(number, token[1] if token else "")
    heads = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in person.cookies.items()),
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Referer": f"{scene.address}{scene.upload}",
    }
    return Parcel(number, heads, body)


def upload(scene: Scene, parcel: Parcel, seconds: float, sent: Sent) -> None:
    """Send one form in small pieces over so many seconds."""
    line = http.client.HTTPConnection(str(urlsplit(scene.address).netloc), timeout=120)
    try:
        line.putrequest("POST", scene.upload)
        for name, value in parcel.heads.items():
            line.putheader(name, value)
        line.endheaders()
        step = -(-len(parcel.body) // PIECES)
        for begin in range(0, len(parcel.body), step):
            line.send(parcel.body[begin : begin + step])
            time.sleep(seconds / PIECES)
        sent.statuses.append(line.getresponse().status)
    except OSError as broken:
        sent.broken.append(f"upload {parcel.number}: {broken}")
    finally:
        line.close()


@contextmanager
def uploading(scene: Scene, times: Sequence[float]) -> Iterator[tuple[Sent, threading.Event]]:
    """Send one file for each time, all at once; the event is set when the last has arrived."""
    sent, over = Sent(), threading.Event()
    parcels = [packed(scene, number) for number in range(len(times))]
    threads = [
        threading.Thread(target=upload, args=(scene, parcel, seconds, sent))
        for parcel, seconds in zip(parcels, times, strict=True)
    ]
    for thread in threads:
        thread.start()

    def watch() -> None:
        for thread in threads:
            thread.join()
        over.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield sent, over
    finally:
        watcher.join(timeout=180)


def looks(scene: Scene, *, seconds: float, over: threading.Event, bad: list[str]) -> list[float]:
    """Look at the desk's pages in turn until a time or an event; how long each took."""
    desk, taken, number = visitors.Visitor(scene.address, scene.desk), list[float](), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until and not over.wait(PAUSE):
        path = scene.paths[number % len(scene.paths)]
        number += 1
        began = time.monotonic()
        status, _ = desk.ask(path)
        taken.append(time.monotonic() - began)
        if status != 200:
            bad.append(f"GET {path}: {status}")
    return taken


def attempt(_folder: Path) -> Outcome:
    """Measure the desk alone, beside the uploads and alone again; then the control."""
    ground.migrate()
    cast, today = people.the_cast(), utc_now().date()
    wave = people.a_wave(cast, fieldwork_from=today - WEEK, fieldwork_to=today + WEEK)
    bad: list[str] = []
    never = threading.Event()
    with ground.served(processes=2) as address:
        here = scene(cast, wave, address)
        looks(here, seconds=2, over=never, bad=bad)  # every page once, unmeasured
        calm = looks(here, seconds=CALM, over=never, bad=bad)
        times = [FASTEST + APART * number for number in range(UPLOADS)]
        with uploading(here, times) as (sent, over):
            beside = looks(here, seconds=120, over=over, bad=bad)
        calm += looks(here, seconds=CALM, over=never, bad=bad)
    kept = StoredFile.objects.filter(name__startswith="slow-").count()
    with ground.served(NAIVE, processes=2) as address:
        here = scene(cast, wave, address)
        looks(here, seconds=2, over=never, bad=bad)
        with uploading(here, [CONTROL_SECONDS] * CONTROL) as (_, over):
            held = looks(here, seconds=60, over=over, bad=bad)
    return judged(calm, beside, held, Files(sent, kept), bad)


@dataclass(frozen=True, slots=True)
class Files:
    """What was sent and what was kept of it."""

    sent: Sent
    kept: int


def late(usual: float, now: float) -> bool:
    """Say whether the desk was held up; the promise and its control ask this."""
    return now > max(TWICE * usual, LEAST)


def judged(
    calm: list[float], beside: list[float], held: list[float], files: Files, bad: list[str]
) -> Outcome:
    """Compare the three, and say what was wrong."""
    usual, now, control = (ground.percentile(one, 0.99) for one in (calm, beside, held))
    problems = [*bad[:3], *files.sent.broken[:3]]
    if files.sent.statuses != [302] * UPLOADS or files.kept != UPLOADS:
        problems.append(f"uploads {sorted(files.sent.statuses)}, {files.kept} kept")
    busy = usual > BUSY
    if late(usual, now) and not busy:
        problems.append("the desk was held up")
    not_run = (
        ("the machine is busy with other work: how long the desk waits",)
        if late(usual, now) and busy
        else ()
    )
    if not late(usual, control):
        problems.append("control not caught")
    told = (
        f"{files.kept} of {UPLOADS} uploads kept; desk's p99 {1000 * now:.0f} ms beside them"
        f" (n {len(beside)}), {1000 * usual:.0f} ms without (n {len(calm)}), median"
        f" {1000 * ground.percentile(beside, 0.5):.0f} and {1000 * ground.percentile(calm, 0.5):.0f}"
        f" ms; control {1000 * control:.0f} ms"
    )
    figures = {"p99_s": round(now, 4), "usual_p99_s": round(usual, 4), "kept": files.kept}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures, not_run)


PROMISE = Promise("P31", "Thirty slow uploads do not hold the desk up", attempt)
