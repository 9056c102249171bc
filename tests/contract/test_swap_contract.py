"""No lost update: compare-and-swap, claims and the lease, tried on the real NocoDB with SQLite and with PostgreSQL."""

from __future__ import annotations

import datetime as dt
import decimal
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from trial import Place

from schemas.errors import ConfigError, LeaseHeld, NotFound, Unavailable
from schemas.operations.tables import JobRun
from sync.nocodb import meta, records
from sync.nocodb.client import Client
from sync.nocodb.lease import IDENT, hold_lease, take_lease
from sync.nocodb.store import TableStore

pytestmark = pytest.mark.server

UTC = dt.UTC
VALUES = {
    "name": ["a, (b) ~and(x", 'it\'s "both" %_\\ x', 'it\'s "both" %_\\ y', 'IT\'S "both" %_\\ y', "ends \\", '"', "'"],
    "text": ["z1\nz2\n", "l1 'x'\n\"y\" \\ back", "x" * 5000, "x" * 4999 + "y", "ä\"'" * 3000, "  vorn"],
    "mail": ["a@example.org", "b@example.org"],
    "number": [5, -5, 0],
    "price": [decimal.Decimal("1.25"), decimal.Decimal("0.1"), decimal.Decimal(100)],
    "day": [dt.date(2026, 2, 3), dt.date(2026, 2, 4)],
    "moment": [dt.datetime(2026, 2, 3, 10, 11, s, tzinfo=UTC) for s in (12, 13)],
    "open": [True, False],
    "kind": ["gut", "o'neill"],
    "tags": [("gut",), ("gut", "egal"), ("egal",)],
    "parent": ["first", "second"],
}


