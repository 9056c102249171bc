"""Slowing down who tries links, and bounding what one link may cost. Nothing sleeps: who comes too early is refused.

Wrong links are counted per address: a few are free (a link typed from a letter), then the wait doubles up to a minute.
While an address waits, none of its links is looked at, genuine or not, so that a refusal tells nothing. Where all
guests seem to come from one address, because a proxy before us does not tell theirs, only wrong links are refused:
a stranger must not be able to shut out everybody.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

Clock = Callable[[], float]
"""Seconds; only ever grows."""

FREE = 10
"""Wrong links that cost an address nothing yet."""

LONGEST_WAIT = 60.0
FORGET_AFTER = 900.0
"""Seconds without a wrong link after which an address starts anew."""

WRONG_PER_MINUTE = 300
"""Wrong links of all addresses together; beyond this none is looked up."""

ANSWERS_PER_HOUR = 20
READS_PER_MINUTE = 30
"""What one genuine link may do."""

MOST_KEYS = 10_000
"""More names than this are remembered by nobody; the oldest go first."""


class Slowing:
    """Waiting times by name; thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def wait(self, name: str) -> float:
        """Return the seconds that this name still has to wait."""
        with self._lock:
            count, at = self._found(name)
            over = count - FREE
            return max(0.0, at + min(2.0 ** min(over - 1, 10), LONGEST_WAIT) - self._clock()) if over > 0 else 0.0

    def failed(self, name: str) -> None:
        """Count one wrong try."""
        with self._lock:
            count, _ = self._found(name)
            self._failures.pop(name, None)
            self._failures[name] = (count + 1, self._clock())
            while len(self._failures) > MOST_KEYS:
                self._failures.pop(next(iter(self._failures)))

    def _found(self, name: str) -> tuple[int, float]:
        count, at = self._failures.get(name, (0, 0.0))
        return (count, at) if self._clock() - at < FORGET_AFTER else (0, at)


class Quota:
    """At most so many tries per name within so many seconds; thread-safe."""

    def __init__(self, clock: Clock, most: int, seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> float:
        """Count a try and return 0, or the seconds to wait when there were too many already."""
        with self._lock:
            now = self._clock()
            tries = self._tries.pop(name, None) or deque()
            while tries and now - tries[0] >= self._seconds:
                tries.popleft()
            full = len(tries) >= self._most
            if not full:
                tries.append(now)
            self._tries[name] = tries
            while len(self._tries) > MOST_KEYS:
                self._tries.pop(next(iter(self._tries)))
            return max(tries[0] + self._seconds - now, 1.0) if full else 0.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose address a request comes from; ``shared`` when all guests look alike behind a proxy."""

    name: str
    shared: bool


def caller_of(request: Request, *, behind_proxy: bool) -> Caller:
    """Return who calls. ``X-Forwarded-For`` counts only from our own machine and only if a setting says that the
    proxy there writes it; then its last entry, the one that proxy added itself. IPv6 counts by its /64.
    """
    host = request.client.host if request.client else ""
    told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    if behind_proxy and _is_loopback(host) and _address(told):
        host = told
    address = _address(host)
    if address is None or address.is_loopback:
        return Caller("shared", shared=True)
    if isinstance(address, ipaddress.IPv6Address):
        return Caller(str(ipaddress.ip_network((address, 64), strict=False)), shared=False)
    return Caller(str(address), shared=False)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, ipaddress.IPv6Address) else found


def _is_loopback(text: str) -> bool:
    found = _address(text)
    return found is not None and found.is_loopback


class Limits:
    """All that is counted: waiting after wrong links, wrong links in all, reads and answers of one genuine link."""

    def __init__(
        self, clock: Clock, *, answers_per_hour: int = ANSWERS_PER_HOUR, reads_per_minute: int = READS_PER_MINUTE
    ) -> None:
        self._clock = clock
        self.slowing = Slowing(clock)
        self.wrong = Quota(clock, WRONG_PER_MINUTE, 60.0)
        self.reads = Quota(clock, reads_per_minute, 60.0)
        self.answers = Quota(clock, answers_per_hour, 3600.0)

    def beside(self, *, answers_per_hour: int, reads_per_minute: int) -> Limits:
        """Return limits for another kind of link; who tries links is known to both."""
        made = Limits(self._clock, answers_per_hour=answers_per_hour, reads_per_minute=reads_per_minute)
        made.slowing, made.wrong = self.slowing, self.wrong
        return made
