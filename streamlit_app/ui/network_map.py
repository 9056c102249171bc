"""The network around one node as a picture that one can click through, and the same facts as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from streamlit_app.data import Picture
from streamlit_app.frames.network import MOST_NODES, Around, Edge, Kind, Node, around
from streamlit_app.ui import formats
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.rows import MOST_ROWS

KEY = "um"
_LETTERS = {"o": "organisation", "p": "person", "t": "team_member", "f": "field"}
_COLORS = {"organisation": "#1d5c55", "person": "#d58a2a", "team_member": "#7a4fa3", "field": "#3d7fc4"}
_LINES = {
    Kind.FUNCTION: "#d58a2a", Kind.PARENT: "#1d5c55", Kind.RELATIONSHIP: "#7a4fa3", Kind.CONTACT: "#8a8f8d",
    Kind.FIELD: "#9dbfe2", Kind.SUCCESSOR: "#b0567f",
}  # fmt: skip
_FRESH_DAYS = 365


def address(node: Node) -> str:
    """Return a node as it stands in the address (``?um=o12``)."""
    return f"{next(letter for letter, table in _LETTERS.items() if table == node[0])}{node[1]}"


def from_address(text: str) -> Node | None:
    """Return the node that an address names, None when it names none."""
    table = _LETTERS.get(text[:1])
    if table == "field":
        return table, text[1:]
    return (table, int(text[1:])) if table and text[1:].isascii() and text[1:].isdigit() else None


def name_of(picture: Picture, node: Node) -> str:
    """Return what people call a node; empty when it is not there (any more)."""
    table, row = node
    if table == "field":
        return formats.plain(picture.choices("organisation", "engagement_fields").get(str(row), ""))
    return picture.names(table).get(int(row), "")


def show(picture: Picture, start: Node, steps: int) -> None:
    """Show the picture, and below it the table."""
    near = around(picture.network(), start, steps)
    if len(near.nodes) == 1:
        st.info(words.MAP_ALONE, icon=":material/lightbulb:")
        return
    names = {node: name_of(picture, node) or words.WITHOUT for node in near.nodes}
    chosen = st.echarts_chart(
        _spec(near, start, names, picture.today), height=620, key=f"netz_{address(start)}_{steps}", on_select="rerun",
        alt=words.MAP_ALT.format(name=names[start], count=len(near.nodes)),
    )  # fmt: skip
    _follow(chosen, list(near.nodes), start)
    if near.left_out:
        st.caption(words.MAP_LEFT_OUT.format(shown=MOST_NODES, more=formats.number(near.left_out)))
    st.subheader(words.MAP_TABLE, anchor=False)
    _table(picture, near, start, names)


def _follow(chosen: object, nodes: list[Node], start: Node) -> None:
    """Go to the node that was clicked."""
    selection = chosen.get("selection", {}) if isinstance(chosen, Mapping) else {}
    for selected in selection.get("selected", []):
        for at in selected.get("data_indices", selected.get("dataIndex", [])):
            if 0 <= at < len(nodes) and nodes[at] != start:
                st.query_params[KEY] = address(nodes[at])
                st.rerun()


def _spec(near: Around, start: Node, names: Mapping[Node, str], today: dt.date) -> dict[str, object]:
    ties: dict[Node, int] = {}
    for edge in near.edges:
        for node in (edge.one, edge.other):
            ties[node] = ties.get(node, 0) + 1
    kinds = list(words.NODE_KINDS)
    few = len(near.nodes) <= 60
    nodes = [
        {
            "id": address(node),
            "name": names[node],
            "category": kinds.index(node[0]),
            "symbolSize": 34 if node == start else min(10 + 2 * ties.get(node, 0), 26),
            "label": {"show": few or node == start or ties.get(node, 0) > 3},
            "itemStyle": {"color": _COLORS[node[0]]},
        }
        for node in near.nodes
    ]
    links = [
        {
            "source": address(edge.one),
            "target": address(edge.other),
            "lineStyle": {
                "color": _LINES[edge.kind],
                "type": "solid" if _fresh(edge, today) else "dashed",
                "width": 2 if edge.kind in (Kind.RELATIONSHIP, Kind.FUNCTION) else 1,
            },
        }
        for edge in near.edges
    ]
    return {
        "legend": [{"data": [words.NODE_KINDS[k] for k in kinds], "bottom": 0}],
        "tooltip": {"formatter": "{b}"},
        "color": [_COLORS[k] for k in kinds],
        "series": [
            {
                "type": "graph", "layout": "force", "roam": True, "selectedMode": "single", "data": nodes,
                "links": links,
                "categories": [{"name": words.NODE_KINDS[k]} for k in kinds],
                "label": {"position": "right", "formatter": "{b}", "overflow": "truncate", "width": 150},
                "force": {"repulsion": 420 if few else 90, "edgeLength": [60, 160], "layoutAnimation": False},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
            }
        ],
    }  # fmt: skip


def _fresh(edge: Edge, today: dt.date) -> bool:
    return edge.kind not in (Kind.CONTACT,) or (edge.day is not None and (today - edge.day).days <= _FRESH_DAYS)


def _table(picture: Picture, near: Around, start: Node, names: Mapping[Node, str]) -> None:
    ties: dict[Node, list[Edge]] = {}
    for edge in near.edges:
        for node in (edge.one, edge.other):
            ties.setdefault(node, []).append(edge)
    rows = []
    for node, steps in sorted(near.nodes.items(), key=lambda item: (item[1], names[item[0]])):
        if node == start:
            continue
        towards = [e for e in ties.get(node, []) if near.nodes[e.beyond(node)] < steps]
        by = ", ".join(dict.fromkeys(_said(e, names[e.beyond(node)]) for e in towards))
        last = max((e.day for e in towards if e.day), default=None)
        way = f"/netzwerkkarte?{KEY}={address(node)}"
        rows.append((names[node], way, words.NODE_KINDS[node[0]], steps, by, last))
    columns = words.MAP_COLUMNS
    titles = [
        columns["name"],
        words.RISK_COLUMNS["open"],
        columns["kind"],
        columns["steps"],
        columns["tie"],
        columns["day"],
    ]
    st.dataframe(
        pd.DataFrame(rows[:MOST_ROWS], columns=titles),
        hide_index=True,
        height=min(38 * (len(rows) + 1), 460),
        alt=words.MAP_TABLE,
        column_config={
            words.RISK_COLUMNS["open"]: st.column_config.LinkColumn(display_text="Dorthin", width="small"),
            columns["day"]: st.column_config.DateColumn(format="DD.MM.YYYY"),
        },
        placeholder="",
    )


def _said(edge: Edge, other: str) -> str:
    what = f"{edge.kind.value}: {edge.what}" if edge.what and edge.kind is Kind.FUNCTION else edge.kind.value
    return f"{what} mit {other}"
