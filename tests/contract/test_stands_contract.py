"""Stands and letters on a real NocoDB: numbers once, with a way back; links on paper are those that hold."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.events.links import letter_links, open_links
from automations.events.stand_numbers import give_numbers
from schemas.events.choices import StandState
from schemas.events.tables import Event, Invitation, Stand
from schemas.operations.tables import JournalEntry
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.undo import undo

pytestmark = pytest.mark.server


def now():
    return dt.datetime.now(dt.UTC)


def store(opened, record):
    return TableStore(opened.client, opened.base, record)


def test_numbers_are_given_once_and_can_be_taken_back_where_nobody_changed_them(opened):
    (fair, other) = store(opened, Event).create([Event(name="Messe", ident="t:1"), Event(name="Andere", ident="t:2")])
    stands = store(opened, Stand)
    rows = stands.create([
        Stand(name="Chor", event=fair, ident="t:a"), Stand(name="Amt", event=fair, ident="t:b"),
        Stand(name="Schon", event=fair, number="1", ident="t:c"),
        Stand(name="Ab", event=fair, state=StandState.CALLED_OFF, ident="t:d"), Stand(event=other, ident="t:e"),
    ])  # fmt: skip
    event = Event(id=fair, name="Messe")

    done = give_numbers(opened, event, now)
    again = give_numbers(opened, event, now)

    numbers = {row: one.number for row, one in stands.get_many(rows).items()}
    assert ([one.number for one in done.given], done.missed, again.given) == (["2", "3"], 0, [])
    assert [numbers[row] for row in rows] == ["3", "2", "1", None, None]
    assert store(opened, JournalEntry).count() == 2

    assert stands.swap(rows[0], {"number": "3"}, {"number": "17"}).applied
    undo(opened.client, opened.base, run=done.run, now=now)
    numbers = {row: one.number for row, one in stands.get_many(rows).items()}
    assert [numbers[row] for row in rows] == ["17", None, "1", None, None]


def test_links_to_print_are_read_from_the_base_and_made_where_there_is_none(opened, tmp_path):
    settings = Settings(data_dir=tmp_path, answer_url="https://antwort.example.org/")
    invitations = store(opened, Invitation)
    with_mark, without = invitations.create([Invitation(name="A", mark="marke1", ident="t:1"),
                                             Invitation(name="B", ident="t:2")])  # fmt: skip

    first = letter_links(settings, opened, [with_mark, without])
    second = letter_links(settings, opened, [with_mark, without, 999_999])

    signer = open_links(settings, opened).signer
    assert first == second
    assert first[with_mark] == f"https://antwort.example.org/a/{signer.token(with_mark, 'marke1')}"
    made = invitations.get(without).mark
    assert made
    assert signer.read(first[without].rsplit("/", 1)[1]).mark == made
