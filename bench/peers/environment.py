"""The environment of the peers: ``.venv/peers``, made once, with packages that are no dependency of the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGES = ("splink>=5.0,<5.1", "duckdb>=1.4,<2.1")
# How long making it may take (seconds).
LIMIT = 900


class PeersMissingError(Exception):
    """The packages of the peers cannot be had; the text says why (English)."""


def python_of_peers(folder: Path) -> Path:
    """Return the Python of the environment in ``folder``; makes it and installs the packages if it is not there."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / ".installed"
    wanted = "\n".join(PACKAGES)
    if python.exists() and done.exists() and done.read_text(encoding="utf-8") == wanted:
        return python
    print(f"making {folder} with {', '.join(PACKAGES)} (once)", flush=True)
    _call([sys.executable, "-m", "venv", str(folder)])
    _call([str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", *PACKAGES])
    done.write_text(wanted, encoding="utf-8")
    return python


def _call(command: list[str]) -> None:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeersMissingError(str(error)) from error
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if line.strip()]
        raise PeersMissingError(lines[-1] if lines else f"{command[0]} ended with {ended.returncode}")
