"""Write values into a ``.env`` file: other lines and comments stay, only the owner may read it, never half-written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sync.env_file import env_line, lines_of, name_in, read_env_text
from sync.text_files import replace_text


def update_env_file(path: Path, values: Mapping[str, str]) -> None:
    """Set ``values`` in the file, each in the line where it stands already, else at the end; make the file if needed.

    Raises:
        ConfigError: the file cannot be read.
        ValueError: a value holds a line break.
    """
    target = path.resolve()  # a link stays a link
    text = read_env_text(target)
    replace_text(target, _with_values(text, values))


def _with_values(text: str, values: Mapping[str, str]) -> str:
    lines = []
    missing = dict(values)
    for line in lines_of(text):
        name = name_in(line)
        if name in values:
            lines.append(env_line(name, values[name]) + (_line_end(line) or "\n"))
            missing.pop(name, None)
        else:
            lines.append(line)
    if missing and lines and not _line_end(lines[-1]):
        lines.append("\n")
    end = "\r\n" if "\r\n" in text else "\n"
    return "".join(lines + [env_line(name, value) + end for name, value in missing.items()])


def _line_end(line: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if line.endswith(end)), "")
