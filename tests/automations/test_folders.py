"""The watched folder, without NocoDB: when it looks, waits, and tells of a bad file."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from automations.deliveries import Brought, SomeFailed
from automations.jobs import folders
from schemas.errors import SourceError, Unavailable
from sync.settings import Settings


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "eingang").mkdir()
    (tmp_path / "sources.toml").write_text(
        '[eingang]\ntitle = "Eingang"\npath = "eingang"\nprofile = "organisationen"\n'
        '[datei]\npath = "fest.csv"\nprofile = "organisationen"\n',
        encoding="utf-8",
    )
    return tmp_path / "eingang"


@pytest.fixture
def look(inbox, monkeypatch):
    """Look at the folder ``later`` seconds from now and say what was told and which sources were brought in."""
    office = inbox.parent
    settings = Settings(KONTAKTNETZ_DATA=office / "daten", KONTAKTNETZ_SOURCES=office / "sources.toml")
    brought, problem = [], [None]

    def bring_each(specs, settings):
        for spec in specs:
            brought.append(spec.name)
            settings.data_dir.mkdir(exist_ok=True)
            yield Brought(spec, f"{spec.title}: …", problem[0])

    def run(later=3600):
        brought.clear()
        return folders.run(settings, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=later)), list(brought)

    run.problem = problem
    monkeypatch.setattr(folders, "bring_each", bring_each)
    return run


def test_a_new_file_is_brought_in_once_and_only_its_source(inbox, look):
    assert look() == ("", [])
    (inbox / "a.csv").write_text("Organisation\nA\n")
    assert look() == ("Eingang: …", ["eingang"])
    assert look() == ("", [])
    (inbox / "a.csv").write_text("Organisation\nA\nB\n")
    assert look() == ("Eingang: …", ["eingang"])


def test_a_file_that_is_still_being_written_waits(inbox, look):
    (inbox / "a.csv").write_text("Organisation\nA\n")
    os.utime(inbox / "a.csv", (1, 1))  # a copy keeps the old date of its original; what counts is when it came here
    assert look(later=5) == ("", [])
    assert look(later=70) == ("Eingang: …", ["eingang"])


def test_a_file_that_cannot_be_read_is_told_once(inbox, look):
    (inbox / "a.csv").write_text("Falsch\n")
    look.problem[0] = SourceError("Es fehlt die Spalte Organisation.")
    with pytest.raises(SomeFailed, match="berichtigte Datei"):
        look()
    assert look() == ("", [])


def test_a_server_that_was_away_is_tried_again_at_the_next_look(inbox, look):
    (inbox / "a.csv").write_text("Organisation\nA\n")
    look.problem[0] = Unavailable("NocoDB antwortet nicht.")
    with pytest.raises(SomeFailed, match="holt es nach"):
        look()
    look.problem[0] = None
    assert look() == ("Eingang: …", ["eingang"])


def test_a_lost_memory_only_brings_everything_in_once_more(inbox, look):
    (inbox / "a.csv").write_text("Organisation\nA\n")
    look()
    (inbox.parent / "daten" / "folders.json").write_text("{")
    assert look()[1] == ["eingang"]
    assert look()[1] == []
