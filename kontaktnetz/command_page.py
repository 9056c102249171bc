"""Write every command with its help down as a page (German, Markdown): what `--help` says, to read and to link to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

_HEAD = """# Die Befehle

Diese Seite entsteht aus der Hilfe der Befehle (`python -m kontaktnetz.command_page`); bitte nicht von Hand ändern.
Alle Befehle verstehen `--help`. Rückgabewerte: 0 erledigt, 1 jemand muss etwas tun, 2 falscher Aufruf,
3 später noch einmal versuchen (NocoDB nicht erreichbar, oder ein anderer Vorgang schreibt gerade).
"""


def command_page(app: typer.Typer) -> str:
    """Return the page; the same commands give the same text."""
    return "\n".join([_HEAD, *_describe(typer.main.get_command(app), "kontaktnetz")])


def _describe(command: Any, path: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    yield f"## `{path}`\n" if path == "kontaktnetz" or inner else f"### `{path}{_usage(command)}`\n"
    if command.help:
        yield f"{' '.join(command.help.split())}\n"
    explained = [(name, text) for name, text in map(_parameter, command.params) if text]
    if explained:
        yield from (f"- `{name}`: {text}" for name, text in explained)
        yield ""
    for name, sub in (inner or {}).items():
        yield from _describe(sub, f"{path} {name}")


def _usage(command: Any) -> str:
    words = [_name(p) for p in command.params if p.param_type_name == "argument"]
    return "".join(f" {word}" for word in words)


def _name(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _parameter(parameter: Any) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return _name(parameter), str(parameter.help or "")
    value = "" if parameter.is_flag else f" {_name(parameter)}"
    return f"{parameter.opts[0]}{value}", str(parameter.help or "")


if __name__ == "__main__":
    from pathlib import Path

    from kontaktnetz.cli import app as all_commands

    Path("docs/befehle.md").write_text(command_page(all_commands), encoding="utf-8")
