"""How well look-alikes are found: pairs judged by people, and a list of 963 names with 50 groups that mean one body.

The last line is one JSON object: ``pairs``, ``precision_sure``, ``recall``, ``groups_proposed``, ``false_above_sure``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from labelled import Labelled, hamburg_like, labelled_pairs

from sync.identity.evidence import SHOW, SURE
from sync.identity.finding import find_pairs


def confidence(pair: Labelled) -> int:
    return max((found.confidence for found in find_pairs([pair.first, pair.second])), default=0)


def show_misses(judged: list[tuple[Labelled, int]]) -> None:
    for pair, points in judged:
        wrong = (pair.same and points < SHOW) or (not pair.same and points >= SHOW)
        if wrong:
            said = "dieselbe" if pair.same else "verschieden"
            print(f"  {said:11} {points:3}  {pair.first.values}  /  {pair.second.values}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the pairs that are judged otherwise")
    args = parser.parse_args()
    judged = [(pair, confidence(pair)) for pair in labelled_pairs()]
    if args.misses:
        show_misses(judged)
    sure = [pair.same for pair, points in judged if points >= SURE]
    shown = [pair.same for pair, points in judged if points >= SHOW]
    same = sum(pair.same for pair, _ in judged)
    entries, groups = hamburg_like()
    began = time.perf_counter()
    proposed = find_pairs(entries)
    seconds = time.perf_counter() - began
    true = {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}
    met = {(pair.first, pair.second) for pair in proposed}
    whole = sum(all(pair in met for pair in itertools.combinations(sorted(group), 2)) for group in groups)
    false_sure = sum(pair.sure and (pair.first, pair.second) not in true for pair in proposed)
    print(f"{len(judged)} judged pairs, {same} of them the same; {len(sure)} above sure, {len(shown)} shown")
    print(f"{len(entries)} names: {len(proposed)} pairs proposed, {len(met - true)} of them false, {seconds:.2f} s")
    result = {
        "pairs": len(judged),
        "precision_sure": sum(sure) / len(sure) if sure else 0.0,
        "precision_shown": round(sum(shown) / len(shown), 3),
        "recall": round(sum(shown) / same, 3),
        "groups": len(groups),
        "groups_proposed": whole,
        "false_above_sure": false_sure + sum(not is_same for is_same in sure),
    }
    print(json.dumps(result))
    return 0 if whole == len(groups) and not result["false_above_sure"] else 1


if __name__ == "__main__":
    sys.exit(main())
