"""Where our programs write what they do: a file in the data folder, and the terminal when asked. Ids, never names."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_BYTES = 2_000_000
_KEPT = 5


def log_to(data_dir: Path, *, debug: bool) -> None:
    """Log into `logs/kontaktnetz.log` of the data folder; with ``debug`` to the terminal too.

    A folder that cannot be written to is no reason to stop: then only the terminal hears.
    """
    logging.raiseExceptions = False  # a full disk is told once, not by a traceback for every line
    root = logging.getLogger()
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
        to_file.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(to_file)
    if debug:
        to_terminal = logging.StreamHandler()
        to_terminal.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(to_terminal)
