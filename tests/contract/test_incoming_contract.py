"""Contacts flow in from a real mailbox and from calendars into a real base: each once, told apart, taken back."""

from __future__ import annotations

import datetime as dt
import shutil

import imap_server
import pytest
from made_up_mails import US, bounce, mail, post
from pydantic import SecretStr
from servers import require

from automations.deliveries import SomeFailed
from automations.incoming import entries
from automations.incoming.mails import plain_ident_of
from automations.incoming.memory import NAME as MEMORY
from automations.jobs import calendars, mailbox
from kontaktnetz import doctor
from schemas.contacts.tables import Function, Interaction, InteractionParticipant, Organisation, Person, TeamMember
from schemas.errors import ConfigError
from schemas.operations.tables import JobRun
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Probe//DE
BEGIN:VEVENT
UID:jour-fixe
DTSTART;TZID=W. Europe Standard Time:20261102T100000
DTEND;TZID=W. Europe Standard Time:20261102T110000
RRULE:FREQ=WEEKLY;COUNT=10
SUMMARY:Jour fixe
ORGANIZER:mailto:rita@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@verein.example
ATTENDEE;PARTSTAT=DECLINED:mailto:bob@verein.example
END:VEVENT
BEGIN:VEVENT
UID:privat
CLASS:PRIVATE
DTSTART:20261103T100000Z
DTEND:20261103T110000Z
SUMMARY:Arzt
ATTENDEE:mailto:ada@verein.example
END:VEVENT
BEGIN:VEVENT
UID:fremde
DTSTART:20261103T120000Z
DTEND:20261103T130000Z
SUMMARY:Mit Fremden
ATTENDEE:mailto:niemand@example.net
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def now():
    return dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def imap():
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    with imap_server.imap_server() as server:
        yield server


@pytest.fixture
def place(client, live_server, empty_base, tmp_path):
    """A base with Rita of ours and two people of a club, and how to look into it."""
    return Place(client, live_server, empty_base, tmp_path)


class Place:
    def __init__(self, client, live_server, base, folder):
        self.client, self.base, self.folder = client, base, folder
        self.settings_of = {
            "nocodb_url": live_server.url, "nocodb_base": base.id, "KONTAKTNETZ_DATA": folder,
            "nocodb_token": client.request("POST", "/api/v1/tokens", json={"description": "Kontakte"})["token"],
        }  # fmt: skip
        (self.rita,) = self.make(TeamMember(name="Rita", mail="rita@example.org"))
        (self.club,) = self.make(Organisation(name="Verein", mail="info@verein.example"))
        self.ada, self.bob = self.make(
            Person(first_name="Ada", last_name="Probe", mail="ada@verein.example"),
            Person(first_name="Bob", last_name="Probe", mail="bob@verein.example"),
        )
        self.make(Function(name="Vorsitz", person=self.ada, organisation=self.club))

    def make(self, *rows):
        return TableStore(self.client, self.base, type(rows[0])).create(rows)

    def settings(self, **more):
        return Settings(**self.settings_of, **more)

    def mailbox(self, imap, folder, **more):
        return self.settings(
            imap_host="127.0.0.1", imap_port=imap.port, imap_user=imap_server.USER, imap_password=imap_server.PASSWORD,
            imap_folders=folder, **more,
        )  # fmt: skip

    def folder_named(self, name):
        """Return the name of a folder that the tests on another server do not see."""
        return f"{name}-{self.base.id}"

    def rows(self, record):
        return sorted(TableStore(self.client, self.base, record).pull(), key=lambda row: row.id)

    def subjects(self):
        return sorted(row.summary for row in self.rows(Interaction))


