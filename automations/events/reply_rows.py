"""What rows of replies say, and what staff typed straight into the invitation beside them. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.events.choices import Answer, ReplyChannel, ReplyState
from schemas.events.rules.answers import (
    NO_NAMES,
    NO_NEEDS,
    NO_STAND_IN,
    Given,
    Standing,
    counting,
    spoken,
    standing,
)
from schemas.events.rules.outcome import answer_of
from schemas.events.tables import Invitation, Reply
from schemas.model import Value

EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)
"""When an answer counts whose time nobody knows."""

DETAILS = ("companions", "companion_names", "represented_by", "needs")
"""What an answer may say beside yes and no."""


def details_written(now: Standing) -> str:
    """Return what is kept in an invitation of the details that we write there."""
    return json.dumps({code: getattr(now, code) for code in DETAILS}, ensure_ascii=False, sort_keys=True)


def given(row: Reply) -> Given | None:
    """Return a row as an answer, None when it is not one (yet). Without a time it counts from when it was seen."""
    channel = channel_of(row.channel) or ReplyChannel.FORM
    if row.id is None or (row.answer not in tuple(Answer) and channel != ReplyChannel.STAFF):
        return None
    state = ReplyState(row.state) if row.state in tuple(ReplyState) else None
    return Given(
        row.id, answer_of(row.answer), channel, row.at or EARLIEST, row.companions,
        row.companion_names, row.represented_by, row.needs, state,
    )  # fmt: skip


def channel_of(cell: str | None) -> ReplyChannel | None:
    """Return the way that a cell names, None if it names none."""
    return ReplyChannel(cell) if cell in tuple(ReplyChannel) else None


def typed_details(invitation: Invitation, rows: Sequence[Reply], now: dt.datetime) -> Reply | None:
    """Return as a row of staff what somebody typed straight into the invitation about companions, needs and stand-in.

    What stands there is then not what our own runs wrote there last; where these left no trace, neither what the
    settled answers say nor what all say. It was there when answers without a state came in: these come after it, unless
    they were given long before. A cell that was emptied says nobody, or no needs. Until somebody has answered, what
    staff wrote stays as it is.
    """
    told = [g for g in map(given, rows) if g is not None]
    if not counting(told):
        return None
    settled, fresh = ([g for g in told if (g.state is not None) == done] for done in (True, False))
    known = _written(invitation)
    cells: dict[str, Any] = {}
    for code in DETAILS:
        shown = invitation.value(code) or None
        ours = [getattr(standing(some), code) for some in (settled, told)] if known is None else [known.get(code)]
        ours += [getattr(standing(told), code), *([None] if known is None else [])]
        if all(shown != (value or None) for value in ours):
            cells[code] = shown or _EMPTIED[code]
    said = {code: value for code, value in cells.items() if not _follows(code, cells)}
    if not said:
        return None
    last = [g.at + dt.timedelta(seconds=1) for g in spoken(settled)]
    at = max([min([now, *(g.at for g in fresh if now - g.at < NOTICED)]), *last])
    staff = [row for row in rows if row.channel == ReplyChannel.STAFF]
    return Reply(
        name=invitation.name, invitation=invitation.id, event=invitation.event,
        answer=staff[-1].answer if staff else None, channel=ReplyChannel.STAFF, at=at, state=ReplyState.COUNTS,
        text="In der Einladung eingetragen", ident=f"korrektur:{invitation.id}:{len(staff) + 1}", **said,
    )  # fmt: skip


def _follows(code: str, cells: Mapping[str, Any]) -> bool:
    """Say whether a cell says nothing that another does not: without companions there are no names."""
    return code == "companion_names" and cells[code] == NO_NAMES and cells.get("companions") == 0


_EMPTIED: Mapping[str, Value] = {
    "companions": 0, "companion_names": NO_NAMES, "represented_by": NO_STAND_IN, "needs": NO_NEEDS
}  # fmt: skip
"""What an emptied cell says."""

NOTICED = dt.timedelta(minutes=10)
"""So soon somebody notices what was typed into an invitation (``automations.jobs.answers``): an answer that was given
before that comes before it, however late it is read."""


def _written(invitation: Invitation) -> Mapping[str, Value] | None:
    """Return what our own runs wrote about companions, needs and stand-in last, None if they left no trace."""
    try:
        found = json.loads(invitation.details_written or "null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
