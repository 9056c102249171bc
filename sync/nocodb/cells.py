"""Between the cells of the base (titles, field ids, labels) and those of the declaration (column codes, choice codes).

Pure. A label that staff added has no code; it passes through as it is, in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.errors import ConfigError
from schemas.model import Column, Formula, MultiSelect, SingleSelect, Table, Value
from sync.nocodb.resolve import ExtraField, ResolvedField, ResolvedTable
from sync.nocodb.swap import Cell, RowRef
from sync.nocodb.where import Raw


class TableCells:
    """Translate the rows of one table."""

    def __init__(self, declared: Table, real: ResolvedTable) -> None:
        self.declared = declared
        self.real = real
        self._codes = {
            code: {label: choice for choice, label in found.labels.items()} for code, found in real.fields.items()
        }

    @property
    def writable(self) -> tuple[str, ...]:
        """Return the codes of the columns that can be written."""
        return tuple(c for c, column in self.declared.columns.items() if not isinstance(column, Formula))

    def cell(self, code: str) -> Cell:
        """Return the column as a swap addresses it; of a link its foreign key."""
        found = self.real.fields[code]
        return Cell(found.data_id, found.data_title, "ForeignKey" if found.fk_id else found.uidt)

    def row(self, base_id: str, row_id: int) -> RowRef:
        """Return one row as a swap addresses it."""
        key, moved = self.real.key, self.real.updated_at
        if moved is None:
            raise self._lost("UpdatedAt")
        return RowRef(
            base_id, self.real.id, row_id, Cell(key.id, key.title, key.uidt), Cell(moved.id, moved.title, moved.uidt)
        )

    def decode(self, row: Mapping[str, Any], codes: Iterable[str]) -> dict[str, object]:
        """Return raw cells by column code, choices as codes, the row id as ``id``.

        Raises:
            ConfigError: a column is missing in the answer, because somebody renames it at this moment.
        """
        cells: dict[str, object] = {"id": self._take(row, self.real.key.title)}
        for code in codes:
            found = self.real.fields[code]
            cells[code] = self.label_to_code(code, self._take(row, found.data_title))
        return cells

    def decode_extra(self, row: Mapping[str, Any], extra: Iterable[ExtraField]) -> dict[str, object]:
        """Return the cells of staff's own columns under ``extra:<field id>``, and the times of the row."""
        cells = {e.code: self._take(row, e.title) for e in extra}
        for code, found in (("created_at", self.real.created_at), ("updated_at", self.real.updated_at)):
            cells[code] = row.get(found.title) if found else None
        return cells

    def label_to_code(self, code: str, raw: object) -> object:
        """Return a select's value with codes for labels; other values as they are."""
        known = self._codes[code]
        if raw is None or raw == "" or not self._is_select(code):
            return raw
        if isinstance(self.declared.columns[code], MultiSelect):
            parts = raw if isinstance(raw, list) else str(raw).split(",")
            return [known.get(str(p), str(p)) for p in parts]
        return known.get(str(raw), str(raw))

    def encode(self, code: str, value: Value) -> Raw:
        """Return a value as the base wants it, labels for choice codes.

        Raises:
            ConfigError: a declared choice is no longer among the choices of the base.
        """
        column = self.declared.columns[code]
        raw = column.encode(value)
        if raw is None or not self._is_select(code):
            return raw
        if isinstance(column, MultiSelect):
            return ",".join(self._label(code, column, part) for part in str(raw).split(","))
        return self._label(code, column, str(raw))

    def _label(self, code: str, column: Column, choice: str) -> str:
        found = self.real.fields[code]
        if choice in found.labels:
            return found.labels[choice]
        declared = {c.code: c.label for c in column.choices} if isinstance(column, SingleSelect | MultiSelect) else {}
        if choice in declared:
            raise ConfigError(
                f"In der Tabelle „{self.real.title}“ fehlt in der Spalte „{found.title}“ die Auswahl"
                f" „{declared[choice]}“.",
                hint="`kontaktnetz schema apply` legt sie wieder an.",
                table=self.declared.code,
                column=code,
            )
        return choice

    def _is_select(self, code: str) -> bool:
        return isinstance(self.declared.columns[code], SingleSelect | MultiSelect)

    def _take(self, row: Mapping[str, Any], title: str) -> object:
        if title not in row:
            raise self._lost(title)
        found: object = row[title]
        return found

    def _lost(self, title: str) -> ConfigError:
        return ConfigError(
            f"In der Tabelle „{self.real.title}“ wurde die Spalte „{title}“ eben umbenannt oder gelöscht.",
            hint="Bitte starten Sie den Vorgang noch einmal, er liest die Spalten dann neu.",
            table=self.declared.code,
        )


def field_ids(fields: Iterable[ResolvedField]) -> list[str]:
    """Return the ids of the columns that carry the values, for ``fields=``."""
    return [f.data_id for f in fields]
