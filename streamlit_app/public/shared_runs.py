"""One run of a piece of work for all who wait for it: a crowd does not wait one behind the other."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable


class SharedRuns:
    """One per process; thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._asked: defaultdict[Hashable, int] = defaultdict(int)
        self._done: defaultdict[Hashable, int] = defaultdict(int)
        self._running: set[Hashable] = set()

    def run(self, what: Hashable, work: Callable[[], object]) -> None:
        """Return once ``work`` has run from a beginning that lies after this call, here or for somebody else.

        Raises whatever ``work`` raises when it runs here; after a run that failed for somebody else it is tried here.
        """
        with self._changed:
            self._asked[what] += 1
            mine = self._asked[what]
            while what in self._running and self._done[what] < mine:
                self._changed.wait()
            if self._done[what] >= mine:
                return
            self._running.add(what)
            serves = self._asked[what]
        try:
            work()
        except BaseException:
            serves = 0
            raise
        finally:
            with self._changed:
                self._running.discard(what)
                self._done[what] = max(self._done[what], serves)
                self._changed.notify_all()
