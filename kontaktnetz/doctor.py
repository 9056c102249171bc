"""`kontaktnetz doctor`: look at everything an installation needs and say what to do. Reads only."""

from __future__ import annotations

import datetime as dt
import email.utils
import shutil
import smtplib
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import requests
import typer

from automations.mail.imap import open_folder, open_mailbox
from schemas.base import BASE
from schemas.errors import KontaktnetzError
from schemas.moments import is_from_future
from sync.connection import make_client
from sync.mirror import read_manifest
from sync.mirror.status import read_status
from sync.nocodb.accounts import Role
from sync.nocodb.client import Client
from sync.nocodb.meta import find_base
from sync.nocodb.server import TESTED_VERSION, read_identity, read_info
from sync.outgoing import https_host, keep_public_checked, to_public, to_staff
from sync.provision.drift import find_drift
from sync.settings import Settings, load_settings

ENV_FILE = Path(".env")
ROOM = 1_000_000_000
"""Bytes that should be free for the mirror, logs and the embedded database."""
SKEW_SECONDS = 120
"""The lease of the automatic writer bears clocks that differ by less than this."""
MIRROR_AGE = dt.timedelta(hours=24)
TIMEOUT = 10


class Grade(StrEnum):
    """How well a thing is."""

    GOOD = "gut"
    LOOK = "Hinweis"
    BAD = "Fehler"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: grade, what was found, what to do (German)."""

    grade: Grade
    text: str
    hint: str = ""

    def __str__(self) -> str:
        sign = {Grade.GOOD: "✓", Grade.LOOK: "!", Grade.BAD: "✗"}[self.grade]
        return f"{sign} {self.text}" + (f"\n    → {self.hint}" if self.hint else "")


def doctor() -> None:
    """Alles prüfen, was eine Einrichtung braucht, und sagen, was zu tun ist (Rückgabewert 1 bei Fehlern)."""
    worst = Grade.GOOD
    for finding in examine(load_settings()):
        print(finding)
        if finding.grade is Grade.BAD:
            worst = Grade.BAD
    if worst is Grade.BAD:
        raise typer.Exit(1)
    print("Alles Nötige ist in Ordnung.")


def examine(settings: Settings, env_file: Path = ENV_FILE) -> Iterator[Finding]:
    """Yield what was found, one thing after the other; never raises for something that is wrong outside."""
    yield Finding(Grade.GOOD, f"Python {sys.version.split()[0]}")
    yield from _env_file(env_file)
    yield _disk(settings.data_dir)
    yield from _mirror(settings)
    yield _mail(settings)
    yield from _mailbox(settings)
    yield _answers(settings)
    yield from _proxy(settings)
    try:
        client = make_client(settings)
        yield from _server(client)
        yield from _base(client, settings)
    except KontaktnetzError as problem:
        yield Finding(Grade.BAD, problem.message, problem.hint or "")


def _env_file(env_file: Path) -> Iterator[Finding]:
    if not env_file.exists():
        yield Finding(
            Grade.LOOK,
            "Eine Datei .env gibt es hier nicht.",
            "`kontaktnetz nocodb start` legt sie an; für ein vorhandenes NocoDB kopieren Sie .env.example.",
        )
        return
    mode = stat.S_IMODE(env_file.stat().st_mode)
    if mode & 0o077:
        yield Finding(Grade.BAD, "Die Datei .env können auch andere auf diesem Rechner lesen.", f"chmod 600 {env_file}")
    else:
        yield Finding(Grade.GOOD, "Die Datei .env ist nur für Sie lesbar.")


def _disk(folder: Path) -> Finding:
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(existing).free
    shown = f"{free / 1e9:.1f} GB frei".replace(".", ",")
    if free < ROOM:
        return Finding(Grade.BAD, f"Zu wenig Platz für {folder}: {shown}.", "Bitte mindestens 1 GB frei machen.")
    return Finding(Grade.GOOD, f"Platz für {folder}: {shown}.")


def _mirror(settings: Settings) -> Iterator[Finding]:
    manifest = read_manifest(settings.mirror_dir)
    status = read_status(settings.mirror_dir)
    if manifest is None:
        yield Finding(Grade.LOOK, "Einen Spiegel gibt es noch nicht.", "`kontaktnetz sync mirror` legt ihn an.")
        return
    now = dt.datetime.now(dt.UTC)
    if is_from_future(manifest.taken_at, now):
        yield Finding(
            Grade.BAD,
            f"Der Spiegel trägt eine Zeit, die noch nicht war ({manifest.taken_at.astimezone():%d.%m.%Y, %H:%M} Uhr).",
            "Bitte die Uhr dieses Rechners prüfen; danach berichtigt `kontaktnetz sync mirror` die Zeit.",
        )
        return
    age = now - manifest.taken_at
    taken = f"Der Spiegel ist {_span(age)} alt."
    if age > MIRROR_AGE:
        yield Finding(Grade.LOOK, taken, "Läuft die Übersicht (`kontaktnetz dashboard`)? Sie frischt ihn auf.")
    else:
        yield Finding(Grade.GOOD, taken)
    if status.problem:
        yield Finding(Grade.LOOK, f"Beim letzten Auffrischen: {status.problem}")


def _span(age: dt.timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} Minuten"
    return f"{minutes // 60} Stunden" if minutes < 2880 else f"{minutes // 1440} Tage"


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding(
            Grade.GOOD, "Ein Mailserver ist nicht eingetragen; zum Abgleichen und Ansehen wird keiner gebraucht."
        )
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    kind: Callable[..., smtplib.SMTP] = smtplib.SMTP_SSL if settings.smtp_port == 465 else smtplib.SMTP
    try:
        with kind(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT) as server:
            if settings.smtp_port == 587:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.noop()
    except smtplib.SMTPAuthenticationError:
        return Finding(
            Grade.BAD, f"Der Mailserver {where} nimmt die Anmeldung nicht an.", "SMTP_USER und SMTP_PASSWORD prüfen."
        )
    except (OSError, smtplib.SMTPException) as problem:
        return Finding(
            Grade.BAD,
            f"Der Mailserver {where} antwortet nicht wie erwartet ({type(problem).__name__}).",
            "SMTP_HOST und SMTP_PORT in der Datei .env prüfen.",
        )
    return Finding(Grade.GOOD, f"Der Mailserver {where} nimmt uns an.")


def _mailbox(settings: Settings) -> Iterator[Finding]:
    """Say whether contacts can be taken over from the mailbox, if one is set."""
    if not settings.imap_host:
        return
    where = f"{settings.imap_host}:{settings.imap_port}"
    try:
        with open_mailbox(settings) as box:
            for name in (*settings.mail_folders, *settings.answer_only_folders):
                open_folder(box, name)
    except KontaktnetzError as problem:
        yield Finding(Grade.BAD, problem.message, problem.hint or "")
        return
    folders = ", ".join((*settings.mail_folders, *settings.answer_only_folders))
    yield Finding(Grade.GOOD, f"Das Postfach {where} ist lesbar: {folders}.")


def _proxy(settings: Settings) -> Iterator[Finding]:
    """Say when the dashboard stands behind a proxy whose word about the caller we do not take."""
    if https_host(settings) and not settings.dashboard_behind_proxy:
        yield Finding(
            Grade.LOOK,
            f"Die Übersicht wird unter {to_staff(settings).named} angeboten; woher jemand kommt, glauben wir dem Proxy "
            "nicht.",
            "Schreibt Ihr Proxy auf diesem Rechner X-Forwarded-For und X-Forwarded-Proto selbst, setzen Sie "
            "DASHBOARD_BEHIND_PROXY=true.",
        )


def _answers(settings: Settings) -> Finding:
    """Say whether guests can open the links in their invitations, and whether nobody on the way can read along."""
    keep_public_checked(settings)
    found = to_public(settings)
    where = found.named
    if found.barred:
        return Finding(
            Grade.LOOK,
            f"Einladungen tragen keinen Antwort-Link; Gäste könnten ihn nicht öffnen. {found.problem}",
            f"{found.way_out} Bis dahin antworten Gäste per Telefon oder E-Mail.",
        )
    if not where.startswith("https://"):
        return Finding(
            Grade.LOOK,
            f"Antwort-Links in Einladungen führen nach {where}, ohne Verschlüsselung.",
            "Einen Proxy mit HTTPS davor stellen (siehe Handbuch) und ANSWER_URL mit https:// eintragen.",
        )
    if not settings.answer_behind_proxy:
        return Finding(
            Grade.LOOK,
            f"Antwort-Links in Einladungen führen nach {where}; woher ein Gast kommt, glauben wir dem Proxy nicht.",
            "Schreibt Ihr Proxy auf diesem Rechner X-Forwarded-For selbst, setzen Sie ANSWER_BEHIND_PROXY=true.",
        )
    return Finding(Grade.GOOD, f"Antwort-Links in Einladungen führen nach {where}.")


def _server(client: Client) -> Iterator[Finding]:
    info = read_info(client)
    yield Finding(Grade.GOOD, f"NocoDB antwortet unter {client.url} (erprobt ist Version {TESTED_VERSION}).")
    if not info.invite_only:
        yield Finding(
            Grade.LOOK,
            "Wer diese Adresse erreicht, kann sich in NocoDB selbst ein Konto anlegen (ohne Zugriff auf die Base).",
            "In NocoDB unter Kontoeinstellungen die Anmeldung nur auf Einladung erlauben.",
        )
    if info.telemetry:
        yield Finding(Grade.LOOK, "NocoDB meldet seine Nutzung an den Hersteller.", "NC_DISABLE_TELE=true setzen.")
    yield _clock(client.url)


def _clock(url: str) -> Finding:
    answer = requests.get(f"{url}/api/v1/health", timeout=TIMEOUT)
    told = answer.headers.get("Date")
    if not told:
        return Finding(Grade.LOOK, "NocoDB sagt nicht, wie spät es dort ist.")
    skew = abs((dt.datetime.now(dt.UTC) - email.utils.parsedate_to_datetime(told)).total_seconds())
    if skew > SKEW_SECONDS:
        return Finding(
            Grade.BAD,
            f"Die Uhren dieses Rechners und von NocoDB gehen um {skew:.0f} Sekunden auseinander.",
            "Bitte auf beiden Rechnern die Uhrzeit automatisch stellen lassen.",
        )
    return Finding(Grade.GOOD, "Die Uhren stimmen überein.")


def _base(client: Client, settings: Settings) -> Iterator[Finding]:
    base = find_base(client, settings.nocodb_base)
    if base is None:
        yield Finding(
            Grade.BAD,
            f"Die Base „{settings.nocodb_base}“ gibt es noch nicht.",
            "`kontaktnetz schema apply` legt sie an.",
        )
        return
    identity = read_identity(client, base.id)
    role = Role(identity.base_role) if identity.base_role in set(Role) else Role.NONE
    if identity.super_admin and role is Role.NONE:
        role = Role.OWNER
    told = f"Unser Konto {identity.email} hat in „{base.title}“ die Rolle {role.value}."
    if not role.may_write:
        yield Finding(Grade.BAD, told, "Zum Abgleichen braucht es editor, zum Einrichten creator oder owner.")
    elif role is Role.EDITOR:
        yield Finding(Grade.LOOK, told, "Zum Einrichten (`kontaktnetz schema apply`) braucht es creator oder owner.")
    else:
        yield Finding(Grade.GOOD, told)
    drift = find_drift(client, BASE, base.id)
    if drift.plan.destructive:
        yield Finding(Grade.BAD, str(drift.plan.destructive[0]), "`kontaktnetz schema drift` zeigt alles.")
    elif drift.plan.safe:
        missing = len(drift.plan.safe)
        yield Finding(
            Grade.BAD, f"In der Base fehlt etwas ({missing} Schritte).", "`kontaktnetz schema apply` ergänzt es."
        )
    else:
        yield Finding(Grade.GOOD, "Alle Tabellen, Spalten und Auswahlen sind da.")
