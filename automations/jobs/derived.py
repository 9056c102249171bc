"""Every ten minutes: keep the derived columns true, and put back what somebody typed into one of them.

Seal numbers that staff typed are noted in the journal along, so that none is given again when its row is deleted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from automations.certification.numbers import NOTE, remember_numbers, unknown_numbers
from automations.derived import NOTHING, TABLES, Change, find_changes, wanted
from automations.events.book import text
from automations.workdays import is_free
from schemas.base import BASE
from schemas.operations.tables import JournalEntry
from schemas.time_zone import BERLIN
from sync.connection import open_base, refresh_now
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.mirror import MirrorBusy
from sync.mirror.computed import Computed, Row, read_computed, write_computed
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.settings import Settings

NAME = "Berechnete Spalten"
EVERY_MINUTES = 10
CHUNK = 500
"""Rows after which the file of what was written is brought up: so much is looked at anew after a kill."""

_NEEDED = ("interaction", "interaction_participant", "team_member", *TABLES)


def run(settings: Settings, now: dt.datetime) -> str:
    """Bring the mirror up, compare, and write only what differs.

    The journal does not tell of every derived cell, which anybody can work out again; it tells of those that somebody
    had changed by hand, before and after.

    Raises:
        ConfigError: a setting, a table or a column is missing.
        LeaseHeld: another automatic writer is at work; the next turn does it.
        NocoDBError: the server refused or did not answer.
    """
    try:
        refresh_now(settings, now)
    except MirrorBusy:
        return ""
    manifest = read_manifest(settings.mirror_dir)
    tables = {code: load_table(settings.mirror_dir, manifest, code) for code in _NEEDED}
    should = wanted(tables, now.astimezone(BERLIN).date(), is_free)
    changes = find_changes(should, tables)
    typed = _typed(*(load_table(settings.mirror_dir, manifest, code) for code in ("certification", "journal")))
    if not changes and not typed:
        return ""
    known = read_computed(settings.mirror_dir)
    wrong = {(c.table, c.row) for c in changes}
    for row in known.keys() - wrong:  # written by a run that was killed before it could say so
        known[row] = replace(known[row], values=should.get(row, NOTHING))
    by_hand = [c for c in changes if (c.table, c.row) in known and dict(known[c.table, c.row].values) != c.stands]
    changed = {(code, row): moment for code in TABLES for row, moment in _times(tables[code])}
    opened = open_base(settings)
    with open_desk(opened.client, opened.base, NAME, lambda: dt.datetime.now(dt.UTC)) as desk:
        _note(desk, by_hand)
        if typed:
            remember_numbers(desk, desk.stores["certification"].pull(("name", "seal_number")))
        for start in range(0, len(changes), CHUNK):
            desk.lease.ensure()
            known |= _write(desk, changes[start : start + CHUNK], changed)
            write_computed(settings.mirror_dir, known)
    put_back = f", davon {len(by_hand)} von Hand geändert (siehe Journal)" if by_hand else ""
    parts = [f"{len(changes)} Zeilen berichtigt{put_back}"] if changes else []
    parts += [f"Siegelnummern gemerkt: {', '.join(sorted(typed))}"] if typed else []
    return "; ".join(parts)


def _typed(cases: pd.DataFrame, journal: pd.DataFrame) -> set[str]:
    """Return the seal numbers in the table that the journal does not tell of."""
    mine = journal[(journal["table_code"] == "certification") | (journal["name"] == NOTE)]
    told = zip(*(mine[column] for column in ("name", "table_code", "data")), strict=True)
    entries = (JournalEntry(name=text(n), table_code=text(code), data=text(data)) for n, code, data in told)
    return unknown_numbers(map(text, cases["seal_number"]), entries)


def _write(desk: Desk, changes: Sequence[Change], changed: Mapping[Row, dt.datetime | None]) -> dict[Row, Computed]:
    written: dict[Row, Computed] = {}
    for code in TABLES:
        own = {c.row: c for c in changes if c.table == code}
        if not own:
            continue
        begun = dt.datetime.now(dt.UTC)
        gone = desk.stores[code].overwrite_derived({row: c.wanted for row, c in own.items()})
        ended = dt.datetime.now(dt.UTC)
        for row, change in own.items():
            if row not in gone:
                written[code, row] = Computed(change.wanted, begun, ended, changed[code, row])
    return written


def _note(desk: Desk, by_hand: Sequence[Change]) -> None:
    """Write into the journal what somebody had typed into a derived cell."""
    intents = []
    for change in by_hand:
        cells = {code: value for code, value in change.wanted.items() if value != change.stands[code]}
        name = f"{BASE.tables[change.table].title}, Zeile {change.row}"
        before = {code: change.stands[code] for code in cells}
        link = desk.stores[change.table].row_url(change.row)
        intents.append(Intent(change.table, change.row, name, before, cells, link))
    if intents:
        desk.journal.announce(intents)


def _times(frame: pd.DataFrame) -> list[tuple[int, dt.datetime | None]]:
    moments = [None if pd.isna(moment) else moment.to_pydatetime() for moment in frame["updated_at"]]
    return list(zip((int(row) for row in frame["id"]), moments, strict=True))
