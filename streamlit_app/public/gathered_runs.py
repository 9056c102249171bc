"""One run of a piece of work for all who ask for it meanwhile: a crowd does not wait one behind the other."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schemas.errors import Unavailable
from sync.time_limit import at_most, current_limit

T = TypeVar("T")
"""What is asked for."""
R = TypeVar("R")
"""What comes of it."""

MOST = 64
"""Asked for things that one run takes: a run must end before those who wait for it give up."""


LONGEST_RUN = 120.0
"""Seconds that a run may take, however little time is left to the one who happens to make it for all: what was begun
for many is better ended late, for those who send the same again, than begun anew for each."""


@dataclass(eq=False, slots=True)
class _Asked(Generic[T, R]):
    item: T
    made: list[R] = field(default_factory=list)
    failed: bool = False


class GatheredRuns(Generic[T, R]):
    """One per process and kind of work; thread-safe.

    ``work`` makes something of each of some items, in their order; of one name it runs once at a time.
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]], most: int = MOST) -> None:
        self._work = work
        self._most = most
        self._changed = threading.Condition()
        self._waiting: defaultdict[Hashable, list[_Asked[T, R]]] = defaultdict(list)
        self._running: set[Hashable] = set()

    def run(self, name: Hashable, item: T) -> R:
        """Return what a run made of ``item`` that began after this call, together with all that waits by then.

        Raises whatever ``work`` raises when it runs here; whoever was gathered into a run that failed for somebody
        else is tried alone, because another's item may be what it failed of. Within ``at_most`` nobody waits longer:

        Raises:
            Unavailable: the time was up before a run began, or before one that may still succeed had ended.
        """
        limit = current_limit()
        mine: _Asked[T, R] = _Asked(item)
        with self._changed:
            waiting = self._waiting[name]
            waiting.append(mine)
            while not mine.made and not mine.failed and (name in self._running or mine not in waiting[: self._most]):
                if limit is not None and limit.is_over:
                    if mine in waiting:
                        waiting.remove(mine)
                    raise Unavailable("Zu viele auf einmal.", hint="Bitte senden Sie dasselbe gleich noch einmal.")
                self._changed.wait(limit.left if limit is not None else None)
            if mine.made:
                return mine.made[0]
            gathered = [mine] if mine.failed else waiting[: self._most]
            if not mine.failed:
                del waiting[: self._most]
                self._running.add(name)
        if mine.failed:
            return self._work([item])[0]
        try:
            with at_most(LONGEST_RUN, apart=True):
                done = self._work([one.item for one in gathered])
            for asked, made in zip(gathered, done, strict=True):
                asked.made.append(made)
        finally:
            with self._changed:
                for one in gathered:
                    one.failed = not one.made
                self._running.discard(name)
                if not self._waiting[name]:
                    del self._waiting[name]
                self._changed.notify_all()
        return mine.made[0]
