"""The tab *Überblick*: what the event still needs, how the answers stand, and the rows behind every figure."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from automations.events.reminding import deadlines_of, plan
from automations.workdays import is_free
from schemas.events.choices import EventState
from schemas.events.rules.deadlines import remind_on
from schemas.events.tables import Event
from schemas.operations.choices import PostKind
from schemas.time_zone import BERLIN
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.checklist import Item, Need, checklist, holder_on, out_of_office
from streamlit_app.frames.events import Answers
from streamlit_app.ui import formats, leaving
from streamlit_app.ui.events import chosen, create, event_figures
from streamlit_app.ui.events import overview_texts as words
from streamlit_app.ui.todo_lines import HANDOVER

_TABS = {Need.GUESTS: chosen.GUESTS, Need.DECIDED: chosen.ANSWERS}
_OCCASIONS = {Need.SENT: PostKind.INVITATION, Need.REMINDED: PostKind.REMINDER, Need.MOVED_UP: PostKind.PLACE}
_LISTS = {Need.RETURNED: "zurueck", Need.SEATS: "zugesagt"}


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab of one event."""
    found = event_data.answers(picture, event_row)
    if found is None:
        return
    event = found.event
    _state(picture, event)
    signed_on = event.invite_on if event.invite_on and event.invite_on > picture.today else picture.today
    holder = holder_on(picture.table("function"), event.signatory, signed_on)
    due = plan(event, (g.row for g in found.guests), picture.today, is_free, found.undecided)
    sides = st.container(horizontal=True, gap="medium", key="ueb_seiten")  # wraps on a narrow screen
    outdated = out_of_office(found, picture.table("function"), picture.today)
    items = checklist(found, due, holder, picture.today, is_free, outdated=outdated)
    if items:
        with sides.container(width=700):
            _next(picture, session, found, items)
    with sides.container(width=540):
        _facts(picture, found, holder)
    if found.guests:
        event_figures.show(picture, found)


def _state(picture: Picture, event: Event) -> None:
    over = event.starts_at is not None and event.starts_at < picture.now
    if event.state == EventState.CALLED_OFF:
        st.caption(words.CALLED_OFF)
        st.button(words.TO_SENDING, key="ueb_absage", icon=":material/arrow_forward:", type="tertiary",
                  on_click=chosen.open_sending, args=(PostKind.CANCELLATION.value,))  # fmt: skip
    elif over:
        st.info(words.OVER, icon=":material/event_available:")
        st.button(words.TO_AFTER, key="ueb_danach", icon=":material/arrow_forward:", type="tertiary",
                  on_click=chosen.open_tab, args=(chosen.AFTER,))  # fmt: skip
    elif event.state in (EventState.DRAFT, None):
        st.info(words.DRAFT, icon=":material/edit_note:")


def _next(picture: Picture, session: Session, found: Answers, items: list[Item]) -> None:
    open_ = [item for item in items if not item.done]
    st.header(words.NEXT, anchor=False)
    with st.container(border=True, key="ueb_dran", gap="xsmall"):
        if not open_:
            st.success(words.NEXT_NOTHING, icon=":material/check_circle:")
        for item in open_:
            _open_item(picture, session, found, item)
        done = [told for item in items if item.done and (told := _settled(item))]
        if done:
            with st.expander(words.DONE.format(count=len(done)), icon=":material/check:"):
                st.markdown("\n".join(f"- {formats.plain(told)}" for told in done))


def _open_item(picture: Picture, session: Session, found: Answers, item: Item) -> None:
    title, advice = words.OPEN[item.need]
    title = words.OPEN_ONE.get(item.need, title) if item.count == 1 else title
    if item.need == Need.SIGNATORY and item.count:
        title, advice = words.HOLDER_MISSING
    if item.need == Need.DEADLINES and item.told:
        title, advice = words.DEADLINES_WRONG
    what, link = st.columns([4, 1.6], vertical_alignment="center", gap="small")
    title, advice = title.format(count=formats.number(item.count)), advice.format(told=item.told)
    what.html(
        f'<div class="kn-title">{formats.escape(title)}</div><div class="kn-muted">{formats.escape(advice)}</div>'
    )
    with link:
        _way(picture, session, found, item)


