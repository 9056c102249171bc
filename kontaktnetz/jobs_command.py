"""`kontaktnetz jobs`: run what is to happen by itself."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Annotated

import typer

from automations.runner import run_once, run_until
from kontaktnetz.progress import say
from sync.settings import load_settings


def jobs(
    once: Annotated[bool, typer.Option("--once", help="Jede Aufgabe einmal ausführen, dann enden.")] = False,
) -> None:
    """Regelmäßige Aufgaben ausführen, bis Strg-C gedrückt wird.

    Alle paar Minuten den Spiegel auffrischen, nachts Listen einlesen und Dubletten suchen.
    """
    settings = load_settings()
    settings.require_server()

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    if once:
        if not run_once(settings, tell=say, now=now):
            raise typer.Exit(1)
        return
    say("Aufgaben laufen (Beenden mit Strg-C).")
    run_until(threading.Event(), settings, tell=say, now=now)
