"""The answer pages over tables in memory and over a real NocoDB: the same tests, so that the memory may stand in."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from guest_pages import CODES, START, House, memory

from automations.events.links import Links
from automations.events.tokens import Signer
from schemas.base import BASE
from schemas.errors import RowGone
from schemas.events.choices import Answer, EventState, InvitationState, Place, ReplyChannel, ReplyState
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore


class Contract:
    """What the pages promise, whatever the tables are."""

    def test_reading_shows_the_invitation_and_changes_nothing(self, house: House) -> None:
        event = house.event()
        house.guest(event, "Olaf Muster")
        path = house.link(house.guest(event))
        before = house.rows()

        page = house.get(path)
        heads = [house.get(p, method="HEAD") for p in (path, f"{path}/termin.ics", f"{path}?notiert=1")]
        calendar = house.get(f"{path}/termin.ics")
        house.get(f"{path}?notiert=1&antwort=abgesagt")

        assert page.status == 200
        for told in ("Verleihung der FreiwilligenPässe", "Donnerstag, 8. Oktober 2026, 18:00 bis 20:00 Uhr",
                     "Gesellschaftshaus", "19:30 Empfang", "Vera Beispiel", "24. September 2026"):  # fmt: skip
            assert told in page.text
        assert "Olaf Muster" not in page.text, "no other guest is shown"
        assert [h.status for h in heads] == [200, 200, 200]
        assert "METHOD:PUBLISH" in calendar.text
        assert house.rows() == before

    def test_an_answer_is_taken_down_counts_and_is_shown(self, house: House) -> None:
        event = house.event()
        other = house.guest(event, "Olaf Muster")
        guest = house.guest(event)
        before = house.stores["invitation"].get(other)

        sent = house.answer(
            house.link(guest), Answer.YES, begleitung="2", namen="Otto, Ida", bedarf="vegetarisch,\r\n1 Rollstuhl",
            bemerkung="Wir „freuen“ uns & kommen\nmit der Bahn",
        )  # fmt: skip

        assert (sent.status, sent.headers["location"]) == (303, "?notiert=1#notiert")
        shown = house.stores["invitation"].get(guest)
        assert (shown.answer, shown.companions, shown.companion_names, shown.needs, shown.place) == (
            Answer.YES, 2, "Otto, Ida", "vegetarisch,\n1 Rollstuhl", Place.SURE,
        )  # fmt: skip
        (reply,) = house.rows()["reply"]
        assert (reply.channel, reply.state, reply.at, reply.event, reply.text) == (
            ReplyChannel.LINK, ReplyState.COUNTS, house.now, event, "Wir „freuen“ uns & kommen\nmit der Bahn",
        )  # fmt: skip
        page = house.get(f"{house.link(guest)}?notiert=1")
        for told in ("Ihre Antwort ist notiert.", "Sie kommen", "2 (Otto, Ida)", "mit der Bahn", "termin.ics"):
            assert told in page.text
        assert house.stores["invitation"].get(other) == before

    def test_one_form_is_one_answer_however_often_it_arrives(self, house: House) -> None:
        guest = house.guest(house.event())
        path = house.link(guest)
        form = {"formular": house.get(path).ticket(), "antwort": "zugesagt", "begleitung": "1"}

        with ThreadPoolExecutor(4) as clicks:
            sent = list(clicks.map(lambda _: house.post(path, form), range(4)))

        assert {s.status for s in sent} == {303}
        assert len(house.rows()["reply"]) == 1
        before = house.rows()
        changed = house.post(path, {**form, "antwort": "abgesagt"})
        assert (changed.status, house.rows()) == (409, before)
        assert "schon einmal abgeschickt" in changed.text
        assert house.post(path, {"formular": changed.ticket(), "antwort": "abgesagt"}).status == 303
        assert house.stores["invitation"].get(guest).answer == Answer.NO

    def test_many_who_answer_at_once_each_get_their_own_and_no_chair_twice(self, house: House) -> None:
        event, elsewhere = house.event(capacity=9), house.event(capacity=9)
        guests = [house.guest(event, f"Gast {number}") for number in range(10)]
        others = [house.guest(elsewhere, f"Anderswo {number}") for number in range(2)]
        links = [house.link(row) for row in (*guests, *others)]

        forms = [
            {"formular": house.get(link).ticket(), "antwort": Answer.NO if n == 3 else Answer.YES, "begleitung": n % 2}
            for n, link in enumerate(links)
        ]  # fmt: skip

        with ThreadPoolExecutor(12) as crowd:
            sent = list(crowd.map(lambda n: house.post(links[n], {k: str(v) for k, v in forms[n].items()}), range(12)))

        assert {one.status for one in sent} == {303}
        stand = [house.stores["invitation"].get(row) for row in guests]
        assert [(row.answer, row.companions) for row in stand] == [
            (Answer.NO, None) if n == 3 else (Answer.YES, n % 2) for n in range(10)
        ]  # fmt: skip
        chairs = [1 + (row.companions or 0) for row in stand if row.place == Place.SURE]
        waiting = [1 + (row.companions or 0) for row in stand if row.place == Place.WAITING]
        assert sum(chairs) + sum(waiting) == 13
        assert sum(chairs) == 9 or (sum(chairs) == 8 and min(waiting) == 2)
        assert [house.stores["invitation"].get(row).place for row in others] == [Place.SURE] * 2
        replies = house.rows()["reply"]
        assert sorted(row.invitation for row in replies) == sorted([*guests, *others])
        assert {row.state for row in replies} == {ReplyState.COUNTS}

    def test_a_guest_changes_sends_a_deputy_and_withdraws(self, house: House) -> None:
        guest = house.guest(house.event())
        path = house.link(guest)
        house.answer(path, Answer.YES, begleitung="2", namen="Otto, Ida")
        house.later(minutes=5)
        house.answer(path, Answer.REPRESENTED, vertretung="Rita Redlich, Vorstand")
        row = house.stores["invitation"].get(guest)
        assert (row.answer, row.represented_by, row.companions) == (Answer.REPRESENTED, "Rita Redlich, Vorstand", 0)
        assert "vertreten durch Rita Redlich, Vorstand" in house.get(path).text
        house.later(minutes=5)

        house.answer(path, Answer.NO, begleitung="2", vertretung="Rita")

        row = house.stores["invitation"].get(guest)
        assert (row.answer, row.represented_by, row.companions, row.place) == (Answer.NO, None, None, None)
        assert [r.answer for r in house.rows()["reply"]] == [Answer.YES, Answer.REPRESENTED, Answer.NO]

    def test_what_staff_decided_counts_and_the_guest_is_told(self, house: House) -> None:
        guest = house.guest(house.event())
        path = house.link(guest)
        house.stores["invitation"].swap(guest, {"correction": None}, {"correction": Answer.NO})

        house.answer(path, Answer.YES)

        assert house.stores["invitation"].get(guest).answer == Answer.NO
        page = house.get(f"{path}?notiert=1")
        assert "Ihre Antwort „Sie kommen“ ist notiert; bei uns ist „Sie kommen nicht“ eingetragen." in page.text
        assert "Wir melden uns" in page.text

    def test_a_full_house_is_said_before_and_after_and_moves_up(self, house: House) -> None:
        event = house.event(capacity=2)
        first, second = house.guest(event, "Vera"), house.guest(event, "Olaf")
        house.answer(house.link(first), Answer.YES, begleitung="1")
        assert "Alle Plätze sind vergeben" in house.get(house.link(second)).text

        house.later(minutes=1)
        house.answer(house.link(second), Answer.YES)

        assert "Sie stehen auf der Warteliste" in house.get(f"{house.link(second)}?notiert=1").text
        assert "Ihr Platz ist reserviert" in house.get(house.link(first)).text
        house.later(minutes=1)
        house.answer(house.link(first), Answer.NO)
        assert "Ihr Platz ist reserviert" in house.get(house.link(second)).text

    def test_who_has_a_place_cannot_bring_more_people_than_chairs_are_free(self, house: House) -> None:
        event = house.event(capacity=2)
        first, second = house.guest(event, "Vera"), house.guest(event, "Olaf")
        for row in (first, second):
            house.answer(house.link(row), Answer.YES)
        house.later(minutes=1)
        before = house.rows()

        refused = house.answer(house.link(first), Answer.YES, begleitung="1")

        assert refused.status == 422
        assert "kein Platz mehr frei" in refused.text
        assert house.rows() == before

    def test_a_revoked_link_is_like_one_that_never_was(self, house: House) -> None:
        event = house.event()
        guest, other = house.guest(event), house.guest(event, "Olaf Muster")
        old, others = house.link(guest), house.link(other)
        signer = Signer("a secret of this test", house.base_id)
        form = {"formular": house.get(old).ticket(), "antwort": "zugesagt"}

        new = Links(house.stores["invitation"], signer).revoke(guest)

        before = house.rows()
        never = house.get("/a/9999999.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")
        gone = house.get(f"/a/{signer.token(99_999, 'AAAAAAAA')}")
        for page in (house.get(old), house.post(old, form), house.get(f"{old}/termin.ics"), gone):
            assert (page.status, page.plain) == (404, never.plain)
        assert house.rows() == before
        assert house.get(f"/a/{new}").status == house.get(others).status == 200

    def test_a_link_is_the_same_however_often_it_is_copied_and_made_if_there_is_none(self, house: House) -> None:
        guest = house.guest(house.event(), mark=None)
        links = Links(house.stores["invitation"], Signer("a secret of this test", house.base_id))

        token = links.token(guest)

        assert house.get(f"/a/{token}").status == 200
        assert links.token(guest) == token
        with pytest.raises(RowGone):
            links.revoke(99_999)

    @pytest.mark.parametrize("before", [None, Answer.YES])
    def test_who_cannot_come_says_so_after_the_last_day_for_answers_too(self, house: House, before) -> None:
        guest = house.guest(house.event())
        path = house.link(guest)
        if before:
            house.answer(path, before)
        house.now, house.seconds = dt.datetime(2026, 9, 24, 22, 0, tzinfo=dt.UTC), house.seconds + 3600

        page = house.get(path)
        assert page.text.count('type="radio"') == 1
        assert "sagen Sie bitte hier ab" in page.text
        assert house.post(path, {"formular": page.ticket(), "antwort": "zugesagt"}).status == 409
        assert house.post(path, {"formular": page.ticket(), "antwort": "abgesagt", "bemerkung": "krank"}).status == 303

        assert house.stores["invitation"].get(guest).answer == Answer.NO
        done = house.get(path)
        assert ("<form" in done.text, "rufen Sie uns an" in done.text) == (False, True)

    def test_after_the_deadline_and_when_nothing_takes_place_nothing_changes(self, house: House) -> None:
        event = house.event()
        guest = house.guest(event)
        path = house.link(guest)
        form = {"formular": house.get(path).ticket(), "antwort": "zugesagt"}
        before = house.rows()

        def tried(when: dt.datetime) -> tuple[int, int, str]:
            house.now, house.seconds = when, house.seconds + 3600
            page = house.get(path)
            return page.status, house.post(path, form).status, page.text

        late = tried(dt.datetime(2026, 9, 24, 22, 0, tzinfo=dt.UTC))
        assert (late[:2], "Die Frist für Antworten ist vorbei" in late[2]) == ((200, 409), True)
        assert "antwort@example.org" in late[2]
        over = tried(START + dt.timedelta(days=1))
        assert (over[:2], "Diese Veranstaltung ist vorbei" in over[2]) == ((200, 409), True)
        assert tried(START + dt.timedelta(days=40))[:2] == (404, 404), "after a month the link says nothing any more"
        assert house.rows() == before

    @pytest.mark.parametrize(
        ("event", "guest", "told"),
        [
            ({"state": EventState.CALLED_OFF}, {}, "Diese Veranstaltung fällt aus"),
            ({"state": EventState.CLOSED}, {}, "Diese Veranstaltung ist vorbei"),
            ({}, {"state": InvitationState.CALLED_OFF}, "Diese Einladung gilt nicht mehr"),
            ({}, {"state": InvitationState.DROPPED}, "Diese Seite gibt es nicht"),
        ],
    )
    def test_what_is_called_off_takes_no_answer(self, house: House, event, guest, told) -> None:
        path = house.link(house.guest(house.event(**event), **guest))
        before = house.rows()

        page = house.get(path)
        sent = house.post(path, {"formular": "x", "antwort": "zugesagt"})

        assert told in page.text
        assert "<form" not in page.text
        assert told in sent.text
        assert sent.status in (404, 409)
        assert house.rows() == before


class TestInMemory(Contract):
    @pytest.fixture
    def house(self) -> House:
        return House(memory())


@pytest.mark.server
class TestOnNocoDB(Contract):
    @pytest.fixture
    def house(self, client, base) -> House:
        resolved = resolve(client, BASE, base)
        return House({code: TableStore(client, resolved, BASE.record(code)) for code in CODES}, resolved.id)