def _way(picture: Picture, session: Session, found: Answers, item: Item) -> None:
    """Show the next step: a tab, a list on this page, the form of the event, or the row in NocoDB."""
    key, label = f"ueb_weg_{item.need.value}", words.TO.get(item.need, "")
    if item.need in _TABS:
        st.button(label, key=key, icon=":material/arrow_forward:", on_click=chosen.open_tab, args=(_TABS[item.need],))
    elif item.need in _OCCASIONS:
        st.button(label, key=key, icon=":material/arrow_forward:", on_click=chosen.open_sending,
                  args=(_OCCASIONS[item.need].value,))  # fmt: skip
    elif item.need in _LISTS:
        st.button(label, key=key, icon=":material/arrow_downward:", on_click=event_figures.open_list,
                  args=(_LISTS[item.need],))  # fmt: skip
    elif item.need == Need.OFFICES:
        st.page_link(HANDOVER, label=label, icon=":material/swap_horiz:",
                     query_params={leaving.KEY: str(item.person)})  # fmt: skip
    else:
        office = found.event.signatory if item.need == Need.SIGNATORY else None
        if office is None and session.role.may_write:
            st.button(words.EDIT, key=key, icon=":material/edit:", on_click=create.open_form, args=(create.EDIT,))
            return
        url = picture.row_url("office", office) if office else picture.row_url("event", found.event.id or 0)
        if url:
            st.link_button(words.IN_NOCODB, url, icon=":material/open_in_new:")


def _settled(item: Item) -> str:
    if item.need == Need.REMINDED and item.day is None:
        return words.REMINDED_NEVER.format(count=formats.number(item.count))
    told = words.REMINDED_ALL if item.need == Need.REMINDED and item.told else words.SETTLED[item.need]
    told = words.SETTLED_ONE.get(item.need, told) if item.count == 1 and not item.told else told
    return told.format(day=formats.date(item.day), told=item.told, count=formats.number(item.count))


def _facts(picture: Picture, found: Answers, holder: int | None) -> None:
    event = found.event
    days = deadlines_of(event)
    reminded = remind_on(days, is_free) if days else None
    place = ", ".join(p for p in (event.venue, event.street, f"{event.postcode or ''} {event.city or ''}".strip()) if p)
    told = {
        "when": _span(event), "doors": _clock(event.doors_at), "where": place,
        "host": picture.names("body").get(event.host or 0, ""),
        "sender": picture.names("office").get(event.sender or 0, ""),
        "signatory": _signatory(picture, event, holder),
        "member": picture.names("team_member").get(event.team_member or 0, ""),
        "answer_by": formats.date(event.answer_by),
        "remind_on": formats.date(reminded) if reminded else words.NO_REMINDER, "seats": _seats(found),
    }  # fmt: skip
    st.header(words.FACTS, anchor=False)
    items = "".join(
        f"<dt>{words.FACT_TITLES[code]}</dt><dd>{formats.escape(value or words.NOTHING)}</dd>"
        for code, value in told.items()
    )
    with st.container(border=True, key="ueb_fakten"):
        st.html(f'<dl class="kn-data">{items}</dl>')


def _signatory(picture: Picture, event: Event, holder: int | None) -> str:
    office = picture.names("office").get(event.signatory or 0, "")
    if not office:
        return ""
    if holder is None:
        return words.NO_HOLDER.format(office=office)
    return words.SIGNED.format(person=picture.names("person").get(holder, ""), office=office)


def _seats(found: Answers) -> str:
    seats = found.seats
    if seats.capacity is None or seats.free is None:
        return words.NO_LIMIT
    sentence = words.SEATS if seats.free >= 0 else words.SEATS_OVER
    return sentence.format(capacity=seats.capacity, taken=seats.taken, free=seats.free, more=-seats.free)


def _span(event: Event) -> str:
    if event.starts_at is None:
        return ""
    end = event.ends_at.astimezone(BERLIN).strftime(" bis %H:%M Uhr") if event.ends_at else ""
    begin = formats.moment(event.starts_at)
    return begin.removesuffix(" Uhr") + end if end else begin


def _clock(moment: dt.datetime | None) -> str:
    return moment.astimezone(BERLIN).strftime("%H:%M Uhr") if moment else ""
