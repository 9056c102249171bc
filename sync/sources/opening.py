"""Open a file with the reader its profile and its content ask for, and refuse a profile that does not fit."""

from __future__ import annotations

from pathlib import Path

from schemas.errors import SourceError
from sync.sources.files import file_kind, files_of
from sync.sources.limited import read_limited
from sync.sources.profile import Profile
from sync.sources.profile_files import load_profile, shipped_profiles
from sync.sources.rows import Headed, Source

_FORM_NAMES = {"csv": "CSV", "excel": "Excel", "xml": "XML", "json": "JSON", "vcard": "vCard"}
_LOOK_AHEAD = 12


def open_source(path: Path, profile: Profile) -> Source:
    """Return a file as a source whose header fits the profile; of a folder the newest file, or all its address cards.

    Raises:
        SourceError: nothing is there that can be read with this profile.
    """
    source = _reader(path, profile)
    missing = missing_columns(profile, source.header)
    if missing:
        raise _misfit(path, profile, source, missing)
    return source


def open_table(path: Path) -> Source:
    """Return a CSV or Excel file as a source without any profile. Raises SourceError."""
    kind = file_kind(path)
    if kind not in {"csv", "excel"}:
        raise SourceError(
            f"Die Datei {path.name} ist {_FORM_NAMES[kind]}; ein Entwurf geht nur für CSV und Excel.",
            hint=f"Für {_FORM_NAMES[kind]} gibt es fertige Profile: freinet_xml, oparl, stadtrat, vcard.",
            file=path.name,
        )
    return read_limited(kind, path, {})


def _reader(path: Path, profile: Profile) -> Source:
    options = profile.reader
    if path.is_dir() and options.kind == "vcard":
        return read_limited("vcard", path, {})
    path = files_of(path)[0] if path.is_dir() else path
    kind = file_kind(path)
    wanted = {"table": {"csv", "excel"}}.get(options.kind, {options.kind})
    if kind not in wanted:
        names = " oder ".join(_FORM_NAMES[k] for k in sorted(wanted))
        raise SourceError(
            f"Die Datei {path.name} ist {_FORM_NAMES[kind]}, das Profil {profile.name} liest aber {names}.",
            hint=_suggestion(path, profile, None),
            file=path.name,
            profile=profile.name,
        )
    return read_limited(kind, path, options.of(kind))


def recognised(profile: Profile, header: tuple[str, ...]) -> dict[str, str]:
    """Return the columns of a header that the profile knows, with the name it uses for them."""
    found = {title: profile.canonical.get(profile.title_key(title)) for title in header}
    return {title: name for title, name in found.items() if name is not None}


def missing_columns(profile: Profile, header: tuple[str, ...]) -> list[str]:
    """Return the columns the profile cannot do without and the header does not have (alternatives joined by "oder").

    These are those it ``expects``, or else what the required columns of its first record are made of.
    """
    there = set(recognised(profile, header).values())
    if profile.expects:
        return [name for name in profile.expects if name not in there]
    first = profile.records[0]
    missing = []
    for code in first.required:
        sources = [n for rule in first.columns.get(code, ()) for n in rule.columns]
        if sources and not there.intersection(sources):
            missing.append(" oder ".join(sources))
    return missing


def _misfit(path: Path, profile: Profile, source: Source, missing: list[str]) -> SourceError:
    shown = ", ".join(source.header[:8]) + (", …" if len(source.header) > 8 else "")
    row = _later_header(source, profile)
    hint = (
        f"Die Spaltentitel stehen offenbar erst in Zeile {row}: Löschen Sie die Zeilen darüber, oder geben Sie im "
        f"Profil unter [reader] header_row = {row} an."
        if row
        else _suggestion(path, profile, source)
    )
    return SourceError(
        f"Das Profil {profile.name} passt nicht zur Datei {source.name}: Es fehlt die Spalte {', '.join(missing)}. "
        f"Gefunden: {shown}.",
        hint=hint,
        file=source.name,
        row=1,
        column=", ".join(missing),
        profile=profile.name,
    )


def _later_header(source: Source, profile: Profile) -> int | None:
    """Return the row in which the expected titles stand, where a heading was put above them."""
    if isinstance(source, Headed):
        for number, cells in enumerate(source.head(_LOOK_AHEAD), start=1):
            titles = tuple(c for c in cells if c.strip())
            if titles and len(titles) > 1 and not missing_columns(profile, titles):
                return number
    return None


def _suggestion(path: Path, profile: Profile, source: Source | None) -> str:
    """Return a hint: the shipped profile that fits best, if one does."""
    best, most = "", 0
    for name in shipped_profiles():
        other = load_profile(name)
        if name == profile.name:
            continue
        try:
            header = (
                source.header if source and other.reader.kind == profile.reader.kind else _reader_header(path, other)
            )
        except SourceError:
            continue
        if header and not missing_columns(other, header) and len(recognised(other, header)) > most:
            best, most = name, len(recognised(other, header))
    if best:
        return f"Besser passt das Profil {best}."
    return f"Mit `kontaktnetz sync draft {path.name}` entsteht ein eigenes Profil."


def _reader_header(path: Path, profile: Profile) -> tuple[str, ...]:
    kind = file_kind(path)
    if kind != profile.reader.kind and not (profile.reader.kind == "table" and kind in {"csv", "excel"}):
        return ()
    return _reader(path, profile).header
