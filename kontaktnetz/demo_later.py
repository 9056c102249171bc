"""What came after the first lists of the demo: staff edit, the lists arrive anew, and another one that overlaps.

So there is something to decide: lists that say other than staff, look-alikes, rows that a list has no more. All of it
comes the way it comes in daily work. Edits are made before the second delivery is written: killed anywhere and started
again it ends the same. A note beside the demo lists says that it is whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from automations.incoming.bounced import Returned, mark_addresses
from automations.incoming.refreshed import load_known
from kontaktnetz import demo_later_texts as texts
from kontaktnetz.demo_lists import FOLDER
from kontaktnetz.demo_rows import make
from schemas.contacts.tables import Organisation, Person, Relationship, TeamMember
from schemas.model import Value
from schemas.network.tables import Body, Task
from sync.clock import utc_now
from sync.connection import Connection
from sync.duplicates import find_duplicates
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.sources.registry import SourceSpec, load_sources
from sync.text_files import replace_text

DONE = "spaeter.txt"
"""This note stands beside the demo lists once the later lists are in."""

PAUSED, SOON = 2, 6
"""So many relationships rest, and so many have an ideal rhythm."""

Bring = Callable[[SourceSpec], str]


def fill_later(opened: Connection, settings: Settings, folder: Path, today: dt.date, bring: Bring) -> str:
    """Edit as staff would, and bring the second delivery and the list of the town hall in; nothing the second time.

    ``bring`` brings a list in and returns what came of it in German, which this returns.

    Raises:
        NocoDBError: the server refused or did not answer; run again.
    """
    note = folder / DONE
    if note.exists():
        return ""
    _edit(opened)
    _rhythms(opened, today)
    _tasks(opened, today)
    _write_second_delivery(folder / FOLDER, today)
    told = [bring(load_sources(folder / "sources.toml")["demo"])]
    told.append(bring(load_sources(_write_town_list(folder, today))["rathaus"]))
    told.append(find_duplicates(opened.client, opened.base, now=utc_now).describe().split("\n")[0])
    _bounces(opened, settings, today)
    note.write_text("\n".join(told) + "\n", encoding="utf-8")
    return "\n".join(told)


def _edit(opened: Connection) -> None:
    """Type what staff typed, where it does not stand yet."""
    stores: dict[str, TableStore[Any]] = {
        "person": TableStore(opened.client, opened.base, Person),
        "organisation": TableStore(opened.client, opened.base, Organisation),
    }
    for table, ident, column, value in texts.EDITS:
        row = stores[table].find_idents([ident]).get(ident)
        stands = None if row is None else stores[table].get(row)
        if row is not None and stands is not None and stands.value(column) != value:
            stores[table].swap(row, {column: stands.value(column)}, {column: value})


def _rhythms(opened: Connection, today: dt.date) -> None:
    """Let some relationships rest, and give others an ideal rhythm beside a long one."""
    store = TableStore(opened.client, opened.base, Relationship)
    ours = sorted(
        (one for one in store.pull(["cadence_days", "ideal_days", "paused_until", "team_member"])
         if one.cadence_days and one.team_member),
        key=lambda one: one.id or 0,
    )  # fmt: skip
    for at, one in enumerate(ours[: PAUSED + SOON]):
        if one.id is None or one.paused_until or one.ideal_days:
            continue
        rests: dict[str, Value] = {"paused_until": today + dt.timedelta(days=90), "pause_reason": texts.PAUSE}
        rarely: dict[str, Value] = {"ideal_days": 14, "cadence_days": 400}
        store.swap(one.id, {"cadence_days": one.cadence_days},
                   rests if at < PAUSED else rarely)  # fmt: skip


def _tasks(opened: Connection, today: dt.date) -> None:
    team = {one.name: one.id for one in TableStore(opened.client, opened.base, TeamMember).pull(["name"])}
    body = next((one.id for one in TableStore(opened.client, opened.base, Body).pull(["name"])), None)
    make(opened, [
        Task(name=what, team_member=team.get(who), body=body, due=today + dt.timedelta(days=days),
             done_on=today - dt.timedelta(days=16) if done else None, ident=f"demo:aufgabe:{at}")
        for at, (what, who, days, done) in enumerate(texts.TASKS)
    ])  # fmt: skip


def _write_second_delivery(folder: Path, today: dt.date) -> None:
    """Change the lists on the disk to what they say the second time; changed once more they stay the same."""
    for name in ("personen", "organisationen"):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        for row in rows:
            number = row["Kennung"]
            for which, told, column, cell in texts.LATER:
                if (which, told) == (name, number):
                    row[column] = cell
            for told, ago in texts.LEFT:
                if told == number and name == "personen":
                    row["Bis"] = f"{today - dt.timedelta(days=ago):%d.%m.%Y}"
            if name == "organisationen":
                row["Porträt"] = texts.PORTRAITS.get(number, "")
        told_rows = [row for row in rows if row["Kennung"] not in texts.DROPPED]
        text = io.StringIO()
        writer = csv.DictWriter(text, list(told_rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(told_rows)
        replace_text(path, text.getvalue(), encoding="utf-8-sig")


def _write_town_list(folder: Path, today: dt.date) -> Path:
    """Write the list of the town hall and its directory of sources, and return the latter."""
    target = folder / "rathaus" / "rathaus"
    target.mkdir(parents=True, exist_ok=True)
    with (folder / FOLDER / "organisationen.csv").open(encoding="utf-8-sig", newline="") as file:
        known = next(row for row in csv.DictReader(file, delimiter=";") if row["Organisation"] == "Jugendamt")
    columns = ("Organisation", "Kurzname", "Art", "Bereich", "Straße", "PLZ", "Ort", "Telefon", "E-Mail")
    begun = today - dt.timedelta(days=24)
    for name, text in (
        ("organisationen", texts.TOWN_ORGANISATIONS.format(jugendamt=";".join(known[c] for c in columns))),
        ("personen", texts.TOWN_PERSONS.format(begun=f"{begun:%d.%m.%Y}")),
    ):
        (target / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    sources = target.parent / "sources.toml"
    sources.write_text(texts.SOURCES, encoding="utf-8")
    return sources


def _bounces(opened: Connection, settings: Settings, today: dt.date) -> None:
    """Mark addresses as the mailbox job does when mail to them came back."""
    known = load_known(settings, utc_now())
    if known is None:
        return
    day = today - dt.timedelta(days=2)
    returned = [Returned(address, day, texts.RETURNED_WHY) for address in texts.RETURNED]
    mark_addresses(opened, returned, known, cause="Postfach gelesen", now=utc_now)
