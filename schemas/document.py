"""Write down the declared base as a page for people (German, Markdown): tables, columns, choices, views."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.model import (
    Base,
    Checkbox,
    Column,
    Date,
    DateTime,
    Decimal,
    Email,
    Formula,
    Integer,
    Link,
    LongText,
    MultiSelect,
    Phone,
    SingleSelect,
    Table,
    Text,
    Url,
    View,
    ViewKind,
)

_KINDS: dict[type[Column], str] = {
    Text: "Text",
    LongText: "Langer Text",
    Email: "E-Mail",
    Phone: "Telefon",
    Url: "Webadresse",
    Integer: "Ganze Zahl",
    Decimal: "Zahl",
    Date: "Datum",
    DateTime: "Zeitpunkt",
    Checkbox: "Ja/Nein",
    SingleSelect: "Auswahl",
    MultiSelect: "Mehrfachauswahl",
    Link: "Verknüpfung",
    Formula: "Berechnet",
}

_VIEWS = {
    ViewKind.GRID: "Tabelle",
    ViewKind.FORM: "Formular",
    ViewKind.KANBAN: "Tafel",
    ViewKind.GALLERY: "Galerie",
    ViewKind.CALENDAR: "Kalender",
}

_HEAD = """# Das Datenmodell

Diese Seite entsteht aus der Deklaration in `schemas/` (`kontaktnetz schema document`); bitte nicht von Hand ändern.
Die deutschen Namen sind die, unter denen Tabellen und Spalten angelegt werden. In NocoDB dürfen Sie sie umbenennen,
eigene Spalten, Auswahlen und Ansichten ergänzen: Kontaktnetz findet seine Spalten an einem unsichtbaren Kennzeichen.
Der Code in der letzten Spalte ist der Name, den Programme benutzen.
"""


def document(base: Base) -> str:
    """Return the page; the same declaration gives the same text."""
    parts = [_HEAD]
    for table in base.tables.values():
        parts.append("\n".join(_table(base, table)))
    return "\n".join(parts)


def _table(base: Base, table: Table) -> Iterator[str]:
    yield f"## {table.title} (`{table.code}`)\n"
    yield f"{table.description}\n"
    yield "| Spalte | Art | Erläuterung | Code |"
    yield "|---|---|---|---|"
    for code, column in table.columns.items():
        hidden = " (ausgeblendet)" if column.hidden else ""
        yield f"| {column.title}{hidden} | {_kind(base, column)} | {_explain(table, column)} | `{code}` |"
    yield ""
    if table.views:
        yield "Ansichten:\n"
        yield from (_view(view) for view in table.views)
        yield ""


def _kind(base: Base, column: Column) -> str:
    name = _KINDS[type(column)]
    return f"{name} → {base.tables[column.target].title}" if isinstance(column, Link) else name


def _explain(table: Table, column: Column) -> str:
    texts = [column.description] if column.description else []
    if isinstance(column, SingleSelect | MultiSelect):
        texts.append(" · ".join(choice.label for choice in column.choices))
    if isinstance(column, Link):
        texts.append(f"dort als „{column.reverse}“ zu sehen")
    if isinstance(column, Formula):
        texts.append(
            f"aus {', '.join(c.title for code, c in table.columns.items() if f'{{{code}}}' in column.expression)}"
        )
    return "; ".join(texts).replace("|", "\\|")


def _view(view: View) -> str:
    described = f": {view.description}" if view.description else ""
    return f"- **{view.title}** ({_VIEWS[view.kind]}){described}"
