"""The manifest: what the mirror holds, of which base, taken when; the one file that readers start from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

FORMAT = 1
"""Raised when the files change shape; a manifest of another format counts as no mirror."""

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One column: its title on that day, the field id to write to (a link's foreign key), labels by choice code."""

    code: str
    title: str
    field_id: str
    uidt: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table: where its rows are, and by which names and ids the base knows it."""

    code: str
    title: str
    table_id: str
    rows: int
    digest: str
    file: str
    fields: Mapping[str, FieldEntry] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return a short name for the titles and labels that staff gave on that day."""
        text = json.dumps([self.title, [[f.code, f.title, *f.labels.items()] for f in self.fields.values()]])
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def label(self, column: str, choice: str) -> str:
        """Return the label that a choice has in the base; a choice of staff's own is its own label."""
        found = self.fields.get(column)
        return found.labels.get(choice, choice) if found else choice


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole mirror. ``version`` changes with content or names only, ``taken_at`` (aware UTC) on each refresh."""

    taken_at: dt.datetime
    base_id: str
    nocodb_url: str
    tables: Mapping[str, TableEntry]

    @property
    def version(self) -> str:
        """Return a short name of exactly this content."""
        parts = [_table_json(t) for _, t in sorted(self.tables.items())]
        text = json.dumps([FORMAT, self.base_id, self.nocodb_url, parts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def row_url(self, table: str, row: int) -> str | None:
        """Return the address of a row in NocoDB, None for a table that the mirror does not know."""
        entry = self.tables.get(table)
        return None if entry is None else f"{self.table_url(table)}?rowId={row}"

    def table_url(self, table: str, view: str | None = None) -> str | None:
        """Return the address of a table in NocoDB, or of one of our views of it."""
        entry = self.tables.get(table)
        if entry is None:
            return None
        view_id = entry.views.get(view) if view else None
        tail = f"/{view_id}" if view_id else ""
        return f"{self.nocodb_url}/dashboard/#/nc/{self.base_id}/{entry.table_id}{tail}"

    def dump(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(
            {
                "format": FORMAT,
                "version": self.version,
                "taken_at": self.taken_at.astimezone(dt.UTC).isoformat(),
                "base_id": self.base_id,
                "nocodb_url": self.nocodb_url,
                "tables": {code: _table_json(t) for code, t in self.tables.items()},
            },
            ensure_ascii=False,
            indent=1,
        )


def read_manifest(mirror_dir: Path) -> Manifest | None:
    """Return the manifest, or None while there is no (readable) mirror."""
    try:
        return parse_manifest((mirror_dir / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        log.warning("mirror manifest unreadable folder=%s problem=%s", mirror_dir, type(problem).__name__)
        return None


def parse_manifest(text: str) -> Manifest | None:
    """Return the manifest written as JSON; None for one of another format."""
    data = json.loads(text)
    if data["format"] != FORMAT:
        return None
    return Manifest(
        taken_at=dt.datetime.fromisoformat(data["taken_at"]),
        base_id=data["base_id"],
        nocodb_url=data["nocodb_url"],
        tables={code: _table_entry(code, raw) for code, raw in data["tables"].items()},
    )


def _table_json(table: TableEntry) -> dict[str, Any]:
    return {
        "title": table.title,
        "table_id": table.table_id,
        "rows": table.rows,
        "digest": table.digest,
        "file": table.file,
        "views": dict(table.views),
        "fields": {
            f.code: {"title": f.title, "field_id": f.field_id, "uidt": f.uidt, "labels": dict(f.labels)}
            for f in table.fields.values()
        },
    }


def _table_entry(code: str, raw: Mapping[str, Any]) -> TableEntry:
    return TableEntry(
        code=code,
        title=raw["title"],
        table_id=raw["table_id"],
        rows=raw["rows"],
        digest=raw["digest"],
        file=raw["file"],
        views=raw["views"],
        fields={
            c: FieldEntry(code=c, title=f["title"], field_id=f["field_id"], uidt=f["uidt"], labels=f["labels"])
            for c, f in raw["fields"].items()
        },
    )
