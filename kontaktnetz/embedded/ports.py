"""Who listens on a port of this machine."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Listener:
    """A program that listens on a port; ``pid`` None and ``name`` empty where the system does not tell."""

    pid: int | None
    name: str


def is_free(port: int) -> bool:
    """Say whether 127.0.0.1:``port`` can be listened on."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Node does: a port just left counts as free
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def find_listener(port: int) -> Listener:
    """Return what can be known about the program on ``port``."""
    try:
        pid = next(
            c.pid
            for c in psutil.net_connections("tcp")
            if c.status == psutil.CONN_LISTEN and c.laddr and c.laddr.port == port and c.pid is not None
        )
        return Listener(pid, psutil.Process(pid).name())
    except (psutil.Error, OSError, StopIteration):
        return Listener(None, "")
