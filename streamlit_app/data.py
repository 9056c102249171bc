"""The pages' way to the mirror: tables and aggregates, loaded once per version and shared by all sessions.

Frames from here are shared and must never be changed in place (pandas 3 copies on write, so slices are safe).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from automations import todo
from schemas.base import BASE
from schemas.contacts.aliases import former_cells
from schemas.contacts.rules.key_persons import Hanging, Risk
from schemas.model import MultiSelect, SingleSelect
from schemas.operations.choices import CaseState
from schemas.time_zone import BERLIN
from streamlit_app import context
from streamlit_app.frames import (
    build,
    cells,
    contacts,
    detail,
    figures,
    key_persons,
    look_alikes,
    network,
    quality,
    runs,
)
from streamlit_app.frames.cells import row_id
from streamlit_app.frames.contacts import LastContacts, Query
from streamlit_app.frames.meant import KnownNames
from streamlit_app.frames.network import Cell as MatrixCell
from sync.identity.mails import read_mails
from sync.identity.typed_names import COLUMNS as TYPED_COLUMNS
from sync.identity.typed_names import Named, TypedNames
from sync.mirror import Manifest, Overlay, load_table, read_manifest, read_overlay, table_version
from sync.mirror.status import MirrorStatus, read_status

CONTACT_TABLES = tuple(code for code, table in BASE.tables.items() if "vanished_since" in table.columns)
"""The tables that hold contacts; the others hold what the machine keeps about its work."""


RELATED = (
    "organisation", "person", "team_member", "office", "function", "interaction", "interaction_participant",
    "relationship", "contribution", "task",
)  # fmt: skip
"""The tables that the pages about relationships look at."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The mirror as it is during one run of a page."""

    folder: Path
    manifest: Manifest | None
    overlay: Overlay
    status: MirrorStatus
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """Return the day in Berlin."""
        return self.now.astimezone(BERLIN).date()

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to show yet."""
        return self.manifest is None or not any(
            self.manifest.tables[t].rows for t in ("organisation", "person") if t in self.manifest.tables
        )

    def version(self, *tables: str) -> str:
        """Return a name for the content of some tables, labels included."""
        content = "|".join(table_version(self.manifest, self.overlay, t) for t in tables)
        return f"{self.folder}|{content}"

    def table(self, code: str) -> pd.DataFrame:
        """Return a whole table; shared, do not change it."""
        return _table(code, self.version(code), self)

    def label(self, table: str, column: str, choice: str) -> str:
        """Return the word that staff use for a choice today."""
        entry = self.manifest.tables.get(table) if self.manifest else None
        found = entry.label(column, choice) if entry else choice
        return _declared_label(table, column, choice) if found == choice else found

    def choices(self, table: str, column: str) -> dict[str, str]:
        """Return all choices of a column, code to label, in the order of the base."""
        entry = self.manifest.tables.get(table) if self.manifest else None
        field = entry.fields.get(column) if entry else None
        if field and field.labels:
            return dict(field.labels)
        kind = BASE.tables[table].columns[column]
        return {c.code: c.label for c in kind.choices} if isinstance(kind, SingleSelect | MultiSelect) else {}

    def row_url(self, table: str, row: int) -> str:
        """Return the address of a row in NocoDB, empty when unknown."""
        return (self.manifest.row_url(table, row) if self.manifest else None) or ""

    def contacts(self) -> contacts.Contacts:
        """Return organisations and persons as one list."""
        return _contacts(self.version("organisation", "person", "function"), self.today, self)

    def last_contacts(self) -> LastContacts:
        """Return everybody's latest contact."""
        return _last(self.version("interaction", "interaction_participant"), self.today, self)

    def figures(self) -> figures.Figures:
        """Return the overview's figures."""
        tables = ("organisation", "person", "function", "interaction", "relationship")
        return _figures(self.version(*tables), self.today, self)

    def attention(self) -> dict[str, int]:
        """Return how many contacts each list of what needs attention holds."""
        tables = ("organisation", "person", "function", "interaction", "interaction_participant")
        return _attention(self.version(*tables), self.today, self)

    def quality(self) -> dict[str, list[quality.Finding]]:
        """Return what is doubtful in the data, by list."""
        return _quality(self.version(*CONTACT_TABLES), self.today, self)

    def standing(self) -> todo.Standing:
        """Return everybody's last contact and where each relationship stands in its rhythm."""
        return _standing(self.version(*RELATED), self.today, self)

    def todo(self) -> list[todo.Line]:
        """Return what there is to do for our relationships."""
        return _todo(self.version(*RELATED), self.today, self)

    def persons(self) -> key_persons.Persons:
        """Return who is where, and who of us knows whom."""
        return _persons(self.version(*RELATED), self.today, self)

    def key_persons(self) -> dict[Risk, list[Hanging]]:
        """Return what hangs on one person, by risk."""
        return _key_persons(self.version(*RELATED), self.today, self)

    def network(self) -> network.Graph:
        """Return every tie of the network by node."""
        return _network(self.version(*RELATED), self.today, self)

    def matrix(self) -> list[MatrixCell]:
        """Return which department is in contact with which organisation."""
        return _matrix(self.version("relationship", "organisation"), self)

    def former_names(self) -> dict[int, list[int]]:
        """Return by organisation the rows that it was before (former names of a department)."""
        return _former(self.version("organisation"), self)

    def named_alike(self, table: str, told: str) -> list[Named]:
        """Return the organisations or persons whose names are like one that somebody types."""
        return _typed_names(table, self.version(table), self).find(told)

    def knows_name(self, told: str) -> bool:
        """Say whether some contact bears a name, or all its words if it has two or more."""
        return _known_names(self.version("organisation", "person", "function"), self).knows(told)

    def holders_of(self, mail: str) -> dict[int, bool]:
        """Return the persons who have a mail address or had it (then False), as its house reads it."""
        held = _mail_holders(self.version("person"), self)
        found: dict[int, bool] = {}
        for one in read_mails({"mail": mail}, "mail"):
            for row, now in held.get(one, ()):
                found[row] = now or found.get(row, False)
        return found

    def undecided(self) -> dict[str, int]:
        """Return how many conflicts (``abweichungen``) and cases of look-alikes (``dubletten``) wait for a decision."""
        conflicts = _undecided(self.version("conflict"), self)
        return {"abweichungen": conflicts, "dubletten": self.look_alikes().undecided}

    def look_alikes(self) -> look_alikes.LookAlikes:
        """Return the open cases of look-alikes, a group as one."""
        return _look_alikes(self.version("duplicate"), self)

    def per_month(self) -> pd.DataFrame:
        """Return the contacts of the last months by kind."""
        return _per_month(self.version("interaction"), self.today, self)

    def names(self, code: str) -> dict[int, str]:
        """Return the display names of a table by row id."""
        return _names(code, self.version(code), self)

    def rows_behind(self, name: str) -> tuple[str, pd.DataFrame]:
        """Return the table code and the rows behind a figure of the overview."""
        return _rows_behind(name, self.version("function", "interaction", "relationship"), self.today, self)

    def timeline(self, table: str, row: int) -> pd.DataFrame:
        """Return the contacts of an organisation or person, newest first."""
        return _timeline(table, row, self.version("interaction", "interaction_participant"), self)

    def timeline_across(self, organisation: int) -> pd.DataFrame:
        """Return the contacts of an organisation and those of its people while they worked there, newest first."""
        version = self.version("interaction", "interaction_participant", "function")
        return _timeline_across(organisation, version, self)

    def runs(self) -> list[runs.Run]:
        """Return what ran by itself, the newest first."""
        return _runs(self.version("job_run", "journal"), self)

    def selected(self, query: Query) -> pd.DataFrame:
        """Return the contacts asked for, best first."""
        tables = ("organisation", "person", "function", "interaction", "interaction_participant")
        return _selected(self.version(*tables), self.today, query, self)


