"""How quickly the rule of identity tells whom somebody means who types a name, at 40,000 persons.

Typed are names that stand there: as they are, with a short form, with a slip, with first and last name swapped, and
with the last name only begun. Ends with one JSON line: ``persons``, ``typed``, ``median_ms``, ``max_ms`` (by the clock
on the wall), ``max_cpu_ms`` (what a busy machine adds left out), ``built_s``, and ``found`` (by kind: the
share of typed names whose person is among those offered).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sync.identity.given_names import _GROUPS, TWO
from sync.identity.shares import PERSON_NAMES
from sync.identity.typed_names import TypedNames

PERSONS = 40_000
EACH = 100
BAR_MS = 50.0
_STARTS = ("Bor", "Dan", "Fel", "Gerl", "Hart", "Kist", "Lor", "Mart", "Nev", "Ost", "Pet", "Rad", "Sand", "Tor", "Ulb",
           "Vog", "Wend", "Zill", "Brem", "Krat")  # fmt: skip
_MIDDLES = ("en", "in", "er", "el", "an", "ut", "ach", "ol", "emm", "iss")
_ENDS = ("mann", "berg", "er", "ke", "haus", "ing", "sen", "dorf", "ow", "ski", "hardt", "lein")


def persons(rng: random.Random) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield made-up persons: usual names as often as they are in Germany, and rare ones."""
    usual = {
        kind: [(str(v[1]), share) for v, share in PERSON_NAMES.items() if v[0] == kind] for kind in ("first", "last")
    }
    rare = [start + middle + end for start in _STARTS for middle in _MIDDLES for end in _ENDS]
    firsts = sorted(TWO | {name for group in _GROUPS for name in group.split() if not name.endswith("_")})
    names = {kind: [name for name, _ in found] for kind, found in usual.items()}
    shares = {kind: [share for _, share in found] for kind, found in usual.items()}
    for row in range(1, PERSONS + 1):
        first = rng.choices(names["first"], shares["first"])[0] if rng.random() < 0.7 else rng.choice(firsts)
        last = rng.choices(names["last"], shares["last"])[0] if rng.random() < 0.4 else rng.choice(rare)
        yield row, {
            "first_name": first.title(), "last_name": last.title(), "mail": f"p{row}@beispiel{row % 900}.example",
            "postcode": f"391{row % 40:02d}", "city": "Musterstadt",
        }  # fmt: skip


def typed(rng: random.Random, people: list[tuple[int, dict[str, object]]]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, what is typed, and the name that is meant."""
    short = {}
    for group in _GROUPS:
        full, *forms = [name for name in group.split() if not name.endswith("_")]
        short[full] = forms
    for kind in ("exact", "nickname", "slip", "swapped", "partial"):
        done = 0
        while done < EACH:
            _, cells = rng.choice(people)
            first, last = str(cells["first_name"]), str(cells["last_name"])
            if kind == "nickname" and not short.get(first.casefold()):
                continue
            at = rng.randrange(1, len(last) - 2)
            told = {
                "exact": f"{first} {last}",
                "nickname": f"{rng.choice(short.get(first.casefold()) or [first]).title()} {last}",
                "slip": f"{first} {last[:at] + last[at + 1] + last[at] + last[at + 2 :]}",
                "swapped": f"{last} {first}",
                "partial": f"{first} {last[: max(4, len(last) - 3)]}",
            }[kind]
            done += 1
            yield kind, told, f"{first} {last}"


def main() -> int:
    rng = random.Random(11)
    people = list(persons(rng))
    began = time.perf_counter()
    typing = TypedNames("person", people)
    built = time.perf_counter() - began
    names = {row: f"{cells['first_name']} {cells['last_name']}" for row, cells in people}
    times: list[tuple[float, str]] = []
    cpu: list[float] = []
    met: dict[str, list[bool]] = {}
    for kind, told, meant in typed(rng, people):
        began, busy = time.perf_counter(), time.process_time()
        found = typing.find(told)
        cpu.append(1000 * (time.process_time() - busy))
        times.append((1000 * (time.perf_counter() - began), told))
        met.setdefault(kind, []).append(meant in {names[one.row_id] for one in found})
    slowest = sorted(times, reverse=True)[:5]
    print("slowest: " + ", ".join(f"{n} {t:.1f} ms" for t, n in slowest))
    by_name = [time_ for time_, _ in times]
    result = {
        "persons": PERSONS,
        "typed": len(times),
        "median_ms": round(statistics.median(by_name), 2),
        "max_ms": round(max(by_name), 2),
        "max_cpu_ms": round(max(cpu), 2),
        "built_s": round(built, 2),
        "found": {kind: round(sum(hits) / len(hits), 3) for kind, hits in met.items()},
    }
    print(json.dumps(result))
    return 0 if result["max_ms"] <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
