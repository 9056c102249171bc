"""Between the tablets and the base: reads the list, carries out what was sent, with each person's own token."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automations.events.check_in import NewTry, Outcome, apply
from schemas.base import BASE
from schemas.errors import Forbidden, NocoDBError, NotFound, Unavailable
from schemas.events.tables import Event, Invitation
from streamlit_app import context
from streamlit_app.door.cookie import Session
from streamlit_app.entrance.roll import COLUMNS, Names, Rolls, Seen, on_list, seen
from streamlit_app.entrance.words import is_remark
from streamlit_app.frames.cells import text
from streamlit_app.frames.records import as_records
from sync.mirror import load_table, patch_mirror, read_manifest, read_overlay, table_version
from sync.mirror.status import read_status
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve_tables
from sync.nocodb.store import TableStore
from sync.settings import Settings

TIMEOUT = 15.0
"""Seconds that one request of a tablet may wait for NocoDB."""

SHAPE_SECONDS = 300.0
"""So long the shape of the three tables is taken for what it was."""

TABLES = ("event", "invitation", "check_in")
MOST_PATCHES = 150
"""With more rows than this lying over the mirror a fresh picture is asked for instead."""

Stores = Mapping[str, TableStore[Any]]


@dataclass
class Desk:
    """One per process. ``clock`` returns seconds that only ever grow."""

    settings: Settings
    clock: Callable[[], float]
    rolls: Rolls = field(default_factory=Rolls)
    _opened: dict[str, tuple[float, Stores]] = field(default_factory=dict)
    _names: tuple[str, Names] = ("", Names({}, {}))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def guests(self, session: Session, event: int, version: int) -> dict[str, object]:
        """Return the event, its counters' limit, and what changed in its list after ``version``.

        Raises:
            NotFound: there is no such event.
        """
        found = self._event(session, event)
        roll = self.rolls.of(event)
        roll.bring_up(lambda: self._read(session, event), self.clock)
        changed, gone = roll.since(version)
        return {
            "event": {"name": found.name or "", "capacity": found.capacity,
                      "starts": found.starts_at.isoformat() if found.starts_at else None},
            "version": roll.version, "whole": version < roll.begun, "guests": changed, "gone": gone, "live": roll.live,
            "who": session.name or session.email, "may_write": session.role.may_write,
        }  # fmt: skip

    def take(self, session: Session, event: int, tries: Sequence[NewTry]) -> dict[str, object]:
        """Carry out tries and return what came of each and the guests concerned.

        Raises:
            NocoDBError: send again.
        """
        roll = self.rolls.of(event)
        if not roll.sending.acquire(timeout=TIMEOUT):
            raise Unavailable("Gerade überträgt noch ein anderes Gerät.", hint="Es wird gleich noch einmal versucht.")
        try:
            outcomes = self._with_stores(session, lambda stores: apply(stores, event, tries, context.now()))
        finally:
            roll.sending.release()
        rows = {o.invitation.id: o.invitation for o in outcomes if o.invitation is not None}
        told = [seen(row, self._name_rows()) for row in rows.values()]
        roll.note(told)
        self._show(outcomes)
        return {
            "results": [{"nonce": o.nonce, "result": o.result, "why": o.why, "remark": is_remark(o.why),
                         "guest": o.invitation.id if o.invitation else None} for o in outcomes],
            "guests": told,
        }  # fmt: skip

    def _read(self, session: Session, event: int) -> tuple[Iterable[Seen], bool]:
        """Return the guests of an event from the base, from the mirror while the base is away."""
        names = self._name_rows()

        def pull(stores: Stores) -> list[Invitation]:
            store = stores["invitation"]
            return list(store.pull(COLUMNS, where=store.condition("event", event)))

        try:
            if read_status(self.settings.mirror_dir).down_since is not None:
                raise Unavailable("NocoDB ist gerade nicht erreichbar.")  # known already: no tablet waits to hear it
            rows, live = self._with_stores(session, pull), True
        except NocoDBError:
            rows, live = self._mirrored(event), False
        return [seen(row, names) for row in rows if on_list(row)], live

    def _mirrored(self, event: int) -> list[Invitation]:
        table = self._table("invitation")
        return as_records(table[(table["event"] == event).fillna(False)], Invitation)

    def _event(self, session: Session, event: int) -> Event:
        """Return the event, from the base itself when it was made after the last picture."""
        table = self._table("event")
        known = as_records(table[table["id"] == event], Event)
        found = known[0] if known else self._with_stores(session, lambda stores: stores["event"].get(event))
        if not isinstance(found, Event):
            raise NotFound("Diese Veranstaltung gibt es nicht (mehr).", hint="Bitte öffnen Sie sie neu.", row=event)
        return found

    def _table(self, code: str) -> Any:
        folder = self.settings.mirror_dir
        return load_table(folder, read_manifest(folder), code)

    def _name_rows(self) -> Names:
        """Return the names of organisations and groups, read anew when the mirror has others."""
        folder = self.settings.mirror_dir
        manifest, overlay = read_manifest(folder), read_overlay(folder)
        version = "|".join(table_version(manifest, overlay, code) for code in ("organisation", "guest_group"))
        if self._names[0] != version:
            named = []
            for code in ("organisation", "guest_group"):
                table = load_table(folder, manifest, code, overlay)
                named.append({int(i): text(n) for i, n in zip(table["id"], table["name"], strict=True)})
            self._names = version, Names(*named)
        return self._names[1]

    def _with_stores(self, session: Session, work: Callable[[Stores], Any]) -> Any:
        """Run work with the tables as this person sees them; a column renamed meanwhile costs a second try."""
        try:
            return work(self._stores(session))
        except (Forbidden, Unavailable):
            raise
        except NocoDBError:
            with self._lock:
                self._opened.pop(session.id, None)
            return work(self._stores(session))

    def _stores(self, session: Session) -> Stores:
        with self._lock:
            known = self._opened.get(session.id)
            if known and self.clock() - known[0] < SHAPE_SECONDS:
                return known[1]
        manifest = read_manifest(self.settings.mirror_dir)
        if manifest is None:
            raise Unavailable("Der Spiegel ist noch leer.", hint="In einer Minute ist er da.")
        client = Client(self.settings.nocodb_url, session.token, user_jwt=True, timeout=TIMEOUT, retries=1)
        real = [meta.read_table(client, manifest.tables[code].table_id) for code in TABLES]
        resolved = resolve_tables(BASE, meta.BaseMeta(manifest.base_id, BASE.title), real)
        stores: Stores = {code: TableStore(client, resolved, BASE.record(code)) for code in TABLES}
        with self._lock:
            self._opened = {k: v for k, v in self._opened.items() if self.clock() - v[0] < SHAPE_SECONDS}
            self._opened[session.id] = self.clock(), stores
        return stores

    def _show(self, outcomes: Sequence[Outcome]) -> None:
        """Lay what was written over the mirror, so that the pages show it at once."""
        folder, now = self.settings.mirror_dir, context.now()
        rows = {o.invitation.id: o.invitation for o in outcomes if o.fresh and o.invitation is not None}
        if len(read_overlay(folder).patches) + len(rows) > MOST_PATCHES:
            here = context.get()
            if here.refresher:
                here.refresher.ask()
            return
        for row_id, row in rows.items():
            if row_id is not None:
                patch_mirror(folder, "invitation", row_id, row.encode(), now)
