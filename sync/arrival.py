"""From a source to a report: read list and base at the same time, and skip what cannot lead to anything.

A list that is byte for byte the one which the last complete run brought in cannot lead to a write, whatever people did
in the base since (``merge``: a source that says the same again changes nothing). So it is not even read, unless some of
it was taken back.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import schemas
import sync
from schemas.base import BASE
from sync.apply import Progress
from sync.catching_up import caught_up, read_news
from sync.clock import Clock
from sync.connection import Connection, open_base
from sync.items import Delivery, Note, Origin, Rejected
from sync.nocodb.store import TableStore
from sync.plan import Plan
from sync.report import SyncReport
from sync.run import Idents, apply_source, plan_source, repeat_source, table_ids
from sync.sanity import require_sane
from sync.settings import Settings
from sync.settled_idents import settle_idents
from sync.sources.profile_files import load_profile
from sync.sources.registry import SourceFile, SourceSpec, open_delivery
from sync.status import Status


@dataclass(frozen=True, slots=True)
class Arrival:
    """A list that arrived, and the base it is meant for. ``repeated``: its items were not read, they stand already."""

    delivery: Delivery
    repeated: bool
    digest: str
    opened: Connection
    idents: Mapping[str, Idents]


def read_arrival(spec: SourceSpec, settings: Settings, status: Status) -> Arrival:
    """Read a source and open the base; what is wrong with the list is told before the base matters.

    Raises:
        SourceError: the list cannot be read.
        ConfigError: address or token is missing, or there is no such base.
        NocoDBError: the server refused or did not answer.
    """
    digest = list_digest(spec)
    told = status.kept_list(spec.name, digest) if digest else None
    look = _Look(settings, sorted(status.tables(spec.name)) if told is not None else ())
    look.start()
    delivery = open_delivery(spec) if told is None else _from_told(spec.name, told)
    opened, idents = look.result()
    if told is not None and not _still_stands(spec.name, opened, status):
        told, delivery = None, open_delivery(spec)
    return Arrival(delivery, told is not None, digest, opened, idents)


def plan_arrival(arrival: Arrival, status: Status, accept: Collection[str] = ()) -> Plan:
    """Return what bringing a list in would do; writes nothing.

    Raises:
        PlanRefused: the list looks broken (see ``sync.sanity``).
    """
    if arrival.repeated:
        return Plan(arrival.delivery.source, (), arrival.delivery.rejected, arrival.delivery.notes)
    source, opened = arrival.delivery.source, arrival.opened
    with caught_up(opened.client, opened.base, status) as heard:
        known = heard.items(source, table_ids(opened.base))
        delivery = settle_idents(arrival.delivery, known, lambda key: heard.last(source, key))
        require_sane(delivery, known, lambda key: heard.last(source, key), accept, status.unread(source))
    return plan_source(opened.client, opened.base, arrival.delivery, status, idents=arrival.idents)


def bring(
    spec: SourceSpec,
    settings: Settings,
    status: Status,
    *,
    now: Clock,
    accept: Collection[str] = (),
    on_progress: Progress | None = None,
) -> SyncReport:
    """Bring a list into the base: read, plan, apply. Raises what ``read_arrival`` and ``apply_source`` raise."""
    arrival = read_arrival(spec, settings, status)
    opened = arrival.opened
    if arrival.repeated:
        status.keep_place(spec.name, spec.place)
        return repeat_source(
            opened.client, opened.base, arrival.delivery, status, idents=arrival.idents, now=now, title=spec.title
        )
    report = apply_source(
        opened.client,
        opened.base,
        arrival.delivery,
        status,
        now=now,
        title=spec.title,
        idents=arrival.idents,
        accept=accept,
        on_progress=on_progress,
    )
    status.keep_place(spec.name, spec.place)
    if arrival.digest and report.complete:
        status.keep_list(spec.name, arrival.digest, _told(arrival.delivery))
    return report


def list_digest(spec: SourceSpec) -> str:
    """Return a digest of all that decides what a list becomes: its files, its profiles, our own code; empty if unclear.

    Only plain files have one; what is wrong with a file is told when it is read.
    """
    found = hashlib.sha256()
    for folder in (schemas, sync):
        for code in sorted(Path(next(iter(folder.__path__))).rglob("*.py")):
            found.update(code.read_bytes())
    for part in spec.parts:
        if not isinstance(part, SourceFile) or not part.path.is_file():
            return ""
        found.update(load_profile(part.profile, spec.folder).model_dump_json().encode())
        with part.path.open("rb") as content:
            found.update(hashlib.file_digest(content, "sha256").digest())
    return found.hexdigest()


def _still_stands(source: str, opened: Connection, status: Status) -> bool:
    """Say whether what we remember is all in the tables of this base, and nothing of it was taken back."""
    ids = table_ids(opened.base)
    here = all(seen <= {None, ids.get(code)} for code, seen in status.tables(source).items())
    return here and not read_news(opened.client, opened.base, status).about(source)


def _told(delivery: Delivery) -> str:
    return json.dumps(
        {
            "rows": delivery.rows,
            "rejected": [asdict(r) for r in delivery.rejected],
            "notes": [asdict(n) for n in delivery.notes],
        },
        ensure_ascii=False,
    )


def _from_told(source: str, told: str) -> Delivery:
    data = json.loads(told)
    rejected = tuple(Rejected(**{**r, "origin": Origin(**r["origin"])}) for r in data["rejected"])
    notes = tuple(Note(**{**n, "origin": Origin(**n["origin"])}) for n in data["notes"])
    return Delivery(source, data["rows"], (), rejected, notes)


@dataclass(slots=True)
class _Look:
    """Open the base and read idents beside; a daemon, so that a list that cannot be read need not wait for it."""

    settings: Settings
    tables: Sequence[str]
    _opened: Connection | None = None
    _idents: dict[str, Idents] = field(default_factory=dict)
    _problem: Exception | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="look", daemon=True)
        self._thread.start()

    def result(self) -> tuple[Connection, Mapping[str, Idents]]:
        if self._thread is not None:
            self._thread.join()
        if self._problem is not None:
            raise self._problem
        if self._opened is None:
            raise RuntimeError("not started")
        return self._opened, self._idents

    def _run(self) -> None:
        try:
            self._opened = open_base(self.settings)
            for code in self.tables:
                if code in self._opened.base.tables:
                    store = TableStore(self._opened.client, self._opened.base, BASE.record(code))
                    self._idents[code] = list(store.pull_cells(["ident"]))
        except Exception as problem:
            self._problem = problem
