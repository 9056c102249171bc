"""Under which ident an earlier run left each item, by the status alone. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

from sync.assignment import Assigner
from sync.completeness import Last
from sync.identity.continuity import Continuity, compare_over_time
from sync.identity.idents import plain, with_mark
from sync.identity.kinds import KINDS
from sync.item_changes import mark_of, names_changed, said_cells, share_facts
from sync.items import Delivery, Item
from sync.moved_numbers import marked_idents
from sync.status import Key, Known, digest


def settle_idents(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> Delivery:
    """Return a delivery in which every item bears the ident under which an earlier run left it, by the status alone.

    A list calls successive holders of one mailbox the same; the later ones bear their name behind it.
    """
    assigner = Assigner(delivery.source, known, last)
    claims = _claims(delivery, known, last)
    items: list[Item] = []
    for raw in delivery.items:
        item = assigner.relinked(raw)
        ident = _settled(item, known, last) if item.table in KINDS else item.ident
        if ident != item.ident and claims.setdefault((item.table, ident), raw.ident) != raw.ident:
            ident = item.ident
        assigner.idents[(raw.table, raw.ident)] = ident
        items.append(item if ident == item.ident else replace(item, ident=ident))
    return replace(delivery, items=tuple(items)) if tuple(items) != delivery.items else delivery


def _claims(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> dict[Key, str]:
    """Return which item an ident is left to that several would settle under: the one that bears it, else the one of
    which most was told under it last.
    """
    wanted: dict[Key, list[Item]] = {}
    for item in delivery.items:
        if item.table in KINDS:
            wanted.setdefault((item.table, plain(item.ident)), []).append(item)
    found: dict[Key, str] = {}
    for key, items in wanted.items():
        if len(items) > 1 and key in known:
            said = said_cells(key[0], last(key))
            best = max(items, key=lambda item: (item.ident == key[1], share_facts(key[0], item.values, said)))
            found[key] = best.ident
    return found


def _settled(item: Item, known: Mapping[Key, Known], last: Last) -> str:
    key = (item.table, item.ident)
    before = known.get(key)
    if before is not None and before.digest == digest(item):
        return item.ident
    if before is not None and not names_changed(item, last(key)):
        return _settled_number(item, known, last)
    others = [with_mark(item.ident, mark_of(item))] if before is not None else [plain(item.ident)]
    if before is not None:
        said = said_cells(item.table, last(key))
        if compare_over_time(item.table, item.ident, item.values, [said]) is Continuity.SAME:
            return item.ident
    for other in others:
        if other != item.ident and (item.table, other) in known:
            said = said_cells(item.table, last((item.table, other)))
            if said and compare_over_time(item.table, other, item.values, [said]) is Continuity.SAME:
                return other
    return item.ident


def _settled_number(item: Item, known: Mapping[Key, Known], last: Last) -> str:
    """Return under which of its idents a number is meant whose name stays (see ``sync.moved_numbers``).

    That is the one under which most of its own facts were told last, else the first that the list did not leave.
    """
    marked = marked_idents(item.ident, mark_of(item))
    idents = [item.ident, *itertools.takewhile(lambda ident: (item.table, ident) in known, marked)]

    def rank(ident: str) -> tuple[float, bool]:
        key = (item.table, ident)
        return share_facts(item.table, item.values, said_cells(item.table, last(key))), not known[key].vanished

    return max(idents, key=rank) if len(idents) > 1 else item.ident