class TestCompareAndSwap:
    @pytest.mark.parametrize("code", VALUES)
    def test_a_swap_applies_only_while_the_old_value_stands(self, shared_trial, code):
        store = shared_trial.places()
        parents = dict(zip(("first", "second"), store.create([Place(), Place()]), strict=True))
        (row_id,) = store.create([Place()])
        empty = getattr(Place(), code)
        values = [parents.get(v, v) if code == "parent" else v for v in VALUES[code]]
        old = empty
        for new in [*values, empty]:
            for wrong in [v for v in [*values, empty] if v != old]:
                refused = store.swap(row_id, {code: wrong}, {"phone": "verloren"})
                assert not refused.applied, (old, wrong)
                assert refused.current == {code: old, "phone": None}
            if new != old:
                assert store.swap(row_id, {code: old}, {code: new}).applied, (old, new)
                assert getattr(store.get(row_id), code) == new
            old = new
        assert store.get(row_id).phone is None

    def test_empty_text_and_null_both_look_empty(self, shared_trial):
        store = shared_trial.places()
        table = shared_trial.resolve().tables["place"]
        rows = store.create([Place(name="x"), Place()])
        cells = {rows[0]: {table.fields["name"].id: ""}}
        records.update_rows(shared_trial.client, table.id, cells, key=table.key)
        for row_id in rows:
            assert store.swap(row_id, {"name": None}, {"name": "voll"}).applied

    def test_edits_of_other_columns_and_rows_do_not_matter(self, trial):
        store = trial.places()
        one, two = store.create([Place(name="a", mail="m", ident="1"), Place(name="a", mail="m", ident="2")])
        table = trial.resolve().tables["place"]
        cells = {one: {table.fields["mail"].id: "von Hand"}}
        records.update_rows(trial.client, table.id, cells, key=table.key)
        before = store.get(two)
        assert store.swap(one, {"name": "a"}, {"name": "b"}).applied
        assert (store.get(one).name, store.get(one).mail) == ("b", "von Hand")
        assert store.get(two) == before

    def test_several_expected_columns_must_all_stand(self, shared_trial):
        store = shared_trial.places()
        (row_id,) = store.create([Place(name="a", mail="m", number=3)])
        assert not store.swap(row_id, {"name": "a", "mail": "m", "number": 4}, {"name": "b"}).applied
        assert store.get(row_id).name == "a"
        assert store.swap(row_id, {"name": "a", "mail": "m", "number": 3}, {"name": "b"}).applied

    def test_many_long_texts_fit_into_one_condition(self, shared_trial):
        store = shared_trial.places()
        long = {code: f"ä{code}" * 900 for code in ("name", "text", "mail", "phone", "web")}
        (row_id,) = store.create([Place(**long)])
        assert not store.swap(row_id, {**long, "mail": long["mail"] + "!"}, {"number": 1}).applied
        assert store.swap(row_id, long, {"number": 1}).applied

    def test_a_deleted_row_is_told_apart(self, shared_trial):
        with pytest.raises(NotFound, match="gibt es in NocoDB nicht mehr"):
            shared_trial.places().swap(10**6, {"name": "a"}, {"name": "b"})

    def test_a_renamed_column_stops_the_swap(self, trial):
        store = trial.places()
        (row_id,) = store.create([Place(name="a", ident="r")])
        field = trial.resolve().tables["place"].fields["name"]
        trial.client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json={"title": "Neu", "uidt": field.uidt})
        with pytest.raises(ConfigError, match="eben umbenannt"):
            store.swap(row_id, {"name": "a"}, {"name": "b"})

    def test_a_lost_reply_is_cleared_up_by_the_token(self, shared_trial, live_server):
        client = LossyPatch.sign_in(live_server.url, live_server.email, live_server.password)
        store = TableStore(client, shared_trial.resolve(), Place)
        (row_id,) = store.create([Place(name="a")])
        client.lose = "after"
        assert store.swap(row_id, {"name": "a"}, {"name": "b"}).applied
        client.lose = "before"
        with pytest.raises(Unavailable):
            store.swap(row_id, {"name": "b"}, {"name": "c"})
        assert store.get(row_id).name == "b"

    @pytest.mark.slow
    def test_eight_writers_lose_no_mark(self, shared_trial, live_server):
        (row_id,) = shared_trial.places().create([Place()])

        def write(writer: int) -> None:
            mine = Client.sign_in(live_server.url, live_server.email, live_server.password)
            store = TableStore(mine, shared_trial.resolve(), Place)
            for mark in (f"w{writer}-{i}" for i in range(25)):
                append_mark(store, row_id, mark)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(8)))
        marks = shared_trial.places().get(row_id).text.split("\n")
        assert sorted(marks) == sorted(f"w{w}-{i}" for w in range(8) for i in range(25))

    def test_eight_claimers_share_nine_rows_without_quarrel(self, shared_trial, live_server):
        rows = shared_trial.places().create([Place(name=f"Los {i}") for i in range(9)])
        gate = threading.Barrier(8)

        def claim(claimer: int) -> list[int]:
            mine = Client.sign_in(live_server.url, live_server.email, live_server.password)
            store = TableStore(mine, shared_trial.resolve(), Place)
            gate.wait()
            return [row for row in rows if store.claim(row, "text", f"halter-{claimer}")]

        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(claim, range(8)))
        assert sorted(row for mine in won for row in mine) == sorted(rows)
        for claimer, mine in enumerate(won):
            assert all(shared_trial.places().get(row).text == f"halter-{claimer}" for row in mine)


class LossyPatch(Client):
    """A client whose next PATCH loses its reply."""

    lose: str = ""

    def request(self, method, path, **options):
        if method != "PATCH" or not self.lose:
            return super().request(method, path, **options)
        how, self.lose = self.lose, ""
        if how == "after":
            super().request(method, path, **options)
        raise Unavailable("weg", problem="ConnectionError")


