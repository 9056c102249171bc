"""Whom a typed name means: found by its words, or told by the rule of identity as another spelling of somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from schemas.contacts.choices import Salutation
from streamlit_app.frames.cells import text
from streamlit_app.frames.contacts import ORGANISATION, PERSON
from streamlit_app.frames.search import words
from sync.identity.typed_names import Named

MOST_FOUND = 6
MOST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Meant:
    """An organisation or person that may be meant; ``note`` says who that is, ``why`` in what way the name is alike."""

    type: str
    id: int
    name: str
    note: str = ""
    why: str = ""

    @property
    def told(self) -> str:
        """In what way the name is alike, and who that is; empty if neither is known."""
        return " · ".join(filter(None, [self.why, self.note]))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a name may mean; ``chosen`` where there is nothing to ask, ``unsure`` where nobody is called just so."""

    options: tuple[Meant, ...]
    chosen: Meant | None = None
    unsure: bool = False


class KnownNames:
    """Which names contacts bear, whole or in part: what ``schemas.contacts.told_names`` asks."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[tuple[str, ...]] = set()
        self._bearers: dict[str, set[int]] = {}
        for number, name in enumerate(names):
            told = tuple(words(name))
            self._whole.add(told)
            for word in told:
                self._bearers.setdefault(word, set()).add(number)

    def knows(self, told: str) -> bool:
        """Say whether somebody bears a name, or all its words if it has two or more."""
        asked = tuple(words(told))
        if len(asked) < 2:
            return bool(asked) and asked in self._whole
        return bool(set.intersection(*(self._bearers.get(word, set()) for word in asked)))


def narrow(frame: pd.DataFrame, salutation: str) -> pd.DataFrame:
    """Return the rows that somebody told with Frau or Herr may be: no organisation, and nobody who is the other."""
    other = {"frau": Salutation.MR, "herr": Salutation.MS}.get(salutation)
    return frame if other is None else frame[(frame["type"] == PERSON) & (frame["salutation"] != other)]


def who_is_meant(
    asked: str, found: pd.DataFrame, everybody: pd.DataFrame, alike: Callable[[str], Sequence[Named]]
) -> Choice:
    """Return whom a typed name means; ``found`` are those whose words begin so, ``alike`` is asked by table.

    Who is called just so, or is the only one found, is chosen; where no name holds all that was typed, those whose
    names are alike are offered as well.
    """
    hits = [_meant(row) for row in found.head(MOST_FOUND).itertuples()]
    exact = [one for one in hits if one.name.casefold() == asked.casefold()]
    if len(exact) == 1:
        return Choice(tuple(hits), exact[0])
    typed = set(words(asked))
    unsure = not any(typed <= set(words(one.name)) for one in hits)
    if unsure:
        hits = _with_alike(hits, everybody, alike)
    hits = _told_apart(hits, everybody)
    return Choice(tuple(hits), hits[0] if len(hits) == 1 and found.shape[0] == 1 else None, unsure and bool(hits))


def contacts_of(rows: Collection[int], table: str, everybody: pd.DataFrame) -> list[Meant]:
    """Return rows of a table as they are offered, in the order of ``everybody``."""
    there = everybody[(everybody["type"] == table) & everybody["id"].isin(rows)]
    return _told_apart([_meant(row) for row in there.itertuples()], everybody)


def _told_apart(offered: Sequence[Meant], everybody: pd.DataFrame) -> list[Meant]:
    """Return who is offered; namesakes of whom nothing else is told apart have mail, phone or row beside them."""
    often = Counter((one.name, one.note) for one in offered)
    return [one if often[(one.name, one.note)] == 1 else _with_detail(one, everybody) for one in offered]


def _with_detail(one: Meant, everybody: pd.DataFrame) -> Meant:
    row = everybody[(everybody["type"] == one.type) & (everybody["id"] == one.id)].iloc[0]
    detail = text(row["mail"]) or text(row["phone"]) or f"Zeile {one.id}"
    return replace(one, note=" · ".join(filter(None, [one.note, detail])))


def _with_alike(hits: Sequence[Meant], everybody: pd.DataFrame, alike: Callable[[str], Sequence[Named]]) -> list[Meant]:
    """Return the hits with those whose names are alike, each once and with the reason."""
    named = [(table, one) for table in (PERSON, ORGANISATION) for one in alike(table)]
    why = {(table, one.row_id): one.reason for table, one in named}
    known = {(one.type, one.id) for one in hits}
    rest = sorted((n for n in named if (n[0], n[1].row_id) not in known), key=lambda n: -n[1].bits)[:MOST_ALIKE]
    found = [Meant(one.type, one.id, one.name, one.note, why.get((one.type, one.id), "")) for one in hits]
    for table, one in rest:
        rows = everybody[(everybody["type"] == table) & (everybody["id"] == one.row_id)]
        found += [_meant(row, one.reason) for row in rows.itertuples()]
    return found


def _meant(row: object, why: str = "") -> Meant:
    said = {c: getattr(row, c) for c in ("type", "id", "name", "note")}
    return Meant(str(said["type"]), int(said["id"]), text(said["name"]), text(said["note"]), why)
