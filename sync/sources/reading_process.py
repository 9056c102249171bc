"""Read a list in a process of its own, whose memory and time are limited: what a file asks for can end only this one.

``python -m sync.sources.reading_process REQUEST`` writes lines of JSON: what the file is, then its rows, each title
before the first row that has it, then what was noticed. A refusal is the last line. The request is JSON as well.
"""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from schemas.errors import SourceError
from sync.sources.readers import read_file
from sync.sources.rows import Headed, Source

HEAD_ROWS = 12
"""Rows that are told as they stand, for whoever looks for titles further down."""


def limit_resources(memory: int, seconds: int) -> None:
    """Limit bytes of memory and seconds of work of this process, each where the system knows such a limit."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses the last one
            resource.setrlimit(kind, (most, most))


def write_list(request: dict[str, Any], out: TextIO) -> None:
    """Write what stands in a file, or why it does not; any other error than want of memory is a fault of ours."""
    options = {name: tuple(said) if isinstance(said, list) else said for name, said in request["options"].items()}
    try:
        _write(read_file(request["kind"], Path(request["path"]), options), request["characters"], out)
    except SourceError as error:
        _put(out, {"refused": {"message": error.message, "hint": error.hint, "facts": error.facts}})
    except MemoryError:
        _put(out, {"problem": "large"})


def _write(source: Source, most: int, out: TextIO) -> None:
    head: list[list[str]] = []
    if isinstance(source, Headed):
        with contextlib.suppress(SourceError):  # it is told when the rows are read
            head = source.head(HEAD_ROWS)
    _put(out, {"name": source.name, "form": source.form, "header": source.header, "head": head})
    titles: dict[str, str] = {}
    left = most
    for row in source.rows():
        for title in row.cells:
            if title not in titles:
                titles[title] = str(len(titles))
                left -= len(title)
                _put(out, {"title": title})
        left -= sum(map(len, row.cells.values()))
        if left < 0:
            _put(out, {"problem": "large"})
            return
        origin = row.origin
        cells = {titles[title]: text for title, text in row.cells.items()}
        _put(out, [[origin.file, origin.row, origin.sheet], cells])
    pages = [asdict(page) for page in getattr(source, "pages", ())]
    _put(
        out, {"end": {"notes": list(map(asdict, source.notes)), "gaps": list(map(asdict, source.gaps)), "pages": pages}}
    )


def _put(out: TextIO, value: object) -> None:
    out.write(json.dumps(value, separators=(",", ":"), default=str))
    out.write("\n")


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    limit_resources(asked["memory"], asked["seconds"])
    sys.stdout.reconfigure(encoding="ascii", newline="\n")  # type: ignore[union-attr]
    write_list(asked, sys.stdout)
