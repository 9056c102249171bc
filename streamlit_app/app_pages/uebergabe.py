"""Übergabe: who leaves, what they look after, and who follows for each of it; with a way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from automations.documents import docx, pdf
from automations.documents.sheet import Sheet
from automations.handover import Charge, Handed, charges, hand_over
from schemas.errors import KontaktnetzError
from streamlit_app import context, data, identity, sheets
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import day, text
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, frame, problems, sheet_texts, texts
from streamlit_app.ui import relation_texts as words
from sync.undo import undo


def outcome(session: Session, picture: data.Picture) -> None:
    """Show what became of the last hand-over, with the way back."""
    if problem := st.session_state.pop("uebergabe_problem", None):
        st.error(problem, icon=":material/error:")
    if told := st.session_state.pop("uebergabe_gesagt", None):
        st.success(told, icon=":material/check_circle:")
    done = st.session_state.get("uebergabe_letzte")
    if isinstance(done, Handed):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(words.HANDED.format(moved=done.moved), icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key="uebergabe_rueckgaengig", icon=":material/undo:",
                      on_click=take_back, args=(session, picture, done))  # fmt: skip
        if done.left:
            st.warning(words.HANDED_LEFT.format(left=done.left), icon=":material/info:")


def take_back(session: Session, picture: data.Picture, done: Handed) -> None:
    """Undo a hand-over by its journal; what somebody changed since stays and becomes a conflict."""
    try:
        opened = connect(session, picture)
        report = undo(opened.client, opened.base, run=done.run, now=context.now)
    except KontaktnetzError as failed:
        st.session_state["uebergabe_problem"] = problems.told(failed)
        return
    st.session_state.pop("uebergabe_letzte", None)
    st.session_state["uebergabe_gesagt"] = words.HANDED_BACK.format(count=report.restored)
    refresh()


def choose_rows(picture: data.Picture, found: list[Charge], others: dict[int, str]) -> dict[tuple[str, int], int]:
    """Show what there is to hand over, and return who is to get what."""
    everybody = st.selectbox(words.HAND_ALL_TO, list(others), key="uebergabe_alle", format_func=lambda row: others[row])
    by_name = {name: row for row, name in others.items()}
    names = [picture.names(c.subject[0]).get(c.subject[1], "") if c.subject else "" for c in found]
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
        disabled=words.HAND_COLUMNS[:4],
        column_config={words.HAND_COLUMNS[4]: st.column_config.SelectboxColumn(options=[*by_name, words.HAND_NOBODY])},
    )  # fmt: skip
    chosen = zip(found, edited[words.HAND_COLUMNS[4]], strict=True)
    return {(c.table, c.row): by_name[name] for c, name in chosen if name in by_name}


def offer_sheets(
    picture: data.Picture, found: list[Charge], to: dict[tuple[str, int], int], left: str, others: dict[int, str]
) -> None:
    """Offer a sheet for everybody who is handed over, for paper and for Word; made when somebody asks for it."""
    follows: dict[tuple[str, int], list[str]] = {}
    for charge in found:
        if charge.subject:
            names = follows.setdefault(charge.subject, [])
            names += [others[row]] if (row := to.get((charge.table, charge.row))) else []

    def make() -> list[Sheet]:
        return [
            sheets.handed(picture, table, row, left=left, follows=", ".join(dict.fromkeys(names)))
            for (table, row), names in follows.items()
        ]

    title = sheet_texts.HANDED_TITLE.format(name=left)
    footer = sheet_texts.FOOTER.format(day=formats.date(picture.today))
    kinds = (("pdf", sheet_texts.HANDED_PDF, pdf.MIME, pdf.sheets_as_pdf),
             ("docx", sheet_texts.HANDED_DOCX, docx.MIME, docx.sheets_as_docx))  # fmt: skip
    with st.container(horizontal=True):
        for kind, label, mime, write in kinds:
            st.download_button(
                label, data=lambda write=write: write(make(), title=title, footer=footer), mime=mime,
                icon=":material/print:", help=sheet_texts.HANDED_HELP, on_click="ignore",
                file_name=sheet_texts.HANDED_FILE.format(
                    name=left.casefold().replace(" ", "-"), day=picture.today.isoformat(), kind=kind
                ),
                key=f"uebergabe_{kind}",
            )  # fmt: skip


def carry_out(
    session: Session, picture: data.Picture, old: int, to: dict[tuple[str, int], int], names: tuple[str, str]
) -> None:
    """Hand over with progress, and remember it for the way back."""
    bar = st.progress(0.0, text=words.HAND_RUNS)
    try:
        done = hand_over(
            connect(session, picture), old, to, names=names, now=context.now,
            on_progress=lambda count, total: bar.progress(count / total, text=words.HAND_RUNS),
        )  # fmt: skip
    except KontaktnetzError as failed:
        st.session_state["uebergabe_problem"] = problems.told(failed)
    else:
        st.session_state["uebergabe_letzte"] = done
        refresh()
    st.rerun()


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_HANDOVER, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    st.markdown(words.HAND_ADVICE)
    outcome(session, picture)
    team = {int(row.id): text(row.name) for row in picture.table("team_member").itertuples()}
    gone = {int(row.id) for row in picture.table("team_member").itertuples()
            if (left := day(row.active_to)) is not None and left < picture.today}  # fmt: skip
    old = st.selectbox(words.HAND_WHO, list(team), index=None, key="uebergabe_wer", placeholder=words.HAND_WHO_HINT,
                       format_func=lambda row: team[row])  # fmt: skip
    if old is None:
        return
    found = charges({code: picture.table(code) for code in ("relationship", "interaction")}, old)
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
        carry_out(session, picture, old, to, (team[old], follows))


main()
