"""Übergabe: who leaves (one of us or of theirs), what hangs on them, who follows for each of it; with a way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from automations.handover import TABLES, Charge, charges, hand_over
from streamlit_app import context, data, identity
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import day, row_id, text
from streamlit_app.signed import connect
from streamlit_app.ui import formats, frame, handing, leaving, leaving_texts, texts
from streamlit_app.ui import relation_texts as words


def choose_rows(picture: data.Picture, found: list[Charge], others: dict[int, str]) -> dict[tuple[str, int], int]:
    """Show what there is to hand over, and return who is to get what."""
    everybody = st.selectbox(words.HAND_ALL_TO, list(others), key="uebergabe_alle", format_func=lambda row: others[row])
    by_name = {name: row for row, name in others.items()}
    known = {code: picture.names(code) for code in ("organisation", "person")}
    names = [known[c.subject[0]].get(c.subject[1], "") if c.subject else "" for c in found]
    what = [
        picture.label("relationship", "kind", c.what) if c.table == "relationship" and c.what else c.what for c in found
    ]
    table = pd.DataFrame(
        {
            words.HAND_COLUMNS[0]: [words.HAND_KINDS[c.table] for c in found],
            words.HAND_COLUMNS[1]: names,
            words.HAND_COLUMNS[2]: what,
            words.HAND_COLUMNS[3]: [formats.date(c.due) for c in found],
            words.HAND_COLUMNS[4]: [others.get(everybody or 0, "")] * len(found),
        }
    )
    edited = st.data_editor(
        table, hide_index=True, key=f"uebergabe_tabelle_{everybody}", height=min(38 * (len(table) + 1), 480),
        disabled=words.HAND_COLUMNS[:4], column_order=[words.HAND_COLUMNS[at] for at in (0, 1, 4, 2, 3)],
        column_config={words.HAND_COLUMNS[4]: st.column_config.SelectboxColumn(options=[*by_name, words.HAND_NOBODY])},
        placeholder="",
    )  # fmt: skip
    chosen = zip(found, edited[words.HAND_COLUMNS[4]], strict=True)
    return {(c.table, c.row): by_name[name] for c, name in chosen if name in by_name}


def offer_sheets(
    picture: data.Picture, found: list[Charge], to: dict[tuple[str, int], int], left: str, others: dict[int, str]
) -> None:
    """Offer a sheet for everybody who is handed over."""
    follows: dict[tuple[str, int], list[str]] = {}
    for charge in found:
        if charge.subject:
            names = follows.setdefault(charge.subject, [])
            names += [others[row]] if (row := to.get((charge.table, charge.row))) else []
    if follows:
        handing.offer_sheets(picture, follows, left)


def one_of_us(picture: data.Picture, session: Session) -> None:
    """Show what is in the charge of one of us, and hand it over."""
    st.markdown(words.HAND_ADVICE)
    team = {row_id(row.id): text(row.name) for row in picture.table("team_member").itertuples()}
    gone = {row_id(row.id) for row in picture.table("team_member").itertuples()
            if (left := day(row.active_to)) is not None and left < picture.today}  # fmt: skip
    asked = st.query_params.get("wer", "")
    at = list(team).index(int(asked)) if asked.isascii() and asked.isdigit() and int(asked) in team else None
    old = st.selectbox(words.HAND_WHO, list(team), index=at, key="uebergabe_wer", placeholder=words.HAND_WHO_HINT,
                       format_func=lambda row: team[row])  # fmt: skip
    if old is None:
        return
    found = charges({code: picture.table(code) for code in TABLES}, old, picture.today)
    others = {row: name for row, name in team.items() if row != old and row not in gone}
    if not found or not others:
        st.success(words.HAND_NOTHING if not found else words.HAND_ALONE, icon=":material/check_circle:")
        return
    st.markdown(words.HAND_COUNT.format(count=formats.number(len(found))))
    to = choose_rows(picture, found, others)
    offer_sheets(picture, found, to, team[old], others)
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    follows = ", ".join(dict.fromkeys(others[row] for row in to.values()))
    if st.button(
        words.HAND_DO.format(count=formats.number(len(to))), type="primary", key="uebergabe_ok", disabled=not to
    ):
        handing.carry_out(
            lambda progress: hand_over(
                connect(session, picture), old, to, names=(team[old], follows), now=context.now, on_progress=progress
            )
        )


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_HANDOVER, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    handing.outcome(session, picture)
    side = st.segmented_control(
        leaving_texts.SIDE, list(leaving_texts.SIDES), default="uns" if leaving.asked() is None else "ihnen",
        key="uebergabe_seite", format_func=lambda name: leaving_texts.SIDES[name], label_visibility="collapsed",
    )  # fmt: skip
    if side == "ihnen":
        leaving.show(picture, session)
    else:
        one_of_us(picture, session)


main()
