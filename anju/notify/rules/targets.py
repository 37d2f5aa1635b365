"""Which addresses a message may be sent to; pure. Nothing is looked up and nothing is opened here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from anju.kernel.pure.problems import Problem

PORT = 443
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_COMPATIBLE = IPv6Network("::/96")
# What Python calls global and is not, or what leads back inside by a translator of our own.
_NEVER = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "224.0.0.0/4", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
    )
)  # fmt: skip
_GLOBAL_UNICAST = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: a name on the list, the encrypted port, path with query."""

    host: str
    path: str


def parse_target(url: str, *, allowed: frozenset[str]) -> Target:
    """Return where a URL leads, provided that its host is on the list.

    Errors: E-URL-TARGET for any other scheme, port or host, for addresses written as numbers, for
    names with a user, and for anything that another reader might read differently.
    """
    if not url.isascii() or any(ord(sign) <= 32 or sign == "\\" for sign in url):
        raise refused_target()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused_target() from None
    host = parts.hostname or ""
    plain = parts.username is None and parts.password is None and not parts.fragment
    if parts.scheme != "https" or port not in {None, PORT} or not plain:
        raise refused_target()
    if not _NAME.fullmatch(host) or host not in allowed:
        raise refused_target()
    return Target(host, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def refused_target() -> Problem:
    """Return the one refusal of an address; it says nothing of what is there."""
    return Problem(
        "E-URL-TARGET",
        "address",
        "Messages cannot be sent to this address. Use the https address that the service gives.",
        "不能向该地址发送消息。请使用服务方提供的 https 地址。",
    )


def unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside an IPv6 one that only carries it: mapped, NAT64, 6to4."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _SIX_TO_FOUR:
        return IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def may_connect(found: str) -> bool:
    """Say whether a resolved address is one single machine on the public internet.

    A resolver's answer that is no plain address, or one with a zone, is refused.
    """
    try:
        address = unwrapped(ip_address(found))
    except ValueError:
        return False
    if any(address in net for net in _NEVER if net.version == address.version):
        return False
    if isinstance(address, IPv6Address):
        return address.scope_id is None and address in _GLOBAL_UNICAST and address.is_global
    return address.is_global and not address.is_multicast
