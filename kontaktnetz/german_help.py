"""What the command line library says in English, in German: headings of the help and wrong calls."""

from __future__ import annotations

import re
from typing import Any

import typer.rich_utils
from typer.exceptions import TyperException

_SENTENCES = (
    (r"Missing argument '?([^'.]+)'?\.", "Es fehlt eine Angabe: {0}."),
    (r"Missing option '?([^'.]+)'?\.", "Es fehlt die Option {0}."),
    (r"Missing parameter: (\w+)", "Es fehlt eine Angabe: {0}."),
    (r"Missing command\.", "Es fehlt der Befehl."),
    (r"No such command '(.+?)'\.?", "Den Befehl „{0}“ gibt es nicht."),
    (r"No such option: (\S+)", "Die Option {0} gibt es nicht."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "Diese Angabe ist zu viel: {0}."),
    (r"Option '?(.+?)'? requires an argument\.?", "Der Option {0} fehlt ihr Wert."),
    (r"Invalid value for '?(.+?)'?: (.+)", "Der Wert für {0} passt nicht: {1}"),
)


def install() -> None:
    """Put German headings into the help."""
    typer.rich_utils.ARGUMENTS_PANEL_TITLE = "Angaben"
    typer.rich_utils.OPTIONS_PANEL_TITLE = "Optionen"
    typer.rich_utils.COMMANDS_PANEL_TITLE = "Befehle"
    typer.rich_utils.DEFAULT_STRING = "[Vorgabe: {}]"
    typer.rich_utils.REQUIRED_LONG_STRING = "[nötig]"


def translate(command: Any) -> Any:
    """Let a command and all below it explain themselves in German; returns the command."""
    own_option, own_usage = command.get_help_option, command.get_usage

    def help_option(context: Any) -> Any:
        option = own_option(context)
        if option is not None:
            option.help = "Diese Hilfe zeigen."
        return option

    command.get_help_option = help_option
    command.get_usage = lambda context: own_usage(context).replace("Usage:", "Aufruf:", 1)
    command.options_metavar = "[OPTIONEN]"
    if hasattr(command, "commands"):
        command.subcommand_metavar = "BEFEHL …"
        for sub in command.commands.values():
            translate(sub)
    return command


def sentence(problem: TyperException) -> str:
    """Return in German what is wrong with a call, and where help is.

    >>> sentence(TyperException("No such command 'foo'."))
    'Den Befehl „foo“ gibt es nicht.\\nHilfe: kontaktnetz --help'
    """
    said = str(getattr(problem, "message", "") or problem)
    for pattern, german in _SENTENCES:
        if found := re.match(pattern, said):
            said = german.format(*found.groups())
            break
    context = getattr(problem, "ctx", None)
    path = context.command_path if context else "kontaktnetz"
    return f"{said}\nHilfe: {path} --help"
