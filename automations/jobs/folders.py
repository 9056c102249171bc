"""Every two minutes: bring in what somebody put into a watched folder, as soon as it lies still."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from automations.deliveries import SomeFailed, bring_each
from schemas.errors import Transient
from sync.settings import Settings
from sync.sources.registry import SourceFile, SourceSpec, load_sources
from sync.text_files import replace_text

NAME = "Neue Dateien"
EVERY_MINUTES = 2
STILL_SECONDS = 60
"""A file that was written more recently than this may still be on its way (a scanner, a slow share)."""


def run(settings: Settings, now: dt.datetime) -> str:
    """Bring in every source one of whose folders has other files than when it was last brought in.

    A list that cannot be read is told once, and again when somebody puts another file there (and every night); if only
    NocoDB was away, the next look tries again.

    Returns:
        One German line for each such source; empty if there is nothing new.

    Raises:
        SomeFailed: a list could not be brought in; the message tells of all.
        SourceError: the directory of sources cannot be read.
        ConfigError: address or token of NocoDB is missing.
    """
    specs = load_sources(settings.sources_file) if settings.sources_file.exists() else {}
    memory = settings.data_dir / "folders.json"
    known = _known(memory)
    there = {name: look for name, spec in specs.items() if (look := _look(spec, now))}
    brought = []
    for each in bring_each([specs[name] for name, look in there.items() if known.get(name) != look], settings):
        brought.append(each)
        if not isinstance(each.problem, Transient):
            known[each.source.name] = there[each.source.name]
            _keep(memory, known)
    told = " | ".join(each.line for each in brought)
    if problems := [each.problem for each in brought if each.problem]:
        passing = all(isinstance(problem, Transient) for problem in problems)
        later, mend = "Der nächste Blick holt es nach.", "Legen Sie eine berichtigte Datei in denselben Ordner."
        raise SomeFailed(told, hint=later if passing else mend)
    return told


def _look(spec: SourceSpec, now: dt.datetime) -> str:
    """Return what the folders of a source hold; nothing if it has none, they are empty, or a file is still moving."""
    lines, newest = [], 0.0
    for part in spec.parts:
        if isinstance(part, SourceFile) and part.path.is_dir():
            for file in sorted(part.path.iterdir()):
                try:
                    fact = file.stat()
                except FileNotFoundError:
                    return ""  # renamed at this moment: a file is still moving
                newest = max(newest, fact.st_ctime)
                lines.append(f"{file}\n{fact.st_size}\n{fact.st_mtime_ns}")
    return "" if now.timestamp() - newest < STILL_SECONDS else "\n".join(lines)


def _known(memory: Path) -> dict[str, str]:
    try:
        return dict(json.loads(memory.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}  # then every folder is brought in once more, which writes nothing


def _keep(memory: Path, known: Mapping[str, str]) -> None:
    replace_text(memory, json.dumps(known, ensure_ascii=False, indent=1))