def test_what_lies_in_the_folder_becomes_contacts_with_all_who_took_part(place, imap):
    imap.put(
        [
            bytes(mail("AW: Messe", "Ada <ADA@verein.example>", "rita@example.org, bob@verein.example", number=1)),
            bytes(mail("Saal", US, "info@verein.example", number=2)),
            bytes(mail("Urlaub", "ada@verein.example", US, number=3, Auto_Submitted="auto-replied")),
            bytes(mail("Werbung", "x@example.net", US, number=4)),
            bytes(mail("WG: Frage", "rita@example.org", US, number=5,
                       text="zur Info\n\n-----Ursprüngliche Nachricht-----\nVon: Bob Probe <bob@verein.example>\n")),
            bounce("bob@verein.example", 6),
        ],
        place.folder_named("Eins"),
    )  # fmt: skip
    before = imap.flags(place.folder_named("Eins"))

    told = mailbox.run(place.mailbox(imap, place.folder_named("Eins")), now())

    assert told == (
        "3 Kontakte eingetragen, 1 Adressen als unzustellbar vermerkt, 1 E-Mails ohne bekannte Adresse, "
        "1 automatische oder Listen-E-Mails nicht gezählt"
    )
    fair, hall, question = place.rows(Interaction)
    assert (fair.summary, fair.day, fair.kind, fair.person, fair.organisation, fair.team_member, fair.origin) == (
        "Messe", dt.date(2026, 1, 5), "mail", place.ada, place.club, place.rita, "postfach",
    )  # fmt: skip
    assert (hall.summary, hall.person, hall.organisation, hall.note) == ("Saal", None, place.club, None)
    assert (question.summary, question.person, question.team_member) == ("Frage", place.bob, place.rita)
    (other,) = place.rows(InteractionParticipant)
    assert (other.interaction, other.person, other.name) == (fair.id, place.bob, "Bob Probe")
    ada, bob = place.rows(Person)
    assert ada.mail_problem is None
    assert bob.mail_problem.startswith("bob@verein.example: am 05.01.2026 zurück (550 5.1.1")
    assert imap.flags(place.folder_named("Eins")) == before, "the mailbox stays as it was"
    assert mailbox.run(place.mailbox(imap, place.folder_named("Eins")), now()) == ""


def test_mails_with_one_message_id_are_told_apart_and_what_was_recorded_before_comes_no_second_time(place, imap):
    mails_ = [bytes(mail(s, "ada@verein.example", US, text=t)) for s, t in (("Erste", "Hallo"), ("Zweite", "Und noch"))]
    nameless = [mail("Ohne", "bob@verein.example", US, text=text) for text in ("eins", "zwei")]
    for one in nameless:
        del one["Message-ID"]
    old = mail("Alt", "ada@verein.example", US, number=9)
    place.make(Interaction(summary="Alt", person=place.ada, origin="postfach", ident=plain_ident_of(old)))
    name = place.folder_named("Gleich")
    imap.put([*mails_, *map(bytes, nameless), bytes(old), mails_[0]], name)
    mailbox.run(place.mailbox(imap, name), now())
    assert place.subjects() == ["Alt", "Erste", "Ohne", "Ohne", "Zweite"]
    (place.folder / MEMORY).unlink()
    mailbox.run(place.mailbox(imap, name), now())
    assert len(place.subjects()) == 5


def test_text_is_kept_only_when_that_is_switched_on(place, imap):
    imap.put([bytes(mail("Messe", "ada@verein.example", US, text="Wir kommen zu dritt."))], place.folder_named("Text"))
    mailbox.run(place.mailbox(imap, place.folder_named("Text"), imap_text=True), now())
    (row,) = place.rows(Interaction)
    assert row.note == "Wir kommen zu dritt."


def test_nothing_is_doubled_or_lost_by_kills_new_numbers_and_a_lost_memory(place, imap, monkeypatch):
    known = [f"person{number}@verein.example" for number in range(12)]
    place.make(*(Person(last_name=f"Bekannt {number}", mail=address) for number, address in enumerate(known)))
    made = post(known, total=120, contacts=60)
    imap.put(made.mails, place.folder_named("Viele"))
    settings = place.mailbox(imap, place.folder_named("Viele"))
    monkeypatch.setattr(mailbox, "BATCH", 25)

    class Killed(BaseException):
        """Stands for kill -9 between the contacts and those who also took part."""

    write = entries._write
    count = 0

    def dying(desk, chunk):
        nonlocal count
        count += 1
        if count == 2:
            store = desk.stores["interaction"]
            store.create([row for row, _ in chunk][:7])
            raise Killed
        return write(desk, chunk)

    with monkeypatch.context() as once:
        once.setattr(entries, "_write", dying)
        with pytest.raises(Killed):
            mailbox.run(settings, now())
    mailbox.run(settings, now())
    assert len(place.rows(Interaction)) == 60
    imap.recreate(made.mails, place.folder_named("Viele"))
    mailbox.run(settings, now())
    (place.folder / MEMORY).unlink()
    mailbox.run(settings, now())

    rows = place.rows(Interaction)
    assert len(rows) == len({row.ident for row in rows}) == 60
    assert made.known - {row.summary for row in rows} == {f"Anliegen {n}" for n in range(0, 60, 10)}, "the broken ones"
    assert not made.automatic & {row.summary for row in rows}
    marked = {row.mail for row in place.rows(Person) if row.mail_problem}
    assert marked == made.bounced


