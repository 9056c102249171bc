"""What must happen so that the base offers all that is declared. Pure: two descriptions in, a plan out.

Staff own the spreadsheet: renamed titles, own columns, own choices, own views and deleted views are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.model import Base, Column, Formula, Link, MultiSelect, SingleSelect, Table
from sync.nocodb.model import FieldMeta, TableMeta
from sync.nocodb.resolve import accepted_types
from sync.provision.columns import match_choices, missing_choices
from sync.provision.inspect import Found, find_field
from sync.provision.operations import (
    AddColumn,
    AddLink,
    CreateBase,
    CreateTable,
    CreateView,
    Destructive,
    DropColumn,
    DropTable,
    Operation,
    Retype,
    Safe,
    SetChoices,
    SetDisplay,
    SetFormula,
)

DEFAULT_VIEW = "default"
"""Code under which the marker notes that the grid that came with the table has been arranged."""

BEGUN = ""
"""In place of a view's id (or of the display column): ours to make, not made yet."""


@dataclass(frozen=True, slots=True)
class SchemaPlan:
    """What is to be done, in order: ``safe`` steps, and ``destructive`` ones that somebody must allow."""

    base_title: str
    safe: tuple[Safe, ...]
    destructive: tuple[Destructive, ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Return all steps in order."""
        return (*self.safe, *self.destructive)

    @property
    def empty(self) -> bool:
        """Say whether nothing is to be done."""
        return not self.operations

    def describe(self) -> str:
        """Return the plan in German, one line per step."""
        if self.empty:
            return f"Die Base „{self.base_title}“ ist vollständig eingerichtet. Es ist nichts zu tun."
        lines = [f"Die Base „{self.base_title}“ braucht {_steps(len(self.operations))}:"]
        lines += [f"  + {step}" for step in self.safe]
        if self.destructive:
            lines.append("Diese Schritte zerstören Daten und geschehen nur mit --allow-destructive:")
            lines += [f"  - {step}" for step in self.destructive]
        return "\n".join(lines)


def diff(base: Base, found: Found) -> SchemaPlan:
    """Return the steps from the base as found to the base as declared."""
    tables = base.tables
    titles = _Titles(found.titles)
    steps: list[Safe] = [] if found.base else [CreateBase(base.title)]
    names: dict[str, str] = {}
    for code, table in tables.items():
        if code in found.ours:
            names[code] = found.ours[code].title
        else:
            names[code] = titles.take(table.title)
            steps.append(CreateTable(code, names[code], len(_plain(table))))
    fields = {code: _Titles(_field_titles(table, found.ours.get(code))) for code, table in tables.items()}
    for code, table in tables.items():
        steps += _columns(table, found.ours.get(code), fields[code], names[code])
    for table in tables.values():
        steps += _links(table, found, fields, names)
    for code, table in tables.items():
        steps += _formulas(table, found.ours.get(code), fields[code], names[code])
    for code, table in tables.items():
        steps += _views(table, found.ours.get(code), names[code])
    return SchemaPlan(found.base.title if found.base else base.title, tuple(steps), tuple(_destructive(base, found)))


def fk_title(title: str) -> str:
    """Return the title of the foreign-key column of a link with this title."""
    return f"{title} (Id)"


class _Titles:
    """The titles taken in one place; compared without case, as the server does."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {t.casefold() for t in taken}

    def take(self, wanted: str) -> str:
        """Return the wanted title, or one close to it when staff use that for something of their own."""
        title, number = wanted, 1
        while title.casefold() in self._taken:
            number += 1
            title = f"{wanted} (Kontaktnetz)" if number == 2 else f"{wanted} (Kontaktnetz {number})"
        self._taken.add(title.casefold())
        return title


def _field_titles(table: Table, real: TableMeta | None) -> list[str]:
    """Return the column titles taken in a table; one that is still to be made takes its plain columns' titles."""
    return [f.title for f in real.fields] if real else [c.title for c in _plain(table).values()]


def _plain(table: Table) -> dict[str, Column]:
    return {code: c for code, c in table.columns.items() if not isinstance(c, Link | Formula)}


def _columns(table: Table, real: TableMeta | None, titles: _Titles, name: str) -> Iterator[Safe]:
    for code, column in _plain(table).items():
        there = find_field(real, f"{table.code}.{code}") if real else None
        if real and there is None:
            yield AddColumn(table.code, code, titles.take(column.title), name)
        if not isinstance(column, SingleSelect | MultiSelect):
            continue
        if there is None:
            yield SetChoices(table.code, code, column.title, name, ())
        elif there.uidt == column.uidt:
            missing = missing_choices(column, there)
            if missing or match_choices(column, there) != (there.marker.get("choices") or {}):
                yield SetChoices(table.code, code, there.title, name, tuple(o.title for o in missing))


def _links(table: Table, found: Found, titles: dict[str, _Titles], names: dict[str, str]) -> Iterator[Safe]:
    real = found.ours.get(table.code)
    for code, link in table.links.items():
        marker = f"{table.code}.{code}"
        if real and find_field(real, marker):
            continue
        target = found.ours.get(link.target)
        reverse = find_field(target, marker, reverse=True) if target else None
        yield AddLink(
            table.code,
            code,
            title=titles[table.code].take(link.title),
            reverse_title=reverse.title if reverse else titles[link.target].take(link.reverse),
            table_title=names[table.code],
            target=link.target,
            target_title=names[link.target],
            begun=reverse is not None,
        )


def _formulas(table: Table, real: TableMeta | None, titles: _Titles, name: str) -> Iterator[Safe]:
    for code, column in table.columns.items():
        if not isinstance(column, Formula):
            continue
        there = find_field(real, f"{table.code}.{code}") if real else None
        if there is None:
            yield AddColumn(table.code, code, titles.take(column.title), name)
        elif there.uidt == column.uidt and there.marker.get("formula") != column.expression:
            yield SetFormula(table.code, code, there.title, name)
        if code == table.display and (real is None or real.marker.get("display") == BEGUN):
            yield SetDisplay(table.code, code, there.title if there else column.title, name)


def _views(table: Table, real: TableMeta | None, name: str) -> Iterator[Safe]:
    made = (real.marker.get("views") or {}) if real else {}
    if not made.get(DEFAULT_VIEW):
        yield CreateView(table.code, DEFAULT_VIEW, name, name)
    taken = _Titles(v.title for v in real.views) if real else _Titles([name])
    for view in table.views:
        if not made.get(view.code):  # a view that staff deleted keeps its id here and stays deleted
            begun = view.code in made
            yield CreateView(table.code, view.code, view.title if begun else taken.take(view.title), name)


def _destructive(base: Base, found: Found) -> Iterator[Destructive]:
    for code, real in found.ours.items():
        table = base.tables[code]
        for field in real.fields:
            yield from _field_change(table, real, field)
    for real in found.left:
        yield DropTable(real.id, real.title)


def _field_change(table: Table, real: TableMeta, field: FieldMeta) -> Iterator[Destructive]:
    owner, _, code = str(field.marker.get("code") or "").partition(".")
    if owner != table.code or "role" in field.marker:
        return
    column = table.columns.get(code)
    if column is None:
        yield DropColumn(field.id, field.title, real.title)
    elif field.uidt not in accepted_types(column) and find_field(real, f"{owner}.{code}") is field:
        yield Retype(table.code, code, field.title, real.title, field.uidt, column.uidt)


def _steps(number: int) -> str:
    return "einen Schritt" if number == 1 else f"{number} Schritte"
