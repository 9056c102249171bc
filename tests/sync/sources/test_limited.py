"""A list that is not small is read by a process of its own: it says the same, and what it asks for ends only there."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import pytest

from schemas.errors import SourceError
from sync.sources import limited
from sync.sources.limited import SpooledList
from sync.sources.opening import open_source, open_table
from sync.sources.profile_files import load_profile
from sync.sources.rows import Headed

CSV = "Nachname;Vorname;Notiz\nMüller;Ada;„eins“\n;;\nKöhler;Bo;zwei\n"
CARDS = (
    "BEGIN:VCARD\nFN:Ada Müller\nTEL:0391 123\nPHOTO:x\nEND:VCARD\n"
    "BEGIN:VCARD\nFN:Bo Köhler\nkaputt\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n"
)
PAGE = {"data": [{"id": "1", "type": "x", "name": "Verein \ud800"}], "links": {"next": "https://x.example/2"}}
XML = '<l anzahl="2"><angebot><titel>Lesen</titel><titel>Singen</titel></angebot></l>'
LISTS = [
    ("a.csv", "personen", CSV),
    ("a.vcf", "vcard", CARDS),
    ("a.json", "oparl", json.dumps(PAGE)),
    ("a.json", "stadtrat", json.dumps({"name": "Rat", "factions": [{"id": "f1", "name": "Die Wiese", "seats": 3}]})),
]


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def everything(path: Path, profile: str) -> dict[str, object]:
    source = open_source(path, load_profile(profile))
    told: dict[str, object] = {"rows": [(row.origin, dict(row.cells)) for row in source.rows()]}
    again = [(row.origin, dict(row.cells)) for row in source.rows()]
    told |= {name: getattr(source, name) for name in ("name", "form", "header", "notes", "gaps")}
    told |= {"pages": getattr(source, "pages", ()), "head": source.head(2) if isinstance(source, Headed) else []}
    assert again == told["rows"]
    assert again
    return told


@pytest.mark.parametrize(("name", "profile", "text"), LISTS)
def test_another_process_tells_of_a_list_what_is_told_of_it_here(tmp_path, monkeypatch, name, profile, text):
    path = written(tmp_path, name, text)
    monkeypatch.setattr(limited, "SMALL_KINDS", {"csv", "json", "vcard", "xml"})
    here = everything(path, profile)
    monkeypatch.setattr(limited, "SMALL_BYTES", 0)
    assert isinstance(open_source(path, load_profile(profile)), SpooledList)
    assert everything(path, profile) == here


@pytest.mark.parametrize(("size", "spooled"), [(limited.SMALL_BYTES, False), (limited.SMALL_BYTES + 1, True)])
def test_only_a_small_list_is_read_here(tmp_path, size, spooled):
    path = written(tmp_path, "a.csv", (CSV + "A;B;c\n" * 40_000).encode()[:size].decode())
    assert isinstance(open_table(path), SpooledList) is spooled


def test_a_folder_of_cards_is_small_only_as_a_whole(tmp_path, monkeypatch):
    for number in range(2):
        written(tmp_path, f"{number}.vcf", CARDS)
    here = everything(tmp_path, "vcard")
    monkeypatch.setattr(limited, "SMALL_BYTES", len(CARDS.encode()) + 1)
    assert isinstance(open_source(tmp_path, load_profile("vcard")), SpooledList)
    assert everything(tmp_path, "vcard") == here


def test_a_list_that_breaks_off_is_told_up_to_there(tmp_path, monkeypatch):
    path = written(tmp_path, "a.csv", CSV + 'Roth;"Cem;offen\nRot;Rot;Rot\n')

    def read() -> tuple[list[int], str, str | None, object]:
        rows = []
        with pytest.raises(SourceError) as told:
            rows.extend(row.origin.row for row in open_source(path, load_profile("personen")).rows())
        return rows, told.value.message, told.value.hint, told.value.facts

    here = read()
    monkeypatch.setattr(limited, "SMALL_BYTES", 0)
    assert read() == here
    assert here[1:] == (
        "In der Datei a.csv wird ab Zeile 5 ein Anführungszeichen nicht geschlossen.",
        'Bitte prüfen Sie dort die Anführungszeichen ("), oder exportieren Sie die Liste noch einmal.',
        {"file": "a.csv", "row": 5},
    )


ROWS = ",".join(['{"id": "f", "name": "a"}'] * 2000)
BOMB = f'{{"name": "{"x" * 1_000_000}", "factions": [{ROWS}]}}'


def test_a_list_that_asks_for_much_memory_is_refused_without_ours(tmp_path):
    path = written(tmp_path, "a.json", BOMB)  # what stands at the top is told in each of its 2,000 rows
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match="braucht beim Lesen mehr Speicher oder Zeit") as told:
        open_source(path, load_profile("stadtrat"))
    assert told.value.hint
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_list_of_nothing_but_brackets_is_refused_for_its_memory(tmp_path, monkeypatch):
    path = written(tmp_path, "a.json", '{"data": [{"data": [' + "{}," * 1_000_000 + "{}]}]}")
    monkeypatch.setattr(limited, "MAX_MEMORY", 80_000_000)
    with pytest.raises(SourceError, match="braucht beim Lesen mehr Speicher oder Zeit"):
        open_source(path, load_profile("oparl"))


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("MAX_WAIT", 0.01, "mehr Speicher oder Zeit"),
        ("MAX_CHARACTERS", 100, "mehr Speicher oder Zeit"),
        ("MAX_SECONDS", 0, "mehr Speicher oder Zeit"),
    ],
)
def test_each_limit_ends_in_a_sentence(tmp_path, monkeypatch, limit, most, said):
    path = written(tmp_path, "a.csv", CSV + "A;B;c\n" * 40_000)
    monkeypatch.setattr(limited, limit, most)
    with pytest.raises(SourceError, match=said) as told:
        open_table(path)
    assert told.value.hint == "Bitte exportieren Sie sie noch einmal, und eine sehr lange Liste in mehreren Dateien."


def test_a_process_that_breaks_ends_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(limited, "SMALL_BYTES", 0)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SourceError, match=r"Die Datei a\.csv ist beschädigt") as told:
        open_table(written(tmp_path, "a.csv", CSV))
    assert told.value.hint
