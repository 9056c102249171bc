"""Write values into a ``.env`` file: other lines and comments stay, only the owner may read it, never half-written."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from kontaktnetz.private_file import write_private
from sync.env_file import read_env_text

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./?&~-]*")


def update_env_file(path: Path, values: Mapping[str, str]) -> None:
    """Set ``values`` in the file, each in the line where it stands already, else at the end; make the file if needed.

    Raises:
        ValueError: a value holds a line break or a ``$``, which readers of such files understand differently.
    """
    target = path.resolve()  # a link stays a link
    text = read_env_text(target)
    write_private(target, _with_values(text, values))


def _with_values(text: str, values: Mapping[str, str]) -> str:
    lines = []
    missing = dict(values)
    for binding in parse_stream(io.StringIO(text, newline="")):
        original = binding.original.string
        if binding.key in values and not binding.error:
            body = original.lstrip()
            before = original[: len(original) - len(body)]  # the parser counts empty lines to what follows them
            original = before + _line(binding.key or "", values[binding.key or ""], _line_end(original) or "\n")
            missing.pop(binding.key or "", None)
        lines.append(original)
    if missing and lines and not _line_end(lines[-1]):
        lines.append("\n")
    end = "\r\n" if "\r\n" in text else "\n"
    return "".join(lines + [_line(key, value, end) for key, value in missing.items()])


def _line(key: str, value: str, end: str) -> str:
    if any(sign in value for sign in "\r\n$"):
        raise ValueError(f"{key} cannot be written into an env file")
    if not _PLAIN.fullmatch(value):
        value = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"{key}={value}{end}"


def _line_end(line: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if line.endswith(end)), "")
