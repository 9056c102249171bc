"""Generated lists of German persons and bodies in and around Magdeburg, in which it is known who stands there twice.

``make_persons``, ``make_organisations`` and ``make_couples`` return rows as in the shared lists of ``matching``, for
one count and seed always the same. ``python bench/generated_doubles.py`` makes all three, says how long it took and
what is in them; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NotRequired, TypedDict

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.doubles.bodies import Bodies
from bench.doubles.body_rows import body_kept_of, second_body_record, written_body
from bench.doubles.chance import Chance
from bench.doubles.people import People
from bench.doubles.person_rows import Cells, kept_of, second_record, written

Row = dict[str, int | str]
COPIES = 0.2
THREEFOLD = 0.15


class Labelled(TypedDict):
    """Rows of one table (``person`` or ``organisation``) and the pairs of their ids that mean one, smaller id first.

    ``different`` holds pairs that are known to be two although much speaks for one.
    """

    name: str
    table: str
    rows: list[Row]
    true: list[tuple[int, int]]
    different: NotRequired[list[tuple[int, int]]]


def make_persons(count: int, seed: int = 1) -> Labelled:
    """Return so many rows of persons; a fifth of them are second or third rows of somebody."""
    chance = Chance(seed)
    people = People(chance, count)
    drawn = people.draw(count - round(count * COPIES))
    chosen = _chosen(chance, len(drawn), count)
    rows: list[tuple[int, Cells]] = []
    for i, person in enumerate(drawn):
        kept = kept_of(chance, person) if chosen[i] else ""
        rows.append((i, written(chance, person, kept)))
        rows += [(i, second_record(chance, people, person, kept)) for _ in range(chosen[i])]
    return _labelled(f"persons_{count}_{seed}", "person", chance.shuffled(rows))


def make_organisations(count: int, seed: int = 1) -> Labelled:
    """Return so many rows of organisations; a fifth of them are second or third rows of one."""
    chance = Chance(seed + 7_000_003)
    bodies = Bodies(chance)
    drawn = bodies.draw(count - round(count * COPIES))
    chosen = _chosen(chance, len(drawn), count)
    rows: list[tuple[int, Cells]] = []
    for i, body in enumerate(drawn):
        kept = body_kept_of(chance, body) if chosen[i] else ""
        rows.append((i, written_body(chance, body, kept)))
        rows += [(i, second_body_record(chance, body, kept)) for _ in range(chosen[i])]
    return _labelled(f"organisations_{count}_{seed}", "organisation", chance.shuffled(rows))


def make_couples(count: int, seed: int = 1) -> Labelled:
    """Return so many pairs of rows (``different``): two people of one last name, address, and mail or landline."""
    chance = Chance(seed + 11_000_027)
    people = People(chance, count)
    rows = [written(chance, person) for _ in range(count) for person in people.couple()]
    found = _labelled(f"couples_{count}_{seed}", "person", list(enumerate(rows)))
    found["different"] = [(first, first + 1) for first in range(1, 2 * count, 2)]
    return found


def beside(base: Labelled, more: Labelled) -> Labelled:
    """Return both lists as one, the ids of ``more`` counted on from those of ``base``."""
    by = len(base["rows"])

    def moved(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(first + by, second + by) for first, second in pairs]

    return {
        "name": f"{base['name']}+{more['name']}",
        "table": base["table"],
        "rows": base["rows"] + [{**row, "id": int(row["id"]) + by} for row in more["rows"]],
        "true": base["true"] + moved(more["true"]),
        "different": base.get("different", []) + moved(more.get("different", [])),
    }


def _chosen(chance: Chance, drawn: int, count: int) -> list[int]:
    """Return for each drawn one how many further rows it gets (0, 1 or 2)."""
    left, more = count - drawn, [0] * drawn
    for i in chance.shuffled(range(drawn)):
        if not left:
            break
        more[i] = 2 if left > 1 and chance.happens(THREEFOLD) else 1
        left -= more[i]
    return more


def _labelled(name: str, table: str, rows: list[tuple[int, Cells]]) -> Labelled:
    numbered: list[Row] = [{"id": i, **cells} for i, (_, cells) in enumerate(rows, 1)]
    places: dict[int, list[int]] = {}
    for i, (who, _) in enumerate(rows, 1):
        places.setdefault(who, []).append(i)
    true = [(a, b) for ids in places.values() for n, a in enumerate(ids) for b in ids[n + 1 :]]
    return {"name": name, "table": table, "rows": numbered, "true": sorted(true)}


def show_pairs(found: Labelled, pairs: list[tuple[int, int]], count: int) -> None:
    """Print so many of the pairs, a row to a line."""
    for first, second in pairs[:count]:
        for number in (first, second):
            print("  ", {code: cell for code, cell in found["rows"][number - 1].items() if code != "id"})
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5_000, help="rows of persons and of organisations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="PAIRS", help="print so many pairs of each list")
    parser.add_argument("--to", type=Path, help="also write the lists into this folder, a JSON file each")
    given = parser.parse_args()
    makers: dict[str, Callable[[], Labelled]] = {
        "persons": lambda: make_persons(given.size, given.seed),
        "organisations": lambda: make_organisations(given.size, given.seed),
        "couples": lambda: make_couples(max(1, given.size // 10), given.seed),
    }
    said: dict[str, object] = {}
    for name, make in makers.items():
        began = time.perf_counter()
        found = make()
        seconds = time.perf_counter() - began
        codes: dict[str, int] = {}
        for row in found["rows"]:
            for code in row:
                codes[code] = codes.get(code, 0) + 1
        filled = ", ".join(f"{code} {100 * n / len(found['rows']):.0f} %" for code, n in sorted(codes.items()))
        print(f"{name}: {len(found['rows'])} rows in {seconds:.2f} s, {len(found['true'])} true pairs; {filled}")
        show_pairs(found, found["true"] or found.get("different", []), given.show)
        said[name] = {"rows": len(found["rows"]), "true": len(found["true"]), "seconds": round(seconds, 2)}
        if given.to:
            given.to.mkdir(parents=True, exist_ok=True)
            (given.to / f"{found['name']}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(said))


if __name__ == "__main__":
    main()
