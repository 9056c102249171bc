"""Offering to refresh a seal, in the tab *Siegel*: who is due, the mail as it will go out, once a seal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from automations.certification.refreshing import Around, Offer, letters, word
from automations.mail.framed import framed
from automations.outbox import enqueue
from schemas.operations.choices import PostState
from streamlit_app import context, seal_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.event_sending import outbox
from streamlit_app.signed import refresh
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen, desk, nod, seal_rows
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.events.sending_preview import sandboxed
from streamlit_app.ui.row_list import Row, RowList
from sync.mirror import patch_mirror
from sync.nocodb.records import MAX_BATCH


def show(picture: Picture, session: Session) -> None:
    """Show who is due and what became of the offer, and send it to those who have got none."""
    found, states = seal_data.refresh_offers(picture), seal_data.offered(picture)
    if not found:
        st.info(words.NOBODY, icon=":material/check_circle:")
        return
    rows = [
        Row((one.holder.name, str(one.holder.year), seal_rows.old(picture, one.holder), one.to, one.mail,
             _state(picture, one, states)), chosen.case_page(one.holder.row),
            picture.row_url("certification", one.holder.row))
        for one in found
    ]  # fmt: skip
    RowList("siegel_anbieten", words.LISTS["anbieten"], words.REFRESH_COLUMNS, rows).show(picture.today)
    nod.show("auffrischen")
    open_ = [one for one in found if one.mail and one.key not in states]
    if not open_:
        st.caption(words.REFRESH_DONE if any(one.mail for one in found) else words.REFRESH_NO_ADDRESS)
        return
    if session.role.may_write:
        _send(picture, session, open_)


def _send(picture: Picture, session: Session, open_: Sequence[Offer]) -> None:
    settings = context.get().settings
    own = st.text_area(words.REFRESH_OWN, key="siegel_eigene_saetze", placeholder=words.REFRESH_OWN_HINT, height=90,
                       max_chars=1000)  # fmt: skip
    around = Around(
        settings.network_name, session.name if "@" not in session.name else "",
        seminar_on=seal_rows.next_seminar(picture), own_words=own or "",
    )  # fmt: skip
    with st.expander(words.REFRESH_PREVIEW, icon=":material/visibility:"):
        at = st.selectbox(words.REFRESH_FOR, range(len(open_)), key="siegel_vorschau", width=420,
                          format_func=lambda i: formats.shortened(open_[i].holder.name))  # fmt: skip
        said = word(open_[min(at or 0, len(open_) - 1)], around, picture.today)
        st.markdown(f"**{formats.plain(said.subject)}**")
        st.iframe(sandboxed(framed(said, button="", hint="", ask="")[1]), height=560, alt=words.REFRESH_PREVIEW)
    by_key = {one.key: one for one in open_}
    picked = st.multiselect(words.REFRESH_WHOM, list(by_key), key="siegel_an_wen", placeholder=words.REFRESH_ALL,
                            format_func=lambda key: formats.shortened(by_key[key].holder.name))  # fmt: skip
    those = [one for one in open_ if one.key in picked] if picked else list(open_)
    if not settings.smtp_host:
        st.caption(words.REFRESH_NO_MAIL)
    if st.button(words.REFRESH_SEND.format(count=formats.number(len(those))), key="siegel_angebot_senden",
                 type="primary", icon=":material/send:"):  # fmt: skip
        nod.do("auffrischen", seal_rows.PLACE, lambda: _queue(picture, session, those, around))
        st.rerun()


def _queue(picture: Picture, session: Session, those: Sequence[Offer], around: Around) -> desk.Outcome:
    store, made = outbox(session, picture), letters(those, around, picture.today)
    count = enqueue(store, made, context.now)
    rows = list(store.find_idents([letter.key for letter in made]).values())
    for row, post in store.get_many(rows[:MAX_BATCH]).items():
        patch_mirror(context.get().settings.mirror_dir, "outbox", row, post.encode(), context.now())
    refresh()
    if not count:
        return desk.Outcome(seal_rows.PLACE, words.REFRESH_THERE)
    said = words.REFRESH_SENT_ONE if count == 1 else words.REFRESH_SENT.format(count=formats.number(count))
    return desk.Outcome(seal_rows.PLACE, f"{said} {words.REFRESH_HALT}")


def _state(picture: Picture, one: Offer, states: dict[str, PostState]) -> str:
    if one.key in states:
        return picture.label("outbox", "state", states[one.key])
    return words.REFRESH_OPEN if one.mail else words.REFRESH_NO_ADDRESS
