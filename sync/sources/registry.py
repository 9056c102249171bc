"""The directory of sources, ``sources.toml``: which list is read from which file with which profile."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import SourceError
from sync.items import Delivery
from sync.mapping import deliver_parts
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_KEYS = {"title", "path", "profile", "files"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: where it lies, and the profile that reads it (a shipped name or a file ending in .toml)."""

    path: Path
    profile: str


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source: ``name`` stays for ever (it is part of every ident), ``title`` is for people.

    ``further`` are more files of the same source; links between the files of one source find their target.
    ``folder`` is where relative profiles lie.
    """

    name: str
    title: str
    path: Path
    profile: str
    further: tuple[SourceFile, ...] = ()
    folder: Path = Path()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """Return every file of the source, in order."""
        return (SourceFile(self.path, self.profile), *self.further)


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
    return SourceSpec(name, path.name, path, profile)


def open_delivery(spec: SourceSpec) -> Delivery:
    """Read a source completely. Raises SourceError."""
    opened = []
    for file in spec.files:
        profile = load_profile(file.profile, spec.folder)
        opened.append((profile, open_source(file.path, profile)))
    return deliver_parts(spec.name, opened)


def _spec(name: str, entry: Any, path: Path) -> SourceSpec:
    if not isinstance(entry, dict):
        raise _wrong(
            path, name, "gehört in einen eigenen Abschnitt", f"Schreiben Sie [{name}] und darunter die Angaben."
        )
    if not _NAME.fullmatch(name):
        hint = "Erlaubt sind kleine Buchstaben, Ziffern, - und _; der Name darf sich später nicht mehr ändern."
        raise _wrong(path, name, "hat keinen brauchbaren Namen", hint)
    if unknown := sorted(set(entry) - _KEYS):
        raise _wrong(path, name, f"kennt den Schlüssel „{unknown[0]}“ nicht", f"Erlaubt: {', '.join(sorted(_KEYS))}.")
    listed = entry["files"] if "files" in entry else [{k: entry[k] for k in ("path", "profile") if k in entry}]
    if not isinstance(listed, list) or not listed or ("files" in entry and ("path" in entry or "profile" in entry)):
        raise _wrong(path, name, "nennt seine Dateien nicht eindeutig", "Entweder path und profile, oder files = […].")
    files = []
    for file in listed:
        for key in ("path", "profile"):
            if not isinstance(file, dict) or not isinstance(file.get(key), str) or not file[key]:
                raise _wrong(path, name, f"fehlt die Angabe {key}", f'Zum Beispiel: {key} = "…"')
        files.append(SourceFile(path.parent / Path(file["path"]).expanduser(), file["profile"]))
    first, *further = files
    return SourceSpec(name, str(entry.get("title", name)), first.path, first.profile, tuple(further), path.parent)


def _wrong(path: Path, name: str, what: str, hint: str) -> SourceError:
    return SourceError(f"{path.name}: Quelle „{name}“ {what}.", hint=hint, file=path.name, source=name)
