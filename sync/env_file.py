"""The grammar of a ``.env`` file, read and written: as a person wrote it, in whatever encoding their editor saves.

A password may hold any sign. Nothing is put in for ``$NAME``, a backslash is a backslash, and a ``#`` that may belong
to a password or begin a remark is asked about instead of cut off. What is unclear is refused. A value is one line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values

from schemas.errors import ConfigError

MOST_BYTES = 1_000_000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|KENNWORT", re.IGNORECASE)
_QUOTED = re.compile(r"""(['"])((?:\\.|(?!\1)[^\\])*)\1\s*(?:#.*)?""")
_ESCAPED = re.compile(r'\\([\\"])')
_REMARK = re.compile(r"\s#")
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./?&~-]*")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DOS_OR_WINDOWS = re.compile(rb"[\x81-\x9f]")
"""Bytes that are umlauts in the encoding of the Windows command line, and quotes and dashes in that of its editor."""


def read_env(path: Path) -> dict[str, str]:
    """Return the values by name; nothing if there is no such file.

    Raises:
        ConfigError: the file or a line of it cannot be read; the line is named, its value is not.
    """
    values: dict[str, str] = {}
    for number, line in enumerate(lines_of(read_env_text(path)), 1):
        told = _bare(line)
        if told and not told.startswith("#"):
            name, value = _read_line(path, number, told)
            values[name] = value
    return values


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of such a file, each with its end (Windows, Unix or old Mac)."""
    return iter(io.StringIO(text, newline=""))


def name_in(line: str) -> str:
    """Return the name that a line sets, empty if it sets none."""
    name, equals, _ = _bare(line).removeprefix("export ").partition("=")
    return name.strip() if equals and _NAME.fullmatch(name.strip()) else ""


def env_line(name: str, value: str) -> str:
    """Return the line, without its end, that ``read_env`` reads as this value.

    Raises:
        ValueError: the value holds a line break or a NUL.
    """
    if any(sign in value for sign in "\r\n\0"):
        raise ValueError(f"{name} cannot be written into an env file")
    if not _PLAIN.fullmatch(value):
        value = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"{name}={value}"


def read_env_text(path: Path) -> str:
    """Return the text of the file, empty if there is none.

    Raises:
        ConfigError: the file is too large, may not be read, or its encoding cannot be told.
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
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            _refuse_dos(path, content)
        return text
    raise ConfigError(f"Die Datei {path} ist kein Text.", hint="Bitte speichern Sie sie als Text (UTF-8).")


def _refuse_dos(path: Path, content: bytes) -> None:
    """Raise ConfigError where a setting holds a byte that Windows and DOS read as different letters."""
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), 1):
        if not line.lstrip().startswith(b"#") and _DOS_OR_WINDOWS.search(line):
            hint = "Bitte öffnen Sie die Datei im Editor und speichern Sie sie als UTF-8."
            raise _unclear(path, number, "enthält Zeichen, deren Zeichensatz nicht sicher ist", hint)


def _bare(line: str) -> str:
    return line.strip().strip(_INVISIBLE).strip()


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
        if quoted[1] == "'":
            return name, str(dotenv_values(stream=io.StringIO(f"{name}={value}"), interpolate=False)[name])
        return name, _ESCAPED.sub(r"\1", quoted[2])  # dotenv would make "C:\\neu" a line break
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
