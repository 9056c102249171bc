"""What a schema plan may contain: each step as data, in the words of the declaration, with its German sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CreateBase:
    """Create the base itself."""

    title: str

    def __str__(self) -> str:
        return f"Base „{self.title}“ anlegen"


@dataclass(frozen=True, slots=True)
class CreateTable:
    """Create a table with its plain columns, under ``title`` (which differs from ours when that is taken)."""

    table: str
    title: str
    columns: int

    def __str__(self) -> str:
        return f"Tabelle „{self.title}“ mit {self.columns} Spalten anlegen"


@dataclass(frozen=True, slots=True)
class AddColumn:
    """Add a plain or computed column to a table."""

    table: str
    column: str
    title: str
    table_title: str

    def __str__(self) -> str:
        return f"Spalte „{self.title}“ in „{self.table_title}“ anlegen"


@dataclass(frozen=True, slots=True)
class AddLink:
    """Make a link from a table to ``target``, or name and mark one whose making was interrupted (``begun``)."""

    table: str
    column: str
    title: str
    reverse_title: str
    table_title: str
    target: str
    target_title: str
    begun: bool = False

    def __str__(self) -> str:
        return f"Verknüpfung „{self.title}“ von „{self.table_title}“ nach „{self.target_title}“ anlegen"


@dataclass(frozen=True, slots=True)
class SetChoices:
    """Add the choices with these codes to a select column (none: only note which choice is which)."""

    table: str
    column: str
    title: str
    table_title: str
    labels: tuple[str, ...]

    def __str__(self) -> str:
        if not self.labels:
            return f"Auswahl der Spalte „{self.title}“ in „{self.table_title}“ kennzeichnen"
        return f"Auswahl „{'“, „'.join(self.labels)}“ in der Spalte „{self.title}“ von „{self.table_title}“ ergänzen"


@dataclass(frozen=True, slots=True)
class SetFormula:
    """Give a computed column our new formula."""

    table: str
    column: str
    title: str
    table_title: str

    def __str__(self) -> str:
        return f"Formel der Spalte „{self.title}“ in „{self.table_title}“ erneuern"


@dataclass(frozen=True, slots=True)
class SetDisplay:
    """Make a computed column the one by which NocoDB names a row."""

    table: str
    column: str
    title: str
    table_title: str

    def __str__(self) -> str:
        return f"Anzeigespalte „{self.title}“ in „{self.table_title}“ festlegen"


@dataclass(frozen=True, slots=True)
class CreateView:
    """Create a view, or arrange the grid that came with the table (code ``default``)."""

    table: str
    view: str
    title: str
    table_title: str

    def __str__(self) -> str:
        return f"Ansicht „{self.title}“ in „{self.table_title}“ anlegen"


@dataclass(frozen=True, slots=True)
class Retype:
    """Turn a column back into the type we need; destructive."""

    table: str
    column: str
    title: str
    table_title: str
    now: str
    needed: str

    def __str__(self) -> str:
        return (
            f"Spalte „{self.title}“ in „{self.table_title}“ von {self.now} in {self.needed} umwandeln "
            "(Werte, die nicht passen, gehen verloren)"
        )


@dataclass(frozen=True, slots=True)
class DropColumn:
    """Delete a column of ours that is no longer declared; destructive."""

    field_id: str
    title: str
    table_title: str

    def __str__(self) -> str:
        return f"Spalte „{self.title}“ in „{self.table_title}“ mit allen Werten löschen"


@dataclass(frozen=True, slots=True)
class DropTable:
    """Delete a table of ours that is no longer declared; destructive."""

    table_id: str
    title: str

    def __str__(self) -> str:
        return f"Tabelle „{self.title}“ mit allen Zeilen löschen"


Safe = CreateBase | CreateTable | AddColumn | AddLink | SetChoices | SetFormula | SetDisplay | CreateView
Destructive = Retype | DropColumn | DropTable
Operation = Safe | Destructive
