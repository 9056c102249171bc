"""A field between machine and people: what the status remembers as text, what a conflict or the journal shows. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping

from schemas.base import BASE
from schemas.model import Date, Integer, Link, MultiSelect, SingleSelect, Value
from sync.items import LinkRef
from sync.merge import UNKNOWN, Unknown
from sync.normalise import read_date
from sync.status import Key

EMPTY = "(leer)"


def decode_last(table: str, column: str, text: str | None) -> Value | Unknown:
    """Return a value that the status remembers; UNKNOWN when it does not."""
    if text is None:
        return UNKNOWN
    return BASE.tables[table].columns[column].decode(json.loads(text))


def decode_last_link(text: str | None) -> Key | None:
    """Return what a link pointed at by the word of the status, None when it does not remember."""
    if text is None:
        return None
    table, _, ident = text.partition(":")
    return table, ident


def show(table: str, column: str, value: Value | LinkRef, name_of: Callable[[str, int], str] | None = None) -> str:
    """Return a value as people read it (German); a link as the name of its target where ``name_of`` knows it."""
    if isinstance(value, LinkRef):
        return value.ident
    kind = BASE.tables[table].columns[column]
    if value is None or value in ("", ()):
        return EMPTY
    if isinstance(kind, Link) and isinstance(value, int):
        return (name_of(kind.target, value) if name_of else "") or f"Zeile {value}"
    if isinstance(kind, SingleSelect | MultiSelect):
        labels = {c.code: c.label for c in kind.choices}
        parts = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(labels.get(p, p) for p in parts)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def title(table: str, column: str) -> str:
    """Return the German title under which a column was made."""
    return BASE.tables[table].columns[column].title


def read_typed(table: str, column: str, text: str) -> Value:
    """Return what a person typed for a column as a value.

    Raises:
        ValueError: the text does not fit; the message says in German what is expected.
    """
    kind = BASE.tables[table].columns[column]
    typed = text.strip()
    if isinstance(kind, Link):
        raise ValueError("Verknüpfungen bitte in der Zeile selbst setzen.")
    if isinstance(kind, Date):
        day = read_date(typed).value
        if not isinstance(day, dt.date):
            raise ValueError(f"„{typed}“ ist kein Datum (erwartet: TT.MM.JJJJ).")
        return day
    if isinstance(kind, Integer):
        if not typed.isdigit():
            raise ValueError(f"„{typed}“ ist keine ganze Zahl.")
        return int(typed)
    if isinstance(kind, SingleSelect | MultiSelect):
        codes = {c.label.casefold(): c.code for c in kind.choices} | {c.code.casefold(): c.code for c in kind.choices}
        parts = [codes.get(p.strip().casefold(), p.strip()) for p in typed.split(",")]
        return tuple(parts) if isinstance(kind, MultiSelect) else parts[0]
    return typed


def as_json(values: Mapping[str, Value]) -> dict[str, object]:
    """Return values as JSON can hold them, as the base itself writes them."""
    return {c: list(v) if isinstance(v, tuple) else v if isinstance(v, bool | int | None) else str(v)
            for c, v in values.items()}  # fmt: skip


def from_json(table: str, values: Mapping[str, object]) -> dict[str, Value]:
    """Return what ``as_json`` wrote."""
    columns = BASE.tables[table].columns
    return {c: columns[c].decode(v) for c, v in values.items() if c in columns}
