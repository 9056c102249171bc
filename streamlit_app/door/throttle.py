"""Slowing down wrong passwords: the wait doubles with each failure of an address and then fades.

An account is never shut: whoever kept failing at it from elsewhere would keep its owner out. Over all addresses it only
has a pace, which nobody reaches from one of them; a browser that once signed in is counted by itself.
Nothing sleeps: a try that comes too early is refused with the seconds to wait, so no thread can be held up.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LONGEST_WAIT = 60.0
"""Seconds; a whole office may share the address of somebody who fails."""

FORGET_AFTER = 900.0
"""Seconds without a failure after which everything is forgotten."""

FREE_FOR_ADDRESS = 5
"""An office signs in from one address: so many failures there cost nothing yet."""

ADDRESS = "address:"
"""Prefix of keys that name an address."""

ACCOUNT = "account:"
"""Prefix of keys that name an account over all addresses: its pace counts, not its failures."""

TRIES_IN_A_MINUTE = 30
"""So many tries an account bears in a minute; who guesses from a thousand addresses gets no more."""

MINUTE = 60.0

MOST_KEYS = 10_000
"""More names than this are remembered by nobody; the oldest go first."""


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    at: float


class Throttle:
    """Count failures by key; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[str, _Failures] = {}
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def begin(self, keys: Iterable[str]) -> float:
        """Return the seconds to wait, 0 if the try may go on; it then counts as failed until ``succeeded``."""
        now = self._clock()
        with self._lock:
            names = tuple(keys)
            wait = max((self._wait(name, now) for name in names), default=0.0)
            if wait > 0:
                return wait
            for name in names:
                if name.startswith(ACCOUNT):
                    tries = self._tries.pop(name, None) or deque(maxlen=TRIES_IN_A_MINUTE)
                    self._tries[name] = tries
                    tries.append(now)
                    continue
                before = self._failures.pop(name, None)
                count = before.count if before and now - before.at < FORGET_AFTER else 0
                self._failures[name] = _Failures(count + 1, now)
            for kept in (self._failures, self._tries):
                while len(kept) > MOST_KEYS:
                    del kept[next(iter(kept))]
            return 0.0

    def succeeded(self, keys: Iterable[str]) -> None:
        """Forget the failures of these keys; the pace of an account goes on."""
        with self._lock:
            for name in keys:
                self._failures.pop(name, None)

    def _wait(self, name: str, now: float) -> float:
        if name.startswith(ACCOUNT):
            tries = self._tries.get(name)
            return max(0.0, tries[0] + MINUTE - now) if tries and len(tries) == TRIES_IN_A_MINUTE else 0.0
        found = self._failures.get(name)
        if found is None or now - found.at >= FORGET_AFTER:
            return 0.0
        counted = found.count - (FREE_FOR_ADDRESS if name.startswith(ADDRESS) else 0)
        return max(0.0, found.at + min(2.0 ** (counted - 1), LONGEST_WAIT) - now) if counted > 0 else 0.0
