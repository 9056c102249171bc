"""Replies that people typed in NocoDB, in the form or the table: what is to be filled in so that they count. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.events.choices import Answer, ReplyChannel, ReplyState
from schemas.events.tables import Invitation, Reply
from schemas.model import Value
from schemas.moments import is_from_future
from schemas.time_zone import BERLIN

GRACE = dt.timedelta(minutes=10)
"""So long whoever types a row into the table is left alone before it is said to lack something."""

_TYPED = ("name", "invitation", "answer", "companions", "companion_names", "represented_by", "needs", "text")


@dataclass(frozen=True, slots=True)
class Typed:
    """A row with the moments (aware UTC) when it was made and last changed."""

    row: Reply
    made_at: dt.datetime
    changed_at: dt.datetime


def filled(typed: Typed, invitation: Invitation | None, now: dt.datetime) -> dict[str, Value]:
    """Return what is to be written into a row; ``invitation`` is the one it names, None if it names none that is there.

    What lacks something is put up for a person, once nobody has touched it for a while. An empty row is left alone.
    """
    row = typed.row
    if row.channel == ReplyChannel.STAFF or not any(row.value(code) for code in _TYPED):
        return {}
    lacks = lacking(row, invitation)
    ahead = _dated_ahead(typed, now)
    if lacks and row.state in (None, ReplyState.COUNTS, ReplyState.UNREAD):
        if now - max(typed.made_at, typed.changed_at) < GRACE:
            return {}
        return _of_itself(typed, invitation) | ahead | {"state": ReplyState.TO_DECIDE, "why": lacks}
    return _of_itself(typed, invitation) | ahead


def _dated_ahead(typed: Typed, now: dt.datetime) -> dict[str, Value]:
    """Return what is to be written into a row whose date lies ahead: it would win over whatever comes until then.

    It counts by when it was written down, and a person reads which date stood there.
    """
    row = typed.row
    if row.at is None or not is_from_future(row.at, now):
        return {}
    day = f"{row.at.astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"
    why = f"Als Zeit der Antwort stand hier {day}, das ist noch nicht; sie zählt, seit sie eingetragen wurde."
    changes: dict[str, Value] = {"at": typed.made_at, "why": " ".join(filter(None, [row.why, why]))}
    return changes | ({"state": ReplyState.UNREAD} if row.state == ReplyState.COUNTS else {})


def lacking(row: Reply, invitation: Invitation | None) -> str:
    """Return what keeps a reply from counting, in German; empty if nothing does.

    >>> lacking(Reply(answer="zugesagt"), None)
    'Es fehlt noch: Einladung.'
    """
    missing = [] if invitation is not None else ["Einladung"]
    missing += [] if row.answer in tuple(Answer) else ["Antwort"]
    return f"Es fehlt noch: {' und '.join(missing)}." if missing else ""


def _of_itself(typed: Typed, invitation: Invitation | None) -> dict[str, Value]:
    """Return what follows of itself: when it came, by which way, for what, and a key of its own."""
    row = typed.row
    known: Mapping[str, Value] = {
        "at": typed.made_at, "channel": ReplyChannel.FORM, "name": invitation.name if invitation else None,
        "event": invitation.event if invitation else None,
        "ident": f"formular:{row.id}:{typed.made_at:%Y%m%d%H%M%S}",
    }  # fmt: skip
    found: dict[str, Value] = {
        code: value for code, value in known.items() if value is not None and not row.value(code)
    }
    if invitation is not None and invitation.event is not None and row.event not in (None, invitation.event):
        found["event"] = invitation.event  # another invitation was chosen
    return found
