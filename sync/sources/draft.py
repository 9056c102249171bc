"""Draft a profile from the header of a CSV or Excel file: known words become columns, the rest goes to the note.

The draft is a beginning to be read and changed; it loads and works as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sync.normalise import text_key
from sync.sources.opening import open_table

# Words for our columns as lists write them. The first title of the file that fits is taken; order counts.
_ORGANISATION = {
    "name": ("Organisation", "Organisationsname", "Verein", "Vereinsname", "Einrichtung", "Einrichtungsname", "Firma", "Firmenname",
             "Institution", "Träger", "Name der Organisation", "Name des Vereins", "Unternehmen", "Company", "Initiative",
             "Name der Einrichtung", "Körperschaft"),
    "short_name": ("Kurzname", "Abkürzung", "Kürzel", "Kurzbezeichnung"),
    "kind": ("Art", "Rechtsform", "Typ", "Organisationsform", "Art der Organisation"),
    "district": ("Stadtteil", "Ortsteil", "Stadtbezirk", "Bezirk"),
    "web": ("Webseite", "Website", "Homepage", "Internet", "Internetadresse", "Internetseite", "Web", "URL", "www"),
    "register_number": ("Registernummer", "Vereinsregister", "Vereinsregisternummer", "VR Nummer", "VR Nr"),
    "engagement_fields": ("Engagementfelder", "Kategorien", "Kategorie", "Tätigkeitsfelder", "Handlungsfelder", "Bereiche", "Themen",
                          "Sparte", "Schwerpunkte"),
    "active_from": ("Gründungsdatum", "Gegründet", "Besteht seit", "Gegründet am"),
    "portrait": ("Beschreibung", "Kurzbeschreibung", "Porträt", "Selbstdarstellung"),
}  # fmt: skip
_ADDRESS = {
    "street": ("Straße", "Strasse", "Straße und Hausnummer", "Straße Hausnummer", "Straße Nr", "Str", "Anschrift", "Adresse",
               "Straße Hausnr", "Street"),
    "postcode": ("PLZ", "Postleitzahl", "Zip", "Postal Code"),
    "city": ("Ort", "Stadt", "Wohnort", "Gemeinde", "City"),
}  # fmt: skip
_REACH = {
    "phone": ("Telefon", "Tel", "Telefonnummer", "Fon", "Rufnummer", "Telefon dienstlich", "Festnetz", "Phone", "Tel Nr", "Telefon 1"),
    "mail": ("E-Mail", "Email", "Mail", "E-Mail-Adresse", "Mailadresse", "E Mail 1"),
}  # fmt: skip
_PERSON = {
    "last_name": ("Nachname", "Familienname", "Zuname", "Last Name"),
    "first_name": ("Vorname", "Rufname", "First Name"),
    "salutation": ("Anrede",),
    "title": ("Titel", "Akademischer Titel"),
    "mobile": ("Mobil", "Handy", "Mobiltelefon", "Mobilnummer", "Handynummer", "Mobil Tel"),
}
_WHOLE_NAME = ("Ansprechpartner", "Ansprechpartnerin", "Ansprechpartner in", "Ansprechperson", "Kontaktperson", "Name Vorname",
               "Vorname Name", "Vor und Nachname", "Vorname Nachname", "Person", "Vorsitzender", "Vorsitzende", "Vorsitz",
               "Leitung", "1 Vorsitzender", "Kontakt")  # fmt: skip
_POSITION = ("Funktion", "Position", "Rolle", "Amt", "Aufgabe")
_ID = (
    "ID",
    "Kennung",
    "Einrichtungs ID",
    "Nummer",
    "Nr",
    "Lfd Nr",
    "Mitgliedsnummer",
    "Kundennummer",
    "Datensatz ID",
    "Vereins ID",
)
_PLAIN_NAME = ("Name", "Bezeichnung", "Titel der Organisation")
_NOTE = ("Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Anmerkung", "Anmerkungen", "Hinweis", "Kommentar")


def draft_profile(path: Path) -> str:
    """Return the text of a profile (TOML) for the file. Raises SourceError for a file that is no table."""
    header = tuple(t for t in open_table(path).header)
    picker = _Picker(header)
    organisation = picker.columns(_ORGANISATION)
    person = picker.columns(_PERSON)
    whole_name = picker.take(_WHOLE_NAME) if "last_name" not in person else None
    plain = picker.take(_PLAIN_NAME)
    if plain and "first_name" in person and "last_name" not in person:
        person["last_name"] = plain
    elif plain and "name" not in organisation:
        organisation["name"] = plain
    has_person = bool(whole_name or "last_name" in person)
    if "name" not in organisation and not has_person:
        organisation["name"] = picker.rest[0] if picker.rest else header[0]
        picker.drop(organisation["name"])
    reach = {**picker.columns(_ADDRESS), **picker.columns(_REACH)}
    (organisation if "name" in organisation else person).update(reach)
    ident = picker.take(_ID)
    return "\n".join(
        _text(path, organisation, person, whole_name, picker.take(_POSITION), ident, picker.take(_NOTE), picker.rest)
    )


class _Picker:
    """The titles of a header that no column has taken yet."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self._free = {text_key(title) or title: title for title in reversed(header) if not _breaks_template(title)}
        self._order = header

    @property
    def rest(self) -> list[str]:
        """Return what nobody took, in the order of the file."""
        free = set(self._free.values())
        return [title for title in self._order if title in free]

    def take(self, words: tuple[str, ...]) -> str | None:
        """Return the title that is one of the words, and take it away."""
        return next((t for word in words if (t := self._free.pop(text_key(word), None))), None)

    def drop(self, title: str) -> None:
        """Take one title away."""
        self._free = {key: t for key, t in self._free.items() if t != title}

    def columns(self, words: dict[str, tuple[str, ...]]) -> dict[str, str]:
        """Return our column codes with the titles that fit them."""
        found = {code: self.take(names) for code, names in words.items()}
        return {code: title for code, title in found.items() if title}


