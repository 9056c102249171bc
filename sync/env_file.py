"""Read a ``.env`` file as a person wrote it, in whatever encoding their editor saves; what is unclear is refused.

A password may hold any sign. Nothing is put in for ``$NAME``, a backslash is a backslash, and a ``#`` that may belong
to a password or begin a remark is asked about instead of cut off.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from schemas.errors import ConfigError

MOST_BYTES = 1_000_000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|KENNWORT", re.IGNORECASE)
_QUOTED = re.compile(r"""(['"])((?:\\.|(?!\1)[^\\])*)\1\s*(?:#.*)?""")
_ESCAPED = {quote: re.compile(rf"\\([\\{quote}])") for quote in "'\""}
_REMARK = re.compile(r"\s#")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_env(path: Path) -> dict[str, str]:
    """Return the values by name; nothing if there is no such file.

    Raises:
        ConfigError: the file or a line of it cannot be read; the line is named, its value is not.
    """
    values: dict[str, str] = {}
    for number, line in enumerate(io.StringIO(read_env_text(path), newline=None), 1):
        told = line.strip().strip(_INVISIBLE).strip()
        if told and not told.startswith("#"):
            name, value = _read_line(path, number, told)
            values[name] = value
    return values


def read_env_text(path: Path) -> str:
    """Return the text of the file, empty if there is none.

    Raises:
        ConfigError: the file is too large or may not be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return ""
    except OSError as problem:
        raise ConfigError(f"Die Datei {path} lässt sich nicht lesen ({problem.strerror}).") from problem
    if len(content) > MOST_BYTES:
        raise ConfigError(f"Die Datei {path} ist zu groß für Einstellungen.", hint="Ist es die richtige Datei?")
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if marked is None and b"\0" in content[:200]:
        marked = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    for encoding in filter(None, (marked, "utf-8", "cp1252")):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConfigError(f"Die Datei {path} ist kein Text.", hint="Bitte speichern Sie sie als Text (UTF-8).")


def _read_line(path: Path, number: int, told: str) -> tuple[str, str]:
    name, equals, value = told.removeprefix("export ").partition("=")
    name, value = name.strip(), value.strip().strip(_INVISIBLE).strip()
    if not equals or not _NAME.fullmatch(name):
        raise _unclear(path, number, "ist keine Einstellung", "Erwartet wird NAME=Wert; Bemerkungen beginnen mit #.")
    if value[:1] in ("'", '"'):
        quoted = _QUOTED.fullmatch(value)
        if quoted is None:
            hint = f"Schließen Sie den Wert von {name} mit demselben Anführungszeichen, mit dem er beginnt."
            raise _unclear(path, number, "hat ein Anführungszeichen zu viel oder zu wenig", hint)
        return name, _ESCAPED[quoted[1]].sub(r"\1", quoted[2])
    if value.startswith("#"):
        return name, ""
    if remark := _REMARK.search(value):
        if _SECRET.search(name):
            hint = (
                f"Gehört es zu {name}, setzen Sie den Wert in einfache Anführungszeichen ('…'); sonst löschen Sie es."
            )
            raise _unclear(path, number, "enthält ein #", hint)
        value = value[: remark.start()].rstrip()
    return name, value


def _unclear(path: Path, number: int, what: str, hint: str) -> ConfigError:
    return ConfigError(f"Zeile {number} der Datei {path} {what}.", hint=hint, line=number)
