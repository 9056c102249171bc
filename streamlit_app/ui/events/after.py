"""The tab *Danach*: what became of the event, contacts, thanks, the next time."""

from __future__ import annotations

import streamlit as st

from automations.events.after import invitations_of, note_attendance
from schemas.errors import KontaktnetzError
from schemas.events.choices import EventState
from schemas.events.rules.answers import Step
from schemas.events.rules.deputies import shown_deputy
from schemas.events.rules.outcome import Outcome, seats_to_promise
from schemas.events.tables import Event
from streamlit_app import context, event_data
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.aftermath import Aftermath, best_group
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, problems
from streamlit_app.ui.chosen import KEY, Entry
from streamlit_app.ui.events import after_texts as words
from streamlit_app.ui.events import chosen, draw
from streamlit_app.ui.row_list import Row, RowList

_SAID, _PROBLEM = "danach_gesagt", "danach_problem"


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab of one event."""
    event = event_data.record(picture, event_row)
    if event is None:
        return
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem, icon=":material/info:")
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check_circle:")
    found = event_data.aftermath(picture, event_row)
    over = event.starts_at is not None and event.starts_at <= picture.now
    if not session.role.may_write:
        st.caption(words.VIEWER)
    if not over:
        st.info(words.TOO_EARLY, icon=":material/schedule:")
    elif not found.lists["kamen"]:
        st.info(words.NOBODY, icon=":material/lightbulb:")
    if over or found.lists["kamen"]:
        _figures(picture, found)
    if found.lists["kamen"]:
        _contacts(picture, session, event, found)
    if over:
        _thanks(found)
    draw.show(picture, session, event)
    if over:
        _next(picture, event, found)
        _close(picture, session, event)


def _figures(picture: Picture, found: Aftermath) -> None:
    """Show the figures, the list behind the one that was asked for, and the groups."""
    st.subheader(words.FIGURES, anchor=False)
    told = found.told
    rate = words.AWAY_RATE.format(percent=round(told.no_show_rate * 100)) if told.no_show_rate is not None else None
    figures = (
        (words.INVITED, told.reached[Step.INVITED], None), (words.PROMISED, told.people_promised, None),
        (words.CAME, told.people_came, None), (words.AWAY, told.no_shows, rate),
    )  # fmt: skip
    for column, (label, value, more) in zip(st.columns(4), figures, strict=True):
        column.metric(label, formats.number(value), more, delta_color="off", delta_arrow="off", border=True)
    counts = {name: len(rows) for name, rows in found.lists.items()}
    name = st.segmented_control(
        words.SHOW_ROWS, list(words.ROWS), default=None, key="danach_liste", label_visibility="collapsed",
        format_func=lambda code: f"{words.ROWS[code]} ({formats.number(counts[code])})",
    )  # fmt: skip
    if name:
        _rows(picture, found, name)
    if len(found.groups) > 1:
        with st.expander(words.BY_GROUP):
            groups = picture.names("guest_group")
            rows = [
                Row((groups.get(group or 0) or words.NO_GROUP, *(told.reached[step] for step in Step)))
                for group, told in sorted(found.groups.items(), key=lambda g: groups.get(g[0] or 0, ""))
            ]
            RowList("danach_gruppen", words.BY_GROUP, (words.GROUP, *words.STEPS.values()), rows).show(picture.today)


def _rows(picture: Picture, found: Aftermath, name: str) -> None:
    if not found.lists[name]:
        st.caption(words.ROWS_NONE)
        return
    organisations, groups = picture.names("organisation"), picture.names("guest_group")
    rows = [
        Row(
            (
                one.name or "", organisations.get(one.organisation or 0, ""), groups.get(one.guest_group or 0, ""),
                picture.label("invitation", "answer", one.answer) if one.answer else "",
                one.checked_in or 1 + (one.companions or 0), shown_deputy(one.represented_by),
            ),
            page=_page(one.person, one.organisation), url=picture.row_url("invitation", one.id or 0),
        )
        for one in found.lists[name]
    ]  # fmt: skip
    RowList(f"danach_{name}", words.ROWS[name], words.COLUMNS, rows).show(picture.today)


def _page(person: int | None, organisation: int | None) -> str:
    entry = Entry("person", person) if person else Entry("organisation", organisation) if organisation else None
    return f"/kontakte?{KEY}={entry.address}" if entry else ""


def _contacts(picture: Picture, session: Session, event: Event, found: Aftermath) -> None:
    st.subheader(words.CONTACTS, anchor=False)
    st.markdown(words.CONTACTS_TEXT)
    known = sum(1 for one in found.lists["kamen"] if one.organisation or (one.person and not one.represented_by))
    st.caption(words.CONTACTS_STAND.format(count=formats.number(min(found.in_history, known)), total=known))
    if session.role.may_write and st.button(words.CONTACTS_DO, key="danach_kontakte", icon=":material/edit_note:",
                                            type="primary" if found.in_history < known else "secondary"):  # fmt: skip
        with st.spinner(words.CONTACTS_RUNS):
            _note(picture, session, event)
        st.rerun()


def _note(picture: Picture, session: Session, event: Event) -> None:
    try:
        opened = connect(session, picture)
        told = note_attendance(opened, event, invitations_of(opened, event.id or 0), context.now)
    except KontaktnetzError as failed:
        st.session_state[_PROBLEM] = problems.told(failed)
        return
    said = [words.CONTACTS_DONE.format(new=formats.number(told.new), there=formats.number(told.there))]
    said += [words.CONTACTS_UNKNOWN.format(count=told.strangers)] if told.strangers else []
    said += [words.CONTACTS_BACK.format(count=told.taken_back)] if told.taken_back else []
    st.session_state[_SAID] = " ".join(said)
    refresh()


def _thanks(found: Aftermath) -> None:
    """Lead to the messages of thanks; who gets them is decided there once more."""
    st.subheader(words.THANKS, anchor=False)
    st.markdown(words.THANKS_TEXT)
    with st.container(horizontal=True):
        for key, label, occasion, count in (
            ("danach_dank", words.THANK, "dank", len(found.lists["kamen"])),
            ("danach_schade", words.MISSED, "schade", len(found.lists["abgesagt"])),
        ):
            st.button(label.format(count=formats.number(count)), key=key, icon=":material/mail:", disabled=not count,
                      on_click=chosen.open_sending, args=(occasion,))  # fmt: skip


def _next(picture: Picture, event: Event, found: Aftermath) -> None:
    """Say what this event teaches for the next one."""
    st.subheader(words.NEXT, anchor=False)
    lines = _lessons(picture, event.capacity, found.told)
    best = best_group(found.groups)
    if best is not None:
        name = formats.plain(picture.names("guest_group").get(best[0], "") or words.NO_GROUP)
        reached = best[1].reached
        lines.append(words.NEXT_GROUP.format(name=name, came=reached[Step.CAME], invited=reached[Step.INVITED]))
    for line in lines or [words.NEXT_NOTHING]:
        st.markdown(f"- {line}")
    st.caption(words.NEXT_COPY)


def _lessons(picture: Picture, capacity: int | None, told: Outcome) -> list[str]:
    lines = []
    seats = seats_to_promise(capacity, told)
    if seats is not None and told.no_show_rate is not None:
        percent = round(told.no_show_rate * 100)
        lines.append(words.NEXT_SEATS.format(percent=percent, capacity=capacity, seats=formats.number(seats)))
    if told.silent:
        lines.append(words.NEXT_SILENT.format(count=formats.number(told.silent)))
    return lines


def _close(picture: Picture, session: Session, event: Event) -> None:
    if event.state == EventState.CLOSED:
        st.success(words.CLOSED, icon=":material/check_circle:")
    elif session.role.may_write and picture.manifest is not None:
        st.caption(words.CLOSE_TEXT)
        st.button(words.CLOSE, key="danach_schluss", icon=":material/inventory_2:", on_click=_mark_closed,
                  args=(picture, session, event))  # fmt: skip


def _mark_closed(picture: Picture, session: Session, event: Event) -> None:
    if picture.manifest is None or event.id is None:
        return
    changer = Changer(context.get().settings, picture.manifest, session.token, "event")
    try:
        done = changer.change(event.id, {"state": event.state}, {"state": EventState.CLOSED}, context.now())
    except KontaktnetzError as failed:
        st.session_state[_PROBLEM] = problems.told(failed)
        return
    if not done:
        st.session_state[_PROBLEM] = words.BUSY
