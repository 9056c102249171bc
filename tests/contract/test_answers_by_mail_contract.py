"""Answers to invitations out of a real mailbox into a real base: each once, the right one, nothing else is told."""

from __future__ import annotations

import datetime as dt
import json
from email.message import EmailMessage
from email.utils import format_datetime

import imap_server
import itip_parts
import pytest
from made_up_mails import bounce
from servers import require

from automations.events.calendar_uid import uid_of
from automations.events.incoming import intake
from automations.events.replies import NewReply, let_count, take_down
from automations.incoming.memory import NAME as MEMORY
from automations.jobs import answers, mailbox
from automations.mail.message import message_id
from kontaktnetz import cli
from schemas.base import BASE
from schemas.contacts.tables import Person
from schemas.events.choices import Answer, EventState, InvitationState, ReplyChannel, ReplyState
from schemas.events.tables import Event, Invitation
from schemas.operations.tables import Post
from sync.connection import refresh_now
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

YES, NO = Answer.YES, Answer.NO
ADA, BOB = "ada@verein.example", "bob@amt.example"
SENT = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(hours=5)
KEY = "einladung:t:bob"


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def imap():
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    with imap_server.imap_server() as server:
        yield server


@pytest.fixture
def house(client, live_server, empty_base, tmp_path, imap):
    return House(client, live_server, empty_base, tmp_path, imap)


class House:
    """An event that runs, Ada and Bob invited to it by mail, and the inbox that answers come to."""

    def __init__(self, client, live_server, base, folder, imap):
        self.base, self.folder, self.imap, self.inbox = base, folder, imap, f"Eingang-{base.id}-{folder.name}"
        self.stores = {code: TableStore(client, base, BASE.record(code)) for code in BASE.tables}
        self.settings = Settings(
            nocodb_url=live_server.url, nocodb_base=base.id, KONTAKTNETZ_DATA=folder,
            nocodb_token=client.request("POST", "/api/v1/tokens", json={"description": "Antworten"})["token"],
            imap_host="127.0.0.1", imap_port=imap.port, imap_user=imap_server.USER, imap_password=imap_server.PASSWORD,
            imap_folders="", answer_folders=self.inbox,
        )  # fmt: skip
        (self.event,) = self.make(Event(name="Ehrung im Saal", state=EventState.OPEN, sequence=1,
                                        starts_at=now() + dt.timedelta(days=40), ident="t:e"))  # fmt: skip
        people = self.make(Person(last_name="Ada", mail=ADA), Person(last_name="Bob", mail=BOB))
        self.ada, self.bob = self.make(
            *(
                Invitation(name=name, event=self.event, person=person, state=InvitationState.INVITED, sequence=1,
                           answer=Answer.OPEN, invited_at=SENT - dt.timedelta(days=1), ident=f"t:{name}")
                for name, person in zip(("Ada", "Bob"), people, strict=True)
            )
        )  # fmt: skip
        self.make(Post(name="Einladung", recipient=BOB, ident=KEY, about=f"invitation:{self.bob}"))
        refresh_now(self.settings, now())

    def make(self, *rows):
        return self.stores[type(rows[0]).table().code].create(rows)

    def put(self, *mails):
        self.imap.put(mails, self.inbox)

    def read(self):
        return mailbox.run(self.settings, now())

    def guest(self, row):
        return self.stores["invitation"].get(row)

    def replies(self):
        return list(self.stores["reply"].pull())

    def calendar(self, status, row, who, hours):
        stamp = SENT + dt.timedelta(hours=hours)
        text = itip_parts.calendar(
            status, who, uid=uid_of(self.event, row, self.base.id), stamp=f"{stamp:%Y%m%dT%H%M%SZ}"
        )
        return itip_parts.mail(text, who, sent=stamp)


