"""Does a delivery look like the list it was last time? A broken export must not pass for news. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from schemas.errors import PlanRefused
from sync.fields import decode_last
from sync.items import Delivery, Item
from sync.normalise import text_key
from sync.plan import Last, item_name
from sync.standing import display_name
from sync.status import Key, Known, digest

SHRINKING = 0.2
"""Share of the rows known so far that may be missing."""

SMALL = 5
"""So many rows may always be missing, however short the list is."""

OTHER_BODY = 45
"""Likeness (0 to 100) of two names below which an ident has changed its body: ids were given out anew."""

BODIES = 3
"""From so many changed bodies on the list is refused; a single one may be a new name."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that makes a list look broken: the word by which it can be accepted, and what is wrong (German)."""

    word: str
    text: str


def find_doubts(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> list[Doubt]:
    """Return what makes a delivery look broken; an empty list means it looks like itself."""
    return [*_size(delivery, known), *_doubles(delivery), *_bodies(delivery, known, last)]


def require_sane(delivery: Delivery, known: Mapping[Key, Known], last: Last, accept: Collection[str] = ()) -> None:
    """Raise PlanRefused when a delivery looks broken, unless each doubt is accepted by its word."""
    doubts = [d for d in find_doubts(delivery, known, last) if d.word not in accept]
    if doubts:
        words = " ".join(f"--accept {d.word}" for d in doubts)
        raise PlanRefused(
            "Diese Liste sieht nicht aus wie sonst; es wurde nichts geändert. " + " ".join(d.text for d in doubts),
            hint=f"Bitte prüfen Sie die Datei. Stimmt sie doch, wiederholen Sie den Befehl mit {words}.",
            doubts=[d.word for d in doubts],
        )


def _size(delivery: Delivery, known: Mapping[Key, Known]) -> Iterator[Doubt]:
    if not delivery.items:
        yield Doubt("leer", "Sie enthält keinen einzigen Eintrag.")
        return
    before = [key for key, one in known.items() if not one.vanished]
    named = {(item.table, item.ident) for item in delivery.items}
    missing = sum(key not in named for key in before)
    if missing > max(SMALL, SHRINKING * len(before)):
        yield Doubt("weniger", f"Von {len(before)} bisherigen Einträgen fehlen {missing}.")


def _doubles(delivery: Delivery) -> Iterator[Doubt]:
    counted = Counter((item.table, item.ident) for item in delivery.items)
    twice = [ident for (_, ident), number in counted.items() if number > 1]
    if twice:
        yield Doubt("doppelt", f"Diese Kennungen kommen mehrfach vor: {', '.join(twice[:5])}.")


def _bodies(delivery: Delivery, known: Mapping[Key, Known], last: Last) -> Iterator[Doubt]:
    changed = []
    for item in delivery.items:
        before = known.get((item.table, item.ident))
        if before is not None and before.digest != digest(item) and (old := _other_body(item, last)):
            changed.append(f"{item.ident} („{old}“ heißt jetzt „{item_name(item)}“)")
    if len(changed) >= BODIES:
        more = f" und {len(changed) - 3} weitere" if len(changed) > 3 else ""
        yield Doubt("kennungen", f"Kennungen bezeichnen jetzt jemand anderen: {'; '.join(changed[:3])}{more}.")


def _other_body(item: Item, last: Callable[[Key], Mapping[str, str]]) -> str:
    """Return the former name when an item bears a wholly different one now, else an empty text."""
    if item.table not in ("organisation", "person"):
        return ""
    said = last((item.table, item.ident))

    def cell(column: str) -> str | None:
        value = decode_last(item.table, column, said.get(column)) if column in said else None
        return value if isinstance(value, str) else None

    old = display_name(cell)
    likeness = fuzz.token_set_ratio(text_key(old), text_key(item_name(item)))
    return old if old and likeness < OTHER_BODY else ""