def _breaks_template(title: str) -> bool:
    return any(sign in title for sign in "{}|\n")


def _text(
    path: Path,
    organisation: dict[str, str],
    person: dict[str, str],
    whole_name: str | None,
    position: str | None,
    ident: str | None,
    note: str | None,
    rest: list[str],
) -> Iterator[str]:
    has_organisation, has_person = "name" in organisation, bool(whole_name or "last_name" in person)
    main = "organisation" if has_organisation else "person"
    first = organisation.get("name") or person.get("last_name") or whole_name or ""
    yield f"# Entwurf aus den Spaltentiteln von {path.name.encode('unicode_escape').decode()}. Bitte durchsehen und anpassen."
    yield "# Alle Schlüssel erklärt sync/sources/profiles/README.md."
    yield "format = 1"
    yield f"title = {_quoted(path.stem)}"
    yield 'include = "gemeinsam"'
    yield f"expects = [{_quoted(first)}]"
    yield "keep_rest = true  # was keine Spalte übernimmt, steht in der Notiz"
    yield f'rest_to = ["{main}"]'
    if rest:
        yield f"# Nicht erkannt: {_quoted(', '.join(rest))}"
    if has_organisation:
        yield from _organisation_text(organisation, ident, note)
    if has_person:
        main_ident, main_note = (None, None) if has_organisation else (ident, note)
        yield from _person_text(person, whole_name, has_organisation, main_ident, main_note)
    if has_organisation and has_person:
        yield from _function_text(position)
    yield ""


def _organisation_text(columns: dict[str, str], ident: str | None, note: str | None) -> Iterator[str]:
    yield from ("", "[[records]]", 'handle = "organisation"', 'table = "organisation"')
    idents = [*([f"{{{ident}}}"] if ident else []), f"name:{{{columns['name']}|key}}"]
    yield f"ident = [{', '.join(_quoted(i) for i in idents)}]"
    yield f"when = [{{ column = {_quoted(columns['name'])}, filled = true }}]"
    yield 'required = ["name"]'
    if not ident:
        yield 'repeats = "expected"'
    yield "[records.columns]"
    for code, title in columns.items():
        yield f"{code} = {_rule(code, title)}"
    if note:
        yield f"note = {_quoted(note)}"
    yield "[records.constants]"
    yield 'sphere = "zivilgesellschaft"'


def _person_text(
    columns: dict[str, str], whole_name: str | None, with_organisation: bool, ident: str | None, note: str | None
) -> Iterator[str]:
    name = columns.get("last_name") or whole_name or ""
    given = f"{{?{columns['first_name']}|plain}} " if "first_name" in columns else ""
    place = " @ {@organisation}" if with_organisation else ""
    idents = [f"{{{ident}}}"] if ident else []
    if "mail" in columns:
        idents.append(f"mail:{{{columns['mail']}|mail}}")
    idents += [f"{given}{{{name}|plain}}{place}", *([f"{given}{{{name}|plain}}"] if place else [])]
    yield from ("", "[[records]]", 'handle = "person"', 'table = "person"')
    yield f"ident = [{', '.join(_quoted(i) for i in idents)}]"
    yield f"when = [{{ column = {_quoted(name)}, filled = true }}]"
    yield 'required = ["last_name"]'
    yield 'clash = "separate"'
    yield "[records.columns]"
    if "last_name" not in columns:
        yield f'last_name = {{ from = {_quoted(name)}, as = "person_name" }}'
    for code, title in columns.items():
        yield f"{code} = {_rule(code, title)}"
    if note:
        yield f"note = {_quoted(note)}"


def _function_text(position: str | None) -> Iterator[str]:
    yield from ("", "[[records]]", 'handle = "funktion"', 'table = "function"')
    where = f": {{?{position}|plain}}" if position else ""
    yield f"ident = [{_quoted('{@person} @ {@organisation}' + where)}]"
    yield from ('required = ["person", "organisation"]', 'repeats = "expected"')
    if position:
        yield "[records.columns]"
        yield f'name = {{ from = {_quoted(position)}, default = "Kontakt" }}'
        yield f'kind = {{ from = {_quoted(position)}, map = "funktion", default = "ansprechperson" }}'
    else:
        yield "[records.constants]"
        yield from ('name = "Kontakt"', 'kind = "ansprechperson"')
    yield from ("[records.links]", 'person = "person"', 'organisation = "organisation"')


def _rule(code: str, title: str) -> str:
    more = {
        "kind": ', map = "art_nach_name"',
        "engagement_fields": ', map = "engagement", separator = ","',
        "mail": "",
        "phone": "",
    }.get(code)
    return f"{{ from = {_quoted(title)}{more} }}" if more else _quoted(title)


def _quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
