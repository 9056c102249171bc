"""Sending invitations on a real base: once each, held and withdrawn by staff, counted by the invitation, taken back."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from mail_server import mail_server
from pydantic import SecretStr

from automations.events.book import NEEDED
from automations.events.facts import event_facts
from automations.events.sending import NotSent, Run, Sender, Told, batch_of, read_guests
from automations.events.tokens import open_signer
from automations.jobs import outbox as job
from schemas.contacts.tables import Person
from schemas.errors import LeaseHeld
from schemas.events.choices import Channel, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.connection import Connection, refresh_now
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

STARTS = dt.datetime(2027, 3, 4, 16, tzinfo=dt.UTC)
LINK = "https://antwort.example.org/a/"


def now():
    return dt.datetime.now(dt.UTC)


class Office:
    """A base with an event and guests: six by mail, two by letter, one by phone."""

    def __init__(self, client, live_server, base, folder, mail):
        self.client, self.base, self.tables = client, base, {}
        token = client.request("POST", "/api/v1/tokens", json={"description": "Versand"})["token"]
        self.settings = Settings(
            nocodb_url=live_server.url, nocodb_token=SecretStr(token), nocodb_base=base.id, KONTAKTNETZ_DATA=folder,
            smtp_host="127.0.0.1", smtp_port=mail.port, mail_from="Kontakt <kontakt@example.org>", mail_per_minute=0,
            answer_url="https://antwort.example.org", answer_check=False,
        )  # fmt: skip
        self.events, self.posts = self.store(Event), self.store(Post)
        self.invitations = self.store(Invitation)
        (self.event,) = self.events.create([
            Event(name="Ehrung", state=EventState.OPEN, starts_at=STARTS, venue="Gesellschaftshaus", ident="e")
        ])  # fmt: skip
        people = self.store(Person).create([
            Person(last_name=f"Gast{n}", mail=f"g{n}@example.org", phone="+49 391 123456", street="Weg 1",
                   postcode="39104", city="Musterstadt", ident=f"p{n}")
            for n in range(9)
        ])  # fmt: skip
        ways = [Channel.MAIL] * 6 + [Channel.LETTER] * 2 + [Channel.PHONE]
        self.rows = self.invitations.create([
            Invitation(name=f"Gast {n}", event=self.event, person=person, channel=ways[n], state=InvitationState.NOTED,
                       mark=f"marke{n}" if n else None, ident=f"einladung:{self.event}:p{person}")
            for n, person in enumerate(people)
        ])  # fmt: skip

    def store(self, record):
        return TableStore(self.client, self.base, record)

    @property
    def sender(self):
        """Sends with what the mirror holds about people; event and invitations are read anew anyway."""
        if not self.tables:
            self.read()
        opened = Connection(self.client, self.base)
        return Sender(self.settings, opened, self.tables, self.event, dt.date(2026, 11, 25), now)

    def read(self):
        refresh_now(self.settings, now())
        manifest = read_manifest(self.settings.mirror_dir)
        self.tables = {code: load_table(self.settings.mirror_dir, manifest, code) for code in NEEDED}

    def run(self, occasion=PostKind.INVITATION):
        return Run(self.posts, batch_of(self.event, occasion))

    def guests(self):
        found = {row.id: row for row in self.invitations.pull(where=self.invitations.condition("event", self.event))}
        return [found[row] for row in self.rows]


@pytest.fixture
def mail():
    with mail_server() as running:
        yield running


@pytest.fixture
def office(client, live_server, empty_base, tmp_path, mail):
    return Office(client, live_server, empty_base, tmp_path, mail)


def test_everybody_is_invited_once_and_gets_a_link_of_their_own(office, mail):
    assert office.sender.queue(PostKind.INVITATION, office.rows).new == 6
    assert office.sender.queue(PostKind.INVITATION, office.rows).new == 0
    assert all(LINK not in (post.text + post.html + post.calendar) for post in office.posts.pull())
    office.invitations.swap(office.rows[5], {"state": "vorgemerkt"}, {"state": InvitationState.DROPPED})
    assert job.run(office.settings, now()) == "5 gesendet, 1 zurückgezogen"
    assert job.run(office.settings, now()) == ""
    assert sorted(to for to, _ in mail.arrived()) == [f"g{n}@example.org" for n in range(5)]
    guests = office.guests()
    assert [g.state for g in guests] == ["eingeladen"] * 5 + ["gestrichen"] + ["vorgemerkt"] * 3
    assert all(g.invited_at and g.sequence == 0 for g in guests[:5])
    assert guests[5].invited_at is None
    signer = open_signer(office.settings, office.base.id)
    for message in mail.messages:
        text = message.get_body(("plain",)).get_content()
        (token,) = {word.removeprefix(LINK) for word in text.split() if word.startswith(LINK)}
        named = signer.read(token)
        guest = next(g for g in guests if g.id == named.row)
        assert named.mark == guest.mark
        assert str(message["To"]) == f"g{office.rows.index(guest.id)}@example.org"
    assert {post.state for post in office.posts.pull()} == {PostState.SENT, PostState.WITHDRAWN}


def test_of_two_who_queue_at_the_same_moment_one_is_told_to_wait_and_no_mail_stands_twice(office, mail):
    began, go_on = threading.Event(), threading.Event()

    def hesitate(done, total):
        began.set()
        go_on.wait(20)

    first = threading.Thread(target=office.sender.queue, args=(PostKind.INVITATION, office.rows, hesitate))
    first.start()
    assert began.wait(20)
    with pytest.raises(LeaseHeld):
        office.sender.queue(PostKind.INVITATION, office.rows)
    go_on.set()
    first.join()

    assert office.sender.queue(PostKind.INVITATION, office.rows).new == 0
    idents = [post.ident for post in office.posts.pull()]
    assert len(idents) == len(set(idents)) == 6


def test_what_waits_can_be_held_go_on_be_withdrawn_and_sent_after_all(office, mail):
    office.sender.queue(PostKind.INVITATION, office.rows)
    run = office.run()
    assert run.pause() == 6
    assert run.progress() == {PostState.HELD: 6}
    assert job.run(office.settings, now()) == ""
    unclear = next(office.posts.pull())
    office.posts.swap(unclear.id, {"state": PostState.HELD}, {"problem": "unklar"})
    assert run.go_on() == 5
    assert run.stop() == 5
    assert run.progress() == {PostState.HELD: 1, PostState.WITHDRAWN: 5}
    assert [post.id for post in run.stuck()] == [unclear.id]
    office.events.swap(office.event, {"name": "Ehrung"}, {"name": "Große Ehrung"})
    assert (done := office.sender.queue(PostKind.INVITATION, office.rows)).again == 5
    assert done.new == 0
    assert job.run(office.settings, now()) == "5 gesendet"
    assert {subject for _, subject in mail.arrived()} == {"Einladung: Große Ehrung"}
    assert office.sender.retry([unclear.id]) == 1
    assert job.run(office.settings, now()) == "1 gesendet"
    assert len(mail.messages) == len({to for to, _ in mail.arrived()}) == 6


def test_a_failed_mail_goes_to_the_address_that_stands_there_today(office, mail):
    mail.answers["g1@example.org"] = "550 unknown"
    office.sender.queue(PostKind.INVITATION, office.rows[:2])
    assert job.run(office.settings, now()) == "1 gesendet, 1 fehlgeschlagen"
    (failed,) = office.run().stuck()
    assert "550" in failed.problem
    people = office.store(Person)
    person = office.guests()[1].person
    people.swap(person, {"mail": "g1@example.org"}, {"mail": "neu@example.org"})
    office.read()
    assert office.sender.retry([failed.id]) == 1
    assert job.run(office.settings, now()) == "1 gesendet"
    assert mail.arrived()[-1][0] == "neu@example.org"


def test_letters_and_calls_are_ticked_off_and_taken_back(office):
    before = office.guests()
    done = office.sender.tick_off(PostKind.INVITATION, office.rows[6:], "Briefe")
    assert done.count == 3
    after = office.guests()
    assert [g.state for g in after] == ["vorgemerkt"] * 6 + ["eingeladen"] * 3
    assert all(g.invited_at for g in after[6:])
    assert after[:6] == before[:6]
    assert office.sender.tick_off(PostKind.INVITATION, office.rows[6:], "Briefe").count == 0
    assert undo(office.client, office.base, run=done.run, now=now).restored == 3
    assert [(g.state, g.invited_at) for g in office.guests()[6:]] == [("vorgemerkt", None)] * 3


def test_a_letter_about_a_place_that_changed_since_is_not_ticked_off_and_its_guest_is_named(office):
    office.events.swap(office.event, {}, {"capacity": 5})
    stays, lost, again, told = office.rows[5:9]
    up = now().replace(microsecond=0) - dt.timedelta(hours=2)
    for row in office.rows[5:9]:
        office.invitations.swap(row, {}, {
            "state": InvitationState.INVITED, "answer": "zugesagt", "place": "platz", "moved_up_at": up,
        })  # fmt: skip
    made = Told(0, {row: office.invitations.get(row) for row in office.rows[5:9]})
    office.invitations.swap(lost, {}, {"place": "warteliste", "moved_up_at": None})
    office.invitations.swap(again, {}, {"moved_up_at": up + dt.timedelta(hours=1)})
    office.invitations.swap(told, {}, {"moved_up_at": None})
    before = office.guests()

    done = office.sender.tick_off(PostKind.PLACE, office.rows[5:9], "Briefe", made)

    assert (done.count, done.outdated) == (1, ["Gast 6", "Gast 7"])
    after = office.guests()
    assert office.invitations.get(stays).moved_up_at is None
    assert office.invitations.get(again).moved_up_at == up + dt.timedelta(hours=1), "still to be told"
    assert [g for n, g in enumerate(after) if n != 5] == [g for n, g in enumerate(before) if n != 5]


def test_a_change_reaches_those_who_know_the_old_time_and_a_call_off_everybody(office, mail):
    office.sender.queue(PostKind.INVITATION, office.rows[:3])
    job.run(office.settings, now())
    with pytest.raises(NotSent, match="Stand der Veranstaltung"):
        office.sender.queue(PostKind.CANCELLATION, office.rows)
    office.events.swap(office.event, {"venue": "Gesellschaftshaus"}, {"venue": "Rathaus"})
    office.sender.queue(PostKind.INVITATION, office.rows[3:4])  # invited with the new place already
    assert office.sender.queue(PostKind.CHANGE, office.rows).new == 3
    assert job.run(office.settings, now()) == "4 gesendet"
    assert office.sender.queue(PostKind.CHANGE, office.rows).new == 0
    assert [g.sequence for g in office.guests()[:4]] == [1, 1, 1, 1]
    office.events.swap(office.event, {"state": "laeuft"}, {"state": EventState.CALLED_OFF})
    assert office.sender.queue(PostKind.CANCELLATION, office.rows).new == 4
    assert job.run(office.settings, now()) == "4 gesendet"
    assert [g.state for g in office.guests()[:4]] == ["ausgeladen"] * 4
    last = [m for m in mail.messages if str(m["Subject"]).startswith("Abgesagt")]
    assert all("METHOD:CANCEL" in _calendar(m) and "SEQUENCE:2" in _calendar(m) for m in last)
    assert len(last) == 4


def test_an_event_without_a_day_sends_nothing(office):
    office.events.swap(office.event, {"starts_at": STARTS}, {"starts_at": None})
    with pytest.raises(NotSent, match="der Beginn"):
        office.sender.queue(PostKind.INVITATION, office.rows)
    assert office.posts.count() == 0


def test_a_test_comes_to_us_alone_and_leads_nowhere(office, mail):
    sender = office.sender
    facts = event_facts(sender.tables, office.event, sender.today, network="Netzwerk")
    (guest,) = read_guests(sender.tables, facts, [office.guests()[1]])
    sender.test(PostKind.INVITATION, guest, "ich@example.org")
    assert job.run(office.settings, now()) == "1 gesendet"
    (message,) = mail.messages
    assert (message["To"], str(message["Subject"])) == ("ich@example.org", "[Probe] Einladung: Ehrung")
    assert "marke1" not in str(message)
    assert f"{LINK}probe" in message.get_body(("plain",)).get_content()
    assert {g.state for g in office.guests()} == {"vorgemerkt"}


def _calendar(message):
    return next(p for p in message.walk() if p.get_content_type() == "text/calendar").get_payload(decode=True).decode()
