"""Histories share one base, so each needs names, addresses and numbers of its own."""

from __future__ import annotations

from collections.abc import Iterable

from identity_histories.model import Adds, History
from identity_histories.truth import CELLS, TELLING, name_key, value_key

_NAMES = frozenset(("name", "last_name"))


def require_own(histories: Iterable[History]) -> None:
    """Raise ValueError when two histories have a name, a surname, a mail, a number or a street in common."""
    owners: dict[str, str] = {}
    names: set[str] = set()
    for history in histories:
        if history.name in names:
            raise ValueError(f"two histories are called {history.name}")
        names.add(history.name)
        if unknown := history.may_ask - _labels(history):
            raise ValueError(f"{history.name} has no {', '.join(sorted(unknown))}")
        for key in _keys(history):
            if owners.setdefault(key, history.name) != history.name:
                raise ValueError(f"{history.name} and {owners[key]} share {key}")


def _labels(history: History) -> set[str]:
    entries = [entry for one in history.lists for entry in one.entries]
    return {label for entry in entries for label in (entry.who, entry.body)} | {a.label for a in history.actions}


def _keys(history: History) -> set[str]:
    found = set()
    told = [(entry, table) for one in history.lists for entry in one.entries for table in CELLS]
    for entry, table in told:
        if entry.who if table == "person" else entry.body:
            found |= {_key(table, column, str(getattr(entry, cell))) for cell, column in CELLS[table].items()}
    for action in history.actions:
        if isinstance(action, Adds):
            found |= {_key(action.table, column, value) for column, value in action.cells.items()}
    return found - {""}


def _key(table: str, column: str, value: str) -> str:
    if column in _NAMES and value:
        return f"{table} {name_key(value)}"
    return value_key(column, value) if column in TELLING and value else ""
