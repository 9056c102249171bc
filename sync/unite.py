"""Two rows that mean the same become one: what the staying row holds afterwards. Pure.

Nothing is lost: gaps are filled, what contradicts goes into a second cell for it or among the former values, notes are
put one below the other, and the idents of both stay, so that no source brings the twin back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from schemas.base import BASE
from schemas.contacts.aliases import COLUMN as ALIASES
from schemas.contacts.aliases import add_aliases
from schemas.contacts.choices import Salutation
from schemas.model import Checkbox, Formula, Link, MultiSelect, Value
from sync.fields import show, title
from sync.normalise import clean_lines, comparable
from sync.plan import VANISHED
from sync.standing import is_empty

SPARE: Mapping[str, Mapping[str, str]] = {
    "organisation": {"phone": "phone2"},
    "person": {"mail": "mail2", "phone": "phone_other", "mobile": "phone_other"},
}
"""Where a second value of a column may stand, by table."""

TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "certification": (
        ("phase", "phase_since", "paused_until", "pause_reason"),
        ("decision", "decided_on", "decided_by", "decision_text", "recused"),
        ("description", "strengths", "recommendations", "conclusion", "signed_off_by", "signed_off_on"),
        ("seal_year", "seal_number", "awarded_on", "seal_state", "revoked_on", "revoked_why"),
    )
}
"""Columns that say one thing together, by table: they come from one row, never partly from both."""

ONLY_WITH: Mapping[str, Mapping[str, str]] = {"certification": {"seal_number": "seal_year"}}
"""Columns bound to a second one of their row, by table. While that is empty they say nothing to another row: a number
that is only reserved belongs to what was printed for its own. While it is filled, undo leaves them alone."""

_LINES = ("ident", "keywords")
_OWN_RULE = ("token", "mark", "note", "portrait", ALIASES, VANISHED, *_LINES)

Cells = Mapping[str, Value]
NameOf = Callable[[str, int], str]


def unite(table: str, stays: Cells, goes: Cells, *, ids: tuple[int, int], name_of: NameOf) -> dict[str, Value]:
    """Return the cells of the staying row that change, as they are to be.

    ``stays`` and ``goes`` hold every column of the table, ``ids`` the row ids of both; ``name_of`` tells the name of a
    row that a link points at.
    """
    columns = BASE.tables[table].columns
    now: dict[str, Value] = dict(stays)
    told = {c for g in TOGETHER.get(table, ()) if not all(_says_nothing(stays[c]) for c in g) for c in g}
    lost: list[tuple[str, str]] = []
    for code, kind in columns.items():
        if code in _OWN_RULE or isinstance(kind, Formula) or kind.derived:
            continue
        ours, theirs = now[code], goes[code]
        between = ids if isinstance(kind, Link) and kind.target == table else ()
        if isinstance(kind, Checkbox | MultiSelect):
            now[code] = _both(ours, theirs)
        elif _nothing_to_bring(code, ours, theirs, between):
            continue
        elif _says_nothing(ours) and code not in told and not _stays_behind(table, code, goes):
            now[code] = theirs
        else:
            lost += _put_aside(table, now, code, show(table, code, theirs, name_of), theirs)
    for code in _LINES:
        if code in columns:
            now[code] = _lines(stays[code], goes[code])
    if VANISHED in columns and is_empty(goes[VANISHED]):
        now[VANISHED] = None
    if "portrait" in columns and is_empty(now["portrait"]):
        now["portrait"] = goes["portrait"]
    now |= _remembered(table, stays, goes, lost)
    return {code: value for code, value in now.items() if comparable(code, value) != comparable(code, stays[code])}


def adds_nothing(table: str, stays: Cells, goes: Cells) -> bool:
    """Say whether a row holds nothing that the other one does not say just so; sources and idents do not count."""
    return all(
        _says_nothing(goes[code]) or comparable(code, goes[code]) == comparable(code, stays[code])
        for code, kind in BASE.tables[table].columns.items()
        if code not in ("ident", "token", "source", VANISHED) and not isinstance(kind, Formula) and not kind.derived
    )


def leads_back(row: int, parent_of: Mapping[int, int | None]) -> bool:
    """Say whether going up from a row comes round to it again.

    >>> leads_back(1, {1: 2, 2: 1}), leads_back(1, {1: 2, 2: None})
    (True, False)
    """
    seen: set[int] = set()
    above = parent_of.get(row)
    while above is not None and above not in seen:
        if above == row:
            return True
        seen.add(above)
        above = parent_of.get(above)
    return False


def _nothing_to_bring(code: str, ours: Value, theirs: Value, between: tuple[int, ...]) -> bool:
    """Say whether a cell of the row that goes says nothing new; a link ``between`` the two rows is none any more."""
    if theirs in between:
        return True
    return _says_nothing(theirs) or comparable(code, ours) == comparable(code, theirs)


def _stays_behind(table: str, code: str, goes: Cells) -> bool:
    """Say whether a cell of the row that goes is none of the row that stays, but only to be remembered."""
    beside = ONLY_WITH.get(table, {}).get(code)
    return beside is not None and is_empty(goes[beside])


def _both(ours: Value, theirs: Value) -> Value:
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return tuple(dict.fromkeys((*ours, *theirs)))
    return bool(ours) or bool(theirs)


def _put_aside(table: str, now: dict[str, Value], code: str, shown: str, value: Value) -> Iterator[tuple[str, str]]:
    """Put a value that lost its cell into a free second one, else yield it as a former one."""
    spare = SPARE.get(table, {}).get(code)
    if spare and comparable(code, value) == comparable(spare, now[spare]):
        return
    if spare and is_empty(now[spare]):
        now[spare] = value
        return
    yield code, shown


def _remembered(table: str, stays: Cells, goes: Cells, lost: list[tuple[str, str]]) -> dict[str, Value]:
    """Return note and former values; a table without a column for the latter keeps them in the note."""
    own = str(stays["note"] or "")
    more = [str(goes["note"] or "")]
    ours, theirs = stays.get("portrait"), goes.get("portrait")
    if ours and theirs and comparable("portrait", ours) != comparable("portrait", theirs):
        more.append(f"{title(table, 'portrait')}: {theirs}")
    remembered: dict[str, Value] = {}
    if ALIASES in stays:
        remembered[ALIASES] = add_aliases(table, _lines(stays[ALIASES], goes[ALIASES]), lost)
    else:
        more += [f"{title(table, code)}: {shown}" for code, shown in lost]
    new = [part for part in more if clean_lines(part) not in clean_lines(own)]  # there since an interrupted try
    remembered["note"] = "\n\n".join(n for n in (own, *new) if n) or None
    return remembered


def _lines(one: Value, other: Value) -> str | None:
    lines = [line for text in (one, other) if isinstance(text, str) for line in text.split("\n") if line.strip()]
    return "\n".join(dict.fromkeys(lines)) or None


def _says_nothing(value: Value) -> bool:
    return is_empty(value) or value == Salutation.UNKNOWN
