"""Which addresses a telephone can open: the machine's own, the local network's, a name. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit


class Reach(StrEnum):
    """From where an address can be opened."""

    HERE = "here"  # this machine alone
    NETWORK = "network"  # whoever is in the same network
    NAME = "name"  # whoever the name is known to


def reach_of(address: str) -> Reach:
    """Say from where a base address can be opened, judged by its host alone.

    Example: http://127.0.0.1:8000 is HERE, http://192.168.1.20:8000 is NETWORK.
    """
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return Reach.HERE
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return Reach.NAME
    if number.is_loopback or number.is_unspecified:
        return Reach.HERE
    return Reach.NETWORK if number.is_private else Reach.NAME


def usable(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of this machine that others of its network can open, home networks first.

    Loopback, link-local and addresses of the sixth version are left out: telephones do not find
    them reliably.
    """
    kept = {number for number in numbers if _ordinary(number)}
    return tuple(sorted(kept, key=lambda number: (not _of_home(number), number)))


def _ordinary(number: str) -> bool:
    try:
        read = ipaddress.ip_address(number)
    except ValueError:
        return False
    odd = read.is_loopback or read.is_link_local or read.is_unspecified or read.is_multicast
    return read.version == 4 and not odd


def _of_home(number: str) -> bool:
    """Say whether a number looks like an office or home network rather than a container's."""
    return number.startswith(("192.168.", "10."))


def on_network(number: str, base: str) -> str:
    """Return the base address under which the local network opens this installation.

    Example: ("192.168.1.20", "http://127.0.0.1:8000") gives http://192.168.1.20:8000.
    """
    port = urlsplit(base).port or 8000
    return f"http://{number}:{port}"
