"""The command `kontaktnetz`. Errors end as a German sentence; the exit code tells a script what kind it was.

0 done, 1 a person must do something, 2 wrong call, 3 may work later (server away, another writer at work).
"""

from __future__ import annotations

import logging
import os
import signal
import stat
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from typer.exceptions import TyperException

from kontaktnetz import (
    address_book_commands,
    german_help,
    jobs_command,
    mail_command,
    nocodb_commands,
    schema_commands,
    seal_commands,
    sync_commands,
)
from kontaktnetz.answers_command import answers
from kontaktnetz.dashboard_command import dashboard
from kontaktnetz.demo import demo
from kontaktnetz.doctor import doctor
from kontaktnetz.logs import log_to
from kontaktnetz.progress import say
from schemas.errors import KontaktnetzError, Transient
from sync.disk_problems import as_disk_problem
from sync.settings import Settings, load_settings

log = logging.getLogger(__name__)

_OURS = ("mirror", "nocodb", "status.sqlite")
"""What shows that a folder is our data folder."""

FAILED, WRONG_CALL, LATER, STOPPED = 1, 2, 3, 130

german_help.install()
app = typer.Typer(
    name="kontaktnetz",
    help="Kontakte einer Freiwilligenagentur in NocoDB: einrichten, abgleichen, ansehen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(nocodb_commands.app, name="nocodb")
app.add_typer(schema_commands.app, name="schema")
app.add_typer(sync_commands.app, name="sync")
app.add_typer(address_book_commands.app, name="address-book")
app.command("dashboard")(dashboard)
app.command("answers")(answers)
app.command("demo")(demo)
app.command("doctor")(doctor)
app.add_typer(jobs_command.app, name="jobs")
app.add_typer(mail_command.app, name="mail")
app.add_typer(seal_commands.app, name="seal")


@app.callback()
def options(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Bei einem Fehler alle Einzelheiten zeigen.")] = False,
) -> None:
    """Run before every command."""
    context.obj = {"debug": debug}
    _close(_data_dir())
    log_to(_data_dir(), debug=debug, secrets=_secrets())


def main() -> None:
    """Run the command line; never shows a traceback unless asked with --debug."""
    os.umask(0o077)  # what we write is about people: for nobody else on this machine
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(run(sys.argv[1:]))


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End on SIGTERM as on Ctrl-C, so that systemd's stop gives locks back instead of leaving them for two minutes."""
    raise KeyboardInterrupt


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    debug = "--debug" in arguments
    try:
        command = german_help.translate(typer.main.get_command(app))
        result = command.main(args=arguments, prog_name="kontaktnetz", standalone_mode=False)
        if result == STOPPED:  # typer 0.29 makes it of a Ctrl-C, without a word
            raise KeyboardInterrupt
    except KontaktnetzError as problem:
        return _tell(problem, debug=debug)
    except KeyboardInterrupt:
        say("\nAbgebrochen. Ein neuer Start macht dort weiter, wo es nötig ist.")
        return STOPPED
    except TyperException as problem:
        if type(problem).__name__ == "NoArgsIsHelpError":
            print(problem)
        else:
            say(german_help.sentence(problem))
        return WRONG_CALL
    except Exception as problem:
        if told := as_disk_problem(problem, _data_dir()):
            return _tell(told, debug=debug)
        log.exception("unexpected")
        if debug:
            raise
        say(
            f"Das hätte nicht passieren dürfen: {type(problem).__name__}. Es wurde nichts weiter geändert.\n"
            "Bitte wiederholen Sie den Befehl mit --debug und geben Sie die Ausgabe an die Entwicklung weiter."
        )
        return FAILED
    return int(result or 0)


def _tell(problem: KontaktnetzError, *, debug: bool) -> int:
    log.info("failed problem=%s facts=%s", type(problem).__name__, problem.facts, exc_info=debug)
    say(f"Fehler: {problem.message}" + (f"\n{problem.hint}" if problem.hint else ""))
    return LATER if isinstance(problem, Transient) else FAILED


def _close(data_dir: Path) -> None:
    """Let nobody else on this machine look into the data folder, also into one that an earlier version made.

    A folder that is not ours alone (``/tmp``, or one without anything of ours in it) stays as it is.
    """
    try:
        found = data_dir.stat()
        ours = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
        if ours and found.st_mode & 0o077 and any((data_dir / name).exists() for name in _OURS):
            data_dir.chmod(stat.S_IMODE(found.st_mode) & ~0o077)
    except OSError:
        return  # not there yet, or somebody else's: what needs it will say so


def _secrets() -> frozenset[str]:
    try:
        return load_settings().secrets
    except KontaktnetzError:
        return frozenset()  # the command itself says what is wrong


def _data_dir() -> Path:
    try:
        return load_settings().data_dir
    except KontaktnetzError:
        return Path(str(Settings.model_fields["data_dir"].default))  # the command itself says what is wrong
