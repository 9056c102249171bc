"""Finding the same person or body twice: ours beside splink and a plain matcher with rapidfuzz, on the same rows.

Generated persons and organisations (``generated_doubles``), and couples among persons: how many are called one person.
Each matcher runs in a process of its own; counted is the CPU time (user and system) of the matching alone. splink gets
an environment of its own in ``.venv/peers``, made at the first run; without it the others are still measured.

For splink the figures hold at the threshold with its best F1 *on these rows* (``proposed``), and at 0.9, 0.95 and 0.99;
the plain matcher is given at its own threshold and at its best one. The last line is one JSON object: ``sets``, in each
``ours``, ``splink`` and ``rapidfuzz`` with ``precision``, ``recall``, ``f1``, ``cpu_seconds``, ``peak_mb``; for couples
``called_same`` and ``share``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.generated_doubles import Labelled, beside, make_couples, make_organisations, make_persons
from bench.peers.environment import PeersMissingError, python_of_peers

PROGRAMS = {"ours": "ours_run.py", "splink": "splink_run.py", "rapidfuzz": "fuzzy_run.py"}
SETS = ("persons", "organisations", "couples")
AT = (0.9, 0.95, 0.99)
# Couples stand among so many other rows, so that a matcher that learns has something to learn from.
AMONG = 2_000

Result = dict[str, Any]
Pairs = set[tuple[int, int]]


def matched(system: str, python: Path, given: Labelled, folder: Path) -> Result:
    """Run one matcher over the rows; return what ``bench.peers.measured`` says it writes."""
    source, target = folder / "rows.json", folder / f"{system}.json"
    source.write_text(json.dumps({"table": given["table"], "rows": given["rows"]}), encoding="utf-8")
    program = ROOT / "bench" / "peers" / PROGRAMS[system]
    ended = subprocess.run(
        [str(python), str(program), str(source), str(target)], cwd=folder, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(f"{system} failed on {given['name']}:\n{ended.stderr[-3000:]}")
    result: Result = json.loads(target.read_text(encoding="utf-8"))
    return result


def above(result: Result, threshold: float) -> Pairs:
    """Return the pairs whose score (0.0 to 1.0) reaches the threshold."""
    return {(first, second) for first, second, score in result["pairs"] if score >= threshold}


def figures(found: Pairs, true: Pairs) -> dict[str, float | int]:
    """Return precision, recall and F1 (0.0 to 1.0) of the found pairs, and how many they are."""
    right = len(found & true)
    precision, recall = right / len(found) if found else 1.0, right / len(true) if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "pairs": len(found)}


def best_threshold(result: Result, true: Pairs) -> float:
    """Return the threshold (0.0 to 1.0) at which F1 is largest; one pass over the pairs by falling score."""
    pairs = sorted(result["pairs"], key=lambda pair: -pair[2])
    right, best, at = 0, 0.0, 1.0
    for count, (first, second, score) in enumerate(pairs, 1):
        right += (first, second) in true
        last_of_its_score = count == len(pairs) or pairs[count][2] < score
        f1 = 2 * right / (count + len(true))
        if last_of_its_score and f1 > best:
            best, at = f1, score
    return at


def thresholds(system: str, result: Result, true: Pairs) -> dict[str, float]:
    """Return by name where the matcher is looked at; "proposed" comes first."""
    best = best_threshold(result, true)
    if system == "splink":
        return {"proposed": best} | {str(at): at for at in AT}
    own = {"proposed": float(result["proposed"])}
    return own | ({"sure": float(result["said"]["sure"])} if "sure" in result["said"] else {"best": best})


def judged(system: str, result: Result, given: Labelled, at: dict[str, float]) -> Result:
    """Return what is said of a matcher on one set; of couples (``different``) how many it calls the same."""
    true, different = set(given["true"]), set(given.get("different", []))
    said: Result = {key: result[key] for key in ("cpu_seconds", "wall_seconds", "peak_mb")}
    for name, threshold in at.items():
        found = above(result, threshold)
        here: Result = dict(figures(found, true)) if not different else {}
        if different:
            here = {"called_same": len(found & different), "share": round(len(found & different) / len(different), 3)}
        here["threshold"] = round(threshold, 4)
        if name == "proposed":
            said |= here
        else:
            said.setdefault("at", {})[name] = here
    print(f"  {system:10} {_line(said)}", flush=True)
    return said


def _line(said: Result) -> str:
    cost = f"{said['cpu_seconds']:7.2f} s CPU, {said['peak_mb']:6.0f} MB"
    if "called_same" in said:
        return f"{said['called_same']:5} couples called the same ({said['share']:.1%}); {cost}"
    if "precision" in said:
        return f"{said['precision']:.3f} / {said['recall']:.3f}, F1 {said['f1']:.3f}, {said['pairs']} pairs; {cost}"
    return cost


def made(name: str, size: int, seed: int) -> Labelled:
    """Return the set of this name with so many rows (couples: a tenth as many pairs)."""
    if name == "organisations":
        return make_organisations(size, seed)
    if name == "persons":
        return make_persons(size, seed)
    return beside(make_persons(AMONG, seed + 1), make_couples(max(1, size // 10), seed))


def read(path: Path) -> Labelled:
    """Return a labelled list from a JSON file of the same shape."""
    given = json.loads(path.read_text(encoding="utf-8"))
    found: Labelled = {"name": given["name"], "table": given["table"], "rows": given["rows"], "true": []}
    found["true"] = [(first, second) for first, second in given["true"]]
    return found


def available(wanted: Iterable[str]) -> tuple[dict[str, Path], str]:
    """Return the Python of each matcher that can be run, and why splink cannot (or an empty text)."""
    found = {system: Path(sys.executable) for system in wanted}
    if "splink" not in found:
        return found, "not asked for"
    try:
        found["splink"] = python_of_peers(ROOT / ".venv" / "peers")
    except PeersMissingError as error:
        del found["splink"]
        why = f"the packages for splink cannot be had: {error}"
        print(f"{why}\nOnly the others are measured.", flush=True)
        return found, why
    return found, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=5_000, help="rows of persons and of organisations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-only", action="store_true", help="say the time and memory only, and leave out couples")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--systems", nargs="+", choices=list(PROGRAMS), default=list(PROGRAMS))
    parser.add_argument("--file", type=Path, nargs="+", default=[], help="labelled lists to use instead")
    given = parser.parse_args()
    pythons, missing = available(given.systems)
    names = [name for name in given.sets if not (given.time_only and name == "couples")]
    lists = {path.stem: read(path) for path in given.file} or {
        name: made(name, given.size, given.seed) for name in names
    }
    said: Result = {"size": given.size, "seed": given.seed, "sets": {}}
    seen: dict[tuple[str, str], dict[str, float]] = {}  # couples are looked at where persons were
    versions: Result = {}
    for name, labelled in lists.items():
        print(f"{labelled['name']}: {len(labelled['rows'])} rows, {len(labelled['true'])} true pairs", flush=True)
        of_set: Result = {"rows": len(labelled["rows"]), "true": len(labelled["true"])}
        for system, python in pythons.items():
            with tempfile.TemporaryDirectory(prefix="match_peers_") as folder:
                result = matched(system, python, labelled, Path(folder))
            if name != "couples" or (system, "person") not in seen:
                seen[system, labelled["table"]] = thresholds(system, result, set(labelled["true"]))
            at = {} if given.time_only else seen[system, labelled["table"]]
            of_set[system] = judged(system, result, labelled, at)
            versions[system] = {key: value for key, value in result["said"].items() if key not in ("sure", "compared")}
        said["sets"][name] = of_set
    said["versions"] = versions
    if missing:
        said["splink_missing"] = missing
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
