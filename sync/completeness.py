"""What a reading that was not complete may not say: that an item it leaves out is gone from its source. Pure.

An unread entry that still tells its key stands for that item and for what hangs on it. Any other may be anybody's, so
nothing counts as left out; unless the entry was unreadable already when the source last named everything known.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from math import ceil

from schemas.base import BASE
from sync.fields import decode_last_link
from sync.identity.idents import plain
from sync.items import Delivery, Unread
from sync.status import Key, Known

Last = Callable[[Key], Mapping[str, str]]
"""Tells what the source said of an item last, as text by column."""


def unattributed(delivery: Delivery, known: Mapping[Key, Known], before: Mapping[str, int]) -> tuple[Unread, ...]:
    """Return the unread entries that may be any item known of the source.

    ``before`` counts by fingerprint the entries that were unreadable when the source last named everything known. A key
    under which nothing is known proves nothing: the item may have been known under another one.
    """
    left = Counter(before)
    found = []
    for one in delivery.unread:
        if one.key in known:
            continue
        if one.fingerprint and left[one.fingerprint] > 0:
            left[one.fingerprint] -= 1
        else:
            found.append(one)
    return tuple(found)


def left_out(delivery: Delivery, known: Mapping[Key, Known]) -> set[Key]:
    """Return the items known of the source that a delivery does not name."""
    named = {(item.table, item.ident) for item in delivery.items}
    return {key for key, one in known.items() if not one.vanished and key not in named}


def spoken_for(delivery: Delivery, missing: Collection[Key], last: Last) -> set[Key]:
    """Return which of the missing items an unread entry stands for by its key.

    These are the item itself, what links to it, and what that links to: the entry may have named them all.
    """
    keys = {_plain(one.key) for one in delivery.unread if one.key is not None}
    if not keys:
        return set()
    links = {key: _links(key, last) for key in missing}
    held = {key for key in missing if _plain(key) in keys or not keys.isdisjoint(map(_plain, links[key]))}
    return held | {target for key in held for target in links[key] if target in links}


def may_be_missing(
    delivery: Delivery, known: Mapping[Key, Known], last: Last, before: Mapping[str, int]
) -> tuple[int, int]:
    """Return how many known items are missing, and how many of them the unread entries may be."""
    missing = left_out(delivery, known)
    held = spoken_for(delivery, missing, last)
    unclear = unattributed(delivery, known, before)
    if any(not one.fingerprint for one in unclear):
        return len(missing), len(missing)
    each = ceil(len(delivery.items) / max(1, delivery.rows))
    return len(missing), min(len(missing), len(held) + each * len(unclear))


def fingerprints(delivery: Delivery, known: Collection[Key]) -> Mapping[str, int]:
    """Count the unread entries by what tells them again; those of a reading that was cut off cannot be told again.

    One that stood for a known item by its key is not counted: should it no longer tell its key, it stands for it still.
    """
    return Counter(one.fingerprint for one in delivery.unread if one.fingerprint and one.key not in known)


def fingerprint(told: object) -> str:
    """Return what tells an unread entry again, wherever it stands: a digest of its text or cells."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=dict)
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _plain(key: Key) -> Key:
    """Return a key as the list tells it: one that it gave to several people in turn stands for each of them."""
    return key[0], plain(key[1])


def _links(key: Key, last: Last) -> set[Key]:
    columns = BASE.tables[key[0]].links
    said = last(key)
    return {target for c in columns if (target := decode_last_link(said.get(c))) is not None}
