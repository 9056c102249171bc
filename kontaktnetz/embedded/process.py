"""Launch one NocoDB process and wait until it answers; knows nothing of accounts, notes and locks."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from kontaktnetz.embedded.node import find_node
from sync.nocodb.accounts import is_up

STARTER = Path(__file__).parent / "node" / "server.js"
"""Our own starter script; it finds NocoDB through NODE_PATH."""

EXIT_PORT_TAKEN = 98
"""What the starter script exits with when somebody listens on the port already."""

_HABITS = {
    "NC_DISABLE_TELE": "true",
    "NC_DISABLE_ERR_REPORTS": "true",
    "NC_DISABLE_PRODUCT_FEED": "true",
    "NC_DISABLE_SUPPORT_CHAT": "true",
    "NC_DISABLE_ONBOARDING_FLOW": "true",
    "NO_COLOR": "1",
}
_PASSED_ON = ("PATH", "LANG", "TMPDIR", "TZ")
_LOOK_SECONDS = 0.25
_TELL_SECONDS = 3.0


def launch(
    modules: Path,
    home: Path,
    log: Path,
    port: int,
    extra: Mapping[str, str] | None = None,
    *,
    outlive_us: bool = True,
) -> subprocess.Popen[bytes]:
    """Start NocoDB detached on 127.0.0.1:``port``.

    ``modules`` is the node_modules folder that holds it, ``home`` the folder for its data, ``log`` takes its words,
    ``extra`` its further environment. Nothing else is passed on: NocoDB obeys many variables (DATABASE_URL among
    them) that may be set for other programs. Unless it may ``outlive_us``, it ends when this process does, however.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment = {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        **_HABITS,
        "HOME": str(home.absolute()),
        "NC_TOOL_DIR": str(home.absolute()),
        "NODE_PATH": str(modules.absolute()),
        "PORT": str(port),
        **(extra or {}),
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            [find_node().program, STARTER],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL if outlive_us else subprocess.PIPE,
            stdout=output,
            stderr=output,
            umask=0o077,  # what it writes is about people, whoever starts it
            start_new_session=True,  # Ctrl-C in the terminal is for us; we stop the server in order
        )


def find_launched(home: Path) -> tuple[int, int] | None:
    """Return process id and port of a living server that was launched for this ``home``, noted or not."""
    for process in psutil.process_iter():
        try:
            if str(STARTER) in process.cmdline() and Path(process.cwd()) == home.resolve():
                return process.pid, int(process.environ()["PORT"])
        except (psutil.Error, OSError, KeyError, ValueError):
            continue
    return None


def await_health(
    process: subprocess.Popen[bytes], url: str, *, seconds: float, tell: Callable[[float], None] = lambda _: None
) -> bool:
    """Wait until the server answers; False when it died or took longer than ``seconds``.

    ``tell`` hears the seconds waited so far, every three seconds.
    """
    began = told = time.monotonic()
    while time.monotonic() - began < seconds:
        if is_up(url):
            return True
        try:
            process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() - told >= _TELL_SECONDS:
                told = time.monotonic()
                tell(told - began)
            continue
        return False
    return False
