"""A base: all tables together, and the checks that no single table can make."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.model.columns import MultiSelect, SingleSelect
from schemas.model.table import Record, Table


@dataclass(frozen=True, slots=True)
class Base:
    """Every declared table, in the order in which they are created (targets of links first)."""

    title: str
    records: tuple[type[Record], ...]

    @property
    def tables(self) -> dict[str, Table]:
        """Return the tables by code, in creation order."""
        return {r.table().code: r.table() for r in self.records}

    def record(self, code: str) -> type[Record]:
        """Return the record class of a table; KeyError when there is none."""
        return {r.table().code: r for r in self.records}[code]

    def check(self) -> list[str]:
        """Return what is wrong with the declaration, in English; an empty list means sound."""
        found: list[str] = []
        tables = self.tables
        if len(tables) != len(self.records):
            found.append("two tables share a code")
        titles = [t.title.casefold() for t in tables.values()]
        found += [f"table title used twice: {t}" for t in sorted({t for t in titles if titles.count(t) > 1})]
        reverse: dict[str, list[str]] = {code: [] for code in tables}
        for table in tables.values():
            for code, link in table.links.items():
                if link.target not in tables:
                    found.append(f"{table.code}.{code} links to unknown table {link.target}")
                else:
                    reverse[link.target].append(link.reverse.casefold())
        for table in tables.values():
            names = [c.title.casefold() for c in table.columns.values()] + reverse[table.code]
            found += [f"{table.code}: title used twice: {n}" for n in sorted({n for n in names if names.count(n) > 1})]
            found += self._check_choices(table) + self._check_views(table)
        return found

    @staticmethod
    def _check_choices(table: Table) -> list[str]:
        found = []
        for code, col in table.columns.items():
            if isinstance(col, SingleSelect | MultiSelect):
                labels = [c.label for c in col.choices]
                codes = [c.code for c in col.choices]
                if len(set(labels)) != len(labels) or len(set(codes)) != len(codes):
                    found.append(f"{table.code}.{code}: choice used twice")
                if any("," in label for label in labels):
                    found.append(f"{table.code}.{code}: a label with a comma cannot be read back")
        return found

    def _check_views(self, table: Table) -> list[str]:
        reverse = {
            f"reverse:{other.code}.{code}"
            for other in self.tables.values()
            for code, link in other.links.items()
            if link.target == table.code
        }
        known = set(table.columns) | reverse | {"id", "created_at", "updated_at"}
        found = []
        if len({v.title.casefold() for v in table.views}) != len(table.views):
            found.append(f"{table.code}: view title used twice")
        for view in table.views:
            used = [*(view.columns or ()), *(f.column for f in view.filters), *(s.column for s in view.sorts)]
            used += [c for c in (view.group_by, view.stack_by, view.date) if c]
            found += [f"{table.code}/{view.code}: unknown column {c}" for c in used if c not in known]
        return found
