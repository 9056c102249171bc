"""Taking placements into a round: from its seminar, or from the organisations, several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from automations.certification.placing import Newcomer, take_in
from schemas.certification.tables import CertificationRound
from streamlit_app import certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import row_id, text
from streamlit_app.frames.certification_newcomers import (
    Guest,
    mail_of,
    seminar_guests,
    still_missing,
    who_is_there,
)
from streamlit_app.frames.contacts import ORGANISATION, Query
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats
from streamlit_app.ui.certification import create, desk
from streamlit_app.ui.certification import form_texts as words
from sync.mirror import patch_mirror

MOST = 10
"""Hits of a search; a longer word finds fewer."""

_PICKED = "zert_vorgemerkt"


def opener(session: Session) -> None:
    """Offer to take placements in."""
    if session.role.may_write:
        st.button(words.PLACE, key="zert_aufnehmen", icon=":material/add_home:", on_click=create.open_form,
                  args=(create.PLACE,))  # fmt: skip


def show(picture: Picture, session: Session, round_: CertificationRound) -> None:
    """Show both ways of taking placements in."""
    st.header(words.PLACE, anchor=False)
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    sites = {c.site for c in certification_data.cases_of(picture, round_.id or 0)} - {None}
    first = "seminar" if round_.seminar is not None else "organisationen"
    how = st.segmented_control(
        words.PLACE_BY, list(words.PLACE_HOW), default=first, required=True, key=f"zert_woher_{round_.id}",
        format_func=words.PLACE_HOW.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    if how == "seminar":
        newcomers = _from_seminar(picture, round_, sites)
    else:
        newcomers = _from_organisations(picture, round_, sites)
    with st.container(horizontal=True):
        count = len(newcomers)
        label = words.TAKE_IN_ONE if count == 1 else words.TAKE_IN.format(count=formats.number(count))
        st.button(label, key="zert_aufnehmen_ok", type="primary", disabled=not count, on_click=_take_in,
                  args=(picture, session, round_, newcomers))  # fmt: skip
        st.button(words.CLOSE, key="zert_aufnehmen_ab", on_click=create.close_form)


def _from_seminar(picture: Picture, round_: CertificationRound, sites: set[int | None]) -> list[Newcomer]:
    st.caption(words.PLACE_SEMINAR_TEXT)
    if round_.seminar is None:
        st.info(words.PLACE_NO_SEMINAR, icon=":material/lightbulb:")
        return []
    guests = still_missing(seminar_guests(picture.table("invitation"), round_.seminar), sites)
    if not guests:
        st.info(words.PLACE_NOBODY, icon=":material/lightbulb:")
        return []
    houses = picture.names(ORGANISATION)
    by_row = {g.row: g for g in guests}
    told = {row: _told(g, houses) for row, g in by_row.items()}
    chosen = st.multiselect(
        words.PLACE_GUESTS, list(by_row), default=[g.row for g in guests if g.came], format_func=told.__getitem__,
        key=f"zert_gaeste_{round_.id}_{abs(hash(tuple(by_row)))}", placeholder=words.PLACE_GUESTS_HINT,
    )  # fmt: skip
    mails = _mails(picture)
    found = {
        guest.site: Newcomer(guest.site, houses.get(guest.site, ""), guest.person,
                             guest.mail or mails.get(guest.person or 0, ""))
        for row in reversed(chosen)
        if (guest := by_row[row]).site is not None
    }  # fmt: skip
    return list(found.values())[::-1]


def _told(guest: Guest, houses: Mapping[int, str]) -> str:
    was = words.CAME if guest.came else words.PROMISED
    return formats.shortened(f"{houses.get(guest.site or 0, '')} – {guest.name} ({was})", 90)


def _from_organisations(picture: Picture, round_: CertificationRound, sites: set[int | None]) -> list[Newcomer]:
    key = f"{_PICKED}_{round_.id}"
    picked: list[int] = [row for row in st.session_state.get(key, []) if row not in sites]
    typed = st.text_input(words.SEARCH, key="zert_suche", type="search", live="150ms", placeholder=words.SEARCH_HINT,
                          max_chars=100)  # fmt: skip
    if len((typed or "").strip()) > 1:
        _hits(picture, typed or "", sites, picked, key)
    return [_one(picture, row, picked, key) for row in picked]


def _hits(picture: Picture, typed: str, sites: set[int | None], picked: Sequence[int], key: str) -> None:
    hits = picture.selected(Query(words=typed, show=ORGANISATION))
    if hits.empty:
        st.info(words.NO_HIT, icon=":material/search_off:")
    for hit in hits.head(MOST).itertuples():
        row = row_id(hit.id)
        if row in picked:
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"zert_treffer_{row}"):
            note = f"  \n:small[{formats.plain(str(hit.note))}]" if hit.note else ""
            st.markdown(f"**{formats.plain(str(hit.name))}**{note}", width="stretch")
            if row in sites:
                st.caption(words.IN_ROUND, width="content")
            else:
                st.button(words.PICK, key=f"zert_dazu_{row}", icon=":material/add:", on_click=_pick, args=(key, row))


def _one(picture: Picture, row: int, picked: Sequence[int], key: str) -> Newcomer:
    """Show one picked placement with its name on the certificate and its coordinator."""
    functions, people = who_is_there(picture.table("function"), row, picture.today), picture.names("person")
    roles = {f.person: f.name or "" for f in reversed(functions)}
    offered = list(dict.fromkeys(f.person for f in functions))
    house = picture.names(ORGANISATION).get(row, "")
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", key=f"zert_neu_{row}"):
        name = st.text_input(words.CERTIFICATE_NAME, house, key=f"{key}_name_{row}", max_chars=200)
        person = st.selectbox(
            words.COORDINATOR, offered, index=0 if functions and functions[0].main_contact else None,
            key=f"{key}_person_{row}", placeholder=words.COORDINATOR_NOBODY,
            format_func=lambda p: ", ".join(part for part in (people.get(p, ""), roles.get(p, "")) if part),
        )  # fmt: skip
        st.button(words.PICK_OFF, key=f"zert_weg_{row}", icon=":material/close:", type="tertiary", on_click=_drop,
                  args=(key, row))  # fmt: skip
    table = picture.table(ORGANISATION)
    own = next((text(m) for m in table.loc[table["id"] == row, "mail"]), "")
    mail = mail_of(person, row, functions, _mails(picture), own)
    return Newcomer(row, (name or "").strip() or house, person, mail)


def _mails(picture: Picture) -> Mapping[int, str]:
    table = picture.table("person")
    return {int(row): text(mail) for row, mail in zip(table["id"], table["mail"], strict=True)}


def _pick(key: str, row: int) -> None:
    st.session_state[key] = [*st.session_state.get(key, []), row]
    st.session_state["zert_suche"] = ""


def _drop(key: str, row: int) -> None:
    st.session_state[key] = [one for one in st.session_state.get(key, []) if one != row]


def _take_in(
    picture: Picture, session: Session, round_: CertificationRound, newcomers: Sequence[Newcomer]
) -> None:  # fmt: skip
    row = round_.id or 0

    def work() -> desk.Outcome:
        done = take_in(connect(session, picture), row, newcomers, context.now, picture.today)
        for one in done.made:
            patch_mirror(context.get().settings.mirror_dir, "certification", one.id or 0, one.encode(), context.now())
        made = formats.number(len(done.made))
        said = words.TAKEN_IN_ONE if len(done.made) == 1 else words.TAKEN_IN.format(count=made)
        said += " " + words.ALREADY.format(count=done.there) if done.there else ""
        refresh()
        rows = [one.id or 0 for one in done.made]
        back = desk.back_by_run(done.run, "certification", rows) if rows else None
        return desk.Outcome(("runde", row), said, back=back, undone=words.PLACE_UNDONE)

    if desk.safely(("runde", row), work):
        st.session_state.pop(f"{_PICKED}_{row}", None)
        create.close_form()
