"""Start and stop the embedded NocoDB, and say how it is; it runs on 127.0.0.1 only and outlives the command.

The data folder holds everything: ``nocodb/`` (data, log), ``node/`` (program), ``nocodb.pid``, ``nocodb.lock``.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from kontaktnetz.embedded.accounts import Admin, Setup, choose_admin, prepare_accounts, read_note
from kontaktnetz.embedded.disk import require_space
from kontaktnetz.embedded.install import ensure_installed, installed_version
from kontaktnetz.embedded.lock import exclusive
from kontaktnetz.embedded.pidfile import Running, forget_running, read_running, was_noted, write_running
from kontaktnetz.embedded.ports import find_listener, is_free
from kontaktnetz.embedded.process import EXIT_PORT_TAKEN, await_health, find_launched, launch
from schemas.errors import EmbeddedServerError
from sync.nocodb.accounts import is_up
from sync.settings import Settings

START_SECONDS = 180.0
"""How long a start may take; 6 s are usual, a first start on PostgreSQL or a slow disk takes longer."""

STOP_SECONDS = 15.0
"""How long a stop may take before the process is ended by force; the starter script gives requests 5 s."""

DATA_SPACE = 200_000_000
"""Bytes free before a start: below that SQLite may stop in the middle of a write."""

LOG_LIMIT = 5_000_000
"""Bytes of log after which a start puts it aside (one old log is kept)."""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Status:
    """How the embedded NocoDB is; printing it gives German lines."""

    installed: str | None
    running: Running | None
    answers: bool
    set_up: bool
    data_dir: Path

    def __str__(self) -> str:
        if self.installed is None:
            return "NocoDB ist nicht installiert. `kontaktnetz nocodb start` installiert und startet es."
        lines = [f"NocoDB {self.installed} ist installiert in {self.data_dir / 'node'}."]
        if self.running is None:
            lines.append("Es läuft nicht. `kontaktnetz nocodb start` startet es.")
        elif self.answers:
            lines.append(f"Es läuft unter {self.running.url}/dashboard/ (Prozess {self.running.pid}).")
        else:
            lines.append(
                f"Sein Prozess {self.running.pid} läuft, antwortet aber (noch) nicht unter {self.running.url}."
            )
        if not self.set_up:
            lines.append("Die Einrichtung ist noch nicht abgeschlossen; `kontaktnetz nocodb start` holt sie nach.")
        lines.append(f"Daten und Protokoll: {self.data_dir / 'nocodb'}")
        return "\n".join(lines)


def start(settings: Settings, *, env_file: Path, report: Report) -> Running:
    """Install NocoDB if needed, start it, prepare its accounts and write them into ``env_file``.

    Calling it while NocoDB runs returns the running one. Read the settings anew afterwards: they may have changed.

    Raises:
        EmbeddedServerError: what stands in the way, and what to do about it.
    """
    setup = Setup(settings, env_file, report)
    data_dir = setup.data_dir
    _refuse_another_server(settings, data_dir)
    with exclusive(data_dir, report):
        admin = choose_admin(setup)
        running = read_running(data_dir)
        if running is not None and admin.impose and read_note(data_dir) is not None:
            _end(data_dir, running, report)  # a new password is heard only at a start
            running = None
        if running is None:
            running = _adopt(data_dir)
        if running is None:
            ensure_installed(data_dir, report=report)
        if running is not None:
            return _take_running(setup, admin, running)
        return _start_new(setup, admin)


def stop(data_dir: Path, report: Report) -> bool:
    """Stop the embedded NocoDB; return whether one was running."""
    data_dir = data_dir.absolute()
    with exclusive(data_dir, report):
        running = read_running(data_dir)
        if running is None:
            crashed = was_noted(data_dir)
            forget_running(data_dir)
            report("NocoDB lief nicht mehr; es war unerwartet beendet worden." if crashed else "NocoDB läuft nicht.")
            return False
        _end(data_dir, running, report)
    return True


def status(settings: Settings) -> Status:
    """Return how the embedded NocoDB is; takes a few seconds at most and changes nothing."""
    data_dir = settings.data_dir.absolute()
    running = read_running(data_dir)
    return Status(
        installed=installed_version(data_dir),
        running=running,
        answers=running is not None and is_up(running.url),
        set_up=read_note(data_dir) is not None,
        data_dir=data_dir,
    )


# --- steps of a start ------------------------------------------------------------------------------------------------


def _refuse_another_server(settings: Settings, data_dir: Path) -> None:
    note = read_note(data_dir)
    ours = {"", f"http://127.0.0.1:{settings.nocodb_port}", f"http://localhost:{settings.nocodb_port}"}
    if settings.nocodb_url.rstrip("/") in ours | ({note.url} if note else set()):
        return
    raise EmbeddedServerError(
        f"In der Datei .env ist ein anderes NocoDB eingetragen ({urlsplit(settings.nocodb_url).netloc}). "
        "Das eingebaute wird nicht gestartet, damit Ihre Zugangsdaten nicht überschrieben werden.",
        hint="Wenn Sie das eingebaute möchten, leeren Sie in .env die Zeilen NOCODB_URL und NOCODB_TOKEN.",
    )


def _adopt(data_dir: Path) -> Running | None:
    """Take over a server of ours that nobody noted: its start was killed in that moment, or the note got lost."""
    launched = find_launched(data_dir / "nocodb")
    return write_running(data_dir, *launched) if launched else None


def _port_taken(port: int) -> EmbeddedServerError:
    listener = find_listener(port)
    holder = f" durch das Programm „{listener.name}“ (Prozess {listener.pid})" if listener.pid else ""
    return EmbeddedServerError(
        f"Der Port {port} ist schon belegt{holder}; NocoDB kann dort nicht starten.",
        hint="Bitte beenden Sie das andere Programm, oder tragen Sie in der Datei .env bei NOCODB_PORT einen anderen "
        f"Port ein, zum Beispiel {port + 1 if port < 65535 else port - 1}.",
        port=port,
        pid=listener.pid,
    )


def _take_running(setup: Setup, admin: Admin, running: Running) -> Running:
    report, port = setup.report, setup.settings.nocodb_port
    if not _await_running(running, report):
        raise EmbeddedServerError(
            f"NocoDB läuft (Prozess {running.pid}), antwortet aber nicht.",
            hint="Bitte halten Sie es mit `kontaktnetz nocodb stop` an und starten Sie es dann neu. "
            f"Das Protokoll steht in {_log(setup.data_dir)}.",
            pid=running.pid,
        )
    prepare_accounts(setup, running.url, admin)
    report(f"NocoDB läuft schon: {running.url}/dashboard/")
    if running.port != port:
        report(f"Der neue Port {port} gilt nach `kontaktnetz nocodb stop` und `kontaktnetz nocodb start`.")
    return running


def _await_running(running: Running, report: Report) -> bool:
    """Wait for a server whose start was interrupted; it is not our child, so only its answers tell."""
    if is_up(running.url):
        return True
    process = psutil.Process(running.pid)
    for _ in range(int(START_SECONDS / 2)):
        report("NocoDB läuft an …")
        try:
            process.wait(2)
        except psutil.TimeoutExpired:
            if is_up(running.url):
                return True
        else:
            return False
    return False


def _start_new(setup: Setup, admin: Admin) -> Running:
    settings, data_dir, report = setup.settings, setup.data_dir, setup.report
    if not is_free(settings.nocodb_port):
        raise _port_taken(settings.nocodb_port)
    require_space(data_dir, DATA_SPACE, "der Betrieb von NocoDB")
    home = data_dir / "nocodb"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    log = _fresh_log(data_dir)
    extra = {"NC_ADMIN_EMAIL": admin.email, "NC_ADMIN_PASSWORD": admin.password} if admin.impose else {}
    if settings.nocodb_database:
        extra["NC_DB"] = settings.nocodb_database
    report("NocoDB startet …")
    process = launch(data_dir / "node" / "node_modules", home, log, settings.nocodb_port, extra)
    try:
        running = write_running(data_dir, process.pid, settings.nocodb_port)
        healthy = await_health(
            process,
            running.url,
            seconds=START_SECONDS,
            tell=lambda waited: report(f"NocoDB startet … ({waited:.0f} Sekunden)"),
        )
        if not healthy:
            raise _start_error(process, log, settings.nocodb_port)
        prepare_accounts(setup, running.url, admin)
    except BaseException:
        # A start that failed leaves nothing running, so that the next begins on firm ground.
        _end_process(psutil.Process(process.pid) if process.poll() is None else None)
        forget_running(data_dir)
        raise
    report(f"NocoDB läuft: {running.url}/dashboard/")
    return running


def _start_error(process: subprocess.Popen[bytes], log: Path, port: int) -> EmbeddedServerError:
    if process.poll() == EXIT_PORT_TAKEN:
        return _port_taken(port)
    tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-25:])
    what = "ist beim Starten abgebrochen" if process.poll() is not None else "antwortet auch nach drei Minuten nicht"
    return EmbeddedServerError(
        f"NocoDB {what}. Die letzten Zeilen seines Protokolls:\n{tail}\n",
        hint=f"Alles steht in {log}. Fehlt etwas vom Programm, löschen Sie den Ordner {log.parents[1] / 'node'} und "
        "starten Sie erneut; ist es die Datenbank, prüfen Sie NOCODB_DATABASE in der Datei .env.",
        exit_code=process.poll(),
        log=str(log),
    )


def _log(data_dir: Path) -> Path:
    return data_dir / "nocodb" / "nocodb.log"


def _fresh_log(data_dir: Path) -> Path:
    log = _log(data_dir)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log


# --- steps of a stop -------------------------------------------------------------------------------------------------


def _end(data_dir: Path, running: Running, report: Report) -> None:
    report("NocoDB wird angehalten …")
    try:
        process: psutil.Process | None = psutil.Process(running.pid)
    except psutil.NoSuchProcess:
        process = None
    _end_process(process)
    forget_running(data_dir)
    report("NocoDB ist angehalten.")


def _end_process(process: psutil.Process | None) -> None:
    if process is None:
        return
    try:
        process.terminate()
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)
    except psutil.NoSuchProcess:
        return
