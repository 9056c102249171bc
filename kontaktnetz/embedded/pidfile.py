"""The note in the data folder that says which process is our server."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

_SAME = 1.0
"""Seconds by which two readings of when a process began may differ."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server we started: process id, port, and the moment its process began (seconds since 1970)."""

    pid: int
    port: int
    began: float

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}"


def write_running(data_dir: Path, pid: int, port: int) -> Running:
    """Note a process that was just started."""
    running = Running(pid, port, psutil.Process(pid).create_time())
    _file(data_dir).write_text(json.dumps(asdict(running)), encoding="utf-8")
    return running


def read_running(data_dir: Path) -> Running | None:
    """Return our server if its process lives; a note about a dead process or a reused process id does not count."""
    try:
        note = Running(**json.loads(_file(data_dir).read_text(encoding="utf-8")))
        process = psutil.Process(note.pid)
        alive = process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - note.began) < _SAME
    except (OSError, ValueError, TypeError, psutil.Error):
        return None
    return note if alive else None


def was_noted(data_dir: Path) -> bool:
    """Say whether a note stands there, be its process alive or not."""
    return _file(data_dir).exists()


def forget_running(data_dir: Path) -> None:
    """Remove the note."""
    _file(data_dir).unlink(missing_ok=True)


def _file(data_dir: Path) -> Path:
    return data_dir.absolute() / "nocodb.pid"
