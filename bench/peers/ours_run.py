"""Ours, as *Dubletten* shows it: run by ``bench/match_peers.py`` as a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.peers.measured import Found, Rows, run


def ours(table: str, rows: Rows) -> Found:
    """Return the pairs of our own rules; the one place that knows where they are imported from."""
    from sync.identity.evidence import SHOW, SURE  # noqa: PLC0415
    from sync.identity.finding import Entry, find_pairs  # noqa: PLC0415

    entries = [Entry(table, int(row["id"]), {code: cell for code, cell in row.items() if code != "id"}) for row in rows]
    pairs = [(pair.first, pair.second, pair.confidence / 100) for pair in find_pairs(entries)]
    return Found(pairs, SHOW / 100, {"sure": SURE / 100})


if __name__ == "__main__":
    ours("person", [])  # loads the rules: that is not part of matching
    ours("organisation", [])
    run(ours)
