"""The invitations of a contact: to what, when, what was answered by which way, and whether they came."""

from __future__ import annotations

import streamlit as st

from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.answers import Step
from schemas.events.rules.deputies import shown_deputy
from schemas.events.rules.outcome import answer_of, came, outcome
from schemas.time_zone import BERLIN
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.frames.contacts import ORGANISATION
from streamlit_app.frames.invited import Invited
from streamlit_app.ui import formats, texts
from streamlit_app.ui.chosen import Entry
from streamlit_app.ui.events import chosen
from streamlit_app.ui.events import invited_texts as words

MOST = 40
"""More are not sent to the browser; NocoDB has them all."""


def show(picture: Picture, opened: Entry) -> None:
    """Show the invitations of one entry, the latest event first."""
    found = event_data.invited(picture, opened.table, opened.id)
    if not found:
        st.caption(words.NONE)
        return
    st.markdown(summary(found))
    st.html(f'<ol class="kn-time">{"".join(_item(picture, opened, one) for one in found[:MOST])}</ol>')
    if len(found) > MOST:
        st.caption(texts.MORE_IN_NOCODB.format(count=formats.number(len(found) - MOST)))


def summary(found: list[Invited]) -> str:
    """Return how often they were invited, answered and came."""
    told = outcome(one.invitation for one in found).reached
    return words.SUMMARY.format(
        invited=formats.number(told[Step.INVITED]),
        answered=formats.number(told[Step.ANSWERED]),
        came=formats.number(told[Step.CAME]),
    )


def _item(picture: Picture, opened: Entry, one: Invited) -> str:
    event, row = one.event, one.invitation
    day = formats.date(event.starts_at.astimezone(BERLIN).date()) if event.starts_at else words.NO_DAY
    way = f"/veranstaltungen?{chosen.EVENT}={event.id}&{chosen.TAB}={chosen.ANSWERS}"
    link = picture.row_url("invitation", row.id or 0)
    anchor = (
        f'<a class="kn-small" href="{formats.escape(link)}" target="_blank" rel="noopener">{texts.IN_NOCODB_SHORT}</a>'
        if link else ""
    )  # fmt: skip
    about = [_other(picture, opened, one), _invited(picture, one), _answered(picture, one), _came(one)]
    name = f'<a href="{formats.escape(way)}" target="_self">{formats.escape(event.name or words.NAMELESS)}</a>'
    return (
        f'<li><div class="kn-line"><span class="kn-title">{day}</span>{name}{anchor}</div>'
        f'<div class="kn-muted">{formats.escape(" · ".join(part for part in about if part))}</div></li>'
    )


def _other(picture: Picture, opened: Entry, one: Invited) -> str:
    """Return who was invited for an organisation, or for which organisation a person was."""
    if opened.table == ORGANISATION:
        return picture.names("person").get(one.invitation.person or 0, "")
    place = picture.names("organisation").get(one.invitation.organisation or 0, "")
    return words.FOR.format(name=place) if place else ""


def _invited(picture: Picture, one: Invited) -> str:
    row = one.invitation
    if row.invited_at is None:
        return picture.label("invitation", "state", row.state) if row.state else ""
    day = formats.date(row.invited_at.astimezone(BERLIN).date())
    channel = picture.label("invitation", "channel", row.channel) if row.channel else ""
    return words.INVITED.format(day=day, channel=channel) if channel else words.INVITED_ON.format(day=day)


def _answered(picture: Picture, one: Invited) -> str:
    row = one.invitation
    answer = answer_of(row.answer)
    if answer == Answer.OPEN:
        return words.SILENT if row.state == InvitationState.INVITED and not came(row) else ""
    told = picture.label("invitation", "answer", answer)
    if row.represented_by:
        told = words.REPRESENTED.format(answer=told, name=shown_deputy(row.represented_by))
    if row.answered_at is None:
        return told
    day = formats.date(row.answered_at.astimezone(BERLIN).date())
    return words.ANSWERED.format(answer=told, day=day)


def _came(one: Invited) -> str:
    return words.CAME if came(one.invitation) else ""
