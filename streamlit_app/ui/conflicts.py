"""Conflicts: what staff have beside what a list says, each with buttons that decide it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from schemas.operations.choices import CaseState, ConflictDecision
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import row_id, text
from streamlit_app.ui import cases, formats, texts

TABLE = "conflict"
_OFFERED = (ConflictDecision.KEEP, ConflictDecision.TAKE)


def open_conflicts(picture: Picture) -> pd.DataFrame:
    """Return the open conflicts, undecided ones first, then those that wait to be carried out."""
    found = picture.table(TABLE)
    found = found[found["state"] == CaseState.OPEN]
    rank = found["decision"].map(lambda decision: 1 if text(decision) else 0)
    return found.assign(_rank=rank).sort_values(["_rank", "found_at", "id"])


def show(picture: Picture, session: Session) -> None:
    """Show one page of the open conflicts."""
    desk = cases.Desk(picture, session, TABLE, _OFFERED)
    rows: list[Any] = list(open_conflicts(picture).itertuples())
    for row in cases.page_of(rows, lambda row: row_id(row.id), TABLE, session):
        with st.container(border=True, key=f"qualitaet_fall_{TABLE}_{row.id}", gap="xsmall"):
            since = "" if pd.isna(found_at := row.found_at) else texts.QUALITY_SINCE.format(day=formats.date(found_at))
            title = f"{formats.escape(text(row.name))} · {formats.escape(text(row.field))}"
            cases.head(title, since, text(row.link))
            ours, theirs = st.columns(2, gap="small")
            with ours:
                cases.side(texts.QUALITY_OURS, text(row.ours))
            with theirs:
                cases.side(texts.QUALITY_THEIRS.format(source=text(row.source)), text(row.theirs))
            decided = text(row.decision)
            desk.show(row_id(row.id), decided or None)
            if desk.may_decide and not decided:
                st.caption(texts.QUALITY_OTHER)
