"""Show how far a long step is: a bar in a terminal, now and then a line elsewhere; stdout is left to the result."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

LINE_SECONDS = 5.0
"""How often a line is written where there is no terminal."""


class Steps:
    """A running display; call it with steps done, steps in all, and what is being done (German)."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
        )
        self._task = None if not self._console.is_terminal else self._bar.add_task("", total=None, visible=False)
        self._last = 0.0

    def __enter__(self) -> Self:
        if self._task is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show that ``done`` of ``total`` steps are finished and ``what`` is under way."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=what, visible=True)
        elif time.monotonic() - self._last >= LINE_SECONDS or done == total:
            self._last = time.monotonic()
            say(f"  {done} von {total}: {what}")


def say(text: str) -> None:
    """Tell the person at the terminal something at once; not part of the result."""
    print(text, file=sys.stderr, flush=True)
