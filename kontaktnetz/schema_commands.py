"""`kontaktnetz schema`: set the base up, see what is missing, write the data model down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kontaktnetz.progress import Steps
from schemas.base import BASE
from schemas.document import document
from sync.connection import make_client
from sync.provision.apply import apply_schema, plan_schema
from sync.provision.drift import find_drift
from sync.settings import load_settings

app = typer.Typer(help="Tabellen, Spalten und Ansichten in NocoDB einrichten.", no_args_is_help=True)


@app.command("plan")
def plan() -> None:
    """Zeigen, was eingerichtet würde; ändert nichts."""
    settings = load_settings()
    print(plan_schema(make_client(settings), BASE, settings.nocodb_base).describe())


@app.command("apply")
def apply(
    allow_destructive: Annotated[
        bool, typer.Option("--allow-destructive", help="Auch Schritte erlauben, die Daten zerstören.")
    ] = False,
) -> None:
    """Fehlendes einrichten; was Sie umbenannt oder ergänzt haben, bleibt."""
    settings = load_settings()
    client = make_client(settings)
    with Steps() as steps:
        report = apply_schema(
            client, BASE, settings.nocodb_base, allow_destructive=allow_destructive, on_progress=steps
        )
    print(report.describe())


@app.command("drift")
def drift() -> None:
    """Zeigen, worin sich die Base von der Vorgabe unterscheidet (Rückgabewert 1, wenn etwas fehlt)."""
    settings = load_settings()
    found = find_drift(make_client(settings), BASE, settings.nocodb_base)
    print(found.describe())
    if not found.plan.empty:
        raise typer.Exit(1)


@app.command("document")
def write_document(
    into: Annotated[Path, typer.Argument(help="Datei, in die geschrieben wird.")] = Path("docs/datenmodell.md"),
) -> None:
    """Das Datenmodell als Seite schreiben."""
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(document(BASE), encoding="utf-8")
    print(f"Geschrieben: {into}")