def picture() -> Picture:
    """Return the mirror as it is now. Reads three small files; never calls NocoDB."""
    folder = context.get().settings.mirror_dir
    return Picture(folder, read_manifest(folder), read_overlay(folder), read_status(folder), context.now())


@st.cache_resource(max_entries=24, show_spinner=False)
def _table(code: str, version: str, _picture: Picture) -> pd.DataFrame:
    return load_table(_picture.folder, _picture.manifest, code, _picture.overlay)


@st.cache_resource(max_entries=4, show_spinner=False)
def _contacts(version: str, today: dt.date, _picture: Picture) -> contacts.Contacts:
    return build.build_contacts(
        _picture.table("organisation"), _picture.table("person"), _picture.table("function"), _picture.label, today
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _last(version: str, today: dt.date, _picture: Picture) -> contacts.LastContacts:
    return contacts.last_contacts(_picture.table("interaction"), _picture.table("interaction_participant"), today)


@st.cache_resource(max_entries=4, show_spinner=False)
def _figures(version: str, today: dt.date, _picture: Picture) -> figures.Figures:
    tables = ("organisation", "person", "function", "interaction", "relationship")
    return figures.count({t: _picture.table(t) for t in tables}, today)


@st.cache_resource(max_entries=4, show_spinner=False)
def _attention(version: str, today: dt.date, _picture: Picture) -> dict[str, int]:
    return contacts.count_listed(_picture.contacts(), _picture.last_contacts(), today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _quality(version: str, today: dt.date, _picture: Picture) -> dict[str, list[quality.Finding]]:
    return quality.find({t: _picture.table(t) for t in CONTACT_TABLES}, _picture.last_contacts(), today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _standing(version: str, today: dt.date, _picture: Picture) -> todo.Standing:
    return todo.standing(_related(_picture), today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _todo(version: str, today: dt.date, _picture: Picture) -> list[todo.Line]:
    return todo.todo(_related(_picture), _picture.standing(), today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _persons(version: str, today: dt.date, _picture: Picture) -> key_persons.Persons:
    return key_persons.read_persons(_related(_picture), _picture.standing().columns, today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _key_persons(version: str, today: dt.date, _picture: Picture) -> dict[Risk, list[Hanging]]:
    return key_persons.find(_related(_picture), _picture.persons(), today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _network(version: str, today: dt.date, _picture: Picture) -> network.Graph:
    return network.build(_related(_picture), _picture.standing().columns, today)


@st.cache_resource(max_entries=2, show_spinner=False)
def _matrix(version: str, _picture: Picture) -> list[MatrixCell]:
    return network.matrix(_picture.table("relationship"), network.successors(_picture.table("organisation")))


@st.cache_resource(max_entries=4, show_spinner=False)
def _former(version: str, _picture: Picture) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, today in network.successors(_picture.table("organisation")).items():
        found.setdefault(today, []).append(row)
    return found


def _related(picture: Picture) -> dict[str, pd.DataFrame]:
    return {code: picture.table(code) for code in RELATED}


@st.cache_resource(max_entries=4, show_spinner=False)
def _undecided(version: str, _picture: Picture) -> int:
    table = _picture.table("conflict")
    return int(((table["state"] == CaseState.OPEN) & table["decision"].isna()).sum())


@st.cache_resource(max_entries=2, show_spinner=False)
def _typed_names(table: str, version: str, _picture: Picture) -> TypedNames:
    frame = _picture.table(table)
    columns = [c for c in TYPED_COLUMNS if c in frame.columns]
    cells: list[Any] = frame[columns].to_dict("records")
    return TypedNames(table, zip(map(int, frame["id"]), cells, strict=True))


@st.cache_resource(max_entries=2, show_spinner=False)
def _known_names(version: str, _picture: Picture) -> KnownNames:
    short = map(cells.text, _picture.table("organisation")["short_name"])
    return KnownNames([*_picture.contacts().frame["name"], *filter(None, short)])


def _own_and_former(row: Any, *columns: str) -> tuple[Any, ...]:
    """Return the cells of a person, then those that merged rows brought along."""
    return row, *former_cells("person", row.get("aliases"), *columns)


@st.cache_resource(max_entries=4, show_spinner=False)
def _mail_holders(version: str, _picture: Picture) -> dict[str, list[tuple[int, bool]]]:
    held: dict[str, list[tuple[int, bool]]] = {}
    frame = _picture.table("person")
    columns = ("mail", "mail2")
    for row in frame[[c for c in ("id", *columns, "aliases") if c in frame.columns]].to_dict("records"):
        for place, told in enumerate(_own_and_former(row, *columns)):
            for mail in read_mails(told, *columns):
                held.setdefault(mail, []).append((int(row["id"]), place == 0))
    return held


@st.cache_resource(max_entries=4, show_spinner=False)
def _look_alikes(version: str, _picture: Picture) -> look_alikes.LookAlikes:
    return look_alikes.look_alikes(_picture.table("duplicate"))


@st.cache_resource(max_entries=4, show_spinner=False)
def _per_month(version: str, today: dt.date, _picture: Picture) -> pd.DataFrame:
    return figures.contacts_per_month(_picture.table("interaction"), today)


@st.cache_resource(max_entries=8, show_spinner=False)
def _names(code: str, version: str, _picture: Picture) -> dict[int, str]:
    table = _picture.table(code)
    if code != "person":
        return {int(i): cells.text(n) for i, n in zip(table["id"], table["name"], strict=True)}
    return {row_id(r.id): cells.name_of(r) for r in table.rename(columns={"name": "shown"}).itertuples()}


@st.cache_resource(max_entries=12, show_spinner=False)
def _rows_behind(name: str, version: str, today: dt.date, _picture: Picture) -> tuple[str, pd.DataFrame]:
    functions, interactions, relationships = map(_picture.table, ("function", "interaction", "relationship"))
    return figures.rows_behind(name, functions, interactions, relationships, today)


@st.cache_resource(max_entries=256, show_spinner=False)
def _timeline(table: str, row: int, version: str, _picture: Picture) -> pd.DataFrame:
    interactions, participants = _picture.table("interaction"), _picture.table("interaction_participant")
    return detail.timeline(interactions, participants, table, row)


@st.cache_resource(max_entries=64, show_spinner=False)
def _timeline_across(organisation: int, version: str, _picture: Picture) -> pd.DataFrame:
    interactions, participants = _picture.table("interaction"), _picture.table("interaction_participant")
    return detail.timeline_across(interactions, participants, _picture.table("function"), organisation)


@st.cache_resource(max_entries=2, show_spinner=False)
def _runs(version: str, _picture: Picture) -> list[runs.Run]:
    return runs.read_runs(_picture.table("job_run"), _picture.table("journal"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _selected(version: str, today: dt.date, query: contacts.Query, _picture: Picture) -> pd.DataFrame:
    return contacts.select(_picture.contacts(), query, _picture.last_contacts(), today)


def _declared_label(table: str, column: str, choice: str) -> str:
    kind = BASE.tables[table].columns[column]
    if isinstance(kind, SingleSelect | MultiSelect):
        return next((c.label for c in kind.choices if c.code == choice), choice)
    return choice
