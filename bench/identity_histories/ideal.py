"""The base as it should stand after a history, made without any server: judged, nothing may be wrong with it.

That shows that what a history expects can be had, and that no fault is found where there is none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from identity_histories.model import Action, Decides, Hang, History, Parts, Tick, Undoes
from identity_histories.picture import TABLES, Picture
from identity_histories.stage import Hung, Played
from identity_histories.truth import REMEMBERED, Known, Said, Told, Truth, plain, readings
from schemas.base import BASE
from schemas.contacts.aliases import add_aliases
from schemas.contacts.choices import SALUTATIONS
from schemas.model import Record


def play_ideally(history: History) -> tuple[Played, Picture]:
    """Return a history as played by a sync that always knows who is who."""
    played = Played(history)
    hangs: list[str] = []
    for day in history.days:
        played.told += [Told(listing=one) for one in day.lists]
        for action in day.staff:
            _act(played, action, hangs)
    truth = played.truth
    made = _Making(played, truth, {label: number for number, label in enumerate(truth.known, start=1)})
    made.contacts()
    made.functions()
    for number, label in enumerate(hangs, start=1):
        table = truth.known[label].table
        made.put("interaction", number, **{table: made.ids[label]})
        played.hung.append(Hung("interaction", number, table, label))
    return played, Picture(made.rows)


def _act(played: Played, action: Action, hangs: list[str]) -> None:
    if isinstance(action, Undoes):
        ours = [told for told in played.told if told.source == action.label and not told.undone]
        ours[-1].undone = True
    elif isinstance(action, Tick):
        played.ticked.add(action.label)
    elif isinstance(action, Hang):
        hangs.append(action.label)
    elif not isinstance(action, Parts | Decides):
        played.told.append(Told(action=action))


@dataclass(slots=True)
class _Making:
    """The rows in the making; ``ids`` tells by label which row is whose."""

    played: Played
    truth: Truth
    ids: dict[str, int]
    rows: dict[str, dict[int, Record]] = field(default_factory=lambda: {table: {} for table in TABLES})

    def put(self, table: str, row_id: int, **cells: object) -> None:
        """Put a row."""
        self.rows[table][row_id] = BASE.record(table)(id=row_id, **cells)

    def contacts(self) -> None:
        """Put a row for every label, with its newest values and what was before under "Früher auch"."""
        for label, known in self.truth.known.items():
            if known.here:
                cells, former = _cells(known)
                cells["aliases"] = add_aliases(known.table, None, former)
                cells["note"] = "\n".join(filter(None, [str(cells.get("note") or ""), *known.noted])) or None
                cells["vanished_since"] = dt.date(2026, 3, 9) if known.sources and not known.still else None
                if known.table == "person":
                    cells["do_not_contact"] = label in self.played.ticked
                self.put(known.table, self.ids[label], **cells)

    def functions(self) -> None:
        """Put a row for every post that was ever named, and for every office."""
        posts: dict[tuple[str, str, str], dict[str, object]] = {}
        offices: dict[tuple[str, str], dict[str, object]] = {}
        for entry, _ in readings(self.truth, last_only=False):
            if not entry.who or not entry.body or not all(self.truth.known[x].here for x in (entry.who, entry.body)):
                continue
            since = dt.datetime.strptime(entry.since, "%d.%m.%Y").date() if entry.since else None
            link = {"person": self.ids[entry.who], "organisation": self.ids[entry.body]}
            post = (entry.who, entry.body, entry.post or plain(entry.job))
            posts[post] = {"name": entry.job or "Kontakt", "valid_from": since, **link}
            if entry.office:
                office = {"name": entry.office, "organisation": self.ids[entry.body]}
                offices[(entry.office, entry.body)] = office
        for table, made in (("function", posts), ("office", offices)):
            for number, cells in enumerate(made.values(), start=1):
                self.put(table, number, **cells)


def _cells(known: Known) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """Return the cells of a row, and the values that stood there before."""
    cells: dict[str, object] = {}
    former: list[tuple[str, str]] = []
    typed = {said.column: said.value for said in known.said if said.by == "staff"}
    for said in known.said:
        old = cells.get(said.column)
        if said.column in REMEMBERED[known.table] and isinstance(old, str) and old != said.value:
            former.append((said.column, old))
        cells[said.column] = said.value
    for column, value in typed.items():
        former += [(column, str(cells[column]))] if cells[column] != value else []
        cells[column] = value
    if known.table == "person":
        cells.setdefault("last_name", cells.get("mail"))
        cells |= _salutation(known.said)
    return cells, former


def _salutation(said: list[Said]) -> dict[str, object]:
    told = [one.value for one in said if one.column == "salutation"]
    codes = {choice.label: choice.code for choice in SALUTATIONS}
    return {"salutation": codes[told[-1]]} if told else {}
