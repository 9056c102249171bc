"""A lost status comes back from the journal: the next run does what it would have done had it never been lost."""

from __future__ import annotations

import dataclasses

import pytest
from trial_list import contents, item, listed, now, type_in

from schemas.contacts.tables import Organisation
from schemas.errors import ConfigError, Unavailable
from schemas.operations.tables import Conflict, JournalEntry
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.store import TableStore
from sync.rebuild import rebuild
from sync.run import apply_source
from sync.status import Status
from sync.undo import list_runs, undo

pytestmark = [pytest.mark.server, pytest.mark.slow]


def place(ident, city, **more):
    return item("organisation", ident, name=f"Haus {ident}", city=city, **more)


FIRST = listed(*(place(str(i), "Alt", phone="+49 391 1") for i in range(8)))
SECOND = listed(*(place(str(i), "Mitte" if i < 4 else "Alt", phone="+49 391 1") for i in range(8)))
THIRD = listed(*(place(str(i), "Neu", phone="+49 391 2") for i in range(7)))


def live_through(client, resolved, status):
    """Two runs with staff at work between and after them, and a row that staff deleted."""
    apply_source(client, resolved, FIRST, status, now=now)
    rows = {o.ident: o.id for o in TableStore(client, resolved, Organisation).pull()}
    type_in(client, resolved, rows["probe:0"], city="Von Hand")
    type_in(client, resolved, rows["probe:1"], city="Mitte")
    apply_source(client, resolved, SECOND, status, now=now)
    type_in(client, resolved, rows["probe:1"], city="Alt")  # staff went back to the old value: theirs all the same
    type_in(client, resolved, rows["probe:2"], phone=None)
    type_in(client, resolved, rows["probe:4"], city="Auch von Hand")
    table = resolved.tables["organisation"]
    records.delete_rows(client, table.id, [rows["probe:5"]], key=table.key)


def outcome(client, resolved):
    rows = TableStore(client, resolved, Organisation).pull()
    stands = {o.ident: (o.name, o.city, o.phone, o.vanished_since) for o in rows}
    asked = {(c.ident, c.ours, c.theirs, c.state) for c in TableStore(client, resolved, Conflict).pull()}
    return stands, asked


def emptied(client, resolved):
    for code in ("organisation", "conflict", "journal"):
        table = resolved.tables[code]
        ids = [r["Id"] for r in records.list_rows(client, table.id, [], key=table.key)]
        records.delete_rows(client, table.id, ids, key=table.key)


def test_after_a_rebuild_the_next_run_does_what_it_would_have_done_anyway(client, empty_base, tmp_path):
    with Status(tmp_path / "kept") as kept:
        live_through(client, empty_base, kept)
        counts = apply_source(client, empty_base, THIRD, kept, now=now).counts
    wanted = outcome(client, empty_base)
    emptied(client, empty_base)
    with Status(tmp_path / "lost") as lost:
        live_through(client, empty_base, lost)
    before = contents(client, empty_base)

    with Status(tmp_path / "rebuilt") as rebuilt:
        report = rebuild(client, empty_base, rebuilt, now())
        assert contents(client, empty_base) == before
        again = apply_source(client, empty_base, THIRD, rebuilt, now=now)
        assert (report.items, again.counts) == ({"probe": 8}, counts)
        assert apply_source(client, empty_base, THIRD, rebuilt, now=now).writes == 0

    assert outcome(client, empty_base) == wanted
    assert (counts.conflicts, counts.deleted_by_staff, counts.vanished) == (4, 1, 1)


def test_a_rebuilt_status_holds_the_same_as_the_lost_one(client, empty_base, tmp_path):
    ids = {code: table.id for code, table in empty_base.tables.items()}
    with Status(tmp_path / "a") as kept, Status(tmp_path / "b") as rebuilt:
        live_through(client, empty_base, kept)
        apply_source(client, empty_base, THIRD, kept, now=now)
        rebuild(client, empty_base, rebuilt, now())

        known = kept.items("probe", ids)
        assert len(known) == 8
        assert rebuilt.items("probe", ids) == known
        assert {k: rebuilt.last("probe", k) for k in known} == {k: kept.last("probe", k) for k in known}
        with pytest.raises(ConfigError, match="nicht leer"):
            rebuild(client, empty_base, rebuilt, now())


class Broken(Client):
    """A client whose server is gone as soon as rows of one table are to be changed."""

    table: str = ""

    def request(self, method, path, **options):
        if method == "PATCH" and self.table and f"/{self.table}/" in path:
            raise Unavailable("weg", problem="ConnectionError")
        return super().request(method, path, **options)


def test_a_change_that_was_announced_and_never_happened_is_not_taken_as_done(client, live_server, empty_base, tmp_path):
    with Status(tmp_path / "lost") as lost:
        apply_source(client, empty_base, FIRST, lost, now=now)
        broken = Broken.sign_in(live_server.url, live_server.email, live_server.password)
        broken.table = empty_base.tables["organisation"].id
        with pytest.raises(Unavailable):
            apply_source(broken, empty_base, SECOND, lost, now=now)
    rows = {o.ident: o.city for o in TableStore(client, empty_base, Organisation).pull()}
    assert set(rows.values()) == {"Alt"}

    with Status(tmp_path / "rebuilt") as rebuilt:
        rebuild(client, empty_base, rebuilt, now())
        report = apply_source(client, empty_base, SECOND, rebuilt, now=now)

    asked = {c.ident for c in TableStore(client, empty_base, Conflict).pull()}
    assert (report.counts.conflicts, report.counts.updated) == (4, 0)
    assert asked == {f"probe|organisation|{i}|city" for i in range(4)}


def test_undo_passes_over_what_was_only_noted(client, empty_base, tmp_path):
    with Status(tmp_path / "s") as status:
        apply_source(client, empty_base, FIRST, status, now=now)
    (run, _, entries) = list_runs(client, empty_base)[0]
    noted = [j for j in TableStore(client, empty_base, JournalEntry).pull() if (j.name or "").startswith("Gemerkt")]

    report = undo(client, empty_base, run=run, now=now)

    assert (entries, len(noted), report.removed) == (1, 1, 8)


def test_what_stood_in_a_table_that_was_made_anew_is_not_recalled(client, empty_base, tmp_path):
    with Status(tmp_path / "s") as status:
        apply_source(client, empty_base, FIRST, status, now=now)
    here = empty_base
    organisation = dataclasses.replace(here.tables["organisation"], id="m-neu")
    anew = dataclasses.replace(here, tables={**here.tables, "organisation": organisation})

    with Status(tmp_path / "rebuilt") as rebuilt:
        assert rebuild(client, anew, rebuilt, now()).items == {}
        assert rebuilt.empty