def test_what_was_taken_back_or_deleted_does_not_come_again(place, imap):
    imap.put([bytes(mail("Eins", "ada@verein.example", US, number=1))], place.folder_named("Zurück"))
    settings = place.mailbox(imap, place.folder_named("Zurück"))
    mailbox.run(settings, now())
    run = next(row.report for row in place.rows(JobRun) if row.name == mailbox.NAME).split("\n")[0].split()[1]
    undo(place.client, place.base, run=run, now=now)
    assert place.rows(Interaction) == []
    mailbox.run(settings, now())
    (place.folder / MEMORY).unlink()
    mailbox.run(settings, now())
    assert place.rows(Interaction) == []
    imap.put([bytes(mail("Zwei", "ada@verein.example", US, number=2))], place.folder_named("Zurück"))
    mailbox.run(settings, now())
    assert place.subjects() == ["Zwei"]


def test_a_folder_that_is_missing_and_a_wrong_password_are_told(place, imap):
    with pytest.raises(ConfigError, match="keinen Ordner „Fehlt“"):
        mailbox.run(place.mailbox(imap, "Fehlt"), now())
    wrong = place.mailbox(imap, place.folder_named("Eins")).model_copy(update={"imap_password": SecretStr("falsch")})
    with pytest.raises(ConfigError, match="nimmt die Anmeldung nicht an"):
        mailbox.run(wrong, now())
    found = [str(one) for settings in (place.mailbox(imap, "INBOX"), wrong) for one in doctor._mailbox(settings)]
    assert found[0].endswith("ist lesbar: INBOX.")
    assert "nimmt die Anmeldung nicht an" in found[1]


def test_meetings_that_are_over_come_once_from_a_file_a_folder_and_a_feed(place, httpserver, tmp_path):
    folder = tmp_path / "kalender"
    folder.mkdir()
    (folder / "rita.ics").write_text(CALENDAR, encoding="utf-8")
    shutil.copy(folder / "rita.ics", tmp_path / "einzeln.ics")
    httpserver.expect_request("/geheim.ics").respond_with_data(CALENDAR, content_type="text/calendar")
    feed = httpserver.url_for("/geheim.ics")
    settings = place.settings(calendars=f"{folder}, {tmp_path / 'einzeln.ics'}, {feed}")

    assert calendars.run(settings, NOW) == "4 Treffen eingetragen"
    rows = place.rows(Interaction)
    assert [row.day for row in rows] == [dt.date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert {(r.summary, r.kind, r.person, r.organisation, r.team_member, r.origin) for r in rows} == {
        ("Jour fixe", "treffen", place.ada, place.club, place.rita, "kalender")
    }
    assert calendars.run(settings, NOW) == ""
    (place.folder / MEMORY).unlink()
    assert calendars.run(settings, NOW) == ""
    assert calendars.run(settings, NOW + dt.timedelta(days=7)) == "1 Treffen eingetragen"


def test_a_calendar_that_is_none_does_not_stop_the_others_and_no_secret_is_told(place, httpserver, tmp_path):
    (tmp_path / "gut.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "kaputt.ics").write_text("<html>Bitte anmelden</html>", encoding="utf-8")
    httpserver.expect_request("/geheim.ics").respond_with_data("", status=403)
    feed = httpserver.url_for("/geheim.ics")
    settings = place.settings(calendars=f"{tmp_path}/kaputt.ics,{feed},{tmp_path}/fehlt.ics,{tmp_path}/gut.ics")
    with pytest.raises(SomeFailed) as problem:
        calendars.run(settings, NOW)
    told = str(problem.value)
    assert "4 Treffen eingetragen" in told
    assert "„kaputt.ics“ ist kein lesbarer Kalender" in told
    assert "403" in told
    assert "fehlt.ics" in told
    assert "geheim.ics" not in told
    assert len(place.rows(Interaction)) == 4
