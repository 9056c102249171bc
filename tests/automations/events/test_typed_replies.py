"""Replies that people typed in NocoDB: what is filled in, and what a date that lies ahead does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from automations.events.reply_rows import given
from automations.events.typed_replies import Typed, filled
from schemas.events.choices import Answer, ReplyChannel, ReplyState
from schemas.events.rules.answers import standing
from schemas.events.tables import Invitation, Reply

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MADE = NOW - dt.timedelta(hours=1)
GUEST = Invitation(id=1, name="Vera Beispiel", event=2)


def typed(**cells: object) -> Typed:
    row = Reply(id=1, name="Vera Beispiel", invitation=1, event=2, answer=Answer.NO, channel=ReplyChannel.PHONE,
                state=ReplyState.COUNTS, ident="formular:1")  # fmt: skip
    return Typed(replace(row, **cells), MADE, MADE)


@pytest.mark.parametrize(("ahead", "told"), [
    (dt.timedelta(days=-1), False), (dt.timedelta(minutes=4), False), (dt.timedelta(hours=1), True),
    (dt.timedelta(days=365), True),
])  # fmt: skip
def test_a_date_that_lies_ahead_is_told_and_does_not_win_over_later_answers(ahead, told):
    row = typed(at=NOW + ahead)
    changes = filled(row, GUEST, NOW)
    later = Reply(id=2, invitation=1, answer=Answer.YES, channel=ReplyChannel.LINK, at=NOW, state=ReplyState.COUNTS)

    counts = standing(g for g in map(given, (replace(row.row, **changes), later)) if g)

    assert set(changes) == ({"at", "why", "state"} if told else set())
    assert counts.answer == (Answer.YES if told or ahead < dt.timedelta(0) else Answer.NO)
    if told:
        assert changes["at"] == MADE
        assert f"{(NOW + ahead + dt.timedelta(hours=1)):%d.%m.%Y, %H:%M} Uhr" in changes["why"]
        assert changes["state"] == ReplyState.UNREAD
        assert filled(replace(row, row=replace(row.row, **changes)), GUEST, NOW) == {}, "told once"


@pytest.mark.parametrize("state", [None, ReplyState.TO_DECIDE, ReplyState.DISCARDED])
def test_a_date_that_lies_ahead_changes_no_state_that_says_more(state):
    changes = filled(typed(at=NOW + dt.timedelta(days=30), state=state, why="Bitte lesen."), GUEST, NOW)

    assert "state" not in changes
    assert changes["why"].startswith("Bitte lesen. Als Zeit")
