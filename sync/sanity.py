"""Does a delivery look like the list it was last time? A broken export must not pass for news. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.errors import PlanRefused
from sync.completeness import Last, left_out, may_be_missing
from sync.identity.continuity import Continuity, compare_over_time
from sync.identity.evidence import is_misread
from sync.identity.idents import is_number
from sync.identity.kinds import KINDS
from sync.item_changes import mark_of, said_cells
from sync.items import Delivery, Item, Origin
from sync.normalise import text_key
from sync.plan import item_name
from sync.standing import display_name
from sync.status import Key, Known, digest

SHRINKING = 0.2
"""Share of the rows known so far that may be missing."""

SMALL = 5
"""So many rows may always be missing, however short the list is."""

_UMLAUT = re.compile("[äöüßÄÖÜ]")

BODIES = 3
"""From so many numbers that mean another body on the list is refused; a single one becomes a row of its own."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that makes a list look broken: the word by which it can be accepted, and what is wrong (German)."""

    word: str
    text: str


Unread = Mapping[str, int]
"""How many entries of a fingerprint were unreadable before (see ``completeness.unattributed``)."""

_NONE: Unread = MappingProxyType({})


def find_doubts(
    delivery: Delivery, known: Mapping[Key, Known], last: Last, unread_before: Unread = _NONE
) -> list[Doubt]:
    """Return what makes a delivery look broken; an empty list means it looks like itself."""
    return [
        *_size(delivery, known, last, unread_before),
        *_doubles(delivery),
        *_letters(delivery),
        *_bodies(delivery, known, last),
    ]


def require_sane(
    delivery: Delivery,
    known: Mapping[Key, Known],
    last: Last,
    accept: Collection[str] = (),
    unread_before: Unread = _NONE,
) -> None:
    """Raise PlanRefused when a delivery looks broken, unless each doubt is accepted by its word."""
    doubts = [d for d in find_doubts(delivery, known, last, unread_before) if d.word not in accept]
    if doubts:
        words = " ".join(f"--accept {d.word}" for d in doubts)
        raise PlanRefused(
            "Diese Liste sieht nicht aus wie sonst; es wurde nichts geändert. " + " ".join(d.text for d in doubts),
            hint=f"Bitte prüfen Sie die Datei. Stimmt sie doch, wiederholen Sie den Befehl mit {words}.",
            doubts=[d.word for d in doubts],
        )


def _size(delivery: Delivery, known: Mapping[Key, Known], last: Last, unread_before: Unread) -> Iterator[Doubt]:
    if not delivery.items:
        yield Doubt("leer", "Sie enthält keinen einzigen Eintrag.")
        return
    before = sum(not one.vanished for one in known.values())
    missing, unread = may_be_missing(delivery, known, last, unread_before)
    if missing - unread - _renamed(delivery, known, last) > max(SMALL, SHRINKING * before):
        yield Doubt("weniger", f"Von {before} bisherigen Einträgen fehlen {missing}.")


def _renamed(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> int:
    """Return how many entries only bear another ident now: humans and bodies by their names, and what hangs on them."""
    missing = left_out(delivery, known)
    if not missing:
        return 0
    new = Counter((i.table, mark_of(i)) for i in delivery.items if (i.table, i.ident) not in known)
    found: Counter[str] = Counter()
    for table, ident in missing:
        if table not in KINDS:
            continue
        told = (table, mark_of(Item(table, ident, said_cells(table, last((table, ident))), {}, Origin("", 0))))
        if new[told] > 0:
            new[told] -= 1
            found[table] += 1
    if not found:
        return 0
    hanging = Counter(i.table for i in delivery.items if i.table not in KINDS and (i.table, i.ident) not in known)
    lost = Counter(table for table, _ in missing if table not in KINDS)
    return found.total() + sum(min(lost[table], hanging[table]) for table in lost)


def _doubles(delivery: Delivery) -> Iterator[Doubt]:
    counted = Counter((item.table, item.ident) for item in delivery.items)
    twice = [ident for (_, ident), number in counted.items() if number > 1]
    if twice:
        yield Doubt("doppelt", f"Diese Kennungen kommen mehrfach vor: {', '.join(twice[:5])}.")


def _letters(delivery: Delivery) -> Iterator[Doubt]:
    """Doubt a list most of whose umlauts were read in another encoding than they were written in."""
    told = [v for item in delivery.items for v in item.values.values() if isinstance(v, str) and not v.isascii()]
    misread = [value for value in told if is_misread(value)]
    sound = sum(_UMLAUT.search(value) is not None and not is_misread(value) for value in told)
    if len(misread) > sound:
        example = misread[0].split("\n")[0][:40]
        yield Doubt(
            "zeichensatz",
            f"Umlaute kommen falsch an, zum Beispiel „{example}“: Sie ist in einem anderen Zeichensatz gespeichert. "
            "Am besten speichern Sie sie als „CSV UTF-8“ oder als Excel-Datei.",
        )


def _bodies(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> Iterator[Doubt]:
    """Doubt a list in which idents changed hands: two of them once round, or many numbers at once."""
    said: dict[Key, str] = {}
    now: dict[Key, Item] = {}
    others: list[Key] = []
    for item in delivery.items:
        key = (item.table, item.ident)
        before = known.get(key)
        if before is None or before.digest == digest(item) or item.table not in KINDS:
            continue
        cells = said_cells(item.table, last(key))
        old = display_name(cells.get)
        if not old or text_key(old) == text_key(item_name(item)):
            continue
        said[key], now[key] = old, item
        if is_number(key[1]) and compare_over_time(*key, item.values, [cells]) is not Continuity.SAME:
            others.append(key)
    swapped = _round(said, now)
    changed = swapped or others
    if len(changed) >= BODIES or swapped:
        told = [f"{key[1]} („{said[key]}“ heißt jetzt „{item_name(now[key])}“)" for key in changed]
        more = f" und {len(told) - 3} weitere" if len(told) > 3 else ""
        yield Doubt("kennungen", f"Kennungen bezeichnen jetzt jemand anderen: {'; '.join(told[:3])}{more}.")


def _round(said: Mapping[Key, str], now: Mapping[Key, Item]) -> list[Key]:
    """Return the idents that were given out once round: each means now what another of them meant before."""
    by_name = {(key[0], text_key(name)): key for key, name in said.items()}
    follows = {key: by_name.get((key[0], text_key(item_name(item)))) for key, item in now.items()}
    found = []
    for key, first in follows.items():
        step, seen = first, {key}
        while step is not None and step not in seen:
            seen.add(step)
            step = follows[step]
        if step == key:
            found.append(key)
    return found
