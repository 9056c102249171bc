"""The outbox in a real base, before a real mail server: nothing twice, nothing lost, staff may hold a message."""

from __future__ import annotations

import datetime as dt

import imap_server
import pytest
from mail_server import mail_server
from pydantic import SecretStr
from servers import require

from automations import underway
from automations.delivery import Sending
from automations.jobs import outbox as job
from automations.ledger import Unfinished
from automations.mail import archive
from automations.mail.handed import NAME as MEMORY
from automations.mail.handed import HandedOver
from automations.mail.smtp import Postponed, open_transport
from automations.mail.trouble import standing_trouble
from automations.outbox import LOST, Letter, NoConcerns, enqueue, queued
from automations.underway import clear_up
from schemas.operations.choices import PostState
from schemas.operations.tables import Post
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

ARCHIVE = "archiv@example.org"


def now():
    return dt.datetime.now(dt.UTC)


def letter(number, **more):
    told = {"kind": "wochenpost", **more}
    return Letter(
        key=f"probe:{number}", recipient=f"{number}@example.org", subject=f"Brief {number}", text="Text",
        html="<p>Text</p>", **told,
    )  # fmt: skip


class Killed(BaseException):
    """Stands for kill -9 at this very moment."""


class Dying:
    """A transport over which the process is killed at one of the messages: before, during or after its content."""

    def __init__(self, real, at, moment):
        self.real, self.left, self.moment = real, at, moment

    def send(self, message, begin):
        if self.left:
            self.left -= 1
            return self.real.send(message, begin)
        if self.moment == "before":
            raise Killed
        begin(True)
        if self.moment == "after":
            self.real.send(message, lambda copied: None)
        raise Killed


class Place:
    def __init__(self, client, live_server, base, folder):
        self.store = TableStore(client, base, Post)
        self.base, self.folder = base, folder
        self.token = client.request("POST", "/api/v1/tokens", json={"description": "Post"})["token"]
        self.url = live_server.url

    def settings(self, mail, **more):
        told = {"mail_per_minute": 0, **more}
        return Settings(
            nocodb_url=self.url, nocodb_token=self.token, nocodb_base=self.base.id, KONTAKTNETZ_DATA=self.folder,
            smtp_host="127.0.0.1", smtp_port=mail.port, mail_from="kontakt@example.org", **told,
        )  # fmt: skip

    def states(self):
        return {post.name: post.state for post in self.store.pull(["name", "state"])}

    def post(self, number):
        return next(post for post in self.store.pull() if post.name == f"Brief {number}")

    def memory(self, boot=None):
        return HandedOver(self.folder / MEMORY, boot)

    def die(self, settings, at, moment, boot=None):
        with self.memory(boot) as memory, open_transport(settings) as real, pytest.raises(Killed):
            Sending(self.store, Dying(real, at, moment), memory, "k@example.org", now).deliver(queued(self.store))


@pytest.fixture
def place(client, live_server, empty_base, tmp_path):
    return Place(client, live_server, empty_base, tmp_path)


@pytest.fixture
def later(monkeypatch):
    """Let time pass for the job."""
    ahead = [dt.timedelta(0)]
    monkeypatch.setattr(job, "utc_now", lambda: now() + ahead[0])

    def passes(minutes):
        ahead[0] += dt.timedelta(minutes=minutes)

    return passes


def test_every_message_goes_out_once_and_what_the_server_says_decides(place, later):
    with mail_server() as mail:
        settings = place.settings(mail)
        assert enqueue(place.store, [letter(1), letter(2), letter(2)], now) == 2
        assert enqueue(place.store, [letter(1), letter(3)], now) == 1
        mail.answers |= {"2@example.org": "451 later", "3@example.org": "550 unknown"}
        assert job.run(settings, now()) == "1 gesendet, 1 verschoben, 1 fehlgeschlagen"
        assert place.states() == {"Brief 1": "gesendet", "Brief 2": "wartet", "Brief 3": "fehlgeschlagen"}
        mail.answers.clear()
        assert job.run(settings, now()) == ""  # a server that put something off is given time
        later(2)
        assert job.run(settings, now()) == "1 gesendet"
        assert job.run(settings, now()) == ""
        assert enqueue(place.store, [letter(1), letter(2), letter(3)], now) == 0
        assert mail.arrived() == [("1@example.org", "Brief 1"), ("2@example.org", "Brief 2")]
        assert "550" in place.post(3).problem
        assert (place.post(2).attempts, place.post(2).problem) == (2, None)
        enqueue(place.store, [letter(4), letter(5)], now)
        place.store.swap(place.post(5).id, {"state": PostState.QUEUED}, {"state": PostState.HELD})
        assert job.run(settings, now()) == "1 gesendet"
        assert place.post(5).state == PostState.HELD


