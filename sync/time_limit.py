"""A limit of time for all that is asked of a server within a block, however slowly it answers.

The time-outs of sockets count silence: a server that sends a byte a minute holds whoever asked as long as it likes.
Here one thread looks after all limits of the process and shuts the lines of those that are over, which ends the waiting
thread's call as if the other side had hung up.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class TimeLimit:
    """Until when (``time.monotonic``) what is asked must be answered. Thread-safe."""

    def __init__(self, until: float, outer: TimeLimit | None = None) -> None:
        self.until: float = until if outer is None else min(until, outer.until)
        self._lines: list[Any] = []
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """Return the seconds that are left, 0 when it is over."""
        return max(0.0, self.until - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Say whether the time is up."""
        return self.left == 0

    def watch(self, line: Any) -> None:
        """Shut this line when the time is up: a socket, or an object with one in ``sock``, which it may get later.

        Raises:
            TimeoutError: it is up already.
        """
        if self.is_over:
            raise TimeoutError("no time left")
        with self._lock:
            self._lines.append(line)

    def forget(self) -> None:
        """Leave the lines alone from now on."""
        with self._lock:
            self._lines.clear()

    def shut(self) -> None:
        """Shut the lines."""
        with self._lock:
            for line in self._lines:
                sock = line if isinstance(line, socket.socket) else getattr(line, "sock", None)
                if sock is not None:
                    with contextlib.suppress(OSError):
                        socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not TLS's own, which would take its state away


_now: ContextVar[TimeLimit | None] = ContextVar("time limit", default=None)


def current_limit() -> TimeLimit | None:
    """Return the limit of the innermost block that this code runs in."""
    return _now.get()


@contextmanager
def at_most(seconds: float, *, apart: bool = False) -> Iterator[TimeLimit]:
    """Let what is asked within the block take so many seconds in all; within another limit never longer than that.

    ``apart`` is for what must be tried though the time of the block around it is up, such as giving a lock back.
    """
    limit = TimeLimit(time.monotonic() + seconds, None if apart else _now.get())
    before = _now.set(limit)
    _watchman.take(limit)
    try:
        yield limit
    finally:
        _now.reset(before)
        _watchman.leave(limit)
        limit.forget()


@contextmanager
def shut_after(seconds: float, line: Any) -> Iterator[TimeLimit]:
    """Shut one line, an object with a socket in ``sock``, when the block takes longer; where nothing is HTTP."""
    limit = TimeLimit(time.monotonic() + seconds)
    limit.watch(line)
    _watchman.take(limit)
    try:
        yield limit
    finally:
        _watchman.leave(limit)
        limit.forget()


@contextmanager
def held(lock: threading.Lock) -> Iterator[bool]:
    """Hold a lock, as True, while the block runs; within ``at_most`` nobody waits longer for it.

    Raises:
        TimeoutError: others held it until the time was up.
    """
    limit = _now.get()
    if not lock.acquire(timeout=-1 if limit is None else limit.left):
        raise TimeoutError("others hold the lock")
    try:
        yield True
    finally:
        lock.release()


class _Watchman:
    """Shuts the lines of limits that are over, in one thread that is begun when first needed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: set[TimeLimit] = set()
        self._thread: threading.Thread | None = None
        self._wakes = 0.0

    def take(self, limit: TimeLimit) -> None:
        with self._changed:
            self._limits.add(limit)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="time limits", daemon=True)
                self._thread.start()
            elif limit.until < self._wakes:
                self._changed.notify()

    def leave(self, limit: TimeLimit) -> None:
        with self._changed:
            self._limits.discard(limit)

    def _run(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                over = {one for one in self._limits if one.until <= now}
                self._limits -= over
                if not over:
                    rest = min((one.until - now for one in self._limits), default=3600.0)
                    self._wakes = now + rest
                    self._changed.wait(rest)
            for one in over:
                one.shut()


_watchman = _Watchman()
