"""What is wrong or doubtful in the data, as lists that lead to the rows: done once per version of the mirror."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.contacts.bounces import standing_problems
from schemas.contacts.rules import is_reachable, is_stale
from streamlit_app.frames.cells import day, name_of, rows_where, text
from streamlit_app.frames.contacts import NAMELESS, LastContacts
from sync.normalise import is_mail
from sync.phone_numbers import can_be_dialled

LISTS = ("verschwunden", "unerreichbar", "veraltet", "telefon", "mail", "zurueck", "ohne_tag")
"""The lists of rows; conflicts and look-alikes are decided, not listed."""

TITLES: Mapping[str, str] = {
    "phone": "Telefon", "phone2": "Telefon 2", "mobile": "Mobil", "phone_other": "Telefon (weiteres)",
    "mail": "E-Mail", "mail2": "E-Mail 2",
}  # fmt: skip

_PHONES: Mapping[str, tuple[str, ...]] = {
    "organisation": ("phone", "phone2"),
    "person": ("phone", "mobile", "phone_other"),
    "function": ("phone",),
}
_MAILS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("mail",), "person": ("mail", "mail2"), "function": ("mail",), "team_member": ("mail",),
}  # fmt: skip

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that somebody should look at: its table and id, its name, which of its cells, and since when."""

    table: str
    id: int
    name: str
    what: str = ""
    value: str = ""
    day: dt.date | None = None
    source: str = ""


def find(tables: Tables, last: LastContacts, today: dt.date) -> dict[str, list[Finding]]:
    """Return the findings by list, oldest or by name; ``tables`` holds every contact table by code."""
    return {
        "verschwunden": sorted(_vanished(tables), key=lambda f: (f.day or today, f.name)),
        "unerreichbar": sorted(_unreachable(tables), key=lambda f: f.name),
        "veraltet": sorted(_stale(tables, last, today), key=lambda f: (f.day or dt.date.min, f.name)),
        "telefon": sorted(_broken(tables, _PHONES, can_be_dialled), key=lambda f: f.name),
        "mail": sorted(_broken(tables, _MAILS, is_mail), key=lambda f: f.name),
        "zurueck": sorted(_returned(tables), key=lambda f: f.name),
        "ohne_tag": sorted(_undated(tables), key=lambda f: (f.value, f.name)),
    }


def _vanished(tables: Tables) -> Iterator[Finding]:
    for code, table in tables.items():
        gone = table[table["vanished_since"].notna()]
        for row in _named(gone):
            yield Finding(code, int(row.id), _name(code, row), day=day(row.vanished_since), source=text(row.source))


def _unreachable(tables: Tables) -> Iterator[Finding]:
    at_work = _ways_at_work(tables["function"])
    for code in ("organisation", "person"):
        columns = (*_PHONES[code], *_MAILS[code])
        for row in _named(tables[code]):
            ways = [text(getattr(row, c)) for c in columns]
            if not is_reachable(*ways) and not (code == "person" and int(row.id) in at_work):
                yield Finding(code, int(row.id), _name(code, row), source=text(row.source))


def _ways_at_work(functions: pd.DataFrame) -> set[int]:
    """Return the persons whom a phone or mail of one of their functions reaches."""
    reached = functions[functions["person"].notna() & (functions["mail"].notna() | functions["phone"].notna())]
    return {int(i) for i in reached["person"]}


def _stale(tables: Tables, last: LastContacts, today: dt.date) -> Iterator[Finding]:
    for code, seen in (("organisation", last.organisation), ("person", last.person)):
        for row in _named(tables[code]):
            days = [seen.get(int(row.id)), _date(row.updated_at), _date(row.created_at)]
            if is_stale(days, today):
                latest = max((d for d in days if d), default=None)
                yield Finding(code, int(row.id), _name(code, row), day=latest, source=text(row.source))


def _broken(tables: Tables, columns: Mapping[str, tuple[str, ...]], sound: Callable[[str], bool]) -> Iterator[Finding]:
    for code, names in columns.items():
        table = tables[code]
        for column in names:
            filled = table[table[column].notna()]
            bad = rows_where(filled, (bool(text(v)) and not sound(text(v)) for v in filled[column]))
            for row in _named(bad):
                value = text(getattr(row, column))
                yield Finding(code, int(row.id), _name(code, row), TITLES[column], value, source=text(row.source))


def _returned(tables: Tables) -> Iterator[Finding]:
    for code in ("organisation", "person", "function"):
        table = tables[code]
        for row in _named(table[table["mail_problem"].notna()]):
            addresses = [text(getattr(row, column)) for column in _MAILS[code]]
            for line in standing_problems(text(getattr(row, "mail_problem", "")), addresses):
                yield Finding(code, int(row.id), _name(code, row), TITLES["mail"], line, source=text(row.source))


def _undated(tables: Tables) -> Iterator[Finding]:
    """Yield contacts without a day: they count nowhere, neither as the latest contact nor in any figure."""
    names = {
        code: {int(row.id): _name(code, row) for row in _named(tables[code])} for code in ("organisation", "person")
    }  # fmt: skip
    contacts = tables["interaction"]
    for row in _named(contacts[contacts["day"].isna()]):
        told = (names[code].get(int(at)) for code in names if not pd.isna(at := getattr(row, code)))
        yield Finding("interaction", int(row.id), _name("interaction", row), value=", ".join(filter(None, told)),
                      source=text(row.source))  # fmt: skip


def _named(table: pd.DataFrame) -> Iterator[Any]:
    return iter(table.rename(columns={"name": "shown"}).itertuples())


def _name(code: str, row: object) -> str:
    if code == "person":
        return name_of(row) or NAMELESS
    return text(getattr(row, "shown", "")) or text(getattr(row, "summary", "")) or NAMELESS


def _date(moment: object) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) and not pd.isna(moment) else None
