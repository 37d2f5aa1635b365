"""`anju serve`: pages, jobs and clocks under one process, for an office that runs it for real."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from anju.cli.start import (
    refuse,
    refuse_unless_set_up,
    start_django,
    waiting_migrations,
)
from anju.cli.supervise import Household, answers, listen, web_command, worker_command
from anju.cli.tongue import here
from anju.help.probe import Trial, numbers, try_address
from anju.help.rules.addresses import Reach, on_network, reach_of
from anju.help.typed import command
from anju.kernel.pure.later import later

segno = later("segno")
NO_NETWORK = (
    "This machine is in no network that phones could share. Connect it, or leave out --lan.",
    "本机没有连上手机可以共用的网络。请先连上，或去掉 --lan。",
)
NOT_UP = (
    "The pages did not come up. The reason stands above; if nothing does, try again.\n",
    "页面没有启动，原因见上方；如果上方没有说明，是本机过于繁忙，请再试一次。\n",
)
BEHIND = (
    "The database lacks {waiting} step(s) of this version. Run: {command}\n",
    "数据库还差本版本的 {waiting} 步。请运行：{command}\n",
)
STARTING = ("Starting: the database …\n", "正在启动：数据库……\n")
PAGES = (
    "  done. The pages at {address} (may take a quarter of a minute) …\n",
    "  完成。正在启动页面 {address}（约需十几秒）……\n",
)
SERVES = (
    "Anju serves {address} (listening on {bind}). Ctrl-C stops it.\n",
    "安居已启动：{address}（监听 {bind}）。按 Ctrl-C 停止。\n",
)
TRIED = {
    Trial.ANSWERS: (
        "Tried: it answers. Scan the code with a phone in the same network.",
        "已试：可以打开。请用同一网络的手机扫码。",
    ),
    Trial.NOBODY: (
        "Tried: nothing listens there. Is another --bind given?",
        "已试：该地址没有响应。是否用了另一个 --bind？",
    ),
    Trial.SILENT: (
        "Tried: no answer. A firewall may stand in between.",
        "已试：没有回音。中间可能有防火墙。",
    ),
    Trial.STRANGER: ("Tried: something else answers there.", "已试：该地址上是别的程序。"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--data", default="", help="folder for data (anju-data)")
    parser.add_argument("--bind", default="", help="address:port to listen on (base address)")
    parser.add_argument("--lan", action="store_true", help="let phones of the same network in")
    most, how = max(2, os.cpu_count() or 1), "how many processes answer (one a processor)"
    parser.add_argument("--processes", type=int, default=most, help=how)
    parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")


def _address(base: str, *, lan: bool) -> str:
    """Return the address that people open: with --lan that of this machine in its network."""
    if not lan or reach_of(base) is not Reach.HERE:
        return base
    found = numbers()
    if not found:
        raise refuse(here(NO_NETWORK))
    address = on_network(found[0], base)
    os.environ["ANJU_BASE_ADDRESS"] = address  # the web processes read it when they start
    return address


def _bind(address: str, *, lan: bool) -> str:
    """Return where to listen: everywhere for a network's own address, else for a web server here."""
    parts = urlsplit(address)
    network = parts.scheme == "http" and reach_of(address) is Reach.NETWORK
    return f"{'0.0.0.0' if lan or network else '127.0.0.1'}:{parts.port or 8000}"  # noqa: S104


def _tell_phones(address: str) -> None:
    """Say whether the address answers, and show it as a code where somebody looks."""
    sys.stdout.write(here(TRIED[try_address(address).trial]) + "\n")
    if sys.stdout.isatty():
        segno.make(address, error="m").terminal(compact=True)


def _say(line: str) -> None:
    """Say at once what is being done."""
    sys.stdout.write(line)
    sys.stdout.flush()


def run(given: argparse.Namespace) -> int:
    """Serve until a signal comes; refuses where set-up or upgrade is still to be done."""
    if given.data:
        os.environ["ANJU_DATA"] = str(Path(given.data).absolute())
    _say(here(STARTING))
    start_django()
    from django.conf import settings

    refuse_unless_set_up()
    if waiting := waiting_migrations():
        sys.stderr.write(here(BEHIND).format(waiting=waiting, command=command("upgrade")))
        return 2
    address = _address(settings.BASE_ADDRESS, lan=given.lan)
    bind = given.bind or _bind(address, lan=given.lan)
    shared = listen(bind)
    commands = [web_command(shared) for _ in range(given.processes)]
    if not given.no_worker:
        commands.append(worker_command())
    _say(here(PAGES).format(address=address))
    household = Household(commands, handed=[shared.fileno()])
    household.obey_signals()
    household.start(most=given.processes)
    port = bind.rpartition(":")[2]
    if not household.wait_until(lambda: answers(f"http://127.0.0.1:{port}")):
        household.stop()
        sys.stderr.write(here(NOT_UP))
        return 1
    household.start()
    sys.stdout.write(here(SERVES).format(address=address, bind=bind))
    if reach_of(address) is not Reach.HERE:
        _tell_phones(address)
    sys.stdout.flush()
    return household.watch()
