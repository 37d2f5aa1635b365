"""`run.py screenshots`: start a demonstration, photograph and score every page, stop it.

The harness of the look does the photographing and scoring (`tests/pages/shoot.py`); here is the
server that it looks at, and the one picture that the README shows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.gate import browser
from tests.gate.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "img" / "results.png"
PATIENCE = 60


@contextmanager
def demonstration(language: str) -> Iterator[str]:
    """Run a demonstration with data of its own and yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="anju-shots-") as data:
        command = [sys.executable, "-m", "anju.cli.main", "demo", "--no-browser"]
        command += ["--port", str(port), "--data", data, "--language", language]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            wait_for(process, f"127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(process: subprocess.Popen[str], address: str) -> None:
    """Read what the demonstration says until it names its address."""
    until = time.monotonic() + PATIENCE
    assert process.stdout is not None
    for line in process.stdout:
        if address in line:
            return
        if time.monotonic() > until:
            break
    raise SystemExit("screenshots: the demonstration did not start")


def readme_picture(base: str) -> None:
    """Photograph the results of a survey batch that has an earlier one, as the README shows it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (a test-only extra)

    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=browser.chromium(), args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        page = chromium.new_page(
            viewport={"width": 1440, "height": 1560}, device_scale_factor=1, locale="en"
        )
        page.goto(f"{base}/")
        page.locator("button[name=role][value=quality]").first.click()
        page.goto(f"{base}/manage/surveys/")
        links = [link.get_attribute("href") for link in page.locator("a[href$='/results/']").all()]
        for link in links:  # the one that has an earlier batch to compare with
            page.goto(f"{base}{link}")
            page.wait_for_load_state("networkidle")
            if page.get_by_text("Against the earlier").count():
                break
        page.screenshot(path=str(PICTURE))
        chromium.close()


def main(arguments: list[str]) -> int:
    """Photograph in Chinese and English; return what the harness returns."""
    parser = argparse.ArgumentParser(prog="run.py screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--readme", action="store_true", help="only the picture of the README")
    given = parser.parse_args(arguments)
    if browser.chromium() is None:
        raise SystemExit(f"screenshots: Chromium is not here: {browser.INSTALL}")
    status = 0
    with demonstration("en") as base:
        readme_picture(base)
    print(f"screenshots: wrote {PICTURE.relative_to(ROOT)}")
    if given.readme:
        return 0
    with demonstration("zh") as base:
        command = [sys.executable, "-m", "tests.pages.shoot", "--out", str(given.out)]
        status = subprocess.run([*command, "--base", base], cwd=ROOT, check=False).returncode
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
