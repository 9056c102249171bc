"""A throwaway PostgreSQL: a cluster of its own in a temporary folder, without fsync, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
"""Owner of the cluster; PostgreSQL refuses to run as root, so root becomes the system's user of this name."""

_PROGRAMS = Path("/usr/lib/postgresql")
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def programs() -> Path | None:
    """Return the folder of the newest installed PostgreSQL's programs, or None."""
    found = sorted(_PROGRAMS.glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def throwaway_postgres(port: int) -> Iterator[str]:
    """Start PostgreSQL on ``port`` of 127.0.0.1; yield the name of an empty database that USER may enter unasked."""
    tools = programs()
    assert tools is not None, "ask programs() first"
    folder = Path(tempfile.mkdtemp(prefix="kn-postgres-"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def run(*command: object) -> None:
        # A file, not a pipe: the server inherits it, and a pipe would stay open as long as the server lives.
        with (folder / "log").open("ab") as log:
            subprocess.run([str(c) for c in command], cwd=folder, check=True, stdout=log, stderr=log, **as_user)

    data = folder / "data"
    options = f"-h 127.0.0.1 -p {port} -k {folder} {_FAST}"
    try:
        run(tools / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(tools / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "server.log", "start")
        run(tools / "createdb", "-h", "127.0.0.1", "-p", port, "-U", USER, "nocodb")
        yield "nocodb"
    finally:
        if (data / "postmaster.pid").exists():
            run(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
