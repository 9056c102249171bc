"""The outbox in a real base, before a real mail server: nothing twice, nothing lost, staff may hold a message."""

from __future__ import annotations

import datetime as dt

import pytest
from mail_server import mail_server

from automations.jobs import outbox as job
from automations.outbox import LOST, Letter, deliver, enqueue, waiting
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]


def now():
    return dt.datetime.now(dt.UTC)


def letter(number):
    return Letter(f"probe:{number}", "wochenpost", f"{number}@example.org", f"Brief {number}", "Text", "<p>Text</p>")


class Killed(Exception):
    """Stands for kill -9 at this very moment."""


def test_every_message_goes_out_once_whatever_happens_in_between(client, live_server, empty_base, tmp_path):
    store = TableStore(client, empty_base, Post)
    token = client.request("POST", "/api/v1/tokens", json={"description": "Post"})["token"]

    def states():
        return {post.name: post.state for post in store.pull(["name", "state"])}

    with mail_server() as mail:
        settings = Settings(
            nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id, KONTAKTNETZ_DATA=tmp_path,
            smtp_host="127.0.0.1", smtp_port=mail.port, mail_from="kontakt@example.org",
        )  # fmt: skip
        assert enqueue(store, [letter(1), letter(2), letter(2)], now) == 2
        assert enqueue(store, [letter(1), letter(3)], now) == 1
        mail.answers |= {"2@example.org": "451 later", "3@example.org": "550 unknown"}
        assert job.run(settings, now()) == "1 gesendet, 1 verschoben, 1 fehlgeschlagen"
        assert states() == {"Brief 1": "gesendet", "Brief 2": "wartet", "Brief 3": "fehlgeschlagen"}
        mail.answers.clear()
        assert job.run(settings, now()) == "1 gesendet"
        assert job.run(settings, now()) == ""
        assert enqueue(store, [letter(1), letter(2), letter(3)], now) == 0
        assert mail.arrived() == [("1@example.org", "Brief 1"), ("2@example.org", "Brief 2")]
        refused = next(post for post in store.pull() if post.name == "Brief 3")
        assert "550" in refused.problem

        enqueue(store, [letter(4), letter(5)], now)
        held = next(post for post in store.pull() if post.name == "Brief 5")
        store.swap(held.id, {"state": PostState.QUEUED}, {"state": PostState.HELD})

        class Dying:
            def send(self, message):
                raise Killed

        with pytest.raises(Killed):
            deliver(store, waiting(store), Dying(), sender="k@example.org", now=now)
        assert states()["Brief 4"] == "unterwegs"
        assert job.run(settings, now()) == "1 angehalten"
        lost = next(post for post in store.pull() if post.name == "Brief 4")
        assert (lost.state, lost.problem) == (PostState.HELD, LOST)
        assert len(mail.messages) == 2
        store.swap(lost.id, {"state": PostState.HELD}, {"state": PostState.QUEUED})  # a person decides: once more
        assert job.run(settings, now()) == "1 gesendet"
        assert [to for to, _ in mail.arrived()] == ["1@example.org", "2@example.org", "4@example.org"]
