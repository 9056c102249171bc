"""How well the rule of identity finds what other people labelled: one file of rows and true pairs.

The file holds ``{"name", "table", "rows": [{"id", column: value ...}], "true": [[id, id], ...]}``; one of pairs that
were judged by hand holds ``{"table", "pairs": [{"kind", "same", "first", "second"}]}``. The last line is one JSON
object: ``set``, ``auto_precision``, ``auto_recall``, ``sure_precision``, ``sure_recall``, ``precision``, ``recall`` and
``seconds`` of CPU time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sync.identity.finding import Entry, Pair, find_pairs
from sync.identity.kinds import weigh

Labels = Collection[tuple[int, int]]


def read_set(file: Path) -> tuple[str, list[Entry], set[tuple[int, int]], set[tuple[int, int]] | None]:
    """Return name, rows, true pairs, and the pairs that were judged at all (None: all)."""
    data = json.loads(file.read_text(encoding="utf-8"))
    table = data["table"]
    if "rows" in data:
        rows = [Entry(table, int(r["id"]), {c: v for c, v in r.items() if c != "id"}) for r in data["rows"]]
        return data.get("name", file.stem), rows, {(min(p), max(p)) for p in data["true"]}, None
    rows, true, judged = [], set(), set()
    for place, pair in enumerate(data["pairs"]):
        ids = (2 * place + 1, 2 * place + 2)
        rows += [Entry(table, i, pair[side]) for i, side in zip(ids, ("first", "second"), strict=True)]
        judged.add(ids)
        if pair["same"]:
            true.add(ids)
    return file.stem, rows, true, judged


def rate(found: Labels, true: Labels) -> tuple[float, float]:
    """Return precision (1.0 where nothing was found) and recall, 0 to 1."""
    right = len(set(found) & set(true))
    return (right / len(found) if found else 1.0, right / len(true) if true else 1.0)


def show_wrong(rows: list[Entry], pairs: list[Pair], true: Labels, level: Callable[[Pair], bool], most: int) -> None:
    """Print the wrong pairs of a level, and what was missed."""
    values = {row.row_id: row.values for row in rows}
    table = rows[0].table
    wrong = [p for p in pairs if level(p) and (p.first, p.second) not in true]
    for pair in wrong[:most]:
        print(f"wrong {pair.confidence} {'same' if pair.same else ''} {pair.reasons}")
        print(f"   {values[pair.first]}\n   {values[pair.second]}")
    there = {(p.first, p.second) for p in pairs if level(p)}
    for one, other in sorted(set(true) - there)[:most]:
        told = weigh(table, values[one], values[other])
        print(
            f"missed {told.confidence if told else 'names'} {told.bits if told else ''} {told.reasons if told else ''}"
        )
        print(f"   {values[one]}\n   {values[other]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, required=True, help="the file of rows and true pairs")
    parser.add_argument("--wrong", choices=("auto", "sure", "proposed"), help="print wrong and missed pairs of a level")
    parser.add_argument("--most", type=int, default=20, help="how many of them (default 20)")
    args = parser.parse_args()
    name, rows, true, judged = read_set(args.set)
    began = time.process_time()
    pairs = [p for p in find_pairs(rows) if judged is None or (p.first, p.second) in judged]
    seconds = time.process_time() - began
    levels: dict[str, Callable[[Pair], bool]] = {
        "auto": lambda p: p.same, "sure": lambda p: p.sure, "proposed": lambda p: True
    }  # fmt: skip
    result: dict[str, Any] = {"set": name}
    for level, belongs in levels.items():
        found = {(p.first, p.second) for p in pairs if belongs(p)}
        precision, recall = rate(found, true)
        prefix = "" if level == "proposed" else f"{level}_"
        result |= {f"{prefix}precision": round(precision, 4), f"{prefix}recall": round(recall, 4)}
        print(f"{level:8} {len(found):6} pairs, {len(found - true):5} wrong, of {len(true)} true")
    if args.wrong:
        show_wrong(rows, pairs, true, levels[args.wrong], args.most)
    print(json.dumps(result | {"seconds": round(seconds, 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
