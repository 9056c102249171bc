"""Reminders in a real base: exactly the silent ones, once each, with two runners and a run that was killed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from automations.events import sending
from automations.events.concerns import NOT_SILENT, UNDECIDED, invitation_of, open_concerns
from automations.jobs import reminders
from automations.outbox import enqueue
from automations.runner import JOBS, Runner
from schemas.contacts.tables import Person
from schemas.events.choices import Answer, Channel, EventState, InvitationState, ReplyState
from schemas.events.tables import Event, Invitation, Reply
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.connection import Connection
from sync.mirror import refresh_mirror
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

MONDAY = dt.datetime(2026, 3, 2, 7, 0, 30, tzinfo=dt.UTC)
"""Half a minute past eight in Berlin."""


class Killed(Exception):
    """Stands for kill -9 at this very moment."""


@pytest.fixture
def settings(client, live_server, empty_base, tmp_path):
    token = client.request("POST", "/api/v1/tokens", json={"description": "Erinnern"})["token"]
    return Settings(
        nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path,
        smtp_host="127.0.0.1", mail_from="kontakt@example.org",
    )  # fmt: skip


@pytest.fixture
def outbox(client, empty_base, settings):
    """The outbox of a base with one event: two silent by mail, one by letter, one who answered."""
    people = TableStore(client, empty_base, Person).create([
        Person(first_name=f"Gast {n}", last_name="Probe", mail=f"g{n}@example.org", ident=f"t:{n}") for n in range(4)
    ])  # fmt: skip
    (event,) = TableStore(client, empty_base, Event).create([
        Event(name="Ehrung", state=EventState.OPEN, starts_at=dt.datetime(2026, 3, 20, 15, tzinfo=dt.UTC),
              venue="Rathaus", answer_by=dt.date(2026, 3, 9), ident="t:e")
    ])  # fmt: skip
    ways = ((Channel.MAIL, Answer.OPEN), (Channel.MAIL, Answer.OPEN), (Channel.LETTER, Answer.OPEN),
            (Channel.MAIL, Answer.NO))  # fmt: skip
    TableStore(client, empty_base, Invitation).create([
        Invitation(name=f"Gast {n}", event=event, person=people[n], channel=channel, answer=answer,
                   state=InvitationState.INVITED, invited_at=dt.datetime(2026, 2, 2, tzinfo=dt.UTC),
                   ident=f"einladung:{event}:person:{people[n]}")
        for n, (channel, answer) in enumerate(ways)
    ])  # fmt: skip
    refresh_mirror(client, empty_base, settings.mirror_dir, MONDAY)
    return TableStore(client, empty_base, Post)


def test_exactly_the_silent_ones_are_reminded_once(client, empty_base, settings, outbox, monkeypatch):
    def dying(store, letters, now):
        enqueue(store, letters[:1], now)
        raise Killed

    monkeypatch.setattr(sending, "enqueue", dying)
    with pytest.raises(Killed):
        reminders.run(settings, MONDAY)
    monkeypatch.setattr(sending, "enqueue", enqueue)
    assert outbox.count() == 1

    job = next(job for job in JOBS if job.code == "reminders")
    moment, told = [MONDAY - dt.timedelta(minutes=5)], []
    pair = [Runner(settings, told.append, lambda: moment[0], [job]) for _ in range(2)]

    def both():
        threads = [threading.Thread(target=one.run_due) for one in pair]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    both()
    assert outbox.count() == 1, "a daily job begins with its next slot"
    moment[0] = MONDAY
    both()

    posts = list(outbox.pull())
    assert sorted(p.recipient for p in posts) == ["g0@example.org", "g1@example.org"]
    assert {p.kind for p in posts} == {"erinnerung"}
    assert [line for line in told if "1 in den Postausgang gelegt, 1 per Brief oder Telefon zu erinnern" in line]

    guests = TableStore(client, empty_base, Invitation)
    answered = invitation_of(posts[1])
    guests.swap(answered, {"answer": Answer.OPEN}, {"answer": Answer.YES})
    _, withheld = open_concerns(settings, Connection(client, empty_base)).ready(posts)
    assert withheld == {posts[1].id: NOT_SILENT}, "who answers before the mail leaves is not reminded"
    guests.swap(answered, {"answer": Answer.YES}, {"answer": Answer.OPEN})

    replies = TableStore(client, empty_base, Reply)
    (waiting,) = replies.create([Reply(invitation=answered, text="Mal sehen", state=ReplyState.TO_DECIDE)])
    _, withheld = open_concerns(settings, Connection(client, empty_base)).ready(posts)
    assert withheld == {posts[1].id: UNDECIDED}, "whose words nobody has read yet is not reminded"
    assert reminders.plans(Connection(client, empty_base), MONDAY.date())[0].mail == tuple(
        row for row in guests.pull() if row.id == invitation_of(posts[0])
    )
    replies.swap(waiting, {"state": ReplyState.TO_DECIDE}, {"state": ReplyState.DISCARDED})

    outbox.swap(posts[0].id, {"state": PostState.QUEUED}, {"state": PostState.WITHDRAWN})
    assert reminders.run(settings, MONDAY + dt.timedelta(days=1)) == "Ehrung: 1 per Brief oder Telefon zu erinnern"
    assert outbox.get(posts[0].id).state == PostState.WITHDRAWN, "staff withdrew it, and so it stays"
    assert reminders.run(settings, MONDAY + dt.timedelta(days=5)) == "", "nobody is reminded on a Saturday"
    assert outbox.count() == 2
