"""Make one case of two: for two sites that became one, and a placement that was taken in twice."""

from __future__ import annotations

import streamlit as st

from automations.certification.merging import OPEN, join, why_not
from schemas.certification.tables import Certification
from streamlit_app import certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import Standing
from streamlit_app.frames.records import as_records
from streamlit_app.signed import connect, refresh
from streamlit_app.ui.certification import chosen, desk

TITLE = "Mit einem anderen Fall zusammenführen"
TEXT = (
    "Wenn zwei Einrichtungen eine geworden sind oder eine doppelt aufgenommen wurde: Der Fall, der weiter ist, bleibt; "
    "Schritte, Nachweise und Bewertungen des anderen kommen dazu. Bei verschiedenen Entscheidungen ist neu zu "
    "entscheiden."
)
OTHER = "Anderer Fall"
CHOOSE = "Bitte wählen"
DO = "Zusammenführen"
DONE = "Aus zwei Fällen wurde einer. Was nur beim anderen stand, steht in der Notiz."
UNDONE = "Es sind wieder zwei Fälle; beide erscheinen gleich in der Runde."


def show(picture: Picture, session: Session, case: Standing) -> None:
    """Offer the cases that this one may become one with; nothing to a viewer or where there is none."""
    others = {row.id or 0: row for row in candidates(picture, case.row)} if session.role.may_write else {}
    if not others:
        return
    names = {row.id or 0: row.name or "" for row in certification_data.rounds(picture)}

    def named(row: int) -> str:
        round_ = others[row].round
        return (others[row].name or f"Fall {row}") + (
            "" if round_ == case.row.round else f" ({names.get(round_ or 0)})"
        )

    with st.popover(TITLE, icon=":material/merge:", key="zert_zusammen"):
        st.markdown(TEXT)
        other = st.selectbox(OTHER, list(others), index=None, placeholder=CHOOSE, format_func=named,
                             key=f"zert_zusammen_{case.id}_fall")  # fmt: skip
        st.button(DO, key=f"zert_zusammen_{case.id}_ok", type="primary", on_click=_join, disabled=other is None,
                  args=(picture, session, case.id, other))  # fmt: skip


def candidates(picture: Picture, case: Certification) -> list[Certification]:
    """Return the cases of the same round, and open ones of the same site in others: those of the site come first."""
    table = picture.table("certification")
    near = (table["round"] == case.round) | ((table["site"] == case.site) & table["phase"].isin(OPEN))
    rows = as_records(table[near.fillna(False) & (table["id"] != case.id)], Certification)
    fitting = [row for row in rows if not why_not(case, row)]
    return sorted(fitting, key=lambda r: (case.site is None or r.site != case.site, (r.name or "").casefold(), r.id))


def _join(picture: Picture, session: Session, one: int, other: int) -> None:
    def work() -> desk.Outcome:
        opened = connect(session, picture)
        done = join(opened, one, other, context.now)
        desk.lay_over(opened, "certification", (one, other))
        desk.catch_up(opened, picture, done.stays)
        refresh()
        chosen.open_case(done.stays, chosen.STEPS)
        back = desk.back_by_run(done.run, "certification", (one, other))
        return desk.Outcome(("fall", done.stays), DONE, back=back, undone=UNDONE)

    desk.safely(("fall", one), work)
