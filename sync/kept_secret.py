"""A key of our own, made at random when first needed and kept in a file that only its owner may read (mode 0600)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BYTES = 32


def kept_secret(path: Path) -> str:
    """Return the key that the file holds; makes file and key if they are missing. Of two makers at once one wins."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(BYTES)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(made)
    try:
        os.link(fresh, path)  # whole or not at all, and never over another one
    except FileExistsError:
        return path.read_text(encoding="ascii")
    finally:
        fresh.unlink()
    return made
