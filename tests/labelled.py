"""Pairs judged by people and a list like Hamburg's: what finding look-alikes is measured by. Names are made up."""

from __future__ import annotations

import csv
import itertools
import random
from dataclasses import dataclass
from pathlib import Path

from sync.identity.finding import Entry

LABELLED = Path(__file__).parent / "sync" / "labelled_pairs.csv"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two rows, and whether a human being holds them for the same."""

    same: bool
    first: Entry
    second: Entry


def labelled_pairs() -> list[Labelled]:
    """Return the judged pairs."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))
    return [Labelled(r["same"] == "1", _entry(r, 1, "first"), _entry(r, 2, "second")) for r in rows]


def _entry(row: dict[str, str], row_id: int, side: str) -> Entry:
    told = row[f"{side}_values"]
    values = dict(part.split("=", 1) for part in told.split("|")) if told else {}
    if row["table"] == "person":
        values["first_name"], values["last_name"] = row[side].split("|")
    else:
        values["name"] = row[side]
    return Entry(row["table"], row_id, values)


_KINDS = ("Bürgerverein", "Turnverein", "Förderkreis", "Chorgemeinschaft", "Nachbarschaftshilfe", "Kleingartenverein",
          "Heimatverein", "Kulturverein", "Seniorentreff", "Stadtteilschule", "DRK Kreisverband", "Ev. Kirchengemeinde",
          "Freiwillige Feuerwehr", "Initiative", "Werkstatt", "Müttertreff")  # fmt: skip
_PLACES = (
    "Altona", "Barmbek", "Curslack", "Dulsberg", "Eimsbüttel", "Fuhlsbüttel", "Flottbek", "Hamm", "Iserbrook",
    "Jenfeld", "Kirchwerder", "Lurup", "Moorburg", "Neuengamme", "Ottensen", "Poppenbüttel", "Rahlstedt", "Sasel",
    "Tatenberg", "Volksdorf", "Wandsbek", "St. Georg", "Bergstedt", "Eidelstedt", "Rissen",
)  # fmt: skip
_PARTS = ("", "Ost", "West", "Süd", "1", "2")
_SPELLINGS = (
    lambda name: f"{name} e.V.",
    lambda name: f"{name} e. V.",
    lambda name: name.replace("ü", "ue").replace("ß", "ss") + " eV",
    lambda name: name.upper(),
    lambda name: f"{name} (HH)",
    lambda name: (
        name.replace("Ev. ", "Evangelische ").replace("Kreisverband", "KV").replace("St. ", "Sankt ") + " e.V."
    ),
    lambda name: name.replace(" ", "  ") + " eingetragener Verein",
)


def hamburg_like(seed: int = 963) -> tuple[list[Entry], list[set[int]]]:
    """Return 963 organisations that have a name only, and the 50 groups of row ids that are spellings of one name.

    Near-twins ("... Ost", "... West", "... 1", the same kind of body one district on) are all over it.
    """
    chance = random.Random(seed)
    bases = [" ".join(filter(None, parts)) for parts in itertools.product(_KINDS, _PLACES, _PARTS)]
    chance.shuffle(bases)
    bases = bases[: 963 - 50 - 10]
    names = list(bases)
    groups: list[set[int]] = []
    for place in range(50):
        group = {place}
        for spelling in chance.sample(_SPELLINGS, 2 if place < 10 else 1):
            group.add(len(names))
            names.append(spelling(bases[place]))
        groups.append(group)
    return [Entry("organisation", i + 1, {"name": n}) for i, n in enumerate(names)], [
        {i + 1 for i in g} for g in groups
    ]
