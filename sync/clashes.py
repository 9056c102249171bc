"""Idents under which one list has several things: other names, or bodies of one name in several places. Pure.

They get what tells them apart into the ident, all of them, so that the order of the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from sync.collecting import Draft
from sync.identity.place import Place

Clashing = Mapping[tuple[str, str], str]
"""How idents that mean several things are told apart (``clash`` of the profile), by table and ident."""


def find_clashes(drafts: Iterable[tuple[str, Draft]]) -> Clashing:
    """Return the idents that mean several things; ``drafts`` come with the ``clash`` of their record."""
    names: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], set[Place]] = {}
    clashing: dict[tuple[str, str], str] = {}
    for clash, draft in drafts:
        key, name = (draft.table, draft.ident), draft.spelling()
        if clash == "place":
            places.setdefault(key, set()).add(draft.place())
        elif name and names.setdefault(key, hash(name)) != hash(name):
            clashing[key] = clash
    for key, found in places.items():
        if any(one.is_elsewhere(other) for one, other in combinations(found, 2)):
            clashing[key] = "place"
    return clashing
