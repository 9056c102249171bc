"""A contact in one line: what was understood is shown to be corrected, what was not is asked for, then it is saved."""

from __future__ import annotations

import datetime as dt
import uuid

import streamlit as st

from schemas.contacts.quick_entry import read_line
from schemas.contacts.tables import Interaction
from schemas.errors import KontaktnetzError, Unavailable
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import ORGANISATION, PERSON, Query
from streamlit_app.ui import formats
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.problems import told
from streamlit_app.writing import ORIGIN, Pen, Saved, Undone

MOST_FOUND = 6
_PREFIX = "schnell_"
_Who = tuple[str, int, str]


def show(picture: Picture, session: Session, member: int | None) -> None:
    """Show the line to those who may write, then the form of what was understood; ``member`` is who signed in."""
    if not session.role.may_write or picture.manifest is None or "interaction" not in picture.manifest.tables:
        return
    _outcome(picture, session)
    nonce = st.session_state.setdefault(f"{_PREFIX}nummer", 0)
    line = st.text_input(
        words.QUICK, key=f"{_PREFIX}zeile_{nonce}", placeholder=words.QUICK_HINT, help=words.QUICK_HELP
    )
    if not (line or "").strip():
        return
    found = read_line(line, picture.today)
    key = f"{_PREFIX}{nonce}_{abs(hash(line))}"
    with st.container(border=True, key=f"{_PREFIX}kasten"):
        who = _who(picture, found.who, key)
        first, second = st.columns(2)
        on = first.date_input(words.QUICK_DAY, value=found.day or picture.today, format="DD.MM.YYYY", key=f"{key}_tag")
        kinds = picture.choices("interaction", "kind")
        start = list(kinds).index(found.kind) if found.kind in kinds else None
        kind = second.selectbox(words.QUICK_KIND, list(kinds), index=start, key=f"{key}_art",
                                format_func=lambda code: formats.plain(kinds.get(code, code)))  # fmt: skip
        about = st.text_input(words.QUICK_ABOUT, value=found.about, key=f"{key}_worum", max_chars=500)
        first, second = st.columns([2, 1])
        step = first.text_input(words.QUICK_STEP, value=found.step, key=f"{key}_schritt", max_chars=500)
        due = second.date_input(words.QUICK_STEP_DUE, value=found.step_due, format="DD.MM.YYYY", key=f"{key}_bis")
        if problem := st.session_state.pop(f"{_PREFIX}problem", None):
            st.error(problem, icon=":material/error:")
        record = Interaction(
            summary=(about or "").strip() or None, day=on if isinstance(on, dt.date) else None,
            kind=kind or None, organisation=who[1] if who and who[0] == ORGANISATION else None,
            person=who[1] if who and who[0] == PERSON else None, team_member=member,
            next_step=(step or "").strip() or None, next_step_due=due if isinstance(due, dt.date) else None,
            origin=ORIGIN, source=ORIGIN,
        )  # fmt: skip
        st.button(
            words.QUICK_SAVE, type="primary", key=f"{key}_ok", on_click=_save, args=(picture, session, record, who)
        )


def _who(picture: Picture, asked: str, key: str) -> _Who | None:
    """Return whom the line means: the only match, the one that is called just so, or whom the person picks."""
    if not asked:
        st.warning(words.QUICK_WHO_MISSING, icon=":material/help:")
        return None
    found = [(str(r.type), int(r.id), str(r.name)) for r in
             picture.selected(Query(words=asked)).head(MOST_FOUND).itertuples()]  # fmt: skip
    if not found:
        st.warning(words.QUICK_WHO_NONE.format(who=formats.plain(asked)), icon=":material/help:")
        return None
    exact = [one for one in found if one[2].casefold() == asked.casefold()]
    if len(found) == 1 or len(exact) == 1:
        chosen = (exact or found)[0]
        st.markdown(f"{words.QUICK_WHO}: **{formats.plain(chosen[2])}**")
        return chosen
    return st.radio(words.QUICK_WHO_ASK.format(who=formats.plain(asked)), found, index=None, key=f"{key}_wer",
                    format_func=lambda one: formats.plain(one[2]))  # fmt: skip


def _save(picture: Picture, session: Session, record: Interaction, who: _Who | None) -> None:
    missing = [
        word
        for word, value in (
            (words.QUICK_WHO, who), (words.QUICK_DAY, record.day), (words.QUICK_KIND, record.kind),
            (words.QUICK_ABOUT, record.summary),
        )
        if not value
    ]  # fmt: skip
    if missing or who is None:
        st.session_state[f"{_PREFIX}problem"] = words.QUICK_INCOMPLETE.format(missing=", ".join(missing))
        return
    ident = st.session_state.setdefault(f"{_PREFIX}kennung", f"{ORIGIN}:{uuid.uuid4()}")
    complete = Interaction(**{c: record.value(c) for c in Interaction.table().columns} | {"ident": ident})
    unclear = st.session_state.get(f"{_PREFIX}unklar", False)
    try:
        saved = _pen(picture, session).save(complete, context.now(), unclear=unclear)
    except KontaktnetzError as failed:
        st.session_state[f"{_PREFIX}problem"] = told(failed)
        st.session_state[f"{_PREFIX}unklar"] = isinstance(failed, Unavailable)
        return
    for name in ("kennung", "unklar"):
        st.session_state.pop(f"{_PREFIX}{name}", None)
    st.session_state[f"{_PREFIX}nummer"] += 1
    st.session_state[f"{_PREFIX}gespeichert"] = (saved, who[2])


def _outcome(picture: Picture, session: Session) -> None:
    if said := st.session_state.pop(f"{_PREFIX}gesagt", None):
        st.info(said, icon=":material/undo:")
    saved, name = st.session_state.get(f"{_PREFIX}gespeichert", (None, ""))
    if isinstance(saved, Saved):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(words.QUICK_SAVED.format(name=name), icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key=f"{_PREFIX}rueckgaengig", icon=":material/undo:",
                      on_click=_undo, args=(picture, session, saved))  # fmt: skip


def _undo(picture: Picture, session: Session, saved: Saved) -> None:
    st.session_state.pop(f"{_PREFIX}gespeichert", None)
    try:
        _pen(picture, session).undo(saved, context.now())
        said = words.UNDONE
    except Undone as kept:
        said = str(kept)
    except KontaktnetzError as failed:
        said = told(failed)
    st.session_state[f"{_PREFIX}gesagt"] = said


def _pen(picture: Picture, session: Session) -> Pen:
    assert picture.manifest is not None  # noqa: S101 - the line is only shown with one
    return Pen(context.get().settings, picture.manifest, session.token)
