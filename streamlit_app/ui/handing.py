"""What both kinds of hand-over share: carrying out with progress, the way back, the sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from automations.documents import docx, pdf
from automations.documents.sheet import Sheet
from automations.handover import Handed
from schemas.errors import KontaktnetzError
from streamlit_app import context, sheets, signed
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats, glyphs, problems, sheet_texts
from streamlit_app.ui import relation_texts as words
from sync import undo as undoing

Progress = Callable[[int, int], object]


def outcome(session: Session, picture: Picture) -> None:
    """Show what became of the last hand-over, with the way back."""
    if problem := st.session_state.pop("uebergabe_problem", None):
        st.error(problem, icon=":material/error:")
    if told := st.session_state.pop("uebergabe_gesagt", None):
        st.success(told, icon=":material/check_circle:")
    done = st.session_state.get("uebergabe_letzte")
    if isinstance(done, Handed):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(
                words.HANDED_ONE if done.moved == 1 else words.HANDED.format(moved=done.moved),
                icon=":material/check_circle:",
                width="stretch",
            )
            st.button(words.UNDO, key="uebergabe_rueckgaengig", icon=":material/undo:",
                      on_click=take_back, args=(session, picture, done))  # fmt: skip
        if done.left:
            st.warning(words.HANDED_LEFT.format(left=done.left), icon=":material/info:")


def take_back(session: Session, picture: Picture, done: Handed) -> None:
    """Undo a hand-over by its journal; what somebody changed since stays and becomes a conflict."""
    try:
        opened = signed.connect(session, picture)
        report = undoing.undo(opened.client, opened.base, run=done.run, now=context.now)
    except KontaktnetzError as failed:
        st.session_state["uebergabe_problem"] = problems.told(failed)
        return
    st.session_state.pop("uebergabe_letzte", None)
    st.session_state["uebergabe_gesagt"] = words.HANDED_BACK.format(count=report.restored)
    signed.refresh()


def carry_out(hand_over: Callable[[Progress], Handed]) -> None:
    """Hand over with progress, and remember it for the way back."""
    bar = st.progress(0.0, text=words.HAND_RUNS)
    try:
        done = hand_over(lambda count, total: bar.progress(count / total, text=words.HAND_RUNS))
    except KontaktnetzError as failed:
        st.session_state["uebergabe_problem"] = problems.told(failed)
    else:
        st.session_state["uebergabe_letzte"] = done
        signed.refresh()
    st.rerun()


def offer_sheets(picture: Picture, follows: Mapping[tuple[str, int], Sequence[str]], left: str) -> None:
    """Offer a sheet for everybody who is handed over, for paper and for Word; made when somebody asks for it.

    ``follows`` maps whom a sheet is about to the names of those who follow.
    """

    def make() -> list[Sheet]:
        return [
            sheets.handed(picture, table, row, left=left, follows=", ".join(dict.fromkeys(names)))
            for (table, row), names in follows.items()
        ]

    title = sheet_texts.HANDED_TITLE.format(name=left)
    glyphs.warn(left, *follows.values(), *sheets.texts_about(picture, follows))

    def written(write: Callable[..., bytes]) -> bytes:
        return write(make(), title=title, footer=footer)

    footer = sheet_texts.FOOTER.format(day=formats.date(picture.today))
    kinds = (("pdf", sheet_texts.HANDED_PDF, pdf.MIME, pdf.sheets_as_pdf),
             ("docx", sheet_texts.HANDED_DOCX, docx.MIME, docx.sheets_as_docx))  # fmt: skip
    with st.container(horizontal=True):
        for kind, label, mime, write in kinds:
            st.download_button(
                label, data=partial(written, write), mime=mime,
                icon=":material/print:", help=sheet_texts.HANDED_HELP, on_click="ignore",
                file_name=sheet_texts.HANDED_FILE.format(
                    name=left.casefold().replace(" ", "-"), day=picture.today.isoformat(), kind=kind
                ),
                key=f"uebergabe_{kind}",
            )  # fmt: skip
