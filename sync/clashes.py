"""Idents under which one list has several things: other names, bodies in several places, namesakes. Pure.

They get what tells them apart into the ident, all of them, so that the order of the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from sync.collecting import Draft
from sync.identity.idents import is_by_name, is_number
from sync.identity.namesakes import Fact, Namesake, facts_apart, read_namesake
from sync.identity.place import Place
from sync.long_cells import quoted

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """How those are told apart that one ident means: by name, by place, or by the ``facts`` beside a name."""

    by: Literal["name", "place", "facts"]
    facts: tuple[Fact, ...] = ()

    def mark(self, draft: Draft, cells: Cells) -> str:
        """Return what goes into the ident of one of them, empty if it tells nothing of the kind."""
        if self.by == "place":
            return draft.place().told
        if self.by == "name":
            return draft.spelling()
        said = read_namesake(draft.values, cells)
        return " ".join(told for fact in self.facts if (told := fact.told(said)))

    def told(self, ident: str) -> str:
        """Return in German what people are told of each of them."""
        what = f"die Kennung {quoted(ident)} und verschiedene Namen"
        if self.by == "place":
            what = "denselben Namen und verschiedene Anschriften"
        if self.facts:
            what = f"denselben Namen und verschiedene {' und '.join(fact.title for fact in self.facts)}"
        return f"Mehrere Zeilen haben {what}; jede wird ein eigener Eintrag. Bitte prüfen, ob es Dubletten sind."


Clashing = Mapping[tuple[str, str], Clash]
"""The idents that mean several things, by table and ident."""


def find_clashes(drafts: Iterable[tuple[str, Draft, Callable[[], Namesake]]]) -> Clashing:
    """Return the idents that mean several things.

    Drafts come with the ``clash`` of their record, and with how to read what else their row tells of a person: that
    takes long, and is only asked where an ident comes again.
    """
    names: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], set[Place]] = {}
    people: dict[tuple[str, str], list[Callable[[], Namesake]]] = {}
    clashing: dict[tuple[str, str], Clash] = {}
    for clash, draft, beside in drafts:
        key, name = (draft.table, draft.ident), draft.spelling()
        if clash == "place":
            places.setdefault(key, set()).add(draft.place())
        elif name and names.setdefault(key, hash(name)) != hash(name):
            clashing[key] = Clash("name")
        elif draft.table == "person" and not is_number(draft.ident):
            people.setdefault(key, []).append(beside)
    for key, found in places.items():
        if any(one.is_elsewhere(other) for one, other in combinations(found, 2)):
            clashing[key] = Clash("place")
    for key, told in people.items():
        if len(told) > 1 and key not in clashing:
            facts = facts_apart({read() for read in told}, by_name=is_by_name(key[1]))
            if facts:
                clashing[key] = Clash("facts", facts)
    return clashing
