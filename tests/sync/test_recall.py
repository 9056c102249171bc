"""What the journal tells of an item, with and without what undos took back."""

from __future__ import annotations

import json

import pytest

from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.journal import ROOM
from sync.noting import announce_retraction, read_retraction
from sync.recall import recall
from sync.status import Retracted, Retraction

KEY = ("organisation", "1")
TABLES = {"organisation": "m-1"}


def said(entry, run, **values):
    texts = {c: json.dumps(v) for c, v in values.items()}
    data = {"source": "liste", "said": [[*KEY, 7, "m-1", texts]], "gone": []}
    return JournalEntry(id=entry, run=run, data=json.dumps(data), undone=True)


def left_out(entry, run):
    return JournalEntry(id=entry, run=run, data=json.dumps({"source": "liste", "said": [], "gone": [KEY]}), undone=True)


class Kept:
    """A journal that keeps what is noted."""

    def __init__(self) -> None:
        self.notes = []

    def note(self, name, data, kind=None):
        assert len(data) <= ROOM + 2000
        assert kind == WriteKind.UNDONE
        self.notes.append(data)


def undone(entry, run, *lost, gone=None, forgotten=(), before=None, **values):
    texts = {c: None if v is None else json.dumps(v) for c, v in values.items()}
    one = Retracted(KEY, "m-1", texts, gone=gone, lost=lost, before=before or {})
    kept = Kept()
    announce_retraction(kept, Retraction("liste", () if forgotten else (one,), forgotten))
    return JournalEntry(id=entry, run=run, kind=WriteKind.UNDONE, data=kept.notes[0], undone=True)


def known(*entries):
    one = recall(entries, TABLES).get("liste", {}).get(KEY)
    return None if one is None else ({c: json.loads(t) for c, t in one.values.items()}, one.vanished)


FIRST, SECOND, THIRD = said(1, "a", name="A"), said(2, "b", name="B", city="B"), said(3, "c", name="C")
BACK_FROM_SECOND = undone(9, "u", 2, name="A", city=None, gone=False)
FORGOTTEN = undone(9, "u", forgotten=(("organisation", "1", "m-1"),))


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ([FIRST, SECOND], ({"name": "B", "city": "B"}, False)),
        ([FIRST, SECOND, BACK_FROM_SECOND], ({"name": "A"}, False)),
        ([FIRST, SECOND, THIRD, BACK_FROM_SECOND], ({"name": "C"}, False)),
        ([FIRST, SECOND, BACK_FROM_SECOND, undone(10, "v", 9, name="B", city="B", gone=False)],
         ({"name": "B", "city": "B"}, False)),
        ([FIRST, SECOND, THIRD, undone(9, "u", 3, name="B", gone=False), undone(10, "v", 2, name="A", city=None)],
         ({"name": "A"}, False)),
        ([FIRST, left_out(2, "b")], ({"name": "A"}, True)),
        ([FIRST, left_out(2, "b"), undone(9, "u", 2, gone=False)], ({"name": "A"}, False)),
        ([FIRST, FORGOTTEN], None),
        ([FIRST, FORGOTTEN, said(10, "d", city="D")], ({"city": "D"}, False)),
        ([SECOND, undone(9, "u", 2, name="A", city=None, gone=False, before={"name": '"A"'})], ({"name": "A"}, False)),
    ],
    ids=["said", "undone", "undone_beneath_a_later_run", "undo_undone", "both_undone", "left_out", "left_out_undone",
         "forgotten", "came_again", "only_the_write_tells"],
)  # fmt: skip
def test_what_is_known_after_runs_and_undos(entries, wanted):
    assert known(*entries) == wanted


def test_a_retraction_comes_back_from_the_journal_as_it_was_however_long():
    many = tuple(
        Retracted(("organisation", str(i)), "m-1", {"name": '"A"', "city": None}, i, known=bool(i % 2),
                  gone=[None, True, False][i % 3], lost=(1, i), before={"name": '"A"'})
        for i in range(1500)
    )  # fmt: skip
    told = Retraction("liste", many, tuple(("organisation", f"w{i}", "m-1") for i in range(900)))
    kept = Kept()

    announce_retraction(kept, told)

    read = [read_retraction(json.loads(note)) for note in kept.notes]
    assert len(read) > 1
    assert tuple(one for part in read for one in part.retracted) == many
    assert tuple(one for part in read for one in part.forgotten) == told.forgotten


def test_a_value_that_fits_into_no_entry_is_unknown_from_then_on():
    kept = Kept()
    announce_retraction(kept, Retraction("liste", (Retracted(KEY, "m-1", {"note": "x" * ROOM, "name": '"A"'}),)))

    assert read_retraction(json.loads(kept.notes[0])).retracted[0].values == {"note": None, "name": None}
