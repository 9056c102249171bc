"""`kontaktnetz jobs`: what is to happen by itself, when, and running it."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Annotated

import typer

from automations.runner import JOBS, Runner
from automations.timetable import next_slot
from kontaktnetz.progress import say
from schemas.time_zone import BERLIN
from sync.clock import utc_now
from sync.settings import load_settings

app = typer.Typer(help="Regelmäßige Aufgaben: ansehen und ausführen.", invoke_without_command=True)


@app.callback()
def jobs(context: typer.Context) -> None:
    """Ohne weiteren Befehl: Aufgaben ausführen, bis Strg-C gedrückt wird (wie run-forever)."""
    if context.invoked_subcommand is None:
        run_forever()


@app.command("run-forever")
def run_forever() -> None:
    """Alle Aufgaben zu ihren Zeiten ausführen, bis Strg-C gedrückt wird; Versäumtes wird nachgeholt."""
    runner = _runner()
    say("Aufgaben laufen (Beenden mit Strg-C).")
    runner.run_until(threading.Event())


@app.command("due")
def due() -> None:
    """Alles ausführen, was jetzt fällig ist, dann enden; zum Beispiel für cron oder systemd."""
    if not _runner().run_due():
        raise typer.Exit(1)


@app.command("list")
def list_jobs() -> None:
    """Alle Aufgaben zeigen: wann sie laufen, zuletzt liefen und das nächste Mal laufen."""
    runner = _runner()
    now = utc_now()
    for job in JOBS:
        last = runner.last(job)
        done = f"zuletzt {_shown(last)}" if last else ("hier auf diesem Rechner" if job.local else "noch nie gelaufen")
        coming = _shown(next_slot(job.rule, now))
        print(f"{job.code:14} {job.name:26} {job.rule.describe():24} {done}; nächstes Mal {coming}")


@app.command("plan")
def plan() -> None:
    """Zeigen, was `jobs due` jetzt ausführen würde; führt nichts aus."""
    runner = _runner()
    waiting = [(job, slot) for job in JOBS for slot in runner.due(job)]
    for job, slot in waiting:
        print(f"{job.name}: fällig seit {_shown(slot)}")
    if not waiting:
        print("Nichts ist fällig.")


@app.command("run")
def run(name: Annotated[str, typer.Argument(metavar="AUFGABE", help="Ein Wort aus `jobs list`, etwa lists.")]) -> None:
    """Eine Aufgabe jetzt ausführen, gleich wann sie fällig ist."""
    known = {job.code: job for job in JOBS}
    if name not in known:
        raise typer.BadParameter(f"Bekannt sind: {', '.join(known)}.", param_hint="AUFGABE")
    if not _runner().run_now(known[name]):
        raise typer.Exit(1)


def _runner() -> Runner:
    settings = load_settings()
    settings.require_server()
    return Runner(settings, say, utc_now)


def _shown(moment: dt.datetime) -> str:
    return moment.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