class TestSwapMany:
    def test_only_rows_that_still_hold_the_old_value_change_and_no_other_row_does(self, trial):
        store = trial.places()
        rows = store.create([Place(name="wartet", text=f"t{i}", ident=f"m{i}") for i in range(100)])
        (other,) = store.create([Place(name="wartet", ident="other")])
        store.swap(rows[7], {"name": "wartet"}, {"name": "angehalten"})
        before = {row.id: row for row in store.pull()}
        done = store.swap_many(rows, {"name": "wartet"}, {"name": "unterwegs", "day": dt.date(2026, 2, 3)}, mark="m")
        assert sorted(done) == sorted(set(rows) - {rows[7]})
        for row in store.pull():
            day = dt.date(2026, 2, 3)
            mine = {"name": "unterwegs", "shout": "UNTERWEGS", "day": day, "token": "m"} if row.id in done else {}
            assert row == replace(before[row.id], **mine)
        assert store.swap_many(rows, {"name": "wartet"}, {"name": "x"}) == []
        assert store.get(other).name == "wartet"

    def test_without_rows_named_the_whole_table_is_meant(self, trial):
        store = trial.places()
        rows = store.create([Place(name=f"n{i % 2}", kind="gut", ident=f"w{i}") for i in range(230)])
        assert sorted(store.swap_many(None, {"name": "n0", "kind": "gut"}, {"kind": "egal"})) == sorted(rows[::2])
        assert sum(row.kind == "egal" for row in store.pull(["kind"])) == 115

    def test_what_cannot_be_asked_for_exactly_is_refused_and_nothing_is_written(self, shared_trial):
        store = shared_trial.places()
        rows = store.create([Place(name="a \\", ident="exact")])
        with pytest.raises(ValueError, match="exactly"):
            store.swap_many(rows, {"name": "a \\"}, {"name": "b"})
        with pytest.raises(ValueError, match="at most"):
            store.swap_many(list(range(101)), {"name": "a"}, {"name": "b"})
        assert store.get(rows[0]).name == "a \\"
        assert store.swap_many([], {"name": "a"}, {"name": "b"}) == []

    def test_a_lost_reply_is_cleared_up_by_the_token(self, shared_trial, live_server):
        client = LossyPatch.sign_in(live_server.url, live_server.email, live_server.password)
        store = TableStore(client, shared_trial.resolve(), Place)
        rows = store.create([Place(name="a", ident="l1"), Place(name="a", ident="l2")])
        client.lose = "after"
        assert store.swap_many(rows, {"name": "a"}, {"name": "b"}) == rows
        client.lose = "before"
        with pytest.raises(Unavailable):
            store.swap_many(rows, {"name": "b"}, {"name": "c"})
        assert [store.get(row).name for row in rows] == ["b", "b"]

    def test_eight_writers_share_forty_rows_without_quarrel(self, shared_trial, live_server):
        rows = shared_trial.places().create([Place(name="frei", ident=f"q{i}") for i in range(40)])
        gate = threading.Barrier(8)

        def take(writer: int) -> list[int]:
            mine = Client.sign_in(live_server.url, live_server.email, live_server.password)
            store = TableStore(mine, shared_trial.resolve(), Place)
            gate.wait()
            return store.swap_many(rows, {"name": "frei"}, {"name": f"von {writer}"})

        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(take, range(8)))
        assert sorted(row for mine in won for row in mine) == sorted(rows)


def append_mark(store: TableStore[Place], row_id: int, mark: str) -> None:
    text = store.get(row_id).text
    for _ in range(1000):
        if mark in (text or "").split("\n"):
            return
        result = store.swap(row_id, {"text": text}, {"text": f"{text}\n{mark}" if text else mark})
        if result.applied:
            return
        text = result.current["text"]
    raise AssertionError("never got through")


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **delta: float) -> None:
        self.time += dt.timedelta(**delta)


