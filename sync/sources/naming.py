"""How a single file becomes a source: its name for ever, told apart from other files that are called alike. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from schemas.errors import SourceError
from sync.normalise import text_key

Places = Mapping[str, str]
"""Where each known source came from last; empty for one of which that was not noted."""

NOWHERE: Places = MappingProxyType({})


def name_for_file(stem: str, place: str, known: Places = NOWHERE) -> str:
    """Return the name of the source that a file is: of what it is called, umlauts written out.

    ``stem`` is the name of the file without its ending, ``place`` where it lies. A file that is known under a former
    name, in which umlauts were dropped, keeps it.

    >>> name_for_file("Mühle 2026", "/listen/Mühle 2026.csv")
    'muehle-2026'

    Raises:
        SourceError: a source of this name came from another place.
    """
    name = _plain(text_key(stem))
    former = _plain(stem.casefold())
    for one in (name, former):
        if known.get(one) == place:
            return one
    if former != name and known.get(former) == "":
        return former
    if known.get(name):
        free = next(f"{name}-{n}" for n in range(2, len(known) + 3) if f"{name}-{n}" not in known)
        raise SourceError(
            f"Die Quelle „{name}“ kam bisher aus {known[name]}, diese Datei ist {place}.",
            hint=f"Ist es dieselbe Liste, nur an einem neuen Ort, wiederholen Sie den Befehl mit --source {name}. "
            f"Ist es eine andere, geben Sie ihr einen eigenen Namen, den sie behält: zum Beispiel --source {free}.",
            source=name,
        )
    return name


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-") or "liste"
