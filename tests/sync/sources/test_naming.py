"""The name of a single file stays for ever and never means two files."""

from __future__ import annotations

import re
import unicodedata

import pytest

from schemas.errors import SourceError
from sync.sources.naming import name_for_file
from sync.sources.registry import load_sources, spec_for_file


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Mühle", "muehle"),
        ("Möhle", "moehle"),
        (unicodedata.normalize("NFD", "Mühle"), "muehle"),
        ("Straßenfest 2026", "strassenfest-2026"),
        ("Café_Liste (1)", "cafe-liste-1"),
        ("verein", "verein"),
        ("Список", "liste"),
        ("---", "liste"),
    ],
)
def test_a_name_writes_umlauts_out(stem, name):
    assert name_for_file(stem, "/a") == name


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({}, "muehle"),
        ({"m-hle": ""}, "m-hle"),
        ({"m-hle": "/a/Mühle.csv"}, "m-hle"),
        ({"m-hle": "/a/Möhle.csv"}, "muehle"),
        ({"m-hle": "", "muehle": "/a/Mühle.csv"}, "muehle"),
        ({"muehle": ""}, "muehle"),
        ({"m-hle": "", "muehle": "/b/Mühle.csv"}, "m-hle"),
    ],
    ids=["new", "former-name", "former-name-and-place", "former-name-of-another", "both", "no-place", "moved-beside"],
)
def test_a_file_that_is_known_keeps_its_name(known, name):
    assert name_for_file("Mühle", "/a/Mühle.csv", known) == name


@pytest.mark.parametrize("there", ["/b/verein.csv", "/a/Verein.csv", "/a/verein.xlsx", "buch.example.org/verein"])
def test_two_files_are_never_one_source_and_the_refusal_says_what_to_do(there):
    with pytest.raises(SourceError, match=re.escape(f"bisher aus {there}, diese Datei ist /a/verein.csv")) as told:
        name_for_file("verein", "/a/verein.csv", {"verein": there, "verein-2": ""})
    assert "--source verein." in str(told.value.hint)
    assert "--source verein-3." in str(told.value.hint)


def test_a_given_name_is_taken_wherever_the_file_lies(tmp_path):
    known = {"verein": "/b/verein.csv"}
    for name in ("verein", "verein-2"):
        assert spec_for_file(tmp_path / "verein.csv", "organisationen", known=known, name=name).name == name
    with pytest.raises(SourceError, match="kann keine Quelle heißen"):
        spec_for_file(tmp_path / "verein.csv", "organisationen", name="Verein Süd")


def test_a_place_is_the_same_from_every_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.toml").write_text('[verein]\npath = "verein.csv"\nprofile = "organisationen"\n')
    places = {
        spec_for_file(tmp_path / "verein.csv", "organisationen").place,
        spec_for_file((tmp_path / "x" / ".." / "verein.csv").relative_to(tmp_path), "organisationen").place,
        load_sources(tmp_path / "sources.toml")["verein"].place,
    }
    assert places == {str(tmp_path / "verein.csv")}
