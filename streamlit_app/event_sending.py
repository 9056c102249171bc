"""The pages' way to a sending: what would go out, made once per version of the mirror, and the outbox itself."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from automations.events.book import NEEDED
from automations.events.calendar import next_sequence
from automations.events.facts import EventFacts, event_facts
from automations.events.sending import batch_of, read_guests
from automations.events.sending_plan import Guest, Plan, concerns, plan
from schemas.base import BASE
from schemas.events.choices import EventState
from schemas.events.tables import Event
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from streamlit_app import context, event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import text
from streamlit_app.writing import TIMEOUT
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve_tables
from sync.nocodb.store import TableStore

_VERSIONED = (*NEEDED, "outbox")


@dataclass(frozen=True, slots=True)
class Outlook:
    """An event with its guests as letters speak of them, and the mails that the outbox holds for it by key."""

    event: Event
    facts: EventFacts
    guests: list[Guest]
    posts: dict[str, PostState]

    def plan(self, occasion: PostKind) -> Plan:
        """Return who gets what on an occasion."""
        return plan(occasion, self.event, self.facts, self.guests, self.posts)

    def has_batch(self, occasion: PostKind) -> bool:
        """Say whether the outbox holds any mail of this sending."""
        return any(key.startswith(f"{occasion}:") for key in self.posts)


def outlook(picture: Picture, row: int) -> Outlook | None:
    """Return what can be sent about an event, None when it is not there. Raises what wording raises."""
    return _outlook(row, picture.version(*_VERSIONED), picture.today.isoformat(), picture)


def next_occasion(found: Outlook, picture: Picture) -> PostKind:
    """Return what is most likely wanted now: the call-off, a change, thanks, the reminder or the invitation."""
    event, rows = found.event, [guest.invitation for guest in found.guests]

    def anybody(occasion: PostKind) -> bool:
        return any(concerns(occasion, event, row, next_sequence(event)) for row in rows)

    if event.state == EventState.CALLED_OFF:
        return PostKind.CANCELLATION
    if event.starts_at is not None and event.starts_at < picture.now and anybody(PostKind.THANKS):
        return PostKind.THANKS
    if anybody(PostKind.CHANGE):
        return PostKind.CHANGE
    everybody_invited = rows and all(row.invited_at is not None for row in rows)
    return PostKind.REMINDER if everybody_invited and anybody(PostKind.REMINDER) else PostKind.INVITATION


def outbox(session: Session, picture: Picture) -> TableStore[Post]:
    """Return the outbox as the signed-in person; its columns are read once a session. Raises NocoDBError."""
    entry = picture.manifest.tables["outbox"] if picture.manifest else None
    key = ("versand_postausgang", entry.table_id if entry else "", session.token)
    kept = st.session_state.get("versand_postausgang")
    if kept is None or kept[0] != key:
        client = Client(context.get().settings.nocodb_url, session.token, user_jwt=True, timeout=TIMEOUT, retries=1)
        real = meta.read_table(client, entry.table_id if entry else "")
        base = picture.manifest.base_id if picture.manifest else ""
        kept = (key, TableStore(client, resolve_tables(BASE, meta.BaseMeta(base, BASE.title), [real]), Post))
        st.session_state["versand_postausgang"] = kept
    return kept[1]


@st.cache_resource(max_entries=6, show_spinner=False)
def _outlook(row: int, version: str, day: str, _picture: Picture) -> Outlook | None:
    event = event_data.record(_picture, row)
    if event is None:
        return None
    tables = {code: _picture.table(code) for code in NEEDED}
    facts = event_facts(tables, row, _picture.today, network=context.get().settings.network_name)
    guests = read_guests(tables, facts, event_data.invitations(_picture, row))
    return Outlook(event, facts, guests, _posts(_picture, row))


def _posts(picture: Picture, row: int) -> dict[str, PostState]:
    table = picture.table("outbox")
    batches = {batch_of(row, occasion) for occasion in PostKind}
    mine = table[table["batch"].isin(batches)]
    return {
        text(ident): PostState(state)
        for ident, state in zip(mine["ident"], mine["state"], strict=True)
        if state in tuple(PostState)
    }
