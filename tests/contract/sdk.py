"""NocoDB's official client as an independent reader: install it once, run the script that reads back.

``python tests/contract/sdk.py`` installs it ahead of the tests (``make setup``). Its
lock names no download address, so any registry serves it. No script of a package is run.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from kontaktnetz.embedded.node import find_node, npm_environment

SOURCE = Path(__file__).parent / "node"
FOLDER = Path(__file__).parents[2] / ".kontaktnetz" / "sdk"


def install(folder: Path = FOLDER) -> Path:
    """Install the client into ``folder`` unless it stands there already; return the folder.

    Raises:
        RuntimeError: npm could not install it.
    """
    lock = SOURCE / "package-lock.json"
    done = folder / "installed"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE / "read_back.js", folder)
    if done.exists() and done.read_text() == lock.read_text():
        return folder
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCE / name, folder)
    command = [*find_node().npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    run = subprocess.run(
        command, check=False, cwd=folder, env=npm_environment(), capture_output=True, text=True, timeout=300
    )
    if run.returncode:
        raise RuntimeError(f"npm ci failed: {run.stderr.strip()[-500:]}")
    done.write_text(lock.read_text())
    return folder


def read_back(folder: Path, *arguments: str) -> dict[str, Any]:
    """Run the script and return what the official client saw."""
    command = [find_node().program, "read_back.js", *arguments]
    run = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=120)
    if run.returncode:
        raise RuntimeError(run.stderr.strip()[-500:])
    return json.loads(run.stdout)


if __name__ == "__main__":
    install()
