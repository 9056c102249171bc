"""Draft a profile from the header of a CSV or Excel file: known words become columns, the rest goes to the note.

The draft is a beginning to be read and changed; it loads and works as it stands.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from sync.normalise import text_key
from sync.sources.opening import open_table


def draft_profile(path: Path) -> str:
    """Return the text of a profile (TOML) for the file. Raises SourceError for a file that is no table."""
    header = open_table(path).header
    words = _words()
    picker = _Picker(header)
    found = _Found(organisation=picker.columns(words["organisation"]), person=picker.columns(words["mensch"]))
    if "last_name" not in found.person:
        found.whole_name = picker.take(words["person"])
    plain = picker.take(words["name"])
    if plain and "first_name" in found.person and "last_name" not in found.person:
        found.person["last_name"] = plain
    elif plain and "name" not in found.organisation:
        found.organisation["name"] = plain
    if "name" not in found.organisation and not found.person_name:
        found.organisation["name"] = picker.rest[0] if picker.rest else header[0]
        picker.drop(found.organisation["name"])
    reach = picker.columns(words["adresse"]) | picker.columns(words["erreichbar"])
    (found.organisation if "name" in found.organisation else found.person).update(reach)
    found.position = picker.take(words["funktion"])
    found.ident = picker.take(words["kennung"])
    found.note = picker.take(words["notiz"])
    return "\n".join(_text(path, found, picker.rest))


def _words() -> Any:
    shared = resources.files("sync.sources") / "profiles" / "_woerter.toml"
    return tomllib.loads(shared.read_text(encoding="utf-8"))


@dataclass(slots=True)
class _Found:
    """Which titles of the file became what."""

    organisation: dict[str, str]
    person: dict[str, str]
    whole_name: str | None = None
    position: str | None = None
    ident: str | None = None
    note: str | None = None

    @property
    def person_name(self) -> str | None:
        """Return the column that names a person."""
        return self.person.get("last_name") or self.whole_name


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

    def take(self, words: Sequence[str]) -> str | None:
        """Return the title that is one of the words, and take it away."""
        return next((t for word in words if (t := self._free.pop(text_key(word), None))), None)

    def drop(self, title: str) -> None:
        """Take one title away."""
        self._free = {key: t for key, t in self._free.items() if t != title}

    def columns(self, words: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return our column codes with the titles that fit them."""
        found = {code: self.take(names) for code, names in words.items()}
        return {code: title for code, title in found.items() if title}


def _breaks_template(title: str) -> bool:
    return any(sign in title for sign in "{}|\n")


def _text(path: Path, found: _Found, rest: list[str]) -> Iterator[str]:
    has_organisation = "name" in found.organisation
    file = path.name.encode("unicode_escape").decode()
    yield f"# Entwurf aus den Spaltentiteln von {file}. Bitte durchsehen und anpassen."
    yield "# Alle Schlüssel erklärt sync/sources/profiles/README.md."
    yield "format = 1"
    yield f"title = {_quoted(path.stem)}"
    yield 'include = "gemeinsam"'
    yield f"expects = [{_quoted(found.organisation.get('name') or found.person_name or '')}]"
    yield "keep_rest = true  # was keine Spalte übernimmt, steht in der Notiz"
    yield f'rest_to = ["{"organisation" if has_organisation else "person"}"]'
    if rest:
        yield f"# Nicht erkannt: {_quoted(', '.join(rest))}"
    if has_organisation:
        yield from _organisation_text(found.organisation, found.ident, found.note)
    if found.person_name:
        yield from _person_text(found, with_organisation=has_organisation)
    if has_organisation and found.person_name:
        yield from _function_text(found.position)
    yield ""


def _organisation_text(columns: dict[str, str], ident: str | None, note: str | None) -> Iterator[str]:
    yield from ("", "[[records]]", 'handle = "organisation"', 'table = "organisation"')
    idents = [*([f"id:{{{ident}}}"] if ident else []), f"name:{{{columns['name']}|key}}"]
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


def _person_text(found: _Found, *, with_organisation: bool) -> Iterator[str]:
    columns, name = found.person, found.person_name or ""
    ident, note = (None, None) if with_organisation else (found.ident, found.note)
    given = f"{{?{columns['first_name']}|plain}} " if "first_name" in columns else ""
    place = " @ {@organisation}" if with_organisation else ""
    idents = [f"id:{{{ident}}}"] if ident else []
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
