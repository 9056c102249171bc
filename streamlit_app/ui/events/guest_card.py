"""One guest in the tab *Antworten*: what counts now, every answer there was, correction and answer link."""

from __future__ import annotations

import streamlit as st

from automations.events.tokens import answer_url, open_signer
from schemas.events.choices import Answer, InvitationState, ReplyChannel, ReplyState
from schemas.events.rules.deputies import shown_deputy
from schemas.events.tables import Reply
from schemas.time_zone import BERLIN
from streamlit_app import context
from streamlit_app.frames.events import Guest
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.chosen import Entry
from streamlit_app.ui.events import answer_texts as words
from streamlit_app.ui.events.answer_desk import PREFIX, Desk


def show_head(desk: Desk, guest: Guest) -> None:
    """Show who it is and what counts now."""
    row = guest.row
    about = [guest.organisation, guest.group, desk.picture.label("invitation", "channel", row.channel or "")]
    links = [(page_of(guest), "Kontakt"), (desk.picture.row_url("invitation", guest.id), words.IN_NOCODB)]
    anchors = " ".join(
        f'<a class="kn-small" href="{formats.escape(url)}" target="_blank" rel="noopener">{label}</a>'
        for url, label in links if url
    )  # fmt: skip
    st.html(
        f'<div class="kn-line"><span class="kn-title" style="font-size:1.25rem">{formats.escape(row.name or "")}</span>'
        f'<span class="kn-muted">{formats.escape(" · ".join(a for a in about if a))}</span>{anchors}</div>'
        f'<div class="kn-line"><span class="kn-muted">{words.NOW}</span> {standing(desk, guest)}</div>'
    )
    if guest.gone:
        label = desk.picture.label("invitation", "state", row.state or "")
        st.warning(words.GONE.format(state=label), icon=":material/info:")
    elif row.state == InvitationState.NOTED:
        st.caption(words.NOT_INVITED)


def standing(desk: Desk, guest: Guest) -> str:
    """Return as HTML what counts now, with when and how it came."""
    row = guest.row
    parts = [desk.label(guest.answer) if guest.answer != Answer.OPEN else words.NO_ANSWER]
    if row.companions:
        parts.append(words.WITH.format(count=row.companions))
    if row.represented_by:
        parts.append(words.BY.format(name=shown_deputy(row.represented_by)))
    when = formats.date(row.answered_at.astimezone(BERLIN).date()) if row.answered_at else ""
    about = [when, desk.way(row.answered_by), row.needs or "",
             words.DELIVERY.format(told=row.delivery) if row.delivery else ""]  # fmt: skip
    place = desk.picture.label("invitation", "place", guest.place) if guest.place else ""
    badges = [(place, "")] if place else []
    if row.correction:
        badges.append((words.CORRECTED, "warn"))
    shown = "".join(f'<span class="kn-badge {kind}">{formats.escape(text)}</span>' for text, kind in badges)
    muted = formats.escape(" · ".join(a for a in about if a))
    return f'<b>{formats.escape(", ".join(parts))}</b><span class="kn-muted">{muted}</span>{shown}'


def page_of(guest: Guest) -> str:
    """Return the page that shows the person or organisation behind an invitation."""
    if guest.row.person is not None:
        return f"/kontakte?eintrag={Entry('person', guest.row.person).address}"
    if guest.row.organisation is not None:
        return f"/kontakte?eintrag={Entry('organisation', guest.row.organisation).address}"
    return ""


def show_history(desk: Desk, guest: Guest) -> None:
    """Show every answer there was, newest first, each with a way to discard it."""
    told = desk.found.replies.get(guest.id, ())
    if not told:
        st.caption(words.NO_HISTORY)
    for reply in told:
        what, button = st.columns([5, 1.3], vertical_alignment="center", gap="small")
        what.html(_reply(desk, reply))
        if not desk.may_write or reply.channel == ReplyChannel.STAFF:
            continue
        if reply.state == ReplyState.DISCARDED and reply.answer:
            button.button(words.RESTORE, key=f"{PREFIX}gilt_{reply.id}", type="tertiary", on_click=desk.restore,
                          args=(reply,))  # fmt: skip
        elif reply.state in (ReplyState.COUNTS, ReplyState.UNREAD):
            button.button(words.DISCARD, key=f"{PREFIX}weg_{reply.id}", type="tertiary", help=words.DISCARD_HELP,
                          on_click=desk.discard, args=(reply,))  # fmt: skip


def show_correction(desk: Desk, guest: Guest) -> None:
    """Show the correction of staff: set it, or clear it."""
    st.caption(words.CORRECTION_ADVICE)
    key = f"{PREFIX}korrektur_{guest.id}"
    if guest.row.correction:
        st.markdown(f"{words.CORRECTION_AS}: **{formats.plain(desk.label(guest.row.correction))}**")
        st.button(words.CORRECTION_CLEAR, key=f"{key}_weg", icon=":material/undo:", on_click=desk.correct,
                  args=(guest, None))  # fmt: skip
        return
    choice = st.selectbox(words.CORRECTION_AS, list(Answer), index=None, key=f"{key}_wahl", format_func=desk.label,
                          placeholder=words.ANSWER)  # fmt: skip
    st.button(words.CORRECTION_SET, key=f"{key}_ok", disabled=choice is None, on_click=desk.correct,
              args=(guest, choice))  # fmt: skip


def show_link(desk: Desk, guest: Guest) -> None:
    """Show the answer link to be copied, and the way to void it."""
    key, mark = f"{PREFIX}link_{guest.id}", guest.row.mark
    if not mark or desk.picture.manifest is None:
        st.caption(words.LINK_NONE)
        st.button(words.LINK_MAKE, key=f"{key}_neu", icon=":material/add_link:", on_click=desk.renew_link,
                  args=(guest,), kwargs={"void": False})  # fmt: skip
        return
    settings = context.get().settings
    signer = open_signer(settings, desk.picture.manifest.base_id)
    if link_hint.show(words.LINK_BARRED).address:
        st.caption(words.LINK_ADVICE)
        st.code(answer_url(settings, signer.token(guest.id, mark)), language=None, wrap_lines=True)
    st.button(words.LINK_VOID, key=f"{key}_weg", icon=":material/link_off:", on_click=desk.renew_link,
              args=(guest,), kwargs={"void": True})  # fmt: skip


def _reply(desk: Desk, reply: Reply) -> str:
    parts = [desk.label(reply.answer) if reply.answer else reply.text or ""]
    if reply.companions:
        parts.append(words.WITH.format(count=reply.companions))
    if reply.represented_by:
        parts.append(words.BY.format(name=reply.represented_by))
    about = [
        formats.moment(reply.at) if reply.at else "", desk.way(reply.channel),
        words.TAKEN_BY.format(name=reply.recorded_by) if reply.recorded_by else "", reply.needs or "",
        (reply.text or "") if reply.answer else "",
    ]  # fmt: skip
    gone = reply.state in (ReplyState.DISCARDED, ReplyState.TO_DECIDE)
    badge = desk.picture.label("reply", "state", reply.state) if gone and reply.state else ""
    shown = f'<span class="kn-badge soft">{formats.escape(badge)}</span>' if badge else ""
    return (
        f'<div class="kn-line"><span class="kn-title">{formats.escape(", ".join(p for p in parts if p))}</span>{shown}'
        f'<span class="kn-muted">{formats.escape(" · ".join(a for a in about if a))}</span></div>'
    )
