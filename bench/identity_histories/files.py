"""Write the entries of a list as the file that a program would have exported: one writer for tables, one for cards."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

from identity_histories.model import Entry, Listing

CONTACT = "contact"
"""Column that holds salutation, title and both names at once."""

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "personen": {
        "ident": "Kennung", "salutation": "Anrede", "title": "Titel", "first": "Vorname", "last": "Nachname",
        "mail": "E-Mail", "phone": "Telefon", "mobile": "Mobil", "street": "Straße", "postcode": "PLZ", "city": "Ort",
        "org": "Organisation", "job": "Funktion", "since": "Von", "office": "Amt", "note": "Notiz",
    },
    "organisationen": {
        "ident": "Kennung", "org": "Organisation", "org_street": "Straße", "org_postcode": "PLZ", "org_city": "Ort",
        "org_phone": "Telefon", "org_mail": "E-Mail", "org_web": "Webseite", "note": "Notiz",
    },
    "freinet_csv": {
        "ident": "Einrichtungs-ID", "org": "Einrichtung", "org_street": "Straße", "org_postcode": "PLZ",
        "org_city": "Ort", "org_phone": "Telefon", "org_mail": "E-Mail", "org_web": "Homepage",
        CONTACT: "Ansprechperson", "mail": "Ansprechperson E-Mail", "phone": "Ansprechperson Telefon",
        "job": "Ansprechperson Funktion",
    },
    "outlook_de": {
        "salutation": "Anrede", "first": "Vorname", "last": "Nachname", "org": "Firma", "job": "Position",
        "org_street": "Straße geschäftlich", "org_postcode": "Postleitzahl geschäftlich",
        "org_city": "Ort geschäftlich", "phone": "Telefon geschäftlich", "mobile": "Mobiltelefon",
        "mail": "E-Mail-Adresse", "note": "Notizen",
    },
    "google": {
        "first": "First Name", "last": "Last Name", "org": "Organization Name", "job": "Organization Title",
        "mail": "E-mail 1 - Value", "phone": "Phone 1 - Value", "mobile": "Phone 2 - Value", "note": "Notes",
    },
    "thunderbird_de": {
        "first": "Vorname", "last": "Nachname", "mail": "Primäre E-Mail-Adresse", "phone": "Tel. dienstlich",
        "mobile": "Mobil-Tel.-Nr.", "org": "Organisation", "job": "Arbeitstitel", "note": "Notizen",
    },
}  # fmt: skip
"""What each profile has a column for, by the words of ``Entry``."""

_CARD = frozenset(
    [
        "uid",
        "salutation",
        "first",
        "last",
        "mail",
        "phone",
        "mobile",
        "street",
        "postcode",
        "city",
        "org",
        "org_street",
        "org_postcode",
        "org_city",
        "job",
    ]
)
_LABELS = {"google": {"Phone 1 - Label": "phone", "Phone 2 - Label": "mobile"}}
_LABEL_WORDS = {"phone": "Work", "mobile": "Mobile"}
_COMMA = frozenset({"outlook_de", "google", "thunderbird_de"})
"""Profiles whose programs separate by comma."""


def cells_of(listing: Listing) -> frozenset[str]:
    """Return the cells of an entry that reach the file."""
    if listing.profile == "vcard":
        return _CARD
    columns = set(COLUMNS[listing.profile])
    if CONTACT in columns:
        columns |= {"salutation", "title", "first", "last"}
    return frozenset(columns - set(listing.without) - {CONTACT})


def write_list(listing: Listing, path: Path, age: int) -> None:
    """Write the file; ``age`` orders the files of one folder by their time, the greater the newer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _cards(listing) if listing.profile == "vcard" else _table(listing)
    if listing.encoding == "twice":
        path.write_bytes(text.encode().decode("cp1252").encode())
    else:
        path.write_bytes(text.encode(listing.encoding))
    moment = 1_750_000_000 + 86_400 * age
    os.utime(path, (moment, moment))


def garble(text: str, encoding: str) -> str:
    """Return how a text reads after its list was written in this encoding and taken for another."""
    if encoding == "twice":
        return text.encode().decode("cp1252")
    return text.encode(encoding).decode("cp1252", errors="replace")


def _table(listing: Listing) -> str:
    columns = {cell: title for cell, title in COLUMNS[listing.profile].items() if cell not in listing.without}
    labels = _LABELS.get(listing.profile, {})
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if listing.profile in _COMMA else ";", lineterminator="\r\n")
    writer.writerow([*columns.values(), *labels])
    for entry in listing.entries:
        told = [_LABEL_WORDS[cell] if getattr(entry, cell) else "" for cell in labels.values()]
        writer.writerow([*(_cell(entry, cell) for cell in columns), *told])
    return out.getvalue()


def _cell(entry: Entry, cell: str) -> str:
    if entry.broken == "name" and cell in {"first", "last", "org", CONTACT}:
        return ""
    if cell == CONTACT:
        return " ".join(part for part in (entry.salutation, entry.title, entry.first, entry.last) if part)
    return str(getattr(entry, cell))


def _cards(listing: Listing) -> str:
    return "".join(_card(entry) for entry in listing.entries)


def _card(entry: Entry) -> str:
    name = " ".join(part for part in (entry.first, entry.last) if part)
    lines = [
        f"UID:{entry.uid}" if entry.uid else "",
        f"FN:{name or entry.mail or entry.org}",
        f"N:{entry.last};{entry.first};;{entry.salutation};" if name else "",
        f"ORG:{entry.org}" if entry.org else "",
        f"TITLE:{entry.job}" if entry.job else "",
        f"EMAIL;TYPE=INTERNET:{entry.mail}" if entry.mail else "",
        f"TEL;TYPE=WORK,VOICE:{entry.phone}" if entry.phone else "",
        f"TEL;TYPE=CELL:{entry.mobile}" if entry.mobile else "",
        _address("WORK", entry.org_street, entry.org_city, entry.org_postcode),
        _address("HOME", entry.street, entry.city, entry.postcode),
        "PHOTO;ENCODING=b;TYPE=JPEG:abc!" if entry.broken == "photo" else "",
        "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Stra=DFe" if entry.broken == "qp" else "",
    ]
    version = "2.1" if entry.broken == "qp" else "3.0"
    end = [] if entry.broken == "end" else ["END:VCARD"]
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *filter(None, lines), *end, ""])


def _address(kind: str, street: str, city: str, postcode: str) -> str:
    return f"ADR;TYPE={kind}:;;{street};{city};;{postcode};" if street or city or postcode else ""
