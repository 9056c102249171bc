"""The network around somebody: who is tied to whom, by what, and how fresh it is; and departments by organisations."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from automations.relations import day_of
from schemas.contacts.rules import is_current
from schemas.contacts.rules.columns import Columns, latest
from schemas.contacts.rules.successors import today_of
from streamlit_app.frames.cells import day, number, text

Tables = Mapping[str, pd.DataFrame]

Node = tuple[str, int | str]
"""``organisation``, ``person``, ``team_member`` with a row id, or ``field`` with the code of a field of engagement."""

MOST_NODES = 300
"""More than this nobody can read, and the browser takes seconds to lay it out."""

ENDS = ("field", "team_member")
"""Nodes that tie half the network together: shown, but not gone through, unless one starts there."""


class Kind(StrEnum):
    """What ties two nodes."""

    FUNCTION = "Funktion"
    PARENT = "Gliederung"
    RELATIONSHIP = "Beziehung"
    CONTACT = "Kontakt"
    FIELD = "Engagementfeld"
    SUCCESSOR = "Hieß früher"


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie of two nodes; ``day`` is when it was last confirmed by a contact or begun, ``what`` says it in words."""

    one: Node
    other: Node
    kind: Kind
    what: str = ""
    day: dt.date | None = None

    def beyond(self, node: Node) -> Node:
        """Return the other end."""
        return self.other if self.one == node else self.one


Graph = Mapping[Node, list[Edge]]


@dataclass(frozen=True, slots=True)
class Around:
    """What is near a node: nodes with their distance in steps, the edges between them, how many were left out."""

    nodes: Mapping[Node, int]
    edges: tuple[Edge, ...]
    left_out: int


def build(tables: Tables, columns: Columns, today: dt.date) -> dict[Node, list[Edge]]:
    """Return every tie of the network by node; ended functions are left out."""
    graph: dict[Node, list[Edge]] = {}
    for edge in (
        *_functions(tables["function"], today),
        *_organisations(tables["organisation"]),
        *_relationships(tables["relationship"]),
        *_contacts(columns),
    ):
        graph.setdefault(edge.one, []).append(edge)
        graph.setdefault(edge.other, []).append(edge)
    return graph


def around(graph: Graph, start: Node, steps: int, most: int = MOST_NODES) -> Around:
    """Return the nodes at most so many steps away, the nearest first and of these the freshest, ``most`` at most."""
    distance: dict[Node, int] = {start: 0}
    left_out: set[Node] = set()
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        if distance[node] == steps or (node[0] in ENDS and node != start):
            continue
        for edge in sorted(graph.get(node, ()), key=lambda e: e.day or dt.date.min, reverse=True):
            beyond = edge.beyond(node)
            if beyond in distance:
                continue
            if len(distance) >= most:
                left_out.add(beyond)
                continue
            distance[beyond] = distance[node] + 1
            waiting.append(beyond)
    edges = {id(e): e for node in distance for e in graph.get(node, ()) if e.one in distance and e.other in distance}
    return Around(distance, tuple(edges.values()), len(left_out - distance.keys()))


@dataclass(frozen=True, slots=True)
class Cell:
    """A department and an organisation that are in contact: since when, and in which year it was last known of."""

    department: int
    organisation: int
    since: dt.date | None
    year: int | None


def successors(organisations: pd.DataFrame) -> dict[int, int]:
    """Return by row what became of every organisation that has a successor today."""
    told = organisations.loc[organisations["successor"].notna(), ["id", "successor"]]
    return today_of({int(row): int(after) for row, after in zip(told["id"], told["successor"], strict=True)})


def matrix(relationships: pd.DataFrame, renamed: Mapping[int, int] | None = None) -> list[Cell]:
    """Return every pair of a department and an organisation, from the relationships that name both.

    Our own contacts say nothing about those of a department, so they do not count here. What a department knew under
    a former name (``renamed``, as ``successors`` returns it) counts at what became of it; the latest year stands.
    """
    today = renamed or {}
    both = relationships[relationships["department"].notna() & relationships["organisation"].notna()]
    found: dict[tuple[int, int], Cell] = {}
    for one in both.to_dict("records"):
        department, organisation = int(one["department"]), int(one["organisation"])
        pair = today.get(department, department), today.get(organisation, organisation)
        cell = Cell(*pair, day(one["since"]), number(one["last_year"]))
        known = found.get(pair)
        if known is None:
            found[pair] = cell
        else:
            years = [c.year for c in (cell, known) if c.year is not None]
            begun = [c.since for c in (cell, known) if c.since is not None]
            found[pair] = Cell(*pair, min(begun, default=None), max(years, default=None))
    return list(found.values())


def departments_of(cells: Iterable[Cell]) -> dict[int, set[int]]:
    """Return the departments that an organisation is in contact with; one means that all hangs on it."""
    found: dict[int, set[int]] = {}
    for cell in cells:
        found.setdefault(cell.organisation, set()).add(cell.department)
    return found


def _functions(functions: pd.DataFrame, today: dt.date) -> Iterable[Edge]:
    for one in functions.to_dict("records"):
        organisation, person = number(one["organisation"]), number(one["person"])
        begun, ended = day(one["valid_from"]), day(one["valid_to"])
        if organisation is not None and person is not None and is_current(begun, ended, today):
            yield Edge(("organisation", organisation), ("person", person), Kind.FUNCTION, text(one["name"]), begun)


def _organisations(organisations: pd.DataFrame) -> Iterable[Edge]:
    columns = (organisations[c] for c in ("id", "parent", "successor", "engagement_fields"))
    for row, parent, successor, fields in zip(*columns, strict=True):
        here: Node = ("organisation", int(row))
        if (above := number(parent)) is not None and above != int(row):
            yield Edge(here, ("organisation", above), Kind.PARENT)
        if (after := number(successor)) is not None and after != int(row):
            yield Edge(("organisation", after), here, Kind.SUCCESSOR)
        for field in fields if isinstance(fields, list | tuple) or hasattr(fields, "tolist") else ():
            yield Edge(here, ("field", str(field)), Kind.FIELD)


def _relationships(relationships: pd.DataFrame) -> Iterable[Edge]:
    for one in relationships.to_dict("records"):
        ours = [("team_member", number(one["team_member"])), ("organisation", number(one["department"]))]
        theirs = [("organisation", number(one["organisation"])), ("person", number(one["person"]))]
        for a, row in ours:
            for b, other in theirs:
                if row is not None and other is not None and (a, row) != (b, other):
                    yield Edge((b, other), (a, row), Kind.RELATIONSHIP, text(one["name"]), day(one["since"]))


def _contacts(columns: Columns) -> Iterable[Edge]:
    """Yield the latest contact of each of us with each organisation and person."""
    width = int(columns.team_member.max(initial=0)) + 1
    for table, rows in (("organisation", columns.organisation), ("person", columns.person)):
        named = columns.team_member * (rows > 0) > 0
        key = (rows * width + columns.team_member) * named
        pairs, at = latest(columns, key)
        for pair, moment in zip(pairs.tolist(), columns.day[at].tolist(), strict=True):
            row, member = divmod(pair, width)
            yield Edge((table, row), ("team_member", member), Kind.CONTACT, "", day_of(moment))
