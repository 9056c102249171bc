"""Rows that are told by what they link and say, not by who they are: functions, offices, relationships, contacts. Pure.

Such a row is met when all that tells it is equal. Humans and bodies are told apart by ``sync.identity``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from schemas.model import Value
from sync.identity.evidence import Cells, text
from sync.identity.kinds import COLUMNS
from sync.normalise import comparable, organisation_key, text_key

MatchKey = tuple[object, ...]


def sure_keys(table: str, cells: Cells) -> Iterator[MatchKey]:
    """Yield the keys of a row or item of which one equal is enough."""
    rule = _SURE.get(table)
    if rule:
        yield from rule(cells)


def match_columns(table: str) -> tuple[str, ...]:
    """Return the columns that the rules of a table look at."""
    return COLUMNS.get(table) or _COLUMNS.get(table, ())


def same_name(table: str, column: str, ours: Value, theirs: Value) -> bool:
    """Say whether two names are spellings of one: at a first meeting that is no difference to ask people about."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    if table == "organisation" and column in ("name", "short_name"):
        return organisation_key(ours) == organisation_key(theirs)
    return column in ("first_name", "last_name", "name") and text_key(ours) == text_key(theirs)


def _team_member(cells: Cells) -> Iterator[MatchKey]:
    if mail := text(cells, "mail"):
        yield ("mail", comparable("mail", mail))
    elif name := text(cells, "name"):
        yield ("name", text_key(name))


def _linked(*columns: str) -> Callable[[Cells], Iterator[MatchKey]]:
    """Return the rule for a row that is told by what it links and says: all columns equal, at least one link set."""

    def rule(cells: Cells) -> Iterator[MatchKey]:
        if any(isinstance(cells.get(c), int) for c in columns):
            yield tuple(_key(c, cells.get(c)) for c in columns)

    return rule


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "team_member": ("name", "mail"),
    "office": ("name", "organisation"),
    "function": ("person", "organisation", "office", "kind", "name"),
    "interaction": ("day", "kind", "organisation", "person", "team_member", "summary"),
    "interaction_participant": ("interaction", "person", "organisation"),
    "relationship": ("organisation", "person", "team_member", "department", "kind"),
}

_SURE: Mapping[str, Callable[[Cells], Iterator[MatchKey]]] = {
    "team_member": _team_member,
    **{table: _linked(*_COLUMNS[table]) for table in (
        "office", "function", "interaction", "interaction_participant", "relationship"
    )},
}  # fmt: skip


def _key(column: str, value: Value) -> object:
    if value in (None, "", ()):
        return None
    return text_key(value) if column in ("name", "summary") and isinstance(value, str) else value
