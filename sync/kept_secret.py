"""A key of our own, made at random when first needed and kept in a file that only its owner may read (mode 0600)."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from schemas.errors import ConfigError

ANSWER_SECRET_FILE = "antworten.secret"  # noqa: S105 - a file name
"""The key behind links to guests and placements."""

BYTES = 32

SHORTEST = 32
"""Characters that a key must have; a shorter one can be guessed."""

FEWEST = 8
"""Different characters that a key must have: a disk may give back a file of zeros."""


_TOLD = re.compile(
    r"change.?me|geheim|secret|pass.?wor[dt]|kennwort|example|beispiel|zufäl|zufael|random|placeholder", re.I
)
"""Words of somebody who meant to put a key here later; by chance one stands in a key of ours once in a million."""


def kept_secret(path: Path) -> str:
    """Return the key that the file holds; makes file and key if they are missing. Of two makers at once one wins.

    Raises:
        ConfigError: the file holds no key or one that is too short, as after a power cut.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(BYTES)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(made)
        handle.flush()
        os.fsync(handle.fileno())  # a power cut must not leave an empty file, which would be an empty key
    try:
        os.link(fresh, path)  # whole or not at all, and never over another one
    except FileExistsError:
        return _read(path)
    finally:
        fresh.unlink()
    return made


def require_long(key: str, *, of: str, hint: str) -> str:
    """Return a key that is long enough; ``of`` says in German where it stands.

    Raises:
        ConfigError: it is too short, repeats itself, or holds the words of an example.
    """
    repeated = len(key) > 1 and key in (key + key)[1:-1]
    if len(key) < SHORTEST or len(set(key)) < FEWEST or repeated or _TOLD.search(key):
        state = "ist leer" if not key.strip("\0") else "ist zu kurz oder zu einfach"
        raise ConfigError(
            f"Der Schlüssel {of} {state}; damit könnte sich jeder als jemand anderes ausgeben.", hint=hint
        )
    return key


def _read(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        key = ""
    return require_long(
        key,
        of=f"in der Datei {path}",
        hint="Holen Sie die Datei aus einer Sicherung zurück. Gibt es keine, löschen Sie sie: Dann wird ein neuer "
        "Schlüssel gemacht, und Anmeldungen und Links, die mit dem alten entstanden, gelten nicht mehr.",
    )