@pytest.mark.parametrize(("moment", "said"), [("before", "2 gesendet"), ("during", "1 gesendet, 1 angehalten")])
def test_after_a_kill_only_what_nobody_can_know_is_held(place, moment, said):
    with mail_server() as mail:
        settings = place.settings(mail)
        enqueue(place.store, [letter(n) for n in (1, 2, 3)], now)
        place.die(settings, 1, moment)
        assert place.states() == dict.fromkeys(("Brief 1", "Brief 2", "Brief 3"), "unterwegs")
        told = job.run(settings, now())
        assert [to for to, _ in mail.arrived()] == [
            f"{n}@example.org" for n in (1, 2, 3) if n != 2 or moment == "before"
        ]
        if moment == "before":
            assert (told, place.states()["Brief 2"]) == (
                "3 gesendet, 2 nach einem Abbruch wieder eingereiht",
                "gesendet",
            )
            return
        assert told == "2 gesendet, 1 angehalten, 1 nach einem Abbruch wieder eingereiht"
        assert (place.post(2).state, place.post(2).problem) == (PostState.HELD, LOST)
        place.store.swap(place.post(2).id, {"state": PostState.HELD}, {"state": PostState.QUEUED})  # a person decides
        assert job.run(settings, now()) == "1 gesendet"
        assert sorted(to for to, _ in mail.arrived()) == [f"{n}@example.org" for n in (1, 2, 3)]


def test_after_another_boot_nothing_is_certain(place):
    with mail_server() as mail:
        settings = place.settings(mail)
        enqueue(place.store, [letter(1), letter(2)], now)
        place.die(settings, 1, "before", boot="another")
        assert job.run(settings, now()) == "2 angehalten"
        assert [to for to, _ in mail.arrived()] == ["1@example.org"]


@pytest.fixture(scope="module")
def imap():
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    with imap_server.imap_server() as server:
        yield server


@pytest.mark.parametrize("moment", ["during", "after"])
def test_the_archive_tells_what_became_of_a_message_after_a_kill(place, imap, moment, monkeypatch):
    folder = f"Archiv-{moment}-{place.base.id}"
    imap.put([], folder)
    with mail_server() as mail:
        mail.keep = lambda content, to: imap.put([content], folder) if ARCHIVE in to else None
        settings = place.settings(
            mail, mail_archive=ARCHIVE, mail_archive_folder=folder, imap_host="127.0.0.1", imap_port=imap.port,
            imap_user=imap_server.USER, imap_password=SecretStr(imap_server.PASSWORD),
        )  # fmt: skip
        enqueue(place.store, [letter(n) for n in (1, 2, 3)], now)
        place.die(settings, 1, moment)
        assert archive.is_set(settings)
        said = job.run(settings, now())
        if moment == "after":
            assert said == "3 gesendet, 1 nach einem Abbruch wieder eingereiht"
        else:
            assert said == "2 gesendet, 1 nach einem Abbruch wieder eingereiht, 1 noch in Klärung"
            assert place.post(2).state == PostState.SENDING  # too soon to say so
            monkeypatch.setattr(underway, "SETTLED", dt.timedelta(0))
            assert job.run(settings, now()) == "1 gesendet, 1 nach einem Abbruch wieder eingereiht"
        assert set(place.states().values()) == {"gesendet"}
        assert sorted(to for to, _ in mail.arrived()) == [f"{n}@example.org" for n in (1, 2, 3)]
        assert all(to[1] == ARCHIVE for to in mail.recipients)


def test_an_archive_that_never_gets_anything_decides_nothing(place):
    with mail_server() as mail, place.memory() as memory:
        settings = place.settings(mail)
        enqueue(place.store, [letter(1)], now)
        place.die(settings, 0, "during")
        later = [now()]

        def cleared():
            return clear_up(place.store, memory, NoConcerns(), now=lambda: later[0], look=lambda asked: set())

        assert cleared().looked_for == 1
        later[0] += underway.PATIENCE
        assert cleared().held == 1
        assert (place.post(1).state, place.post(1).problem) == (PostState.HELD, underway.NOT_THERE)


def test_a_connection_that_breaks_costs_nothing_but_time(place, later):
    with mail_server() as mail:
        settings = place.settings(mail)
        enqueue(place.store, [letter(1), letter(2)], now)
        mail.hang_up = "rcpt"
        said = job.run(settings, now())
        assert isinstance(said, Unfinished)
        assert set(place.states().values()) == {"wartet"}
        mail.hang_up = ""
        assert job.run(settings, now()) == "1 gesendet, 1 verschoben"
        later(2)
        assert job.run(settings, now()) == "1 gesendet"
        assert [place.post(n).attempts for n in (1, 2)] == [2, 1]


def test_what_keeps_everything_back_is_written_down_for_the_page_until_it_is_over(place):
    with mail_server() as mail:
        settings = place.settings(mail)
        enqueue(place.store, [letter(1)], now)
        with pytest.raises(Postponed, match="nicht erreichbar"):
            job.run(settings.model_copy(update={"smtp_port": 1}), now())
        assert "127.0.0.1:1 ist nicht erreichbar" in standing_trouble(place.folder, now())
        assert job.run(settings, now()) == "1 gesendet"
        assert standing_trouble(place.folder, now()) == ""


def test_a_run_sends_no_more_than_a_minute_allows_and_goes_on_in_the_next_turn(place, monkeypatch):
    clock = [now()]
    monkeypatch.setattr(job, "utc_now", lambda: clock[0])
    with mail_server() as mail:
        settings = place.settings(mail, mail_per_minute=8)
        enqueue(place.store, [letter(n) for n in range(9)] + [letter(99, kind="probe")], now)
        sent = []
        for _ in range(8):
            job.run(settings, clock[0])
            sent.append(len(mail.messages))
            clock[0] += dt.timedelta(seconds=14)
        assert sent == [2, 4, 6, 8, 8, 10, 10, 10]
        assert mail.arrived()[0] == ("99@example.org", "Brief 99")  # nobody's test waits behind the others
        assert job.run(settings, clock[0]) == ""
