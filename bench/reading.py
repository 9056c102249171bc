"""Whether every reader of foreign text takes any text, and in a time that grows no faster than the text.

Each reader gets 10,000 made-up texts and every hard shape at 1 kB to 1 MB. ``python bench/reading.py [reader ...]``.
The last line is one JSON object: ``readers``, ``texts``, ``crashed``, ``slow`` (over 2 s) and ``steep`` (more than
three times the time per byte at 1 MB as at 10 kB) are names with shape and size; ``slowest`` is in seconds.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from foreign_readers import READERS, SIZES, Reader, TooSlow, hard_texts, random_texts

TEXTS = 10_000
MOST_SECONDS = 2.0
MOST_GROWTH = 3.0
TOO_SHORT_TO_MEASURE = 0.02
"""Seconds at 1 MB below which growth is noise."""


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def seconds_of(reader: Reader, text: str) -> tuple[float, str]:
    """Return how long reading took, and the name of an error that is none of the reader's own."""
    problem = ""
    signal.setitimer(signal.ITIMER_PROF, 4 * MOST_SECONDS)  # time of work: others may use the machine as well
    begun = time.process_time()
    try:
        reader.read(text)
    except TooSlow:
        problem = "stopped"
    except reader.errors:
        pass
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"[:120]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun, problem


def measure(names: list[str]) -> dict[str, object]:
    crashed: dict[str, str] = {}
    slow: dict[str, float] = {}
    steep: dict[str, float] = {}
    slowest = 0.0
    texts = 0
    for name in names:
        reader = READERS[name]
        begun = time.process_time()
        for text in random_texts(TEXTS):
            took, problem = seconds_of(reader, text)
            texts += 1
            if problem:
                crashed.setdefault(f"{name}: {problem[:60]}", repr(text)[:120])
            slowest = max(slowest, took)
        at_10k: dict[str, float] = {}
        hopeless: set[str] = set()
        for size in SIZES:
            for shape, text in hard_texts(size):
                if shape in hopeless:
                    continue
                took, problem = seconds_of(reader, text)
                if took > MOST_SECONDS or problem == "stopped":
                    slow[f"{name}, {shape}, {size}"] = round(took, 2)
                    hopeless.add(shape)
                elif problem:
                    crashed.setdefault(f"{name}: {problem[:60]}", f"{shape}, {size}")
                slowest = max(slowest, took)
                if size == 10_000:
                    at_10k[shape] = min(took, seconds_of(reader, text)[0])
                if size == 1_000_000 and took > TOO_SHORT_TO_MEASURE and at_10k[shape] > 0:
                    growth = took / 100 / at_10k[shape]
                    if growth > MOST_GROWTH:
                        again = seconds_of(reader, text)[0] / 100 / at_10k[shape]
                        if again > MOST_GROWTH:
                            steep[f"{name}, {shape}"] = round(again, 1)
        theirs = [told for told in (*crashed, *slow, *steep) if told.startswith(name)]
        print(f"{name}: {time.process_time() - begun:.1f} s", *theirs, sep="\n  ", flush=True)
    return {"readers": len(names), "texts": texts, "crashed": crashed, "slow": slow, "steep": steep,
            "slowest": round(slowest, 2)}  # fmt: skip


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, stop)
    print(json.dumps(measure(sys.argv[1:] or list(READERS)), ensure_ascii=True))
