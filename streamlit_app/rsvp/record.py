"""Write down what a guest answered, and say what came of it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from automations.events.replies import NewReply, answer_of, let_count
from schemas.errors import KontaktnetzError
from schemas.events.choices import Answer, Place, ReplyChannel
from schemas.events.rules.answers import COMING
from schemas.events.tables import Invitation, Reply
from streamlit_app.public.base import Stores
from streamlit_app.rsvp.facts import Facts
from streamlit_app.rsvp.form import Flaw, Typed

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What came of an answer that was sent."""

    TAKEN = "notiert"
    WAITS = "notiert, zählt später"
    USED = "formular schon benutzt"


def record(
    stores: Stores,
    typed: Typed,
    invitation: Invitation,
    key: str,
    now: dt.datetime,
    *,
    asks_companions: bool,
    settle: Callable[[int], object],
) -> Outcome:
    """Take an answer down and let it count. The same form once more changes nothing.

    A form that does not ask about companions says nothing about them. ``settle`` gives the seats of an event anew
    and marks its answers as counting.

    Raises:
        NocoDBError: it could not be taken down, or nobody knows; sending the same form again is safe.
    """
    reply = _reply(typed, invitation, key, now, asks_companions)
    store, row = stores["reply"], invitation.id or 0
    told = list(store.pull(where=store.condition("invitation", row)))
    stands = next((one for one in told if one.ident == reply.key), None)
    if stands is not None and _content(stands) != _content(reply.as_row()):
        return Outcome.USED
    if stands is None:
        (made,) = store.create([reply.as_row()])
        told.append(replace(reply.as_row(), id=made))
    try:
        for event in let_count(stores, [row], seen={row: (invitation, told)}, mark=False):
            settle(event)
    except KontaktnetzError as problem:
        log.warning("answer waits invitation=%s problem=%s", invitation.id, type(problem).__name__)
        return Outcome.WAITS
    return Outcome.TAKEN


def check_room(typed: Typed, invitation: Invitation, facts: Facts) -> Typed:
    """Return the form with a flaw when a guest who has a place wants more chairs than are free.

    Whoever has a place keeps it, so more people on it would overbook the room; who has none gets on the waiting list.
    """
    more = more_chairs(typed, invitation) if invitation.place == Place.SURE else 0
    if facts.free is None or more <= max(facts.free, 0):
        return typed
    return replace(typed, flaws={**typed.flaws, "begleitung": Flaw.FULL})


def more_chairs(typed: Typed, invitation: Invitation) -> int:
    """Return how many chairs more than now a guest wants who said yes before, or whose chair nobody has freed yet."""
    holds = answer_of(invitation.answer) in COMING or invitation.place == Place.SURE
    if not holds or typed.answer not in COMING:
        return 0
    return max(typed.brings - (invitation.companions or 0), 0)


def last_by_link(stores: Stores, invitation: int) -> Reply | None:
    """Return what this guest answered last by the link."""
    store = stores["reply"]
    replies = [r for r in store.pull(where=store.condition("invitation", invitation)) if r.channel == ReplyChannel.LINK]
    return max(replies, key=lambda r: (r.at or dt.datetime.min.replace(tzinfo=dt.UTC), r.id or 0), default=None)


def _reply(typed: Typed, invitation: Invitation, key: str, now: dt.datetime, asks_companions: bool) -> NewReply:
    comes = typed.answer != Answer.NO
    return NewReply(
        key=f"link:{key}", invitation=invitation.id, channel=ReplyChannel.LINK, at=now.replace(microsecond=0),
        answer=typed.answer, event=invitation.event, name=invitation.name or "",
        companions=typed.brings if comes and asks_companions else None,
        companion_names=(typed.companion_names or None) if typed.brings else None,
        represented_by=(typed.represented_by or None) if typed.answer == Answer.REPRESENTED else None,
        needs=(typed.needs or None) if comes else None,
        text=typed.remark or None,
    )  # fmt: skip


def _content(reply: Reply) -> tuple[object, ...]:
    return (
        reply.invitation, reply.answer, reply.companions or None, reply.companion_names or None,
        reply.represented_by or None, reply.needs or None, reply.text or None,
    )  # fmt: skip
