"""A plain matcher as one writes it in an afternoon: blocks, rapidfuzz on the names, agreement of the other cells.

Run by ``bench/match_peers.py`` as a process of its own.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rapidfuzz import fuzz

from bench.peers.cleaning import Row, clean_organisation, clean_person
from bench.peers.measured import Found, Rows, ScoredPair, run

# A block that is larger says nothing, and its pairs would be a million.
LARGEST_BLOCK = 250
# From which score (0 to 100) a pair is proposed; and from which it is worth writing down.
PROPOSED = {"person": 89.0, "organisation": 92.0}
WRITTEN = 60.0
# How much a column counts when both rows have it: if they agree, if they differ.
WEIGHTS = {
    "person": {
        "mail": (3.0, 0.6), "mobile": (3.0, 0.6), "landline": (1.5, 0.3), "street": (2.0, 0.8), "place": (0.5, 0.8),
    },
    "organisation": {
        "mail": (2.0, 0.4), "phone": (2.0, 0.6), "street": (2.0, 1.0), "place": (0.5, 1.5), "web": (1.0, 0.4),
        "register": (2.0, 0.5),
    },
}  # fmt: skip
NAME_WEIGHT = 5.0


def _person_blocks(row: Row) -> Iterator[tuple[str, object]]:
    yield "name", row["sorted_name"]
    yield from (("mail", mail) for mail in row["mails"] or ())
    yield "mobile", row["mobile"]
    yield "landline", row["landline"]
    yield "street", row["street"] and (row["street"], row["postcode"] or row["city"])
    last = (row["last_name"] or "")[:4]
    yield "last", last and row["first_name"] and (last, row["first_name"][:2])
    yield "near", last and (last, row["postcode"])


def _organisation_blocks(row: Row) -> Iterator[tuple[str, object]]:
    yield "name", row["sorted_name"]
    for code in ("mail", "phone", "domain", "register"):
        yield code, row[code]
    yield "street", row["street"] and (row["street"], row["postcode"] or row["city"])
    for word in row["tokens"] or ():
        if len(word) > 4:
            yield "word", (word[:6], row["postcode"] or row["city"])


def _person_name(one: Row, two: Row) -> float:
    names = [f"{row['first_name'] or ''} {row['last_name'] or ''}" for row in (one, two)]
    return max(fuzz.token_sort_ratio(*names), 0.9 * fuzz.WRatio(*names))


def _organisation_name(one: Row, two: Row) -> float:
    if {one["short_name"], one["initials"]} & {two["name"]} or {two["short_name"], two["initials"]} & {one["name"]}:
        return 90.0
    return max(
        fuzz.token_sort_ratio(one["name"] or "", two["name"] or ""), 0.92 * fuzz.WRatio(one["name"], two["name"])
    )


def _agree(code: str, one: Row, two: Row) -> bool | None:
    """Say whether both rows have the column and agree in it; None if one of them lacks it."""
    if code == "mail" and "mails" in one:
        return bool(set(one["mails"]) & set(two["mails"])) if one["mails"] and two["mails"] else None
    if code == "place":
        code = "postcode" if one["postcode"] and two["postcode"] else "city"
    return one[code] == two[code] if one[code] and two[code] else None


def score(table: str, one: Row, two: Row) -> float:
    """Return how alike two cleaned rows are (0 to 100): the name and what both rows have, weighted."""
    name = _person_name(one, two) if table == "person" else _organisation_name(one, two)
    points, weight = NAME_WEIGHT * name, NAME_WEIGHT
    for code, (same, other) in WEIGHTS[table].items():
        agree = _agree(code, one, two)
        if agree is not None:
            points += same * 100 if agree else 0.0
            weight += same if agree else other
    return points / weight


def match(table: str, rows: Rows) -> Found:
    """Return the pairs of all blocks that reach ``WRITTEN``."""
    clean, blocks_of = (
        (clean_person, _person_blocks) if table == "person" else (clean_organisation, _organisation_blocks)
    )
    cleaned = [clean(row) for row in rows]
    blocks: dict[tuple[str, object], list[int]] = {}
    for i, row in enumerate(cleaned):
        for block in dict.fromkeys(blocks_of(row)):
            if block[1]:
                blocks.setdefault(block, []).append(i)
    seen: set[tuple[int, int]] = set()
    for places in blocks.values():
        if len(places) <= LARGEST_BLOCK:
            seen.update(itertools.combinations(places, 2))
    found: list[ScoredPair] = []
    for i, k in sorted(seen):
        points = score(table, cleaned[i], cleaned[k])
        if points >= WRITTEN:
            ids = sorted((int(rows[i]["id"]), int(rows[k]["id"])))
            found.append((ids[0], ids[1], round(points / 100, 4)))
    return Found(found, PROPOSED[table] / 100, {"compared": len(seen)})


if __name__ == "__main__":
    run(match)
