"""What is remembered of a source: for the tables it was seen in, across restarts, versions and broken files."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from schemas.errors import ConfigError
from sync.items import Item, LinkRef, Origin
from sync.status import Retracted, Retraction, Settled, Status, digest
from sync.status_schema import VERSION

NOW = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
HERE, THERE = {"organisation": "m-here"}, {"organisation": "m-there"}

FIRST_VERSION = """
CREATE TABLE item (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, row_id INTEGER NOT NULL, digest BLOB NOT NULL,
    first_seen TEXT NOT NULL, PRIMARY KEY (source, tab, ident)
) WITHOUT ROWID;
CREATE TABLE value (
    source TEXT NOT NULL, tab TEXT NOT NULL, ident TEXT NOT NULL, col TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (source, tab, ident, col)
) WITHOUT ROWID;
CREATE TABLE run (source TEXT NOT NULL, finished TEXT NOT NULL, items INTEGER NOT NULL);
INSERT INTO item VALUES ('liste', 'organisation', '1', 7, x'00', '2026-01-01T00:00:00+00:00');
INSERT INTO value VALUES ('liste', 'organisation', '1', 'name', '"Tafel"');
PRAGMA user_version = 1;
"""


def place(**values) -> Item:
    return Item("organisation", "1", values, {"parent": LinkRef("organisation", "2")}, Origin("liste.csv", 2))


def test_what_was_settled_is_known_after_opening_the_file_again(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)

    with Status(tmp_path / "s") as status:
        known = status.items("liste", HERE)
        assert [(key, k.row_id, k.digest, k.vanished) for key, k in known.items()] == [
            (("organisation", "1"), 7, digest(place(name="Tafel")), False)
        ]
        assert status.last("liste", ("organisation", "1")) == {"name": '"Tafel"', "parent": "organisation:2"}
        assert status.items("andere", HERE) == {}


def test_what_stood_in_one_table_is_not_known_of_another(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)

        assert status.items("liste", THERE) == {}
        assert status.items("liste", {}) == {}
        assert status.tables("liste") == {"organisation": {"m-here"}}
        assert len(status.items("liste", HERE)) == 1


def test_settled_in_another_table_the_values_of_the_first_are_forgotten(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel", phone="1"), 7)], HERE, NOW)

        status.settle("liste", [Settled(place(name="Tafel"), 3)], THERE, NOW)

        assert [k.row_id for k in status.items("liste", THERE).values()] == [3]
        assert status.items("liste", HERE) == {}
        assert "phone" not in status.last("liste", ("organisation", "1"))


def test_a_value_that_the_source_gives_no_longer_stays_remembered_in_the_same_table(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel", phone="1"), 7)], HERE, NOW)

        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)

        assert status.last("liste", ("organisation", "1"))["phone"] == '"1"'


def test_the_file_of_the_first_version_is_taken_over_with_all_it_knows(tmp_path):
    old = sqlite3.connect(tmp_path / "s")
    old.executescript(FIRST_VERSION)
    old.close()

    with Status(tmp_path / "s") as status:
        assert [k.row_id for k in status.items("liste", HERE).values()] == [7]
        assert status.last("liste", ("organisation", "1")) == {"name": '"Tafel"'}
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)
        assert status.tables("liste") == {"organisation": {"m-here"}}
        assert status.unread("liste") == {}
        status.keep_unread("liste", {"x": 1})
    with Status(tmp_path / "s") as status:
        assert len(status.items("liste", HERE)) == 1


def test_who_is_unreadable_is_remembered_by_source_in_place_of_those_before(tmp_path):
    with Status(tmp_path / "s") as status:
        status.keep_unread("liste", {"x": 2, "y": 1})
        status.keep_unread("andere", {"x": 1})
        status.keep_unread("liste", {"x": 1, "z": 3})
    with Status(tmp_path / "s") as status:
        assert (status.unread("liste"), status.unread("andere")) == ({"x": 1, "z": 3}, {"x": 1})


def test_a_source_comes_from_where_it_was_brought_from_last(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("alt", [Settled(place(name="Tafel"), 7)], HERE, NOW)
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)
        status.keep_place("liste", "/a/liste.csv")
        status.keep_place("leer", "/a/leer.csv")
        assert status.places() == {"alt": "", "liste": "/a/liste.csv", "leer": "/a/leer.csv"}
        status.keep_place("liste", "/b/liste.csv")
        assert status.places()["liste"] == "/b/liste.csv"


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path):
    content = b"no database at all" * 100
    (tmp_path / "s").write_bytes(content)

    with pytest.raises(ConfigError, match="beschädigt") as told:
        Status(tmp_path / "s")

    assert told.value.hint
    assert (tmp_path / "s").read_bytes() == content


def test_a_file_of_a_newer_program_is_told_and_keeps_its_version(tmp_path):
    newer = sqlite3.connect(tmp_path / "s")
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")

    with pytest.raises(ConfigError, match="neuere Version") as told:
        Status(tmp_path / "s")

    assert told.value.hint
    assert newer.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    newer.close()


def forgetting(ident="1", table_id="m-here") -> Retraction:
    return Retraction("liste", forgotten=(("organisation", ident, table_id),))


def test_what_an_undo_forgot_is_unknown_and_its_list_is_looked_at_again(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)
        status.keep_list("liste", "digest", "{}")

        status.take_in([forgetting(table_id="m-there")], "m-journal", 3, NOW)
        assert len(status.items("liste", HERE)) == 1
        status.take_in([forgetting()], "m-journal", 4, NOW)

        assert status.items("liste", HERE) == {}
        assert status.last("liste", ("organisation", "1")) == {}
        assert status.kept_list("liste", "digest") is None
        assert (status.taken("m-journal"), status.taken("m-other")) == (4, None)


def test_of_an_item_that_stays_known_only_what_the_undo_names_is_taken_back(tmp_path):
    back = Retracted(("organisation", "1"), "m-here", {"name": '"Alt"', "phone": None}, row_id=9, gone=True)
    unknown = Retracted(("organisation", "2"), "m-here", {"name": '"Nie"'})
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel", phone="1", city="Nord"), 7)], HERE, NOW)

        status.take_in([Retraction("liste", (back, unknown))], "m-journal", 1, NOW)

        known = status.items("liste", HERE)
        assert [(key, k.row_id, k.digest, k.vanished) for key, k in known.items()] == [
            (("organisation", "1"), 9, b"", True)
        ]
        assert status.last("liste", ("organisation", "1")) == {
            "name": '"Alt"', "city": '"Nord"', "parent": "organisation:2",
        }  # fmt: skip


def test_taking_in_is_all_or_nothing(tmp_path):
    broken = Retracted(("organisation", "1"), "m-here", {"name": object()}, known=True)
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)

        with pytest.raises(sqlite3.Error):
            status.take_in([forgetting(), Retraction("liste", (broken,))], "m-journal", 1, NOW)

        assert len(status.items("liste", HERE)) == 1
        assert status.taken("m-journal") is None


def test_a_copy_shows_what_would_be_and_leaves_the_file_as_it_is(tmp_path):
    with Status(tmp_path / "s") as status:
        status.settle("liste", [Settled(place(name="Tafel"), 7)], HERE, NOW)
        with status.copy() as copy:
            copy.take_in([forgetting()], "m-journal", 1, NOW)
            assert copy.items("liste", HERE) == {}

        assert len(status.items("liste", HERE)) == 1
        assert status.taken("m-journal") is None
