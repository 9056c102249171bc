"""Where the list and staff disagree, a person decides; a list that looks broken is refused."""

from __future__ import annotations

import pytest
from trial_list import contents, decide, item, listed, now, type_in

from schemas.contacts.tables import Organisation
from schemas.errors import PlanRefused
from schemas.operations.tables import Conflict, JournalEntry
from sync.nocodb.store import TableStore
from sync.run import apply_source

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_staff_decide_about_conflicts_in_the_spreadsheet_and_the_next_run_does_it(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    first = {"name": "Tafel", "phone": "+49 30 23125001", "mail": "a@example.org", "city": "Magdeburg"}
    apply_source(client, empty_base, listed(item("organisation", "1", **first)), status, now=now)
    (row,) = store.pull()
    type_in(client, empty_base, row.id, phone="+49 30 23125099", mail="wir@example.org", city="Burg")
    second = {"name": "Tafel", "phone": "+49 30 23125002", "mail": "b@example.org", "city": "Barby"}

    asked = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)
    again = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)

    conflicts = {c.field: c for c in TableStore(client, empty_base, Conflict).pull()}
    assert (asked.counts.conflicts, asked.counts.updated, again.writes) == (3, 0, 0)
    assert {f: (c.ours, c.theirs, c.state) for f, c in conflicts.items()} == {
        "Telefon": ("+49 30 23125099", "+49 30 23125002", "offen"),
        "E-Mail": ("wir@example.org", "b@example.org", "offen"),
        "Ort": ("Burg", "Barby", "offen"),
    }
    decide(client, empty_base, Telefon="behalten", **{"E-Mail": "uebernehmen", "Ort": "anderer:Gommern"})

    done = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)

    stands = store.get(row.id)
    assert (stands.phone, stands.mail, stands.city) == ("+49 30 23125099", "b@example.org", "Gommern")
    assert sorted((stands.aliases or "").split("\n")) == ["E-Mail: wir@example.org", "Ort: Burg"]
    assert done.decided == 2
    assert {c.state for c in TableStore(client, empty_base, Conflict).pull()} == {"erledigt"}
    journal = [j for j in TableStore(client, empty_base, JournalEntry).pull() if j.kind == "geaendert"]
    assert sorted((j.before, j.after) for j in journal) == [
        ("E-Mail: wir@example.org", "E-Mail: b@example.org"), ("Ort: Burg", "Ort: Gommern"),
    ]  # fmt: skip
    last = apply_source(client, empty_base, listed(item("organisation", "1", **second)), status, now=now)
    assert (last.writes, last.counts.conflicts) == (0, 0)


def test_a_decision_is_asked_again_when_somebody_typed_after_it(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    apply_source(client, empty_base, listed(item("organisation", "1", name="Tafel", city="A")), status, now=now)
    (row,) = store.pull()
    type_in(client, empty_base, row.id, city="B")
    changed = listed(item("organisation", "1", name="Tafel", city="C"))
    apply_source(client, empty_base, changed, status, now=now)
    decide(client, empty_base, Ort="uebernehmen")
    type_in(client, empty_base, row.id, city="D")

    apply_source(client, empty_base, changed, status, now=now)

    (conflict,) = TableStore(client, empty_base, Conflict).pull()
    assert store.get(row.id).city == "D"
    assert (conflict.ours, conflict.theirs, conflict.decision, conflict.state) == ("D", "C", None, "offen")


def test_what_the_source_leaves_out_is_marked_and_unmarked_when_it_returns(client, empty_base, status):
    store = TableStore(client, empty_base, Organisation)
    both = listed(item("organisation", "1", name="A"), item("organisation", "2", name="B"))
    apply_source(client, empty_base, both, status, now=now)

    gone = apply_source(client, empty_base, listed(item("organisation", "1", name="A")), status, now=now)
    marked = {o.name: o.vanished_since for o in store.pull()}
    quiet = apply_source(client, empty_base, listed(item("organisation", "1", name="A")), status, now=now)
    apply_source(client, empty_base, both, status, now=now)

    assert (gone.counts.vanished, quiet.writes) == (1, 0)
    assert marked["A"] is None
    assert marked["B"] is not None
    assert {o.vanished_since for o in store.pull()} == {None}
    assert apply_source(client, empty_base, both, status, now=now).writes == 0


def test_a_list_that_is_suddenly_short_or_speaks_of_others_is_refused_unless_accepted(client, empty_base, status):
    names = [
        "Anna Amsel",
        "Bernd Buche",
        "Clara Dachs",
        "Emil Falke",
        "Greta Hummel",
        "Ida Kranich",
        "Lars Mohn",
        "Nele Otter",
    ]
    whole = listed(*(item("organisation", str(i), name=n) for i, n in enumerate(names)))
    apply_source(client, empty_base, whole, status, now=now)
    before = contents(client, empty_base)
    shifted = listed(*(item("organisation", str(i), name=n) for i, n in enumerate([*names[1:], names[0]])))

    for broken, words in ((listed(), "leer"), (listed(whole.items[0]), "weniger"), (shifted, "kennungen")):
        with pytest.raises(PlanRefused, match=f"--accept {words}"):
            apply_source(client, empty_base, broken, status, now=now)
    assert contents(client, empty_base) == before

    accepted = apply_source(client, empty_base, listed(whole.items[0]), status, now=now, accept=["weniger"])
    assert accepted.counts.vanished == 7