def words(text, number, sender=BOB, **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, imap_server.USER, "AW: Einladung"
    message["Date"], message["Message-ID"] = format_datetime(SENT), f"<wort{number}@amt.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return bytes(message)


def test_by_link_yes_by_phone_no_by_calendar_yes_and_staff_no_leaves_no_and_four_replies(house):
    house.put(house.calendar("ACCEPTED", house.ada, ADA, 2), house.calendar("DECLINED", house.bob, ADA, 2))
    for hours, said, channel in ((0, YES, ReplyChannel.LINK), (1, NO, ReplyChannel.PHONE)):
        at = SENT + dt.timedelta(hours=hours)
        let_count(house.stores, take_down(house.stores, [NewReply(f"t:{channel}", house.ada, channel, at, said)]))
    assert house.guest(house.ada).answer == NO

    assert house.read() == "1 Antworten auf Einladungen, 1 Antworten zu entscheiden"
    assert (house.guest(house.ada).answer, house.guest(house.ada).answered_by) == (YES, ReplyChannel.CALENDAR)
    assert house.guest(house.bob).answer == Answer.OPEN, "Ada may not answer for Bob"
    house.stores["invitation"].swap(house.ada, {"correction": None}, {"correction": NO})
    answers.run(house.settings, now())

    shown = house.guest(house.ada)
    assert (shown.answer, shown.answered_by) == (NO, ReplyChannel.STAFF)
    kept = [(r.answer, r.channel, r.state) for r in house.replies() if r.invitation == house.ada]
    assert kept == [
        (YES, ReplyChannel.LINK, ReplyState.COUNTS), (NO, ReplyChannel.PHONE, ReplyState.COUNTS),
        (YES, ReplyChannel.CALENDAR, ReplyState.COUNTS), (NO, ReplyChannel.STAFF, ReplyState.COUNTS),
    ]  # fmt: skip


def test_words_absences_and_bounces_are_taken_down_once_and_other_mails_of_the_inbox_are_not_told(house):
    ours = message_id(KEY)
    returned = bounce(BOB, 1).replace(b"Subject: Einladung\r", f"Message-ID: {ours}\r\nSubject: Einladung\r".encode())
    house.put(
        words("Ich komme, aber später", 1, In_Reply_To=ours),
        words("Bis Montag im Urlaub", 2, In_Reply_To=ours, Auto_Submitted="auto-replied"),
        returned,
        words("Etwas ganz Privates", 3, sender=ADA),
        words("Werbung", 4, sender="wer@fremd.example"),
        bounce(ADA, 5),
    )
    before = house.imap.flags(house.inbox)

    told = house.read()

    assert told == (
        "1 Antworten zu entscheiden, 1 Einladungen kamen zurück, 1 Abwesenheitsnotizen bei Einladungen, "
        "1 Adressen als unzustellbar vermerkt"
    )
    (reply,) = house.replies()
    assert (reply.invitation, reply.state, reply.channel) == (house.bob, ReplyState.TO_DECIDE, ReplyChannel.MAIL)
    assert reply.text == "AW: Einladung\n\nIch komme, aber später"
    bob = house.guest(house.bob)
    assert bob.answer == Answer.OPEN
    assert bob.delivery.startswith("kam zurück am 05.01.2026: 550 5.1.1")
    assert bob.note.startswith("Abwesenheitsnotiz vom ")
    assert house.stores["interaction"].count() == 0, "an inbox is searched for answers, contacts are not taken from it"
    ada, bob_himself = house.stores["person"].pull()
    assert (bool(ada.mail_problem), bool(bob_himself.mail_problem)) == (False, True)
    assert house.imap.flags(house.inbox) == before

    (house.folder / MEMORY).unlink()
    assert house.read() == "", "read again, nothing stands there twice"
    assert len(house.replies()) == 1
    assert house.guest(house.bob).note == bob.note


def test_in_the_folder_of_contacts_an_answer_is_no_contact_and_other_mails_are(house):
    house.put(
        words("Ich komme", 1, In_Reply_To=message_id(KEY)),
        words("Zur Ehrung im Saal: darf ich anrufen?", 2),
        words("Wegen der Räume", 3),
    )
    told = mailbox.run(house.settings.model_copy(update={"imap_folders": house.inbox}), now())
    assert told == "2 Antworten zu entscheiden, 2 Kontakte eingetragen"
    assert house.stores["interaction"].count() == 2


def test_killed_between_the_row_and_its_counting_an_answer_counts_once(house, monkeypatch):
    house.put(house.calendar("ACCEPTED", house.ada, ADA, 2), house.calendar("TENTATIVE", house.bob, BOB, 2))

    class Killed(BaseException):
        """Stands for kill -9."""

    def dying(*_):
        raise Killed

    with monkeypatch.context() as once:
        once.setattr(intake, "let_count", dying)
        with pytest.raises(Killed):
            house.read()
    assert [r.state for r in house.replies()] == [None]
    assert house.guest(house.ada).answer == Answer.OPEN

    house.read()
    answers.run(house.settings, now())

    assert (house.guest(house.ada).answer, house.guest(house.bob).answer) == (YES, Answer.MAYBE)
    assert [r.state for r in house.replies()] == [ReplyState.COUNTS] * 2
    assert house.read() == ""


def test_the_command_says_what_one_reply_would_do_and_then_does_it(house, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kontaktnetz.mail_command.load_settings", lambda: house.settings)
    file = tmp_path / "antwort.eml"
    file.write_bytes(house.calendar("DECLINED", house.ada, ADA, 1))

    assert cli.run(["mail", "read", str(file), "--dry-run", "--json"]) == 0
    (effect,) = json.loads(capsys.readouterr().out)["effects"]
    assert (effect["outcome"], effect["invitation"], effect["guest"], effect["before"], effect["after"]) == (
        "gilt", house.ada, "Ada", "offen", "abgesagt",
    )  # fmt: skip
    assert house.replies() == []
    assert house.guest(house.ada).answer == Answer.OPEN

    assert cli.run(["mail", "read", str(file)]) == 0
    told = capsys.readouterr().out
    assert f"Einladung: Ada zu „Ehrung im Saal“ (Zeile {house.ada})" in told
    assert "Bisher: offen, künftig: abgesagt" in told
    assert house.guest(house.ada).answer == NO
    assert cli.run(["mail", "read", str(file)]) == 0
    assert "Das ist schon aufgenommen." in capsys.readouterr().out
    assert len(house.replies()) == 1

    calendar = tmp_path / "termin.ics"
    calendar.write_text(itip_parts.calendar("ACCEPTED", BOB, uid="fremd", more=("SUMMARY:Jour fixe",)), "utf-8")
    assert cli.run(["mail", "read", str(calendar)]) == 0
    assert "keine unserer Einladungen" in capsys.readouterr().out
