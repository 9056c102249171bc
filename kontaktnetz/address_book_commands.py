"""`kontaktnetz address-book`: the contacts for the phones of the team, as a file or in a book on a server."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kontaktnetz.progress import Steps
from schemas.time_zone import BERLIN
from sync.address_book import plan_book, push, team_book, team_cards
from sync.connection import open_base
from sync.settings import load_settings
from sync.text_files import replace_text

app = typer.Typer(help="Die Kontakte auf die Telefone des Teams bringen.", no_args_is_help=True)


@app.command("plan")
def plan() -> None:
    """Zeigen, was sich im Adressbuch aus .env ändern würde; ändert nichts."""
    settings = load_settings()
    book = team_book(settings)
    print(plan_book(team_cards(open_base(settings), _today()), book.cards()).describe() + ".")


@app.command("apply")
def apply() -> None:
    """Das Adressbuch aus .env auf den Stand der Base bringen; fremde Karten darin bleiben, wie sie sind."""
    settings = load_settings()
    with Steps() as steps:
        report = push(
            settings,
            open_base(settings),
            _today(),
            on_progress=lambda done, total: steps(done, total, "Karten"),
        )
    print(report.describe() + ".")


@app.command("file")
def file(path: Annotated[Path, typer.Argument(metavar="DATEI", help="Zum Beispiel team.vcf.")]) -> None:
    """Alle Karten in eine Datei schreiben (vCard 3.0), die nur Sie lesen dürfen."""
    cards = team_cards(open_base(load_settings()), _today())
    replace_text(path, "".join(cards.values()))
    print(
        f"{len(cards)} Karten stehen in {path}. Wer „Nicht weitergeben“ angekreuzt hat, ist nicht dabei. "
        "Bitte löschen Sie die Datei, wenn sie auf dem Telefon ist."
    )


def _today() -> dt.date:
    return dt.datetime.now(BERLIN).date()
