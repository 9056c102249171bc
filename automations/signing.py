"""Sign what leaves the house on paper, so that it can be checked later without asking us: Ed25519 (RFC 8032).

Private keys lie one to a file, readable by their owner only, in a folder of the data; the newest signs. A key is never
overwritten: to rotate, a new one is made, and what an older one signed stays good. Public keys are no secret.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from schemas.errors import ConfigError

FOLDER = "schluessel"
ENDING = ".ed25519"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signs; ``name`` is printed beside a signature and tells which public key belongs to it."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """Return the public key as text (base64url of 32 bytes)."""
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return _text(raw)

    def sign(self, message: bytes) -> str:
        """Return the signature as text (base64url of 64 bytes)."""
        return _text(self.private.sign(message))


def open_key(data_dir: Path, now: dt.datetime) -> Key:
    """Return the newest key; makes the first one when there is none.

    Raises:
        ConfigError: a file of the folder is no key, or others may read it.
    """
    keys = _files(data_dir)
    return _read(keys[-1]) if keys else new_key(data_dir, now)


def new_key(data_dir: Path, now: dt.datetime) -> Key:
    """Make a new key that signs from now on; older ones stay, so that what they signed can still be checked."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    name = f"{now:%Y%m%d%H%M%S}-{hashlib.sha256(public).hexdigest()[:8]}"
    path = folder / f"{name}{ENDING}"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(_text(raw))
        handle.flush()
        os.fsync(handle.fileno())  # what it signs is printed at once, and a power cut must not leave an empty file
    return Key(name, private)


def public_keys(data_dir: Path) -> Mapping[str, str]:
    """Return every public key by the name of its key; enough to check all that was ever signed here."""
    return {key.name: key.public for key in map(_read, _files(data_dir))}


def is_genuine(message: bytes, signature: str, public: str) -> bool:
    """Say whether a signature belongs to a message and a public key; anything malformed does not."""
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(public)).verify(_bytes(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / FOLDER).glob(f"*{ENDING}"))


def _read(path: Path) -> Key:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ConfigError(
            f"Der Schlüssel „{path.name}“ ist für andere lesbar.",
            hint=f"Bitte schützen: chmod 600 {path}. Konnte ihn jemand lesen, machen Sie einen neuen.",
            file=path.name,
        )
    try:
        return Key(
            path.name.removesuffix(ENDING), Ed25519PrivateKey.from_private_bytes(_bytes(path.read_text("ascii")))
        )
    except ValueError as problem:
        raise ConfigError(
            f"Die Datei „{path.name}“ im Ordner der Schlüssel ist kein Schlüssel.",
            hint="Stellen Sie sie aus der Sicherung wieder her.",
            file=path.name,
        ) from problem


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    """Return the bytes of a text. Raises ValueError for one that no encoder of ours would write (it has one form)."""
    raw = base64.b64decode(text.strip() + "=" * (-len(text.strip()) % 4), altchars=b"-_", validate=True)
    if _text(raw) != text.strip():
        raise ValueError("not in its one form")
    return raw