class TestLease:
    def test_the_second_writer_hears_since_when_the_first_is_at_work(self, trial):
        clock = Clock()
        with hold_lease(trial.client, trial.resolve(), "eins", now=clock) as lease:
            lease.ensure()
            clock.forward(minutes=1)
            with pytest.raises(LeaseHeld, match=r"seit 01\.03\.2026, 09:00 Uhr"):
                take_lease(trial.client, trial.resolve(), "zwei", now=clock)
        take_lease(trial.client, trial.resolve(), "zwei", now=clock).release()
        (row,) = self._rows(trial)
        assert (row.holder, row.report, row.state) == (None, None, "sperre")

    def test_a_holder_without_a_sign_of_life_is_replaced_and_notices(self, trial):
        clock = Clock()
        dead = take_lease(trial.client, trial.resolve(), "tot", now=clock)
        clock.forward(minutes=3)
        heir = take_lease(trial.client, trial.resolve(), "erbe", now=clock)
        with pytest.raises(LeaseHeld, match="übergegangen"):
            dead.renew()
        dead.release()
        heir.renew()
        assert self._rows(trial)[0].holder == heir.holder

    def test_a_sign_of_life_from_the_future_keeps_nobody_out(self, trial):
        clock = Clock()
        clock.forward(days=365)
        dead = take_lease(trial.client, trial.resolve(), "voraus", now=clock)
        clock.forward(days=-365)
        heir = take_lease(trial.client, trial.resolve(), "erbe", now=clock)
        with pytest.raises(LeaseHeld):
            dead.renew()
        heir.ensure()
        heir.release()

    def test_a_sign_of_life_keeps_the_lease(self, trial):
        clock = Clock()
        lease = take_lease(trial.client, trial.resolve(), "lebt", now=clock)
        for _ in range(3):
            clock.forward(minutes=1.5)
            lease.renew()
        with pytest.raises(LeaseHeld):
            take_lease(trial.client, trial.resolve(), "zwei", now=clock)

    def test_a_holder_who_could_not_renew_in_time_stops_by_itself(self, trial):
        clock = Clock()
        lease = take_lease(trial.client, trial.resolve(), "schläft", now=clock)
        lease.ensure()
        clock.forward(minutes=3)
        with pytest.raises(LeaseHeld):
            lease.ensure()

    def test_a_deleted_lease_row_is_a_lost_lease(self, trial):
        clock = Clock()
        lease = take_lease(trial.client, trial.resolve(), "eins", now=clock)
        table = trial.resolve().tables["job_run"]
        records.delete_rows(trial.client, table.id, [r.id for r in self._rows(trial)], key=table.key)
        with pytest.raises(LeaseHeld):
            lease.renew()

    def test_of_two_lease_rows_only_one_can_be_held(self, trial):
        """The other writer holds the younger row, because ours was not to be seen yet when it looked."""
        clock = Clock()
        store = TableStore(trial.client, trial.resolve(), JobRun)
        alive = f"Letztes Lebenszeichen: {clock().isoformat()}"
        store.create([JobRun(ident=IDENT), JobRun(ident=IDENT, holder="anderer", report=alive)])
        with pytest.raises(LeaseHeld):
            take_lease(trial.client, trial.resolve(), "eins", now=clock)
        assert [r.holder for r in self._rows(trial)] == [None, "anderer"]

    @pytest.mark.parametrize("first", [True, False])
    def test_of_eight_at_the_same_moment_at_most_one_holds(self, trial, live_server, first):
        clock = Clock()
        if not first:
            take_lease(trial.client, trial.resolve(), "vorher", now=clock).release()
        gate = threading.Barrier(8)

        def take(number: int) -> str | None:
            mine = Client.sign_in(live_server.url, live_server.email, live_server.password)
            base = trial.resolve()
            gate.wait()
            try:
                return take_lease(mine, base, f"w{number}", now=clock).holder
            except LeaseHeld:
                return None

        with ThreadPoolExecutor(8) as pool:
            held = [h for h in pool.map(take, range(8)) if h]
        assert len(held) <= 1
        assert [r.holder for r in self._rows(trial) if r.holder] == held
        if not first:
            assert len(held) == 1

    @pytest.mark.slow
    def test_a_killed_holder_is_replaced_when_its_time_is_over(self, trial, live_server):
        script = HOLDER.format(
            url=live_server.url, mail=live_server.email, word=live_server.password, base=trial.base.id
        )
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=env) as process:
            assert process.stdout.readline().strip() == "held"
            with pytest.raises(LeaseHeld):
                take_lease(trial.client, trial.resolve(), "zwei", now=now, ttl=dt.timedelta(seconds=30))
            process.send_signal(signal.SIGKILL)
            process.wait()
        with pytest.raises(LeaseHeld):
            take_lease(trial.client, trial.resolve(), "zwei", now=now, ttl=dt.timedelta(seconds=30))
        later = lambda: now() + dt.timedelta(seconds=31)  # noqa: E731
        heir = take_lease(trial.client, trial.resolve(), "zwei", now=later, ttl=dt.timedelta(seconds=30))
        assert self._rows(trial)[0].holder == heir.holder

    def test_a_base_without_the_run_book_is_named(self, trial):
        meta.delete_table(trial.client, trial.base.id, trial.resolve().tables["job_run"].id)
        with pytest.raises(ConfigError, match="fehlt die Tabelle „Laufbuch“"):
            take_lease(trial.client, trial.resolve(), "eins", now=Clock())

    @staticmethod
    def _rows(trial) -> list[JobRun]:
        return [r for r in TableStore(trial.client, trial.resolve(), JobRun).pull() if r.ident == IDENT]


def now() -> dt.datetime:
    return dt.datetime.now(UTC)


HOLDER = """
import datetime as dt, threading
from trial import TRIAL
from sync.nocodb.client import Client
from sync.nocodb.lease import hold_lease
from sync.nocodb.resolve import resolve
client = Client.sign_in({url!r}, {mail!r}, {word!r})
base = resolve(client, TRIAL, {base!r})
with hold_lease(client, base, "kind", now=lambda: dt.datetime.now(dt.UTC), ttl=dt.timedelta(seconds=30)):
    print("held", flush=True)
    threading.Event().wait()
"""
