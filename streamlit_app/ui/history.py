"""The Kontaktverlauf of one entry, newest first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from schemas.contacts.choices import InteractionOrigin
from schemas.contacts.rules import step_is_overdue
from streamlit_app.data import Picture
from streamlit_app.frames.cells import day, text, yes
from streamlit_app.frames.contacts import ORGANISATION
from streamlit_app.ui import formats, texts
from streamlit_app.ui.chosen import Entry

FIRST = 10
"""Contacts shown at once; the rest comes on demand."""

_BY_ITSELF = (InteractionOrigin.MAIL, InteractionOrigin.CALENDAR)
"""Ways by which contacts come in that nobody typed: these say so."""

MOST = 200
"""More are not sent to the browser; NocoDB has them all."""


def show(picture: Picture, opened: Entry) -> None:
    """Show the timeline of an entry."""
    across = opened.table == ORGANISATION
    found = picture.timeline_across(opened.id) if across else picture.timeline(opened.table, opened.id)
    if found.empty:
        st.caption(texts.NO_TIMELINE)
        return
    key = f"verlauf_{opened.address}"
    limit = MOST if st.session_state.get(key) else FIRST
    rows = found.rename(columns={"id": "row"}).head(limit).itertuples()
    st.html(f'<ol class="kn-time">{"".join(_item(picture, opened, r) for r in rows)}</ol>')
    if len(found) > limit and limit == FIRST:
        more = formats.number(min(len(found), MOST) - FIRST)
        st.button(texts.MORE.format(count=more), key=f"{key}_mehr", type="tertiary",
                  on_click=lambda: st.session_state.update({key: True}))  # fmt: skip


def _item(picture: Picture, opened: Entry, row: Any) -> str:
    kind = picture.label("interaction", "kind", text(row.kind)) if text(row.kind) else ""
    other = "person" if opened.table == ORGANISATION else "organisation"
    ids = {"other": (other, getattr(row, other)), "member": ("team_member", row.team_member)}
    names = {k: picture.names(t).get(int(i), "") if not pd.isna(i) else "" for k, (t, i) in ids.items()}
    way = picture.label("interaction", "origin", text(row.origin)) if text(row.origin) in _BY_ITSELF else ""
    origin = texts.CAME_BY.format(way=way) if way else ""
    facts = " · ".join(formats.escape(f) for f in (kind, names["other"], names["member"], origin) if f)
    link = picture.row_url("interaction", int(row.row))
    anchor = (
        f'<a class="kn-small" href="{formats.escape(link)}" target="_blank" rel="noopener">{texts.IN_NOCODB_SHORT}</a>'
        if link
        else ""
    )
    note = f'<div class="kn-muted">{formats.escape(text(row.note))}</div>' if text(row.note) else ""
    return (
        f'<li><div class="kn-line"><span class="kn-title">{formats.date(day(row.day))}</span>'
        f'<span class="kn-muted">{facts}</span>{anchor}</div><div>{formats.escape(text(row.summary))}</div>'
        f"{note}{_step(picture, row)}</li>"
    )


def _step(picture: Picture, row: Any) -> str:
    step, due = text(row.next_step), day(row.next_step_due)
    if not step:
        return ""
    done = yes(row.next_step_done)
    told = texts.NEXT_STEP_DUE.format(day=formats.date(due), step=step) if due else texts.NEXT_STEP.format(step=step)
    overdue = step_is_overdue(step, due, done, picture.today)
    state = f" ({texts.DONE})" if done else f" ({texts.OVERDUE})" if overdue else ""
    return f'<div class="kn-step{" warn" if overdue else ""}">{formats.escape(told + state)}</div>'
