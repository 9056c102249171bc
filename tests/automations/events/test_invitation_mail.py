"""A guest's mail and its calendar: what mail programs need to show buttons, and nothing that is another guest's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email import message_from_bytes, policy

import made_up
import pytest
from icalendar import Calendar

from automations.events import mail
from automations.events.book import NEEDED
from automations.events.calendar import Organiser, content, escaped, next_sequence, sequence_of
from automations.events.calendar_uid import mark_of, read_uid
from automations.events.concerns import OTHER_PLACE, STAND_IN, InvitationConcerns, is_outdated, told
from automations.events.facts import event_facts
from automations.events.sending import read_guests
from automations.events.sending_plan import Why, key_of, missing, plan
from automations.mail.message import compose
from schemas.events.choices import Answer, Channel, EventState, InvitationState, Place
from schemas.events.tables import Event, Invitation
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
BY = Organiser('Netzwerk "Engagement", Musterstadt', "antwort@example.org", "pbase")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mirror")
    made_up.write(folder, made_up.contacts(40, 60, 10, NOW.date()) | made_up.events(NOW.date(), 40, 60, 40), NOW)
    manifest = read_manifest(folder)
    return {code: load_table(folder, manifest, code) for code in NEEDED}


@pytest.fixture(scope="module")
def facts(tables):
    return event_facts(tables, 2, NOW.date(), network="Netzwerk")


def invitation(row=1, **more):
    cells = {"name": f"Gast {row}", "event": 2, "person": row, "channel": Channel.MAIL, "mail": f"g{row}@example.org",
             "state": InvitationState.NOTED, "ident": f"einladung:2:p{row}"}  # fmt: skip
    return Invitation(id=row, **(cells | more))


def guest(tables, facts, row=1, **more):
    return read_guests(tables, facts, [invitation(row, **more)])[0]


def made(tables, facts, occasion=PostKind.INVITATION, **more):
    letter = mail.letter(occasion, facts, guest(tables, facts, **more).facts, BY, key="k", batch="b", sequence=3,
                         moment=NOW, link=STAND_IN)  # fmt: skip
    return message_from_bytes(bytes(compose(letter.as_row(NOW), "Büro <kontakt@example.org>", NOW)),
                              policy=policy.default)  # fmt: skip


def part(message, kind):
    return next(p for p in message.walk() if p.get_content_type() == kind)


def test_outlook_and_thunderbird_find_all_they_need_for_buttons(tables, facts):
    message = made(tables, facts)
    assert message.get_content_type() == "multipart/mixed"
    alternative = message.get_payload(0)
    assert [p.get_content_type() for p in alternative.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    shown = part(message, "text/calendar")
    assert shown["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("einladung.ics", "application/ics")
    raw = attached.get_content()
    assert raw == shown.get_payload(decode=True)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("REQUEST", 3)
    assert event["ORGANIZER"] == "mailto:antwort@example.org"
    assert event["ATTENDEE"] == "mailto:g1@example.org"  # one, so that guests do not see each other
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["DTSTART"].dt == facts.starts_at.replace(microsecond=0)
    assert str(event["LOCATION"]) == "Ratsdiele, Alter Markt 6, 39104 Musterstadt"
    named = read_uid(str(event["UID"]))
    assert (named.event, named.invitation) == (2, 1)
    assert named.mark == mark_of("pbase")


def test_the_network_stands_in_front_and_answers_go_where_the_event_says(tables, facts):
    message = made(tables, facts)
    assert str(message["From"]) == "Netzwerk <kontakt@example.org>"
    assert message["Reply-To"] == "messe@example.org"
    assert message["To"] == "g1@example.org"
    assert message["Auto-Submitted"] is None
    assert message["List-Unsubscribe"] is None


def test_no_valid_link_stands_in_what_is_stored(tables, facts):
    letter = mail.letter(PostKind.INVITATION, facts, guest(tables, facts, mark="geheim1").facts, BY, key="k", batch="b",
                         sequence=0, moment=NOW, link=STAND_IN)  # fmt: skip
    for text in (letter.text, letter.html, letter.calendar):
        assert STAND_IN in text
        assert "geheim1" not in text


def test_a_call_off_takes_the_entry_out_of_calendars(tables, facts):
    message = made(tables, facts, PostKind.CANCELLATION)
    assert part(message, "text/calendar")["Content-Type"].params["method"] == "CANCEL"
    calendar = Calendar.from_ical(part(message, "application/ics").get_content())
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == Calendar.from_ical(
        part(made(tables, facts), "application/ics").get_content()
    ).walk("VEVENT")[0]["UID"]  # fmt: skip


@pytest.mark.parametrize("occasion", [PostKind.SAVE_THE_DATE, PostKind.THANKS, PostKind.PLACE])
def test_other_messages_bring_no_calendar(tables, facts, occasion):
    message = made(tables, facts, occasion, answer=Answer.YES, place=Place.SURE)
    assert "text/calendar" not in {p.get_content_type() for p in message.walk()}


def test_nothing_typed_can_write_a_line_of_its_own_into_a_calendar_or_tags_into_a_page(tables, facts):
    evil = guest(tables, facts, mail="g1@example.org\r\nATTENDEE:mailto:x@example.org", name='"\r\nX')
    letter = mail.letter(
        PostKind.INVITATION, facts, evil.facts, BY, key="k", batch="b", sequence=0, moment=NOW, link=STAND_IN
    )
    assert letter.calendar.count("\nATTENDEE") == 1
    assert escaped("a\r\nATTENDEE:x") == "a\\nATTENDEE:x"
    evil = guest(tables, facts, person=None, organisation=None, name="<script>")
    assert "<script>" not in mail.render(PostKind.INVITATION, facts, evil.facts, STAND_IN).html


@pytest.mark.parametrize("sign", ["\n", "\u2028", "\x85", "\v"])
def test_a_title_or_name_of_several_lines_is_one_in_mail_and_calendar(tables, sign):
    told = {**tables, "event": tables["event"].assign(name=f"Ehrung{sign}2027", invitation_subject=None)}
    facts = event_facts(told, 2, NOW.date(), network="Netzwerk")
    invited = guest(told, facts, person=None, organisation=None, name=f"Eva{sign}Muster")
    letter = mail.letter(PostKind.INVITATION, facts, invited.facts, BY, key="k", batch="b", sequence=0, moment=NOW,
                         link=STAND_IN)  # fmt: skip
    assert letter.subject == "Einladung: Ehrung 2027"
    assert len(letter.calendar.splitlines()) == letter.calendar.count("\n")
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Ehrung 2027"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Ada <ada@x.example>", "ada@x.example"), ("info@bürgerhaus.example", "info@xn--brgerhaus-q9a.example")],
)
def test_buttons_in_the_calendar_are_for_the_address_that_the_mail_goes_to(tables, facts, cell, expected):
    message = made(tables, facts, mail=cell)
    (event,) = Calendar.from_ical(part(message, "application/ics").get_content()).walk("VEVENT")
    assert (message["To"], event["ATTENDEE"]) == (expected, f"mailto:{expected}")


def test_calendars_get_a_new_number_when_time_or_place_changes_and_only_then():
    event = Event(id=2, name="Messe", state=EventState.OPEN, starts_at=NOW, venue="Saal")
    assert next_sequence(event) == 0
    event = Event(id=2, name="Messe", state=EventState.OPEN, starts_at=NOW, venue="Saal", sequence=4,
                  calendar_state=content(event))  # fmt: skip
    assert next_sequence(event) == 4
    for changed in ({"venue": "Foyer"}, {"starts_at": NOW + dt.timedelta(hours=1)}, {"state": EventState.CALLED_OFF}):
        cells = {c: event.value(c) for c in ("name", "state", "starts_at", "venue", "sequence", "calendar_state")}
        assert next_sequence(Event(id=2, **(cells | changed))) == 5
    assert sequence_of("BEGIN:VEVENT\nSEQUENCE:12\nEND:VEVENT\n") == 12
    assert sequence_of("") is None


class TestPlan:
    EVENT = Event(id=2, name="Messe", state=EventState.OPEN, starts_at=NOW, venue="Saal", capacity=10)

    def plan(self, tables, facts, rows, occasion=PostKind.INVITATION, posts=None, event=None):
        return plan(occasion, event or self.EVENT, facts, read_guests(tables, facts, rows), posts or {})

    def test_everybody_it_concerns_is_in_exactly_one_list(self, tables, facts):
        rows = [
            invitation(1), invitation(2, channel=Channel.LETTER), invitation(3, channel=Channel.PHONE),
            invitation(4, channel=None), invitation(5, state=InvitationState.INVITED, invited_at=NOW),
            invitation(6, state=InvitationState.INVITED, answer=Answer.YES), invitation(7),
            invitation(8, delivery="kam zurück am 01.11.2026"), invitation(9, state=InvitationState.DROPPED),
        ]  # fmt: skip
        found = self.plan(tables, facts, rows, posts={key_of(PostKind.INVITATION, rows[6], 0): PostState.QUEUED})
        everybody = [*found.mail, *found.letter, *found.phone]
        placed = [one.row for one in everybody] + [one.guest.invitation.id for one in found.left]
        assert sorted(placed) == [1, 2, 3, 4, 5, 6, 7, 8]
        reasons = {one.guest.invitation.id: one.why for one in found.left}
        assert {row: reasons.get(row) for row in (4, 5, 6, 7, 8)} == {
            4: Why.NO_WAY, 5: Why.ALREADY, 6: Why.ANSWERED, 7: Why.ON_ITS_WAY, 8: Why.CAME_BACK,
        }  # fmt: skip

    @pytest.mark.parametrize("cell", ["a@x.example; b@x.example", "a@x.example, b@x.example", "Ada", "ada@x"])
    def test_a_cell_that_is_not_one_address_is_put_up_before_sending(self, tables, facts, cell):
        found = self.plan(tables, facts, [invitation(1, mail=cell), invitation(2, mail="Ada <ada@x.example>")])
        assert [(one.guest.invitation.id, one.why) for one in found.left] == [(1, Why.BAD_MAIL)]
        assert [one.guest.facts.mail for one in found.mail] == ["ada@x.example"]

    def test_who_must_not_be_written_to_gets_nothing_but_hears_of_a_call_off(self, tables, facts):
        people = tables["person"].copy()
        people["do_not_contact"] = people["id"] == 1
        barred = {**tables, "person": people}
        assert self.plan(barred, facts, [invitation(1)]).reasons == {Why.BARRED: 1}
        off = Event(id=2, name="Messe", state=EventState.CALLED_OFF, starts_at=NOW)
        row = invitation(1, state=InvitationState.CALLED_OFF, invited_at=NOW)
        assert [one.row for one in self.plan(barred, facts, [row], PostKind.CANCELLATION, event=off).mail] == [1]

    def test_a_guest_who_was_deleted_and_added_again_has_the_same_key_whatever_the_row(self):
        again = invitation(99, ident="einladung:2:p1")
        assert key_of(PostKind.INVITATION, invitation(1), 0) == key_of(PostKind.INVITATION, again, 5)
        assert key_of(PostKind.CHANGE, again, 1) != key_of(PostKind.CHANGE, again, 2)
        assert key_of(PostKind.INVITATION, invitation(3, ident=None), 0) == "einladung:2:zeile-3"

    def test_what_was_withdrawn_may_go_out_after_all(self, tables, facts):
        posts = {key_of(PostKind.INVITATION, invitation(1), 0): PostState.WITHDRAWN}
        assert len(self.plan(tables, facts, [invitation(1)], posts=posts).mail) == 1

    def test_who_moved_up_or_waits_hears_of_it_each_time_and_nobody_else(self, tables, facts):
        def guest(row, place, **more):
            return invitation(row, state=InvitationState.INVITED, answer=Answer.YES, place=place, **more)

        def rows_told(rows, posts=None):
            return [one.row for one in self.plan(tables, facts, rows, PostKind.PLACE, posts).mail]

        up, waits = guest(1, Place.SURE, moved_up_at=NOW), guest(2, Place.WAITING)
        by_phone = [guest(n, Place.SURE, channel=Channel.PHONE, moved_up_at=at) for n, at in ((4, None), (5, NOW))]
        assert rows_told([up, waits, guest(3, Place.SURE)]) == [1, 2]
        assert [one.row for one in self.plan(tables, facts, by_phone, PostKind.PLACE).phone] == [5]

        heard: dict[str, PostState] = {}
        for place in (up, replace(up, place=Place.WAITING), up, replace(up, place=Place.WAITING)):
            (mail,) = self.plan(tables, facts, [place], PostKind.PLACE, heard).mail
            heard[mail.key] = PostState.SENT
            assert rows_told([place], heard) == [], "the same place is told once"
        assert len(heard) == 4, "and the other one again, however often it changes"

    @pytest.mark.parametrize(("told", "state", "hears"), [
        (Place.WAITING, PostState.SENT, True), (Place.SURE, PostState.SENT, False), (None, None, False),
        (Place.WAITING, PostState.WITHDRAWN, False),
    ])  # fmt: skip
    def test_who_was_told_to_wait_and_has_a_place_after_a_no_and_a_yes_hears_of_it_once(
        self, tables, facts, told, state, hears
    ):
        seated = invitation(1, state=InvitationState.INVITED, answer=Answer.YES, place=Place.SURE)
        posts = {key_of(PostKind.PLACE, replace(seated, place=told), 0): state} if told else {}

        mails = self.plan(tables, facts, [seated], PostKind.PLACE, posts).mail

        assert bool(mails) == hears
        posts |= {one.key: PostState.SENT for one in mails}
        assert self.plan(tables, facts, [seated], PostKind.PLACE, posts).mail == ()

    def test_what_is_missing_is_named(self):
        assert missing(PostKind.INVITATION, Event()) == ["der Titel", "der Beginn", "der Ort"]
        assert missing(PostKind.THANKS, Event(name="Messe")) == []

    @pytest.mark.parametrize(
        ("cell", "usable"),
        [(None, True), (" ", True), ("a@x.example", True), ("Büro <a@x.example>", True),
         ("a@x.example; b@x.example", True),
         ("info@bürger.example", True), ("bitte anrufen", False), ("a@x..example", False), ("a@", False)],
    )  # fmt: skip
    def test_answers_to_nowhere_are_told_before_anything_goes_out(self, cell, usable):
        lacking = missing(PostKind.THANKS, Event(name="Messe", reply_to=cell))
        assert lacking == ([] if usable else ["eine gültige E-Mail-Adresse bei „Antwort an“"])


@pytest.mark.parametrize(("number", "place", "goes"), [
    ("", Place.WAITING, True), ("", Place.SURE, False), ("", None, False), (":2", Place.WAITING, True),
    (":2", Place.SURE, False),
])  # fmt: skip
def test_a_mail_about_a_place_goes_out_only_while_it_is_true(number, place, goes):
    class Store:
        def get_many(self, rows):
            return {row: invitation(row, state=InvitationState.INVITED, answer=Answer.YES, place=place) for row in rows}

    key = key_of(PostKind.PLACE, invitation(1, place=Place.WAITING), 0) + number
    post = Post(id=7, kind=PostKind.PLACE, about="invitation:1", text="Sie warten", ident=key)

    ready, withheld = InvitationConcerns(None, Store(), None, None).ready([post])

    assert (ready, withheld) == (([post], {}) if goes else ([], {7: OTHER_PLACE}))


class TestTold:
    def test_who_was_told_of_the_place_is_no_longer_to_be_told(self):
        assert told(invitation(moved_up_at=NOW), PostKind.PLACE, NOW) == {"moved_up_at": None}
        assert told(invitation(moved_up_at=NOW), PostKind.CHANGE, NOW) == {}
        assert told(invitation(), PostKind.PLACE, NOW) == {}
        later = invitation(moved_up_at=NOW + dt.timedelta(seconds=1))
        assert told(later, PostKind.PLACE, NOW) == {}, "moved up after what was told"

    @pytest.mark.parametrize(("place", "moved_up_at", "outdated"), [
        (Place.SURE, NOW, False), (Place.SURE, None, False), (Place.SURE, NOW + dt.timedelta(hours=1), True),
        (Place.WAITING, None, True), (None, None, True),
    ])  # fmt: skip
    def test_a_letter_about_a_place_is_true_until_the_place_is_lost(self, place, moved_up_at, outdated):
        then = invitation(place=Place.SURE, moved_up_at=NOW)
        now = invitation(place=place, moved_up_at=moved_up_at)

        assert is_outdated(PostKind.PLACE, then, now) == outdated
        assert not is_outdated(PostKind.INVITATION, then, now)

    def test_an_invitation_learns_what_its_guest_got_and_nothing_twice(self):
        row = invitation()
        first = told(row, PostKind.INVITATION, NOW, 0)
        assert first == {"state": InvitationState.INVITED, "invited_at": NOW, "sequence": 0}
        after = invitation(**first)
        assert told(after, PostKind.INVITATION, NOW + dt.timedelta(days=1), 0) == {}
        assert told(after, PostKind.CHANGE, NOW, 1) == {"sequence": 1}
        assert told(after, PostKind.CHANGE, NOW, 0) == {}
        assert told(after, PostKind.REMINDER, NOW) == {"reminded_at": NOW}
        assert told(after, PostKind.CANCELLATION, NOW, 2) == {"state": InvitationState.CALLED_OFF, "sequence": 2}

    def test_who_was_dropped_meanwhile_stays_dropped(self):
        assert told(invitation(state=InvitationState.DROPPED), PostKind.INVITATION, NOW) == {"invited_at": NOW}
