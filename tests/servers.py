"""Throwaway NocoDB servers for tests and benchmarks: the real thing, on a free port, in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import postgres
import pytest

from kontaktnetz.embedded.process import await_health, launch

Backend = Literal["sqlite", "postgres"]

ROOT = Path(__file__).parents[1]
EMAIL = "admin@example.org"
PASSWORD = "Passw0rd.1"
START_SECONDS = 120
"""How long a server may take to its first answer; 6 s when the machine has nothing else to do."""


@dataclass(frozen=True, slots=True)
class ThrowawayServer:
    """A running NocoDB: its address, its administrator, its folder and its process."""

    url: str
    email: str
    password: str
    folder: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the server; calling it again does no harm."""
        stop(self.process)


def require(condition: object, reason: str) -> None:
    """Skip the test unless ``condition`` holds; where skipping is forbidden (KONTAKTNETZ_NO_SKIP=1) fail it."""
    if condition:
        return
    if os.environ.get("KONTAKTNETZ_NO_SKIP") == "1":
        pytest.fail(f"{reason} (Überspringen ist verboten: KONTAKTNETZ_NO_SKIP=1)", pytrace=False)
    pytest.skip(reason)


def require_poppler() -> None:
    """Skip or fail the test unless there are programs that read a page as it stands on paper."""
    require(shutil.which("pdftotext") and shutil.which("pdftoppm"), "poppler-utils ist nicht installiert (`.ci/run`).")


def require_parts(backend: Backend = "sqlite") -> None:
    """Skip or fail the test unless all that a throwaway server needs is installed."""
    require(parts_folder() is not None, "NocoDB ist nicht installiert (`make setup`).")
    require(backend != "postgres" or postgres.programs(), "PostgreSQL ist nicht installiert (`.ci/run`).")


def parts_folder() -> Path | None:
    """Return the folder that holds NocoDB's node_modules, or None."""
    for folder in (os.environ.get("KONTAKTNETZ_TEST_NODE"), ROOT / ".kontaktnetz" / "node"):
        if folder and (Path(folder) / "node_modules" / "nocodb" / "package.json").exists():
            return Path(folder)
    return None


@contextmanager
def throwaway_server(backend: Backend = "sqlite", copy_of: Path | None = None) -> Iterator[ThrowawayServer]:
    """Start a NocoDB that nobody has used before; end it and remove its folder afterwards, also after a failure.

    ``copy_of`` is the folder of a server on SQLite that was stopped: the new one begins with all that stood there.
    """
    parts = parts_folder()
    if parts is None or (backend == "postgres" and postgres.programs() is None):
        raise RuntimeError("NocoDB or PostgreSQL is not installed: make setup, .ci/run")
    with ExitStack() as later:
        folder = Path(tempfile.mkdtemp(prefix="kn-nocodb-"))
        later.callback(shutil.rmtree, folder, ignore_errors=True)
        if copy_of is not None:
            shutil.copytree(copy_of, folder, dirs_exist_ok=True)
        extra = {}
        if backend == "postgres":
            database_port = free_port()
            name = later.enter_context(postgres.throwaway_postgres(database_port))
            extra["NC_DB"] = f"pg://127.0.0.1:{database_port}?u={postgres.USER}&p=unused&d={name}"
        server = _launch(parts, folder, extra)
        later.callback(server.stop)
        if not await_health(server.process, server.url, seconds=START_SECONDS):
            log = (folder / "nocodb.log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"NocoDB did not start (exit code {server.process.poll()}):\n{log[-3000:]}")
        yield server


@contextmanager
def restart(server: ThrowawayServer) -> Iterator[ThrowawayServer]:
    """Start a server (on SQLite) that was stopped or killed once more, at its old address in its old folder."""
    parts = parts_folder()
    if parts is None:
        raise RuntimeError("NocoDB is not installed: make setup")
    port = urlsplit(server.url).port
    again = _launch(parts, server.folder, {}, port)
    try:
        if not await_health(again.process, again.url, seconds=START_SECONDS):
            raise RuntimeError(f"NocoDB did not start again (exit code {again.process.poll()})")
        yield again
    finally:
        again.stop()


def _launch(parts: Path, folder: Path, extra: dict[str, str], port: int | None = None) -> ThrowawayServer:
    port = port or free_port()
    admin = {"NC_ADMIN_EMAIL": EMAIL, "NC_ADMIN_PASSWORD": PASSWORD, "NC_ALLOW_LOCAL_HOOKS": "true"}
    process = launch(parts / "node_modules", folder, folder / "nocodb.log", port, {**admin, **extra}, outlive_us=False)
    return ThrowawayServer(f"http://127.0.0.1:{port}", EMAIL, PASSWORD, folder, process)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on right now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process we started: politely, then for good."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
