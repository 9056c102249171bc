"""The directory of sources, ``sources.toml``: which list is read from which file or address book with which profile."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import SourceError
from sync.address_cards import PREFIX
from sync.carddav import AddressBook, AddressBookError, BookReading
from sync.items import Delivery, Origin
from sync.mapping import deliver_parts
from sync.settings import read_secret
from sync.sources.naming import NOWHERE, Places, name_for_file
from sync.sources.opening import open_source
from sync.sources.profile import Profile
from sync.sources.profile_files import load_profile
from sync.sources.rows import Gap, Source
from sync.sources.vcard_list import VcardList

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_KEYS = {"title", "path", "profile", "files", "url", "user", "password_from", "ca_file"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: where it lies, and the profile that reads it (a shipped name or a file ending in .toml)."""

    path: Path
    profile: str

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.path.name

    @property
    def place(self) -> str:
        """Return where it lies, whatever folder one is in."""
        return str(self.path.resolve())

    def open(self, profile: Profile) -> Source:
        """Return it as a source. Raises SourceError."""
        return open_source(self.path, profile)


@dataclass(frozen=True, slots=True)
class SourceBook:
    """An address book on a CardDAV server; ``password_from`` names the line of ``.env`` that holds the password.

    ``ca_file`` holds the certificates to trust where the system knows none for the server.
    """

    url: str
    user: str
    password_from: str
    profile: str
    ca_file: Path | None = None

    @property
    def name(self) -> str:
        """Return what people call it: the address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path.rstrip('/')}"

    @property
    def place(self) -> str:
        """Return where it lies."""
        return self.name

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
        reading = AddressBook(self.url, self.user, password, self.ca_file).read()
        theirs = [(card.name, card.text) for card in reading.cards if not card.name.startswith(PREFIX)]
        if not theirs:
            raise self._nothing(reading)
        gaps = _gaps(self.name, reading)
        return VcardList(self.name, theirs, "Adressbuch (CardDAV)", gaps=gaps, one_each=True)

    def _nothing(self, reading: BookReading) -> AddressBookError:
        """Return the error for a book that gives no card of theirs."""
        withheld = sum(not name.startswith(PREFIX) for name in reading.withheld)
        if withheld or reading.cut_off:
            named = f"nennt im Adressbuch {self.name} {withheld} Karten" if withheld else f"bricht bei {self.name} ab"
            return AddressBookError(
                f"Der Server {named}, gibt aber von keiner Karte den Inhalt heraus.",
                hint="Bitte fragen Sie den Anbieter, ob das Adressbuch vollständig über CardDAV zu lesen ist, oder "
                "exportieren Sie es als vCard-Datei.",
            )
        return AddressBookError(
            f"Im Adressbuch {self.name} steht keine Karte (die von Kontaktnetz zählen nicht).",
            hint="Bitte prüfen Sie, ob es das richtige Adressbuch ist. Es wurde nichts geändert.",
        )


def _gaps(book: str, reading: BookReading) -> Iterator[Gap]:
    """Say which cards the server did not give; ours would not come back anyway. Most servers name a card by its UID."""
    for name, status in reading.withheld.items():
        if not name.startswith(PREFIX):
            reason = f"Der Server gibt die Karte nicht heraus (Antwort {status})."
            hint = "Bleibt es dabei, öffnen Sie sie im Adressbuch und speichern Sie sie neu."
            yield Gap(Origin(name, 1), reason, hint, name, {"UID": name.removesuffix(".vcf")})
    if reading.cut_off:
        reason = f"Der Server hat die Liste der Karten abgebrochen (Antwort {reading.cut_off}); es fehlen welche."
        hint = "Bitte lassen Sie dort mehr Karten je Antwort zu, oder teilen Sie das Adressbuch auf mehrere auf."
        yield Gap(Origin(book, 1), reason, hint)


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source: ``name`` stays for ever (it is part of every ident), ``title`` is for people.

    Links between the parts of one source find their target. ``folder`` is where relative profiles lie.
    """

    name: str
    title: str
    parts: tuple[SourceFile | SourceBook, ...]
    folder: Path = Path()

    @property
    def place(self) -> str:
        """Return where its parts lie."""
        return ", ".join(part.place for part in self.parts)


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


def spec_for_file(path: Path, profile: str, *, known: Places = NOWHERE, name: str | None = None) -> SourceSpec:
    """Return a source for a single file that is in no directory; its name is made of the file's unless one is given.

    Raises:
        SourceError: a ``known`` source of that name came from another place, or the given name is none.
    """
    part = SourceFile(path, profile)
    if name is not None and not _NAME.fullmatch(name):
        raise SourceError(
            f"„{name}“ kann keine Quelle heißen.", hint="Erlaubt sind kleine Buchstaben, Ziffern, - und _.", source=name
        )
    return SourceSpec(name or name_for_file(path.stem, part.place, known), path.name, (part,))


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
    told = {key: entry.get(key, "") for key in ("url", "user", "password_from", "profile", "ca_file")}
    told["profile"] = told["profile"] or "vcard"
    for key, value in told.items():
        if not isinstance(value, str) or (key == "url" and not value):
            raise _wrong(path, name, f"fehlt die Angabe {key}", f'Zum Beispiel: {key} = "…"')
    if told["user"] and not told["password_from"]:
        hint = (
            'Zum Beispiel: password_from = "ADRESSBUCH_KENNWORT"; das Kennwort selbst steht unter diesem Namen in .env.'
        )
        raise _wrong(path, name, "fehlt die Angabe password_from", hint)
    ca_file = told.pop("ca_file")
    return SourceBook(**told, ca_file=path.parent / Path(ca_file).expanduser() if ca_file else None)


def _wrong(path: Path, name: str, what: str, hint: str) -> SourceError:
    return SourceError(f"{path.name}: Quelle „{name}“ {what}.", hint=hint, file=path.name, source=name)
