"""Where our programs write what they do: a file in the data folder, and the terminal when asked. Ids, never names.

What is secret in the settings is blotted out whatever brought it into a line: the words of a server that repeats our
password, the address in a traceback, a library of somebody else.
"""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterable
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_BYTES = 2_000_000
_KEPT = 5
_BLOT = "[geheim]"
_SHORTEST = 4
"""Characters; a shorter word stands in too many lines that have nothing to do with it."""


class BlottingFormatter(logging.Formatter):
    """Writes lines, tracebacks included, without any of the given words."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(_FORMAT)
        self._secrets = sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _BLOT)
        return line


def log_to(data_dir: Path, *, debug: bool, secrets: Iterable[str] = ()) -> None:
    """Log into `logs/kontaktnetz.log` of the data folder, without ``secrets``; with ``debug`` to the terminal too.

    A folder that cannot be written to is no reason to stop: then only the terminal hears.
    """
    logging.raiseExceptions = False  # a full disk is told once, not by a traceback for every line
    root = logging.getLogger()
    formatter = BlottingFormatter(secrets)
    root.setLevel(logging.INFO)
    folder = data_dir / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        to_file = logging.handlers.RotatingFileHandler(
            folder / "kontaktnetz.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        to_file = None
    if to_file:
        to_file.setFormatter(formatter)
        root.addHandler(to_file)
    if debug:
        to_terminal = logging.StreamHandler()
        to_terminal.setFormatter(formatter)
        root.addHandler(to_terminal)
