"""From where a web address can be opened, as far as the address itself tells. Pure: nobody is asked."""

from __future__ import annotations

import ipaddress
import re
from enum import StrEnum
from urllib.parse import urlsplit

INSIDE = (
    "local", "lan", "home", "localdomain", "intern", "internal", "intranet", "corp", "private", "home.arpa",
    "fritz.box", "invalid", "test", "example", "onion",
)  # fmt: skip
"""Ends of names that no name server of the world knows (RFC 2606, 6761, 6762, 7686, 8375), or that offices use so."""

_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")


class Reach(StrEnum):
    """Who can open an address."""

    NOBODY = "niemand"
    MACHINE = "rechner"
    HOUSE = "haus"
    WORLD = "welt"


def reach_of(address: str) -> Reach:
    """Return who can open an address: a browser on this machine, in this network, or anywhere.

    >>> [str(reach_of(one)) for one in ("", "http://127.0.0.1:8501", "http://192.168.0.7", "https://antwort.example.org")]
    ['niemand', 'rechner', 'haus', 'welt']
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".").casefold()
    except ValueError:
        return Reach.NOBODY
    if parts.scheme not in ("http", "https") or not host:
        return Reach.NOBODY
    try:
        return _reach_of_number(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    if host == "localhost" or host.endswith((".localhost", ".localhost.localdomain")):
        return Reach.MACHINE
    if _NUMBERS.fullmatch(host):
        return Reach.MACHINE  # 127.1 and 2130706433 are numbers to browsers, too; nobody writes a public one that way
    if "." not in host or host.endswith(tuple(f".{end}" for end in INSIDE)):
        return Reach.HOUSE
    return Reach.WORLD


def _reach_of_number(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Reach:
    inner = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    found = inner or number
    if found.is_loopback or found.is_unspecified:
        return Reach.MACHINE
    return Reach.WORLD if found.is_global and not found.is_multicast else Reach.HOUSE
