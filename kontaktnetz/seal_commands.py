"""`kontaktnetz seal`: who holds the seal, the file with which others check seals, checking one without a network."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
import zxingcpp
from PIL import Image, UnidentifiedImageError

from automations.certification.holders import Holder, read_holders, standing
from automations.certification.numbers import names_by_number, remembered_numbers, void_numbers
from automations.certification.publishing import Label, public_page, public_table
from automations.certification.seal_code import Check, Checked, Trust, check_code, code_in, read_trust, trust_of
from automations.signing import new_key as make_key
from automations.signing import public_keys
from kontaktnetz.progress import say
from schemas.base import BASE
from schemas.certification.rules.seals import age
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Organisation
from schemas.errors import ConfigError, SourceError
from schemas.model import MultiSelect
from schemas.time_zone import BERLIN
from streamlit_app.frames.records import as_records
from sync.connection import Connection, open_base
from sync.mirror import load_table, read_manifest
from sync.nocodb.store import TableStore
from sync.settings import Settings, load_settings

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")

app = typer.Typer(help="Gütesiegel: wer eines trägt, und ob eine Urkunde echt ist.", no_args_is_help=True)


@app.command("list")
def list_holders(
    page: Annotated[
        Path | None, typer.Option("--html", metavar="DATEI", help="Auch als barrierefreie Seite schreiben.")
    ] = None,
    table: Annotated[Path | None, typer.Option("--csv", metavar="DATEI", help="Auch als Tabelle schreiben.")] = None,
) -> None:
    """Alle Einrichtungen zeigen, die heute ein Gütesiegel tragen; auf Wunsch als Dateien für die Webseite der Stadt."""
    settings, today = load_settings(), _today()
    holders = _holders(open_base(settings), today)
    if page is not None:
        told = public_page(
            holders, _fields(settings), network=settings.network_name, city=settings.city_name, today=today
        )
        _write(page, told.encode())
    if table is not None:
        _write(table, public_table(holders, _fields(settings), today))
    told_lines = [_line(one, today) for one in standing(holders, today)]
    print("\n".join(told_lines) or "Noch trägt keine Einrichtung das Gütesiegel.")


@app.command("trust")
def trust(
    file: Annotated[Path | None, typer.Argument(metavar="DATEI", help="Wohin; ohne Angabe in die Ausgabe.")] = None,
) -> None:
    """Die Prüfdatei schreiben (öffentliche Schlüssel, ungültige Nummern), mit der jede Stelle Urkunden selbst prüft."""
    settings = load_settings()
    opened = open_base(settings)
    cases = list(TableStore(opened.client, opened.base, Certification).pull())
    void = void_numbers(cases, remembered_numbers(opened))
    made = trust_of(public_keys(settings.data_dir), void, _today(), names_by_number(cases)).as_text()
    if file is None:
        print(made)
    else:
        _write(file, f"{made}\n".encode())


@app.command("check")
def check(
    what: Annotated[
        str, typer.Argument(metavar="TEXT_ODER_BILD", help="Text hinter dem Code, seine Adresse, oder ein Foto (PNG).")
    ],
    trusted: Annotated[
        Path | None, typer.Option("--trust", metavar="DATEI", help="Prüfdatei; ohne sie gelten die Schlüssel hier.")
    ] = None,
) -> None:
    """Prüfen, ob eine Urkunde echt ist, ohne Netz. Rückgabewert 0: echt und gültig, sonst 1."""
    known = read_trust_file(trusted) if trusted is not None else _own_trust(load_settings())
    found = check_code(read_code(what), known, _today())
    print(describe(found, known))
    if found.outcome != Check.GENUINE:
        raise typer.Exit(1)


@app.command("new-key")
def new_key() -> None:
    """Einen neuen Schlüssel anlegen, der ab jetzt unterschreibt; was ältere unterschrieben haben, bleibt echt."""
    made = make_key(load_settings().data_dir, dt.datetime.now(dt.UTC))
    print(f"Neuer Schlüssel: {made.name}\nÖffentlicher Teil: {made.public}")
    say("Bitte geben Sie die Prüfdatei neu heraus (kontaktnetz seal trust) und sichern Sie den Datenordner.")


def read_code(what: str) -> str:
    """Return the code in a text, or in the picture that a text names.

    Raises:
        SourceError: the picture is not there, is no picture, or shows no QR code.
    """
    if not what.casefold().endswith(PICTURES):
        return code_in(what)
    path = Path(what)
    try:
        with Image.open(path) as picture:
            found = zxingcpp.read_barcodes(picture.convert("L"))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise SourceError(
            f"Das Bild „{path.name}“ ist nicht da oder nicht lesbar.",
            hint="Es muss ein Foto oder Bildschirmfoto des Codes sein (PNG oder JPG).", file=path.name,
        ) from problem  # fmt: skip
    texts = [one.text for one in found if one.text]
    if not texts:
        raise SourceError(
            f"Auf dem Bild „{path.name}“ ist kein QR-Code zu erkennen.",
            hint="Fotografieren Sie den Code gerade, nah und ohne Schatten.", file=path.name,
        )  # fmt: skip
    return next((code_in(text) for text in texts if code_in(text) != text.strip()), code_in(texts[0]))


def read_trust_file(file: Path) -> Trust:
    """Return what a file of keys says.

    Raises:
        ConfigError: it is not there, or is something else.
    """
    try:
        return read_trust(file.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise ConfigError(
            f"„{file.name}“ ist keine Prüfdatei für Gütesiegel, oder sie fehlt.",
            hint="Eine neue schreibt `kontaktnetz seal trust DATEI` bei der Stelle, die die Siegel vergibt.",
            file=file.name,
        ) from problem


def describe(found: Checked, known: Trust) -> str:
    """Return in German what a check found."""
    as_of = f"Stand der Prüfdatei: {known.as_of:%d.%m.%Y}"
    if found.claim is None:
        told = {
            Check.FORGED: "Nicht echt: Diesen Code hat keiner der bekannten Schlüssel unterschrieben, oder er wurde "
            "verändert.\nIst die Urkunde neu, kann auch die Prüfdatei zu alt sein.",
            Check.UNREADABLE: "Nicht lesbar: Das ist kein Code eines Gütesiegels, oder ein Teil davon fehlt.",
        }[found.outcome]
        return f"{told}\n{as_of}"
    claim = found.claim
    says = f"{claim.holder}\nGütesiegel {claim.year}, Nr. {claim.number}, verliehen am {claim.awarded_on:%d.%m.%Y}"
    if found.outcome == Check.REVOKED:
        return f"Ungültig: Die Urkunde ist von uns, das Siegel gilt aber nicht (mehr).\n{says}\n{as_of}"
    if found.outcome == Check.OTHER:
        return (
            "Ungültig: Die Urkunde ist von uns unterschrieben, aber Nummer und Name gehören nach der Prüfdatei nicht "
            f"zusammen.\n{says}\n{as_of}\nIst die Urkunde neuer als dieser Stand, lassen Sie sich eine neue "
            "Prüfdatei geben. Sonst fragen Sie bitte die Stelle, die die Siegel vergibt."
        )
    if found.outcome == Check.AHEAD:
        return f"Noch nicht verliehen: Die Urkunde ist von uns, die Verleihung kommt erst.\n{says}\n{as_of}"
    return f"Echt.\n{says}\n{as_of}"


def _own_trust(settings: Settings) -> Trust:
    """Return what this machine knows without asking anybody: its own keys, and the mirror as it is."""
    keys = public_keys(settings.data_dir)
    if not keys:
        raise ConfigError(
            "Auf diesem Rechner gibt es keine Schlüssel, mit denen sich ein Siegel prüfen ließe.",
            hint="Geben Sie die Prüfdatei der vergebenden Stelle an: --trust DATEI.",
        )
    manifest = read_manifest(settings.mirror_dir)
    cases = as_records(load_table(settings.mirror_dir, manifest, "certification"), Certification)
    as_of = manifest.taken_at.astimezone(BERLIN).date() if manifest else _today()
    names = names_by_number(cases) if manifest is not None and "certification" in manifest.tables else None
    return trust_of(keys, void_numbers(cases), as_of, names)


def _holders(opened: Connection, today: dt.date) -> list[Holder]:
    cases = TableStore(opened.client, opened.base, Certification).pull()
    rounds = TableStore(opened.client, opened.base, CertificationRound).pull()
    houses = TableStore(opened.client, opened.base, Organisation).pull()
    return read_holders(cases, rounds, houses, today=today)


def _line(one: Holder, today: dt.date) -> str:
    years = age(one.seal, today)
    since = "aus diesem Jahr" if years == 0 else "1 Jahr alt" if years == 1 else f"{years} Jahre alt"
    return f"{one.number or one.year!s:10} {one.name}" + (f" ({one.parent})" if one.parent else "") + f", {since}"


def _fields(settings: Settings) -> Label:
    """Return the words for fields of engagement: those of staff where the mirror knows them."""
    kind = BASE.tables["organisation"].columns["engagement_fields"]
    ours = {one.code: one.label for one in kind.choices} if isinstance(kind, MultiSelect) else {}
    manifest = read_manifest(settings.mirror_dir)
    entry = manifest.tables.get("organisation") if manifest is not None else None

    def word(code: str) -> str:
        found = entry.label("engagement_fields", code) if entry is not None else code
        return ours.get(code, code) if found == code else found

    return word


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise ConfigError(
            f"Die Datei „{file}“ lässt sich nicht schreiben.", file=str(file),
            hint="Gibt es den Ordner, und dürfen Sie dort schreiben?",
        ) from problem  # fmt: skip
    say(f"Geschrieben: {file}")


def _today() -> dt.date:
    return dt.datetime.now(BERLIN).date()
