"""The tab *Versand*: choose the occasion, see who gets what and who does not, look at each, send, watch, tick off."""

from __future__ import annotations

import streamlit as st

from automations.events.calendar import next_sequence
from automations.events.facts import WordingError
from automations.events.sending_plan import OCCASIONS, Left, Plan, concerns, fits, missing
from automations.events.wording import ANSWERABLE
from schemas.events.choices import Channel, EventState
from schemas.operations.choices import PostKind
from streamlit_app import context, event_sending
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.event_sending import Outlook
from streamlit_app.ui import formats, link_hint, row_list
from streamlit_app.ui.events import chosen, sending_by_hand, sending_desk, sending_preview, sending_progress
from streamlit_app.ui.events import sending_texts as words
from sync.outgoing import to_public

_CHOICE = "versand_anlass"


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab for one event."""
    try:
        found = event_sending.outlook(picture, event_row)
    except WordingError as problem:
        st.error(words.BROKEN.format(problem=problem), icon=":material/error:")
        return
    if found is None:
        return
    sending_desk.outcome(picture, session, event_row)
    _changed(found)
    occasion = _occasion(found, picture)
    st.caption(words.WHO[occasion])
    desk = sending_desk.Desk(picture, session, event_row, occasion)
    if not fits(occasion, found.event):
        st.info(words.NOT_FITTING[found.event.state == EventState.CALLED_OFF], icon=":material/info:")
        sending_progress.show(desk, found)
        return
    if lacking := missing(occasion, found.event):
        st.warning(words.MISSING.format(what=", ".join(lacking)), icon=":material/edit_calendar:")
        return
    plan = found.plan(occasion)
    if occasion in ANSWERABLE and any(plan.by_channel.values()):
        link_hint.show(words.NO_LINKS)
    _counts(plan)
    _left_out(picture, plan)
    sending_progress.show(desk, found)
    if not any(plan.by_channel.values()):
        st.info(f"**{words.NOBODY}** {words.NOBODY_HINT.get(occasion, '')}", icon=":material/group_off:")
        return
    if not sending_preview.show(found, plan):
        return
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    if plan.mail:
        _mail(desk, plan)
    sending_by_hand.show(desk, plan)


def _changed(found: Outlook) -> None:
    """Say that calendars are out of date, and lead to the message that puts them right."""
    sequence = next_sequence(found.event)
    behind = [g for g in found.guests if concerns(PostKind.CHANGE, found.event, g.invitation, sequence)]
    if behind and found.event.state != EventState.CALLED_OFF:
        with st.container(horizontal=True, vertical_alignment="center", key="versand_geaendert"):
            st.warning(words.CHANGED.format(count=formats.number(len(behind))), icon=":material/edit_calendar:",
                       width="stretch")  # fmt: skip
            st.button(words.SEND_CHANGE, key="versand_zur_aenderung", on_click=chosen.open_sending,
                      args=(PostKind.CHANGE,))  # fmt: skip


def _occasion(found: Outlook, picture: Picture) -> PostKind:
    """Ask for the occasion; the one in the address comes first, else what is most likely wanted now."""
    asked = st.query_params.get(chosen.OCCASION, "")
    known = asked in tuple(PostKind) and PostKind(asked) in OCCASIONS
    st.session_state[_CHOICE] = PostKind(asked) if known else event_sending.next_occasion(found, picture)
    picked: PostKind = st.selectbox(
        words.OCCASION, OCCASIONS, key=_CHOICE, format_func=words.OCCASIONS.__getitem__, on_change=_follow, width=420
    )  # fmt: skip
    return picked


def _follow() -> None:
    st.query_params[chosen.OCCASION] = st.session_state[_CHOICE]
    st.session_state.pop(sending_desk.ASKED, None)


def _counts(plan: Plan) -> None:
    told = [(len(those), words.COUNTS[channel]) for channel, those in plan.by_channel.items()]
    told += [(plan.settled, words.SETTLED), (len(plan.left) - plan.settled, words.LEFT_OUT)]
    spans = "".join(
        f'<span><b>{formats.number(count)}</b> <span class="kn-muted">{label}</span></span>' for count, label in told
    )
    st.html(f'<div class="kn-line">{spans}</div>')


def _left_out(picture: Picture, plan: Plan) -> None:
    """Show who gets nothing, why, and the way to each: most can be mended by a click."""
    if not plan.left:
        return
    reasons = ", ".join(f"{formats.number(count)} {words.WHY[why]}" for why, count in plan.reasons.items())
    title = words.LEFT_TITLE.format(count=formats.number(len(plan.left)), reasons=reasons)
    with st.expander(title, icon=":material/person_off:"):
        rows = [_left_row(picture, one) for one in plan.left]
        row_list.RowList("versand_ohne", title, words.LEFT_COLUMNS, rows).show(picture.today)


def _left_row(picture: Picture, one: Left) -> row_list.Row:
    row, facts = one.guest.invitation, one.guest.facts
    way = words.WAYS.get(Channel(row.channel), "") if row.channel in tuple(Channel) else ""
    table, contact = ("person", row.person) if row.person is not None else ("organisation", row.organisation)
    page = f"/kontakte?eintrag={table[0]}{contact}" if contact is not None else ""
    cells = (facts.name, facts.organisation, way, words.WHY[one.why])
    return row_list.Row(cells, page, picture.row_url("invitation", row.id or 0))


def _mail(desk: sending_desk.Desk, plan: Plan) -> None:
    """Offer a test to oneself, and sending, which is asked about once more."""
    settings = context.get().settings
    if not settings.smtp_host:
        st.warning(words.NO_SERVER, icon=":material/mail_off:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="versand_probe"):
        key = "versand_probe_an"
        st.session_state.setdefault(key, desk.session.email)
        st.text_input(words.TEST_TO, key=key, width=320)
        st.button(words.TEST, key="versand_probe_los", icon=":material/outgoing_mail:", help=words.TEST_HELP,
                  on_click=desk.test, args=(sending_preview.chosen_guest(plan), key))  # fmt: skip
    count = len(plan.mail)
    bare = plan.occasion in ANSWERABLE and not to_public(settings).address
    one, many = (words.SEND_ONE_BARE, words.SEND_BARE) if bare else (words.SEND_ONE, words.SEND)
    label = one if count == 1 else many.format(count=formats.number(count))
    asked = (desk.event, desk.occasion)
    if st.session_state.get(sending_desk.ASKED) != asked:
        st.button(label, key="versand_senden", type="primary", icon=":material/send:", on_click=_ask, args=(asked,))
        return
    with st.container(border=True, key="versand_bestaetigen"):
        st.markdown(words.CONFIRM.format(count=formats.number(count), what=words.OCCASIONS[plan.occasion]))
        if bare:
            st.markdown(words.CONFIRM_BARE)
        rate = settings.mail_per_minute
        if rate and count > rate:
            st.caption(words.CONFIRM_RATE.format(minutes=_duration(count / rate), rate=formats.number(rate)))
        with st.container(horizontal=True):
            sure = st.button(words.CONFIRM_YES, key="versand_ja", type="primary", icon=":material/send:")
            st.button(words.CONFIRM_NO, key="versand_nein", on_click=_ask, args=(None,))
        if sure:
            desk.queue([one.row for one in plan.mail])
            st.rerun()


def _ask(what: tuple[int, PostKind] | None) -> None:
    st.session_state[sending_desk.ASKED] = what


def _duration(minutes: float) -> str:
    if minutes <= 1:
        return words.MINUTE
    if minutes < 90:
        return words.MINUTES.format(count=formats.number(round(minutes)))
    return words.HOURS.format(count=formats.number(round(minutes / 60)))
