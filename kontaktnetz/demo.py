"""`kontaktnetz demo`: everything at once on this machine, with invented people: NocoDB, base, lists, dashboards."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
import time
from pathlib import Path

from automations.runner import Runner
from kontaktnetz.dashboard_command import require_dashboard_port
from kontaktnetz.demo_around import fill_around
from kontaktnetz.demo_certification import fill_certification
from kontaktnetz.demo_events import fill_events
from kontaktnetz.demo_folder import enter_demo_folder, only_demo
from kontaktnetz.demo_later import fill_later
from kontaktnetz.demo_lists import write_demo_lists
from kontaktnetz.embedded.ports import is_free
from kontaktnetz.embedded.server import start, stop
from kontaktnetz.progress import Steps, say
from schemas.base import BASE
from schemas.errors import ConfigError, LeaseHeld
from schemas.time_zone import BERLIN
from streamlit_app.server import run_dashboard
from sync.arrival import bring
from sync.connection import make_client, open_base, refresh_now
from sync.nocodb import records
from sync.provision.apply import apply_schema
from sync.settings import Settings, load_settings
from sync.sources.registry import SourceSpec, load_sources
from sync.status import Status

log = logging.getLogger(__name__)

ENV_FILE = Path(".env")
SOURCE = "demo"
LONGEST_WAIT = dt.timedelta(minutes=10)
"""So long the demo waits for the lease of one that was killed."""


def demo() -> None:
    """Alles auf diesem Rechner mit erfundenen Daten starten, bis Strg-C gedrückt wird."""
    folder = enter_demo_folder(load_settings().data_dir)
    with only_demo(folder):
        require_dashboard_port(load_settings())
        _end_on_signals()
        _run(folder)


def _end_on_signals() -> None:
    """Let TERM and a closed window (HUP) end the demo as Ctrl-C does, or NocoDB would go on running."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has HUP ignored
            signal.signal(number, signal.default_int_handler)


def _run(folder: Path) -> None:
    """Start everything, and end everything when told to."""
    ending = threading.Event()
    settings = load_settings()
    try:
        start(settings, env_file=ENV_FILE, report=say)
        settings = load_settings()
        _fill_when_free(settings, ending)
        threading.Thread(target=_welcome, args=(settings, folder), daemon=True).start()
        jobs = Runner(settings, log.info, lambda: dt.datetime.now(dt.UTC))
        threading.Thread(target=jobs.run_until, args=(ending,), name="jobs", daemon=True).start()
        run_dashboard(settings)
    except KeyboardInterrupt:
        say("")  # the way to end it, no failure
    finally:
        ending.set()
        stop(settings.data_dir, report=say)


def _refuse_a_real_base(settings: Settings, lists: Path) -> None:
    """Raise ConfigError when rows stand in a base where no demo was begun: invented people never join real ones."""
    if lists.exists():
        return
    base = open_base(settings)
    for code in ("organisation", "person", "event", "certification"):
        if records.count_rows(base.client, base.base.tables[code].id):
            raise ConfigError(
                "In der Base der Vorführung stehen schon Einträge, die nicht von ihr sind.",
                hint=f"Bitte verschieben Sie den Ordner {settings.data_dir.absolute().parent}, und beginnen Sie neu.",
            )


def _fill_when_free(settings: Settings, ending: threading.Event) -> None:
    """Fill the base; where a demo was killed while it wrote, wait until its lease is over and go on from there."""
    until = time.monotonic() + LONGEST_WAIT.total_seconds()
    while True:
        try:
            return _fill(settings)
        except LeaseHeld:
            if time.monotonic() > until:
                raise
            say("Ein Start, der abbrach, hält die Base noch für wenige Minuten fest. Es geht dann von selbst weiter …")
            ending.wait(20)


def _fill(settings: Settings) -> None:
    """Set the base up and bring the demo lists in; what stands already stays."""
    with Steps() as steps:
        report = apply_schema(make_client(settings), BASE, settings.nocodb_base, on_progress=steps)
    say(report.describe())
    lists = settings.data_dir / "demo" / "sources.toml"
    _refuse_a_real_base(settings, lists)
    if not lists.exists():
        lists = write_demo_lists(lists.parent, dt.datetime.now(BERLIN).date())
    say(_bring(load_sources(lists)[SOURCE], settings))
    refresh_now(settings, dt.datetime.now(dt.UTC))
    today = dt.datetime.now(BERLIN).date()
    for what, fill in (
        ("Veranstaltungen und Gäste", fill_events),
        ("Termine und Aufgaben dieser Tage", fill_around),
        ("Zertifizierung", fill_certification),
    ):
        say(f"Beispieldaten: {what} …")  # each takes up to some minutes the first time
        told = fill(open_base(settings), settings.mirror_dir, lists.parent, today)
        if told:
            say(told)
            refresh_now(settings, dt.datetime.now(dt.UTC))
    say("Beispieldaten: eine Woche später, mit Abweichungen und Dubletten …")
    told = fill_later(open_base(settings), settings, lists.parent, today, lambda spec: _bring(spec, settings))
    if told:
        say(told)
        refresh_now(settings, dt.datetime.now(dt.UTC))


def _bring(spec: SourceSpec, settings: Settings) -> str:
    """Bring a list in, and return what came of it in German."""
    with Status(settings.status_file) as status, Steps() as steps:
        report = bring(
            spec,
            settings,
            status,
            now=lambda: dt.datetime.now(dt.UTC),
            on_progress=lambda what, done, total: steps(done, total, what),
        )
    return report.describe()


def _welcome(settings: Settings, folder: Path) -> None:
    """Say where everything is, once the dashboard answers."""
    address = f"http://127.0.0.1:{settings.dashboard_port}"
    pause = threading.Event()
    while is_free(settings.dashboard_port):
        pause.wait(0.25)
    print(
        f"\nNocoDB (Tabellen bearbeiten): {settings.nocodb_url}\n"
        f"Übersicht:                    {address}\n"
        f"Anmelden (an beiden):         {settings.nocodb_admin_email}"
        f"   Kennwort: {settings.nocodb_admin_password.get_secret_value()}   (steht auch in {folder / ENV_FILE})\n\n"
        "Beenden mit Strg-C; die Daten bleiben für den nächsten Start.\n"
        f"Die Vorführung hat eine eigene Base mit erfundenen Menschen. Löschen Sie {folder}, ist sie fort.",
        flush=True,
    )
