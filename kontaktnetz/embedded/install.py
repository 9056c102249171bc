"""Install the embedded NocoDB from its npm package into the data folder; a finished install carries a stamp."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kontaktnetz.embedded.disk import GIGABYTE, require_space
from kontaktnetz.embedded.lock import exclusive
from kontaktnetz.embedded.node import Node, find_node, npm_environment
from kontaktnetz.embedded.pidfile import read_running
from schemas.errors import EmbeddedServerError

PARTS = Path(__file__).parent / "node"
"""The committed package.json and lock (lean), the same with all dependencies in ``full/``, and the shim both need."""

LEAN_SPACE = 1 * GIGABYTE
"""Bytes free before the lean install (450 MB installed, and as much again while npm unpacks)."""

FULL_SPACE = 3 * GIGABYTE
"""Bytes free before the full install (1.4 GB installed)."""

PROGRESS_SECONDS = 3.0
"""How often the user hears how far npm is."""

SHIM = "sqlite3-shim"
STAMP = "installed.json"
_NPM_OPTIONS = (
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
)
_NPM_PATIENCE = (
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=10000",
)  # says "no network" in 15 s, not in 70
_NETWORK_SIGNS = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ERR_SOCKET_TIMEOUT",
    "CERT_",
    "SELF_SIGNED",
    "E401",
    "E403",
    "E404",
    "E502",
    "E503",
    "Exit handler never called",  # npm 10.9.3 ends so when it cannot reach the registry at all
)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class InstallReport:
    """Where NocoDB stands now, which version, whether in full, whether there was anything to do, how long it took."""

    folder: Path
    version: str
    full: bool
    changed: bool
    seconds: float


def install(data_dir: Path, *, full: bool = False, report: Report) -> InstallReport:
    """Install NocoDB into ``data_dir/node`` unless exactly this stands there already.

    May be killed at any moment and called again: without the stamp npm starts over, from its cache.

    Raises:
        EmbeddedServerError: no Node, no room, no network, a running server in the way, or npm failed.
    """
    with exclusive(data_dir, report):
        done = _install(data_dir, full, report)
    if not done.changed:
        report(f"NocoDB {done.version} ist schon installiert.")
    return done


def ensure_installed(data_dir: Path, *, report: Report) -> InstallReport:
    """Install what is missing, lean unless the full set stands there; the caller holds the lock of the data folder.

    Raises:
        EmbeddedServerError: as ``install``.
    """
    stamp = _read_stamp(data_dir.absolute() / "node")
    return _install(data_dir, bool(stamp and stamp.get("full")), report)


def _install(data_dir: Path, full: bool, report: Report) -> InstallReport:
    began = time.monotonic()
    folder = data_dir.absolute() / "node"
    lock = (PARTS / "full" if full else PARTS) / "package-lock.json"
    wanted = _stamp_for(lock, full=full)
    version = str(wanted["nocodb"])
    if _read_stamp(folder) == wanted:
        return InstallReport(folder, version, full, changed=False, seconds=time.monotonic() - began)
    _refuse_while_running(data_dir)
    node = find_node()
    require_space(folder, FULL_SPACE if full else LEAN_SPACE, "die Installation von NocoDB")
    report(f"NocoDB {version} wird installiert (Node {node.version}) …")
    _lay_out(folder, lock)
    _run_npm(node, folder, _count_packages(lock), report)
    (folder / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    seconds = time.monotonic() - began
    report(f"NocoDB {version} ist installiert ({seconds:.0f} Sekunden).")
    return InstallReport(folder, version, full, changed=True, seconds=seconds)


def installed_version(data_dir: Path) -> str | None:
    """Return the version of NocoDB that is completely installed, or None."""
    stamp = _read_stamp(data_dir.absolute() / "node")
    return str(stamp["nocodb"]) if stamp else None


def _stamp_for(lock: Path, *, full: bool) -> dict[str, object]:
    content = lock.read_bytes()
    version = json.loads(content)["packages"]["node_modules/nocodb"]["version"]
    how = " ".join(_NPM_OPTIONS).encode()
    return {"nocodb": version, "lock": hashlib.sha256(content + how).hexdigest(), "full": full}


def _read_stamp(folder: Path) -> dict[str, object] | None:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) and stamp.get("nocodb") else None


def _refuse_while_running(data_dir: Path) -> None:
    if (running := read_running(data_dir)) is not None:
        raise EmbeddedServerError(
            "NocoDB läuft noch; im Betrieb kann es nicht neu installiert werden.",
            hint="Bitte halten Sie es zuerst mit `kontaktnetz nocodb stop` an.",
            pid=running.pid,
        )


def _lay_out(folder: Path, lock: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).unlink(missing_ok=True)
    shutil.copyfile(lock, folder / lock.name)
    shutil.copyfile(lock.with_name("package.json"), folder / "package.json")
    shutil.copytree(PARTS / SHIM, folder / SHIM, dirs_exist_ok=True)


def _count_packages(lock: Path) -> int:
    """Return how many packages npm will lay out at the top of node_modules."""
    packages = json.loads(lock.read_bytes())["packages"]
    return sum(
        path.count("node_modules/") == 1 and not fact.get("optional") and not fact.get("dev")
        for path, fact in packages.items()
    )


def _run_npm(node: Node, folder: Path, expected: int, report: Report) -> None:
    log = folder / "npm.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*node.npm, *_NPM_OPTIONS, *_NPM_PATIENCE],
            cwd=folder,
            env=npm_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            while not _finished(process):
                done = _count_unpacked(folder / "node_modules")
                report(f"NocoDB wird installiert: {min(done, expected)} von {expected} Paketen")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if process.returncode != 0:
        raise _npm_error(log)


def _finished(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(PROGRESS_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _count_unpacked(modules: Path) -> int:
    """Return how many packages have arrived; npm makes all folders at once, and fills them one by one."""
    return sum(1 for pattern in ("*/package.json", "@*/*/package.json") for _ in modules.glob(pattern))


def _npm_error(log: Path) -> EmbeddedServerError:
    text = log.read_text(encoding="utf-8", errors="replace")
    tail = "\n".join(text.strip().splitlines()[-12:])
    if "ENOSPC" in text:
        return EmbeddedServerError(
            "Beim Installieren von NocoDB ist der Datenträger vollgelaufen.",
            hint="Bitte schaffen Sie Platz (etwa 1 GB) und wiederholen Sie `kontaktnetz nocodb install`.",
            log=str(log),
        )
    if any(sign in text for sign in _NETWORK_SIGNS):
        return EmbeddedServerError(
            "Die Pakete von NocoDB konnten nicht geladen werden: keine Verbindung zum Paketverzeichnis.",
            hint="Bitte prüfen Sie die Verbindung ins Internet (und den Proxy, falls Ihr Haus einen hat), und "
            f"wiederholen Sie `kontaktnetz nocodb install`. Einzelheiten stehen in {log}.",
            log=str(log),
        )
    return EmbeddedServerError(
        f"NocoDB konnte nicht installiert werden. Die letzten Zeilen von npm:\n{tail}\n",
        hint=f"Alles steht in {log}. Oft hilft es, `kontaktnetz nocodb install` zu wiederholen.",
        log=str(log),
    )
