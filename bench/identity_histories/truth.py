"""What is true of a history after its days: whose every name and value is. Nothing here knows how lists are met."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from identity_histories.files import cells_of, garble
from identity_histories.model import Action, Adds, Deletes, Entry, History, Listing, Note, Replaces, Types

PERSON_CELLS: Mapping[str, str] = {
    "salutation": "salutation", "title": "title", "first": "first_name", "last": "last_name", "mail": "mail",
    "phone": "phone", "mobile": "mobile", "street": "street", "postcode": "postcode", "city": "city", "note": "note",
}  # fmt: skip
BODY_CELLS: Mapping[str, str] = {
    "org": "name", "org_street": "street", "org_postcode": "postcode", "org_city": "city", "org_phone": "phone",
    "org_mail": "mail", "org_web": "web", "note": "note",
}  # fmt: skip
CELLS: Mapping[str, Mapping[str, str]] = {"person": PERSON_CELLS, "organisation": BODY_CELLS}
"""Which cell of an entry goes into which column of which table."""

REMEMBERED: Mapping[str, frozenset[str]] = {
    "person": frozenset(["first_name", "last_name", "mail", "mail2", "phone", "mobile", "phone_other"]),
    "organisation": frozenset(["name", "short_name", "street", "postcode", "city", "phone", "phone2", "mail", "web"]),
}
"""Columns whose former value stays findable, as the handbook says ("Früher auch")."""

PHONES = frozenset({"phone", "phone2", "mobile", "phone_other"})
MAILS = frozenset({"mail", "mail2"})
TELLING = PHONES | MAILS | {"street", "web"}
"""Columns whose value tells one human or body from another."""

_NO_NAME = frozenset(["dr", "prof", "frau", "herr", "e", "v", "ev"])


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text in small letters without accents and signs, umlauts written out.

    >>> plain("  Müller-Lüdenscheidt, É.")
    'mueller luedenscheidt e'
    """
    small = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def name_key(*parts: str | None) -> str:
    """Return what names are compared by: without titles, salutations and legal forms."""
    words = plain(" ".join(part for part in parts if part)).split()
    return " ".join(word for word in words if word not in _NO_NAME) or " ".join(words)


def digits(text: str) -> str:
    """Return the digits of a phone number without what stands for Germany or the own area.

    >>> digits("0391 5600101") == digits("+49 391 5600101")
    True
    """
    return re.sub(r"^(?:00)?(?:49)?0*", "", "".join(c for c in text if c.isdigit()))


def stands_in(column: str, value: str, text: str) -> bool:
    """Say whether a value of a column stands somewhere in a text."""
    if column in PHONES:
        return any(digits(value) in "".join(c for c in line if c.isdigit()) for line in text.split("\n"))
    if column in MAILS:
        return value.casefold() in text.casefold()
    if column == "web":
        return re.sub(r"^https?://(?:www\.)?", "", value.casefold()) in text.casefold()
    return f" {plain(value)} " in f" {plain(text)} "


def value_key(column: str, value: str) -> str:
    """Return what two values are compared by, so that the same number in two columns is the same."""
    if column in PHONES:
        return f"phone {digits(value)}"
    if column in MAILS:
        return f"mail {value.casefold()}"
    return f"{column} {plain(value)}"


