"""The guest groups of last time: selections are asked anew today, who was picked by hand is confirmed by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from automations.events.copying import picked_by_hand
from automations.events.guest_list import Found, Line
from schemas.events.choices import Channel
from schemas.events.rules.picking import Pick, from_rule
from schemas.events.rules.segment_facts import BadSegment, Tie
from schemas.events.rules.segment_words import describe
from schemas.events.rules.segments import View, leaves
from schemas.events.tables import GuestGroup, Invitation
from schemas.time_zone import BERLIN
from streamlit_app import event_data, event_guests
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.event_list import Line as EventLine
from streamlit_app.ui import formats
from streamlit_app.ui.events import criteria, guest_adding, guest_desk
from streamlit_app.ui.events import guest_texts as words


@dataclass(frozen=True, slots=True)
class Again:
    """A group of last time as it would be today."""

    group: GuestGroup
    lines: list[Line]
    gone: int = 0


def before(picture: Picture, event: int) -> EventLine | None:
    """Return the event of the same series that came before this one, if it had guest groups."""
    lines = event_data.events(picture)
    this = next((line for line in lines if line.row == event), None)
    if this is None or not this.series:
        return None
    earlier = [
        e for e in lines
        if e.series == this.series and e.row != event and e.starts_at is not None
        and (this.starts_at is None or e.starts_at < this.starts_at)
    ]  # fmt: skip
    return next((e for e in earlier if event_data.groups(picture, e.row)), None)


def offer(picture: Picture, session: Session, event: int) -> None:
    """Offer the groups of last time as long as this event has none."""
    last = before(picture, event)
    if last is None or last.starts_at is None or event_data.groups(picture, event) or not session.role.may_write:
        return
    with st.container(border=True, key="va_wie_letztes_mal"):
        st.subheader(words.LAST, anchor=False)
        day = formats.date(last.starts_at.astimezone(BERLIN).date())
        st.markdown(words.LAST_HINT.format(name=formats.plain(last.name), day=day))
        groups = event_data.groups(picture, last.row)
        _load_views(picture, session, groups)
        chosen = [(again.group, again.lines) for again in _chosen(picture, event, last.row, groups)]
        total = sum(len(lines) for _, lines in chosen)
        if st.button(words.LAST_DO, key="va_letztes_ok", type="primary", disabled=not total,
                     icon=":material/content_copy:"):  # fmt: skip
            guest_desk.add(picture, session, event, [(group, lines) for group, lines in chosen if lines])
            st.rerun()


def _load_views(picture: Picture, session: Session, groups: list[GuestGroup]) -> None:
    """Offer to load views that a selection names and that were not loaded in this session."""
    wanted = []
    for group in groups:
        try:
            wanted += [x for x in leaves(from_rule(group.rule)[0]) if isinstance(x, View)] if group.rule else []
        except BadSegment:
            continue
    missing = [view for view in wanted if view not in st.session_state.get(event_guests.VIEWS, {})]
    if missing:
        st.button(words.VIEW_LOAD, key="va_letztes_ansichten", icon=":material/download:",
                  on_click=criteria.read_views, args=(picture, session, missing))  # fmt: skip
    if problem := st.session_state.pop("va_ansicht_problem", None):
        st.error(problem, icon=":material/error:")


def _chosen(picture: Picture, event: int, last: int, groups: list[GuestGroup]) -> Iterator[Again]:
    """Show every group with a tick, and yield those that are to be taken over."""
    by_hand = picked_by_hand(groups, event_data.invitations(picture, last))
    for order, group in enumerate(groups, start=1):
        key = f"va_letztes_{event}_{group.id}"
        name = group.name or ""
        if group.rule:
            try:
                again = _ruled(picture, event, group, order)
            except BadSegment as refused:
                st.warning(words.LAST_UNREAD.format(name=formats.plain(name), why=refused), icon=":material/error:")
                continue
            told = words.LAST_RULE.format(name=formats.plain(name), count=formats.number(len(again.lines)))
            if st.checkbox(told, value=True, key=key):
                yield again
        elif people := by_hand.get(group.id or 0):
            again = _by_hand(picture, event, group, order, people)
            told = words.LAST_HAND.format(name=name, count=formats.number(len(again.lines)))
            with st.expander(told, expanded=len(again.lines) <= guest_adding.FEW):
                if again.gone:
                    st.caption(words.LAST_GONE.format(count=formats.number(again.gone)))
                kept = st.multiselect(words.COLUMN["take"], again.lines, default=again.lines, key=key,
                                      format_func=lambda line: line.name)  # fmt: skip
            yield Again(again.group, kept)


def _ruled(picture: Picture, event: int, group: GuestGroup, order: int) -> Again:
    segment, whom = from_rule(group.rule or "")
    found = event_guests.planned(picture, event, segment, whom, _channel(group))
    told = describe(segment, guest_adding.vocabulary(picture))
    return Again(_copied(event, group, order, told), found.of(Found.NEW))


def _by_hand(picture: Picture, event: int, group: GuestGroup, order: int, people: list[Invitation]) -> Again:
    known = event_guests.known(picture)
    there = [
        p for p in people
        if (p.person in known.people if p.person is not None else p.organisation in known.places)
    ]  # fmt: skip
    ties = {(t.organisation, t.person): t for t in known.facts.ties}
    picks = [Pick(ties.get((p.organisation, p.person), Tie(p.organisation, p.person))) for p in there]
    found = event_guests.planned_for(picture, event, picks, _channel(group))
    made = _copied(event, group, order, group.described or "")
    return Again(made, found.of(Found.NEW), len(people) - len(there))


def _copied(event: int, group: GuestGroup, order: int, told: str) -> GuestGroup:
    """Return the group to be made; its ident names the one it follows, so that a second try finds it."""
    return GuestGroup(
        name=group.name, event=event, order=order, channel=group.channel, described=told or None, rule=group.rule,
        ident=f"gruppe:{event}:nach:{group.id}",
    )  # fmt: skip


def _channel(group: GuestGroup) -> Channel | None:
    return Channel(group.channel) if group.channel in tuple(Channel) else None
