"""The commands ``kontaktnetz nocodb install | start | stop | status``: the NocoDB that Kontaktnetz brings along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kontaktnetz.embedded import install as installing
from kontaktnetz.embedded import server
from sync.settings import load_settings

app = typer.Typer(
    help="Das eingebaute NocoDB installieren, starten und anhalten.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def install(
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Alle Zusatzpakete mitinstallieren (1,4 GB statt 0,4 GB), auch die selten gebrauchten."
        ),
    ] = False,
) -> None:
    """NocoDB installieren (etwa eine halbe Minute, braucht das Internet)."""
    installing.install(load_settings().data_dir, full=full, report=_say)


@app.command()
def start() -> None:
    """NocoDB starten; beim ersten Mal wird es installiert und eingerichtet."""
    running = server.start(load_settings(), env_file=Path(".env"), report=_say)
    settings = load_settings()
    typer.echo(f"Adresse:   {running.url}/dashboard/")
    typer.echo(f"Anmeldung: {settings.nocodb_admin_email} (das Kennwort steht in der Datei .env)")


@app.command()
def stop() -> None:
    """NocoDB anhalten; alle Daten bleiben."""
    server.stop(load_settings().data_dir, _say)


@app.command()
def status() -> None:
    """Zeigen, ob NocoDB installiert ist und läuft."""
    typer.echo(str(server.status(load_settings())))


def _say(text: str) -> None:
    typer.echo(text, err=True)  # progress is no result
