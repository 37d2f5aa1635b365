"""`anju demo`: the demonstration company on this machine, from nothing to the first page."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import webbrowser
from pathlib import Path
from secrets import token_urlsafe

from anju.cli.gather import gather
from anju.cli.supervise import (
    Household,
    answers,
    free_port,
    listen,
    web_command,
    worker_command,
)
from anju.cli.tongue import spoken

SAID = {
    "zh-hans": {
        "taken": "端口 {wanted} 已被占用，改用 {port}。",
        "ready": "安居示范已就绪：{address}",
        "names": "在登录页点选角色即可进入：管理员、品质部、项目经理、前台等九种。",
        "kept": "数据保存在 {folder}，按 Ctrl-C 停止。",
        "planted": "正在准备示范公司……",
        "failed": "页面没有启动，原因见上方。",
    },
    "en": {
        "taken": "Port {wanted} is taken, using {port}.",
        "ready": "The Anju demonstration is ready: {address}",
        "names": "Choose a role on the sign-in page: administrator, quality, manager, front desk and five more.",
        "kept": "Its data stays in {folder}. Ctrl-C stops it.",
        "planted": "Preparing the demonstration company…",
        "failed": "The pages did not come up; the reason stands above.",
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where, in which language, and whether to open a browser."""
    port, folder = (
        "port to listen on (8000, else the next free one)",
        "folder for data (.anju/demo)",
    )
    language = "zh or en (default: the language of this machine)"
    parser.add_argument("--port", type=int, default=8000, help=port)
    parser.add_argument("--language", choices=["zh", "en"], default=None, help=language)
    parser.add_argument("--data", type=Path, default=Path(".anju/demo"), help=folder)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--only-plant", action="store_true", help="make the data, serve nothing")


def _language(asked: str | None) -> str:
    """Return the language asked for, else the one of this machine."""
    return "zh-hans" if spoken(asked) == "zh" else "en"


def _settle(given: argparse.Namespace, port: int, language: str) -> None:
    """Put the demonstration's settings where the settings module reads them."""
    folder = given.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "secret.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(token_urlsafe(48), encoding="ascii")
    os.environ.update(
        ANJU_DATA=str(folder),
        ANJU_DEMO="1",
        ANJU_LANGUAGE=language,
        ANJU_BASE_ADDRESS=f"http://127.0.0.1:{port}",
    )


def _steps() -> str:
    """Return a value that changes with the database's steps; unchanged, nothing is to be planted."""
    package = Path(__file__).resolve().parent.parent
    steps = sorted(str(path.relative_to(package)) for path in package.glob("*/migrations/0*.py"))
    return hashlib.sha256("\n".join(steps).encode()).hexdigest()


def _plant(language: str, said: dict[str, str]) -> None:
    from anju.cli.start import migrate, start_django, waiting_migrations

    start_django()
    if waiting_migrations():
        sys.stdout.write(said["planted"] + "\n")
        sys.stdout.flush()
        migrate()
    from anju.demo.actions import plant
    from anju.kernel.pure.clock import utc_now

    plant(at=utc_now(), language=language)


def _open_browser(address: str) -> None:
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def run(given: argparse.Namespace) -> int:
    """Plant where needed, serve, tell the address, and stop cleanly on Ctrl-C."""
    language = _language(given.language)
    said = SAID[language]
    port = free_port(given.port)
    if port != given.port:
        sys.stdout.write(said["taken"].format(wanted=given.port, port=port) + "\n")
    _settle(given, port, language)
    gather(given.data.absolute())
    stamp = given.data / "planted.stamp"
    kept = stamp.exists() and (given.data / "anju.sqlite3").exists()
    if not kept or stamp.read_text(encoding="ascii") != _steps():
        _plant(language, said)
        stamp.write_text(_steps(), encoding="ascii")
    if given.only_plant:
        return 0
    address = f"http://127.0.0.1:{port}"
    shared = listen(f"127.0.0.1:{port}")
    commands = [web_command(shared), web_command(shared), worker_command()]
    household = Household(commands, handed=[shared.fileno()])
    household.obey_signals()
    household.start(most=1)  # alone it is quicker; the others follow at once
    if not household.wait_until(lambda: answers(address)):
        household.stop()
        sys.stderr.write(said["failed"] + "\n")
        return 1
    household.start()
    for line in ("ready", "names", "kept"):
        sys.stdout.write(said[line].format(address=address, folder=given.data) + "\n")
    sys.stdout.flush()
    if not given.no_browser:
        _open_browser(address)
    return household.watch()
