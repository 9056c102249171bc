"""One matcher in one process: rows in, scored pairs out, with the CPU time and memory it took. Standard library only.

A run reads a JSON file (``table``, ``rows``) and writes another: ``pairs`` (smaller id, larger id, score 0.0 to 1.0),
``proposed`` (score from which the matcher itself proposes, or null), ``cpu_seconds`` (user and system, of the process
and its children, imports and files not counted), ``wall_seconds``, ``peak_mb`` (of the whole process), ``said``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Rows = list[dict[str, Any]]
ScoredPair = tuple[int, int, float]


class Found(NamedTuple):
    """Scored pairs, the score from which they are proposed (or None), and what is worth saying (English)."""

    pairs: list[ScoredPair]
    proposed: float | None
    said: dict[str, Any]


def cpu_seconds() -> float:
    """Return the user and system time of this process and its ended children so far (seconds)."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def peak_mb() -> float:
    """Return the largest memory this process held so far (MB); the parent's does not count where Linux tells them."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def run(match: Callable[[str, Rows], Found]) -> None:
    """Read the file named first on the command line, match, and write the one named second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    given = json.loads(source.read_text(encoding="utf-8"))
    cpu, wall = cpu_seconds(), time.perf_counter()
    found = match(given["table"], given["rows"])
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    result = {
        "pairs": found.pairs, "proposed": found.proposed, "said": found.said, "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2), "peak_mb": peak_mb(),
    }  # fmt: skip
    target.write_text(json.dumps(result), encoding="utf-8")
