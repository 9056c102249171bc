"""What a person has to decide: mails in free words and doubtful calendar answers, with the wording, one click each."""

from __future__ import annotations

import streamlit as st

from schemas.events.choices import Answer, ReplyState
from schemas.events.quick_answer import LETTERS
from schemas.events.rules.answers import NO_NEEDS
from schemas.events.tables import Invitation, Reply
from streamlit_app.frames.events import Guest, search
from streamlit_app.ui import formats
from streamlit_app.ui.events import answer_texts as words
from streamlit_app.ui.events.answer_desk import PREFIX, Desk, companions_field, said_in_form

PER_PAGE = 5
MOST_FOUND = 6
SHORT = 600
"""Characters of a message shown at once."""


def show(desk: Desk) -> None:
    """Show one page of what waits, the oldest first."""
    waiting = desk.found.to_decide
    st.header(f"{words.DECIDE} ({formats.number(len(waiting))})", anchor=False)
    if not waiting:
        st.caption(words.DECIDE_NONE)
        return
    st.caption(words.DECIDE_ADVICE)
    pages = -(-len(waiting) // PER_PAGE)
    at = st.pagination(pages, key=f"{PREFIX}seite", max_visible_pages=5) if pages > 1 else 1
    for reply in waiting[(at - 1) * PER_PAGE : at * PER_PAGE]:
        with st.container(border=True, key=f"{PREFIX}fall_{reply.id}", gap="xsmall"):
            _case(desk, reply)


def _case(desk: Desk, reply: Reply) -> None:
    about = [desk.way(reply.channel), formats.moment(reply.at) if reply.at else "", reply.why or ""]
    if reply.event is None and reply.invitation is None:
        about.append(words.DECIDE_NOWHERE)
    name = formats.escape(reply.name or words.SENDER_UNKNOWN)
    url = desk.picture.row_url("reply", reply.id or 0)
    link = (
        f'<a class="kn-small" href="{formats.escape(url)}" target="_blank" rel="noopener">{words.IN_NOCODB}</a>'
        if url else ""
    )  # fmt: skip
    told = reply.text or ""
    st.html(
        f'<div class="kn-line"><span class="kn-title">{name}</span>{link}</div>'
        f'<div class="kn-muted">{formats.escape(" · ".join(a for a in about if a))}</div>'
        f'<div class="kn-side">{formats.escape(formats.shortened(told, SHORT))}</div>'
    )
    if len(told) > SHORT:
        with st.expander(words.WHOLE_TEXT):
            st.text(told)
    if reply.answer:
        likely = words.COUNTS_ALREADY if reply.state == ReplyState.UNREAD else words.DECIDE_LIKELY
        st.markdown(likely.format(answer=formats.plain(desk.label(reply.answer))))
    if not desk.may_write:
        return
    guest = _who(desk, reply)
    _buttons(desk, reply, guest)


def _who(desk: Desk, reply: Reply) -> Guest | None:
    """Return whom the message means: the guest it names, or the one that a person looks for."""
    known = desk.found.guest(reply.invitation)
    if known is not None:
        st.markdown(words.DECIDE_GUEST.format(name=formats.plain(known.row.name or "")))
    with st.expander(words.DECIDE_OTHER) if known else st.container():
        return _searched(desk, reply) or known


def _searched(desk: Desk, reply: Reply) -> Guest | None:
    key = f"{PREFIX}wer_{reply.id}"
    typed = st.text_input(words.DECIDE_WHO, key=key, placeholder=words.DECIDE_WHO_HINT, max_chars=100)
    found = search(desk.found.guests, typed or "")[:MOST_FOUND]
    if not found:
        return None
    by_row = {guest.id: guest for guest in found}
    row = st.radio(
        words.DECIDE_WHO_PICK, list(by_row), key=f"{key}_wahl_{abs(hash(typed))}",
        format_func=lambda i: ", ".join(p for p in (by_row[i].row.name or "", by_row[i].organisation) if p),
    )  # fmt: skip
    return by_row.get(row) if row is not None else None


def _buttons(desk: Desk, reply: Reply, guest: Guest | None) -> None:
    key = f"{PREFIX}entscheiden_{reply.id}"
    fields = f"{key}_{guest.id if guest else 0}"  # they start anew with whom it is about
    known = guest.row if guest else Invitation()
    companions = known.companions if reply.companions is None else reply.companions
    with st.container(horizontal=True, gap="small"):
        st.number_input(words.COMPANIONS, key=f"{fields}_begleitung", width=160, **companions_field(companions))
        st.text_input(words.NAMES, key=f"{fields}_namen", max_chars=200, width=300,
                      placeholder=reply.represented_by or reply.companion_names or known.represented_by
                      or known.companion_names)  # fmt: skip
        st.text_input(words.NEEDS, key=f"{fields}_bedarf", max_chars=300, width=300,
                      value=reply.needs or known.needs or "")  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        if reply.state == ReplyState.UNREAD:
            st.button(words.READ, key=f"{key}_gelesen", type="primary", icon=":material/check:",
                      on_click=_read, args=(desk, reply, guest, fields))  # fmt: skip
        for answer in LETTERS.values():
            likely = answer == reply.answer and guest is not None and reply.state != ReplyState.UNREAD
            st.button(
                desk.label(answer), key=f"{key}_{answer.value}", disabled=guest is None,
                type="primary" if likely else "secondary",
                on_click=_decide, args=(desk, reply, guest, answer, fields),
            )  # fmt: skip
        st.button(words.DISCARD, key=f"{key}_weg", type="tertiary", on_click=desk.put_away, args=(reply,))
    if guest is None:
        st.caption(words.DECIDE_NOBODY_YET)


def _read(desk: Desk, reply: Reply, guest: Guest | None, fields: str) -> None:
    """Note that a message was read; what was typed beside it meanwhile is taken down with it."""
    if guest is not None and reply.answer in tuple(Answer):
        said = said_in_form(Answer(reply.answer), guest, fields)
        known = guest.row
        companions = known.companions if reply.companions is None else reply.companions
        before = (companions or 0, reply.needs or known.needs or "", "")
        if (said.companions or 0, "" if said.needs == NO_NEEDS else said.needs, said.names) != before:
            desk.decide(reply, guest, said)
            return
    desk.mark_read(reply)


def _decide(desk: Desk, reply: Reply, guest: Guest | None, answer: Answer, fields: str) -> None:
    if guest is not None:
        desk.decide(reply, guest, said_in_form(answer, guest, fields))
