"""Finds this machine's addresses in the local network and tries whether they answer as us.

Nothing leaves the network: the way out is only asked of the machine's own table of routes.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override

from anju.help.rules.addresses import usable

LINUX = sys.platform.startswith("linux")
SIOCGIFADDR = 0x8915
PATIENCE = 2.0
# An address kept for documents (RFC 5737): no packet is sent, the route to it tells our own.
NOWHERE = ("192.0.2.1", 9)


class Trial(StrEnum):
    """What came of trying an address."""

    ANSWERS = "answers"
    NOBODY = "nobody"  # nothing listens there
    SILENT = "silent"  # no answer in time: a firewall, or another network
    STRANGER = "stranger"  # something else answers, or we do not know ourselves by this name


@dataclass(frozen=True, slots=True)
class Tried:
    """One address and what came of it."""

    address: str
    trial: Trial


def numbers() -> tuple[str, ...]:
    """Return this machine's numbers in its networks, the likeliest first; none where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        return usable(_of_cards(asked) if LINUX else _of_route(asked))


def _of_cards(asked: socket.socket) -> set[str]:
    """Return the number of each network card, as Linux tells it."""
    found = set[str]()
    for _index, name in socket.if_nameindex():
        question = struct.pack("256s", name.encode()[:15])
        try:
            answer = fcntl.ioctl(asked.fileno(), SIOCGIFADDR, question)
        except OSError:  # this card has no number
            continue
        found.add(socket.inet_ntoa(answer[20:24]))
    return found


def _of_route(asked: socket.socket) -> set[str]:
    """Return the number under which this machine would leave; nothing is sent."""
    try:
        asked.connect(NOWHERE)
    except OSError:
        return set()
    return {str(asked.getsockname()[0])}


def try_address(address: str, *, patience: float = PATIENCE) -> Tried:
    """Ask an address whether it is this program and alive; never follows it elsewhere."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Staying())
    try:
        with opener.open(f"{address}/alive/", timeout=patience) as answer:
            said = json.loads(answer.read(1_000))
    except urllib.error.HTTPError:
        return Tried(address, Trial.STRANGER)
    except ValueError:
        return Tried(address, Trial.STRANGER)
    except (urllib.error.URLError, OSError) as lost:
        reason = getattr(lost, "reason", lost)
        refused = isinstance(reason, ConnectionRefusedError)
        return Tried(address, Trial.NOBODY if refused else Trial.SILENT)
    alive = isinstance(said, dict) and said.get("alive") is True
    return Tried(address, Trial.ANSWERS if alive else Trial.STRANGER)


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what answers elsewhere does not answer here."""

    @override
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None
