"""A postcode of four digits gets its zero back, but not where the town lies abroad."""

from __future__ import annotations

import pytest

from sync.foreign_towns import keep_postcode_abroad, lies_abroad
from sync.items import Note, Origin
from sync.normalise import read_postcode

HERE, ELSEWHERE = Origin("liste.csv", None, 2), Origin("liste.csv", None, 3)


@pytest.mark.parametrize(("told", "town", "code", "says"), [
    ("1010", "Wien", "1010", "liegt nicht in Deutschland"),
    ("8001", "Zürich", "8001", "liegt nicht in Deutschland"),
    ("9000", "St. Gallen", "9000", "liegt nicht in Deutschland"),
    ("3100", "St. Pölten", "3100", "liegt nicht in Deutschland"),
    ("1000", "Brüssel", "1000", "liegt nicht in Deutschland"),
    ("4020.0", "Linz", "4020", "liegt nicht in Deutschland"),
    ("1067", "Dresden", "01067", "um die führende Null ergänzt: 01067"),
    ("8239", "Bergen", "08239", "um die führende Null ergänzt: 08239"),
    ("6108", "Halle (Saale)", "06108", "um die führende Null ergänzt: 06108"),
    ("4109", "", "04109", "um die führende Null ergänzt: 04109"),
    ("01067", "Wien", "01067", ""),
    ("A-1010", "Wien", "A-1010", "keine deutsche Postleitzahl"),
])  # fmt: skip
def test_a_postcode_stays_what_its_town_says(told: str, town: str, code: str, says: str) -> None:
    read = read_postcode(told)
    values = {"postcode": read.value, "city": town, "street": "Weg 1"}
    before = Note(ELSEWHERE, "PLZ", "PLZ „1010“ um die führende Null ergänzt: 01010.")
    notes = [before, *(Note(HERE, "PLZ", text) for text in read.notes)]
    keep_postcode_abroad(values, notes, HERE)
    assert values == {"postcode": code, "city": town, "street": "Weg 1"}
    assert notes[0] == before
    assert [says in note.text for note in notes[1:]] == ([True] if says else [])


@pytest.mark.parametrize("town", ["Wiener Neustadt", "Bergen", "Freiburg", "Halle", "", "Lindau", "Zugspitzdorf"])
def test_a_german_town_is_none_abroad(town: str) -> None:
    assert not lies_abroad(town)
