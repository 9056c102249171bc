"""The directory of sources, ``sources.toml``: which list is read from which file or address book with which profile."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import SourceError
from sync.address_cards import PREFIX
from sync.carddav import AddressBook
from sync.items import Delivery
from sync.mapping import deliver_parts
from sync.settings import read_secret
from sync.sources.opening import open_source
from sync.sources.profile import Profile
from sync.sources.profile_files import load_profile
from sync.sources.rows import Source
from sync.sources.vcard_list import VcardList

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_KEYS = {"title", "path", "profile", "files", "url", "user", "password_from"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: where it lies, and the profile that reads it (a shipped name or a file ending in .toml)."""

    path: Path
    profile: str

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.path.name

    def open(self, profile: Profile) -> Source:
        """Return it as a source. Raises SourceError."""
        return open_source(self.path, profile)


@dataclass(frozen=True, slots=True)
class SourceBook:
    """An address book on a CardDAV server; ``password_from`` names the line of ``.env`` that holds the password."""

    url: str
    user: str
    password_from: str
    profile: str

    @property
    def name(self) -> str:
        """Return what people call it: the address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path.rstrip('/')}"

    def open(self, profile: Profile) -> Source:
        """Return it as a source: all its cards are read now.

        Raises:
            SourceError: the book is not there, does not answer, or has no card; or the profile reads no cards.
            ConfigError: the password is missing in ``.env``.
        """
        if profile.reader.kind != "vcard":
            raise SourceError(
                f"Das Profil {profile.name} liest keine Adresskarten, ein Adressbuch besteht aber aus ihnen.",
                hint="Mitgeliefert ist das Profil vcard.",
                profile=profile.name,
            )
        password = read_secret(self.password_from) if self.password_from else ""
        cards = AddressBook(self.url, self.user, password).cards()
        theirs = [(card.name, card.text) for card in cards if not card.name.startswith(PREFIX)]  # ours would come back
        return VcardList(self.name, theirs, "Adressbuch (CardDAV)")


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source: ``name`` stays for ever (it is part of every ident), ``title`` is for people.

    Links between the parts of one source find their target. ``folder`` is where relative profiles lie.
    """

    name: str
    title: str
    parts: tuple[SourceFile | SourceBook, ...]
    folder: Path = Path()


def load_sources(path: Path) -> dict[str, SourceSpec]:
    """Return the sources by name. Paths in the file are relative to the file.

    Raises:
        SourceError: the file is missing or says something that cannot be (source and key named).
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SourceError(
            f"Das Verzeichnis der Quellen {path.name} gibt es nicht.",
            hint=f"Legen Sie es an ({path}); ein Beispiel liegt unter examples/.",
            file=path.name,
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(
            f"Das Verzeichnis der Quellen {path.name} lässt sich nicht lesen ({error}).",
            hint="Häufig fehlt ein Anführungszeichen oder eine eckige Klammer in der genannten Zeile.",
            file=path.name,
        ) from error
    return {name: _spec(name, entry, path) for name, entry in data.items()}


def spec_for_file(path: Path, profile: str) -> SourceSpec:
    """Return a source for a single file that is in no directory; its name is made of the file's name."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-") or "liste"
    return SourceSpec(name, path.name, (SourceFile(path, profile),))


def open_delivery(spec: SourceSpec) -> Delivery:
    """Read a source completely. Raises SourceError."""
    opened = []
    for part in spec.parts:
        profile = load_profile(part.profile, spec.folder)
        opened.append((profile, part.open(profile)))
    return deliver_parts(spec.name, opened)


def _spec(name: str, entry: Any, path: Path) -> SourceSpec:
    if not isinstance(entry, dict):
        raise _wrong(
            path, name, "gehört in einen eigenen Abschnitt", f"Schreiben Sie [{name}] und darunter die Angaben."
        )
    if not _NAME.fullmatch(name):
        hint = "Erlaubt sind kleine Buchstaben, Ziffern, - und _; der Name darf sich später nicht mehr ändern."
        raise _wrong(path, name, "hat keinen brauchbaren Namen", hint)
    if "password" in entry:
        raise _wrong(path, name, "enthält ein Kennwort", "Es gehört nach .env; hier steht nur password_from.")
    if unknown := sorted(set(entry) - _KEYS):
        raise _wrong(path, name, f"kennt den Schlüssel „{unknown[0]}“ nicht", f"Erlaubt: {', '.join(sorted(_KEYS))}.")
    title = str(entry.get("title", name))
    if "url" in entry:
        return SourceSpec(name, title, (_book(name, entry, path),), path.parent)
    listed = entry["files"] if "files" in entry else [{k: entry[k] for k in ("path", "profile") if k in entry}]
    if not isinstance(listed, list) or not listed or ("files" in entry and ("path" in entry or "profile" in entry)):
        raise _wrong(path, name, "nennt seine Dateien nicht eindeutig", "Entweder path und profile, oder files = […].")
    files = []
    for file in listed:
        for key in ("path", "profile"):
            if not isinstance(file, dict) or not isinstance(file.get(key), str) or not file[key]:
                raise _wrong(path, name, f"fehlt die Angabe {key}", f'Zum Beispiel: {key} = "…"')
        files.append(SourceFile(path.parent / Path(file["path"]).expanduser(), file["profile"]))
    return SourceSpec(name, title, tuple(files), path.parent)


def _book(name: str, entry: dict[str, Any], path: Path) -> SourceBook:
    if both := {"path", "files"} & set(entry):
        raise _wrong(path, name, f"nennt url und {min(both)}", "Ein Adressbuch im Netz hat nur url.")
    told = {key: entry.get(key, "") for key in ("url", "user", "password_from", "profile")}
    told["profile"] = told["profile"] or "vcard"
    for key, value in told.items():
        if not isinstance(value, str) or (key == "url" and not value):
            raise _wrong(path, name, f"fehlt die Angabe {key}", f'Zum Beispiel: {key} = "…"')
    if told["user"] and not told["password_from"]:
        hint = (
            'Zum Beispiel: password_from = "ADRESSBUCH_KENNWORT"; das Kennwort selbst steht unter diesem Namen in .env.'
        )
        raise _wrong(path, name, "fehlt die Angabe password_from", hint)
    return SourceBook(**told)


def _wrong(path: Path, name: str, what: str, hint: str) -> SourceError:
    return SourceError(f"{path.name}: Quelle „{name}“ {what}.", hint=hint, file=path.name, source=name)
