"""A run is taken back without touching what staff did since."""

from __future__ import annotations

import pytest
from trial_list import item, listed, now, type_in

from schemas.contacts.tables import Function, Organisation, Person
from schemas.errors import ConfigError
from schemas.operations.tables import Conflict
from sync.nocodb.store import TableStore
from sync.run import apply_source
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_run_is_taken_back_and_what_staff_edited_since_stays_and_is_asked(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    first = listed(*(item("organisation", str(i), name=f"O {i}", city="A") for i in range(6)))
    apply_source(client, empty_base, first, status, now=now)
    before = {o.ident: (o.name, o.city) for o in store.pull()}
    second = listed(*(item("organisation", str(i), name=f"O {i}", city="B") for i in range(6)),
                    item("organisation", "neu", name="Neu"))  # fmt: skip
    apply_source(client, empty_base, second, status, now=now)
    edited = next(o for o in store.pull() if o.ident == "probe:3")
    type_in(client, empty_base, edited.id, city="Von Hand")
    (run, _, _) = list_runs(client, empty_base)[0]

    report = undo(client, empty_base, run=run, now=now)

    after = {o.ident: (o.name, o.city) for o in store.pull()}
    assert (report.restored, report.removed, report.conflicts, report.kept) == (5, 1, 1, 0)
    assert after == {**before, "probe:3": ("O 3", "Von Hand")}
    assert {o.ident: o.aliases for o in store.pull() if o.aliases} == {"probe:3": "Ort: A"}
    (conflict,) = TableStore(client, empty_base, Conflict).pull()
    assert (conflict.ours, conflict.theirs, conflict.source) == ("Von Hand", "A", "Zurücknehmen")
    with pytest.raises(ConfigError, match="nichts, das zurückgenommen werden kann"):
        undo(client, empty_base, run=run, now=now)
    again = apply_source(client, empty_base, second, status, now=now).counts
    assert (again.updated, again.created, again.conflicts, again.deleted_by_staff) == (5, 1, 1, 0)


def test_a_created_row_that_staff_use_is_not_removed(client, empty_base, status):
    three = listed(*(item("person", str(i), last_name=f"P {i}", first_name="A") for i in range(3)))
    apply_source(client, empty_base, three, status, now=now)
    persons = TableStore(client, empty_base, Person)
    ids = {p.ident: p.id for p in persons.pull()}
    TableStore(client, empty_base, Function).create([Function(name="Vorsitz", person=ids["probe:1"])])
    (run, _, _) = list_runs(client, empty_base)[0]

    report = undo(client, empty_base, run=run, now=now)

    assert (report.removed, report.kept) == (2, 1)
    assert [p.ident for p in persons.pull()] == ["probe:1"]
