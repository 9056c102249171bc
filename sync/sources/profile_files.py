"""Find and load profiles: the shipped ones by name, own ones as files. Errors name the key in the profile (German)."""

from __future__ import annotations

import difflib
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas.errors import SourceError
from sync.sources.profile import Profile, merged

_FOLDER = resources.files("sync.sources") / "profiles"


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that come with Kontaktnetz."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml") and not n.startswith("_")))


def load_profile(name: str | Path, folder: Path | None = None) -> Profile:
    """Return a profile by its shipped name, or from a file ending in .toml (relative to ``folder``).

    Raises:
        SourceError: there is no such profile, or it says something that cannot be (key named).
    """
    text = str(name)
    if text.endswith(".toml"):
        path = (folder or Path()) / text
        try:
            content = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"Das Profil {text} lässt sich nicht lesen.", hint=f"Prüfen Sie den Ort: {path}", profile=text
            ) from error
        return parse_profile(content, path.stem)
    if text not in shipped_profiles():
        close = difflib.get_close_matches(text, shipped_profiles(), 1)
        raise SourceError(
            f"Ein Profil „{text}“ gibt es nicht." + (f" Meinten Sie „{close[0]}“?" if close else ""),
            hint=f"Vorhanden: {', '.join(shipped_profiles())}. Ein eigenes Profil geben Sie als Datei an (….toml).",
            profile=text,
        )
    return parse_profile((_FOLDER / f"{text}.toml").read_text(encoding="utf-8"), text)


def parse_profile(content: str, name: str) -> Profile:
    """Return the profile written in ``content``. Raises SourceError naming the line or the key."""
    data = _with_includes(_parse(content, name), name)
    try:
        return Profile.model_validate({**data, "name": name})
    except ValidationError as error:
        problems = [f"{_place(e['loc'], data)}: {_german(e)}" for e in error.errors()[:5]]
        raise SourceError(
            f"Das Profil {name} enthält {error.error_count()} Fehler: {'; '.join(problems)}.",
            hint="Die Schlüssel sind in sync/sources/profiles/README.md erklärt.",
            profile=name,
        ) from error


def _parse(content: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(
            f"Das Profil {name} ist kein gültiges TOML ({error}).",
            hint="Häufig fehlt ein Anführungszeichen oder eine Klammer in der genannten Zeile.",
            profile=name,
        ) from error


def _with_includes(data: dict[str, Any], name: str) -> dict[str, Any]:
    wanted = data.get("include", ())
    for included in [wanted] if isinstance(wanted, str) else wanted:
        shared = _FOLDER / f"_{included}.toml"
        if not shared.is_file():
            raise SourceError(
                f"Das Profil {name} bindet „{included}“ ein, das es nicht gibt.",
                hint='Mitgeliefert ist include = "gemeinsam".',
                profile=name,
            )
        data = merged(tomllib.loads(shared.read_text(encoding="utf-8")), data)
    return data


def _place(location: tuple[int | str, ...], data: Any) -> str:
    """Return the key as written in the profile; a record is named by its handle."""
    parts: list[str] = []
    for step in location:
        inner: Any = None
        if isinstance(data, dict):
            inner = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            inner = data[step]
        handle = inner.get("handle") if isinstance(inner, dict) else None
        parts.append(str(handle or (step + 1 if isinstance(step, int) else step)))
        data = inner
    return ".".join(parts) or "Profil"


def _german(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    return {
        "missing": "fehlt",
        "extra_forbidden": "diesen Schlüssel gibt es nicht",
        "literal_error": f"erlaubt ist {context.get('expected', '')}",
        "string_type": "hier gehört Text in Anführungszeichen hin",
        "bool_parsing": "hier gehört true oder false hin",
        "bool_type": "hier gehört true oder false hin",
        "int_parsing": "hier gehört eine Zahl hin",
        "too_short": "es muss mindestens ein Eintrag da sein",
    }.get(kind, "hat nicht die erwartete Form")
