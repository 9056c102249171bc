"""Views of NocoDB as lists of guests: which there are, and whom one shows right now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.contacts.tables import Function
from schemas.errors import NotFound
from schemas.events.rules.segment_facts import Rows
from schemas.events.rules.segments import Segment, View, leaves
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.nocodb.view_rows import list_view_rows
from sync.nocodb.views import list_views

TABLES = ("organisation", "person", "function")
"""Tables whose rows are contacts."""

FORM = 1
"""The server's number for a form, which shows no rows."""


def available(opened: Connection) -> list[View]:
    """Return every grid, board or gallery over contacts, those that staff made included."""
    return list(_available(opened))


def read(opened: Connection, segments: Iterable[Segment]) -> dict[Segment, Rows]:
    """Return what the views named in segments show. One that is gone shows nobody, and is left out.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    found: dict[Segment, Rows] = {}
    for view in {leaf for segment in segments for leaf in leaves(segment) if isinstance(leaf, View)}:
        if view.table in opened.base.tables:
            try:
                found[view] = _read(opened, view)
            except NotFound:
                continue
    return found


def _available(opened: Connection) -> Iterator[View]:
    for code in TABLES:
        if code in opened.base.tables:
            for view in list_views(opened.client, opened.base.tables[code].id):
                if view.kind != FORM:
                    yield View(code, view.id, view.title)


def _read(opened: Connection, view: View) -> Rows:
    ids = frozenset(list_view_rows(opened.client, opened.base.tables[view.table], view.view))
    if view.table == "organisation":
        return Rows(organisations=ids)
    if view.table == "person":
        return Rows(persons=ids)
    functions = TableStore(opened.client, opened.base, Function).pull(["organisation", "person"])
    return Rows(ties=frozenset((f.organisation, f.person) for f in functions if f.id in ids))
