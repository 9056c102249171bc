"""Write down what a guest answered, and say what came of it."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from automations.events.replies import Busy, NewReply, let_count, mark_counted, settle_places
from schemas.errors import KontaktnetzError
from schemas.events.choices import Answer, Place, ReplyChannel
from schemas.events.rules.answers import COMING
from schemas.events.rules.outcome import answer_of
from schemas.events.tables import Invitation, Reply
from streamlit_app.public.base import Stores
from streamlit_app.rsvp.facts import Facts
from streamlit_app.rsvp.form import Flaw, Typed
from sync.nocodb.store import TableStore

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What came of an answer that was sent."""

    TAKEN = "notiert"
    WAITS = "notiert, zählt später"
    USED = "formular schon benutzt"


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: ``key`` names the form, ``at`` (aware UTC) is when it came.

    A form that does not ask about companions (``asks_companions``) says nothing about them.
    """

    typed: Typed
    invitation: Invitation
    key: str
    at: dt.datetime
    asks_companions: bool

    @property
    def row(self) -> int:
        """Return the row id of the invitation."""
        return self.invitation.id or 0

    @property
    def event(self) -> int:
        """Return the row id of the event."""
        return self.invitation.event or 0

    def as_reply(self) -> Reply:
        """Return the row that is taken down."""
        typed, invitation = self.typed, self.invitation
        comes = typed.answer != Answer.NO
        return NewReply(
            key=f"link:{self.key}", invitation=invitation.id, channel=ReplyChannel.LINK,
            at=self.at.replace(microsecond=0), answer=typed.answer, event=invitation.event, name=invitation.name or "",
            companions=typed.brings if comes and self.asks_companions else None,
            companion_names=(typed.companion_names or None) if typed.brings else None,
            represented_by=(typed.represented_by or None) if typed.answer == Answer.REPRESENTED else None,
            needs=(typed.needs or None) if comes else None,
            text=typed.remark or None,
        ).as_row()  # fmt: skip


def record_all(stores: Stores, sent: Sequence[Sent]) -> list[Outcome]:
    """Take answers to one event down, let them count and give its seats anew; the same form once more changes nothing.

    All are written first. What stands is safe from then on: it counts now, or later.

    Raises:
        NocoDBError: they could not be taken down, or nobody knows; sending the same forms again is safe.
    """
    told = _told(stores["reply"], [one.row for one in sent])
    rows = [one.as_reply() for one in sent]
    used, new = [False] * len(sent), list[Reply]()
    for number, row in enumerate(rows):
        stands = next((one for one in [*told[row.invitation or 0], *new] if one.ident == row.ident), None)
        if stands is None:
            new.append(row)
        elif _content(stands) != _content(row):
            used[number] = True
    for row, made in zip(new, stores["reply"].create(new), strict=True):
        told[row.invitation or 0].append(replace(row, id=made))
    at = max((one.at for one in sent), default=None)  # by one clock: what staff typed is put before or after the forms
    taken = [one.invitation for one, no in zip(sent, used, strict=True) if not no]
    waiting = _let_count(stores, taken, told, at) if at is not None else frozenset()
    return [
        Outcome.USED if no else Outcome.WAITS if one.row in waiting else Outcome.TAKEN
        for one, no in zip(sent, used, strict=True)
    ]


def _told(store: TableStore[Reply], invitations: Sequence[int]) -> defaultdict[int, list[Reply]]:
    """Return the answers of some invitations that stand by now."""
    told: defaultdict[int, list[Reply]] = defaultdict(list)
    for row in store.pull(where=store.among("invitation", invitations)):
        told[row.invitation or 0].append(row)
    return told


def _let_count(
    stores: Stores, invitations: Sequence[Invitation], told: Mapping[int, Sequence[Reply]], at: dt.datetime
) -> frozenset[int]:
    """Let answers count that were taken down, and return the invitations whose answer has to wait."""
    waiting = dict.fromkeys(one.id or 0 for one in invitations)
    events: dict[int, None] = {}
    try:
        for one in invitations:
            row = one.id or 0
            with suppress(Busy):
                events |= dict.fromkeys(
                    let_count(stores, [row], now=lambda: at, seen={row: (one, told[row])}, mark=False)
                )
                waiting.pop(row, None)
        for event in events:
            settle_places(stores, event)
            mark_counted(stores["reply"], event)
    except KontaktnetzError as problem:
        log.warning("answers wait count=%s problem=%s", len(waiting), type(problem).__name__)
        return frozenset(one.id or 0 for one in invitations)
    return frozenset(waiting)


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


def _content(reply: Reply) -> tuple[object, ...]:
    return (
        reply.invitation, reply.answer, reply.companions or None, reply.companion_names or None,
        reply.represented_by or None, reply.needs or None, reply.text or None,
    )  # fmt: skip
