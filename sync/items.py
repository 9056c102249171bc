"""What a source delivers: items for the base, and whatever could not become one, each with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.model import Value


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a list, as a person counts: ``row`` is the line or record number, the header being line 1."""

    file: str
    row: int
    sheet: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return file, sheet and row as plain values."""
        return {"file": self.file, "sheet": self.sheet, "row": self.row}

    def __str__(self) -> str:
        sheet = f", Blatt {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, Zeile {self.row}"


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A link to another item of the same source, by table code and ident."""

    table: str
    ident: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a row that was read all the same (German)."""

    origin: Origin
    column: str | None
    text: str

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return {**self.origin.as_json(), "column": self.column, "text": self.text}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, or one cell of it, that could not be taken over: where, what stood there, why, what to do (German)."""

    origin: Origin
    column: str | None
    value: str | None
    reason: str
    hint: str

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        told = {"column": self.column, "value": self.value, "reason": self.reason, "hint": self.hint}
        return {**self.origin.as_json(), **told}


@dataclass(frozen=True, slots=True)
class Unread:
    """An entry of the source that could not be read as a whole; it is among the rejected, too, for people.

    ``key`` (table, ident) says whose it is, where the entry still tells. ``fingerprint`` tells the same entry again in
    a later reading; it is empty where the reading was cut off, and nobody knows what is missing. ``reason`` is German.
    """

    origin: Origin
    reason: str
    fingerprint: str = ""
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One row for one table: decoded values by column code, links by column code.

    ``ident`` is unique per (source, table) and stays the same in every delivery of the list; the base keeps it in the
    column ``ident`` as ``<source>:<ident>``. ``values`` never contains source, ident, token or a link column; an empty
    value is left out.
    """

    table: str
    ident: str
    values: Mapping[str, Value]
    links: Mapping[str, LinkRef]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Delivery:
    """Everything one reading of one source brought, tables in the order of ``BASE`` (targets of links first).

    ``modes`` says by table and column how a field is merged, where not in the usual way (see ``sync.merge.Mode``).
    While anything is ``unread`` the delivery is not complete: what it does not name may still stand in the source.
    """

    source: str
    rows: int
    items: tuple[Item, ...]
    rejected: tuple[Rejected, ...] = field(default=())
    notes: tuple[Note, ...] = field(default=())
    modes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unread: tuple[Unread, ...] = field(default=())