@dataclass(slots=True)
class Told:
    """One thing that happened: a list was brought in, or staff did something.

    ``spec`` is how the product calls the source; two sources that it takes for one are two all the same.
    """

    listing: Listing | None = None
    action: Action | None = None
    spec: str = ""
    refused: bool = False
    undone: bool = False

    @property
    def source(self) -> str:
        """Return which source the list is, as people see it."""
        return (self.listing.file or self.listing.source) if self.listing else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A value somebody brought for a label. ``required``: it has to stand somewhere at the end."""

    column: str
    value: str
    by: str
    place: int
    required: bool


@dataclass(slots=True)
class Known:
    """What is true of one label: the keys of names it may bear, and what was said of it."""

    label: str
    table: str
    firsts: list[str] = field(default_factory=list)
    lasts: list[str] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    deleted: bool = False
    replaced: bool = False
    sources: set[str] = field(default_factory=set)
    still: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """Return the keys of every name the label may bear."""
        made = {name_key(f, last) for f in ["", *self.firsts] for last in self.lasts if f or not self.firsts}
        return {key for key in self.whole | made if key}

    @property
    def here(self) -> bool:
        """Say whether the label has to have a row."""
        return not self.deleted and not self.replaced


class Truth:
    """What is true of a history, worked out from all that was told until now."""

    def __init__(self, history: History, told: list[Told]) -> None:
        self.history = history
        self.known: dict[str, Known] = {}
        self.last: dict[str, Listing] = {}
        self.read: list[tuple[Entry, Listing]] = []
        typed: dict[tuple[str, str], int] = {}
        newest = {one.source: place for place, one in enumerate(told) if one.listing and _counts(one)}
        for place, one in enumerate(told):
            if one.listing is not None:
                self._take_list(place, one, newest.get(one.source) == place)
            elif one.action is not None:
                self._take_action(place, one.action, typed)
        for known in self.known.values():
            known.said = _eased(known, typed)
        self.tellers = {table: self._tellers(table) for table in CELLS}

    def labels(self, table: str) -> list[Known]:
        """Return the labels of a table."""
        return [known for known in self.known.values() if known.table == table]

    def _take_list(self, place: int, one: Told, newest: bool) -> None:
        listing = one.listing
        if listing is None:
            raise ValueError("no list")
        written = cells_of(listing)
        sound = _counts(one) and not listing.garbled
        if newest:
            self.last[one.source] = listing
        for entry in listing.entries:
            if _counts(one):
                self.read.append((entry, listing))
            for table, label in (("person", entry.who), ("organisation", entry.body)):
                if not label:
                    continue
                known = self._known(label, table)
                _take_names(known, entry, listing)
                if _counts(one):
                    known.sources.add(one.source)
                    known.still |= {one.source} if newest else set()
                for cell, column in CELLS[table].items():
                    value = str(getattr(entry, cell))
                    wanted = value and cell in written and not entry.broken
                    if not wanted or (cell == "note" and (table == "organisation") is bool(entry.who)):
                        continue
                    needed = sound and (newest or column in REMEMBERED[table])
                    known.said.append(Said(column, value, "list", place, needed))

    def _take_action(self, place: int, action: Action, typed: dict[tuple[str, str], int]) -> None:
        if isinstance(action, Adds):
            known = self._known(action.label, action.table)
            self._typed(known, action.cells, place, typed)
        elif isinstance(action, Types):
            self._typed(self.known[action.label], action.cells, place, typed)
        elif isinstance(action, Note):
            self.known[action.label].noted.append(action.text)
        elif isinstance(action, Deletes):
            self.known[action.label].deleted = True
        elif isinstance(action, Replaces):
            gone = self.known[action.label]
            gone.replaced = True
            self._typed(self._known(action.other, gone.table), action.cells, place, typed)

    def _typed(self, known: Known, cells: Mapping[str, str], place: int, typed: dict[tuple[str, str], int]) -> None:
        for column, value in cells.items():
            known.said.append(Said(column, value, "staff", place, True))
            typed[(known.label, column)] = place
        known.firsts += [cells["first_name"]] if "first_name" in cells else []
        known.lasts += [cells["last_name"]] if "last_name" in cells else []
        known.whole |= {name_key(cells["name"])} if "name" in cells else set()

    def _known(self, label: str, table: str) -> Known:
        found = self.known.setdefault(label, Known(label, table))
        if found.table != table:
            raise ValueError(f"{self.history.name}: {label} is a {found.table} and a {table}")
        return found

    def _tellers(self, table: str) -> dict[str, tuple[str, str, str]]:
        """Return by key each value that only one label of the table has: label, column, value."""
        owners: dict[str, dict[str, tuple[str, str, str]]] = {}
        for known in self.labels(table):
            for said in known.said:
                if said.column in TELLING:
                    key = value_key(said.column, said.value)
                    owners.setdefault(key, {})[known.label] = (known.label, said.column, said.value)
        return {key: next(iter(whose.values())) for key, whose in owners.items() if len(whose) == 1}


def _counts(one: Told) -> bool:
    return not one.refused and not one.undone


def _eased(known: Known, typed: Mapping[tuple[str, str], int]) -> list[Said]:
    """Let go what a list had said before staff typed into that very cell: they replaced it knowingly."""
    old = {
        (said.column, said.value)
        for said in known.said
        if said.by == "list" and said.place < typed.get((known.label, said.column), -1)
    }
    return [
        replace(said, required=False) if said.by == "list" and (said.column, said.value) in old else said
        for said in known.said
    ]


def _take_names(known: Known, entry: Entry, listing: Listing) -> None:
    forms = [entry] if not entry.broken else []
    if listing.garbled:
        changed = {c: garble(getattr(entry, c), listing.encoding) for c in ("first", "last", "org")}
        forms.append(entry.but(**changed))
    for form in forms:
        if known.table == "organisation":
            known.whole |= {name_key(form.org)} if form.org else set()
        elif form.last or form.first:
            known.firsts += [form.first] if form.first and form.first not in known.firsts else []
            known.lasts += [form.last] if form.last and form.last not in known.lasts else []
            known.whole.add(name_key(form.first, form.last))
        elif form.mail:
            known.whole.add(name_key(form.mail))


def readings(truth: Truth, *, last_only: bool) -> Iterator[tuple[Entry, Listing]]:
    """Yield the entries of every list that counts, or only those of each source's last one, with their list."""
    if not last_only:
        yield from truth.read
        return
    for listing in truth.last.values():
        yield from ((entry, listing) for entry in listing.entries)


def text_of(values: Iterable[object]) -> str:
    """Return all texts among these values, a line for each."""
    return "\n".join(str(value) for value in values if isinstance(value, str) and value)
