import datetime as dt

import pytest
from address_books import PASSWORD, READER, USER
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.contacts.tables import Function, Organisation, Person
from schemas.errors import PlanRefused
from sync.address_book import apply_book, plan_book
from sync.address_cards import make_cards
from sync.carddav import AddressBook, AddressBookError, Card
from sync.sources.vcard_cells import card_cells

TODAY = dt.date(2026, 11, 24)
PAST = dt.date(2025, 12, 31)
HOUSE = Organisation(
    id=1, name="Haus am Park e.V.", street="Breiter Weg 1", postcode="39104", city="Magdeburg", phone="0391 5551",
    mail="haus@example.org", web="https://haus.example", note="geheim",
)  # fmt: skip
ADA = Person(
    id=7, title="Dr.", first_name="Ada", last_name="Beispiel", mail="ada@example.org", mobile="0170 1",
    street="Privatweg 3", postcode="39999", city="Privatort", note="geheim",
)  # fmt: skip
HEAD = Function(id=3, name="Leiterin", person=7, organisation=1, mail="leitung@example.org", phone="0391 5552")


def cells(organisations=(), persons=(), functions=()):
    return {name: card_cells(text).cells for name, text in make_cards(organisations, persons, functions, TODAY).items()}


def test_a_person_gets_a_card_with_post_and_the_address_of_the_organisation():
    card = cells([HOUSE], [ADA], [HEAD])["kontaktnetz-person-7.vcf"]
    assert card == {
        "UID": "kontaktnetz-person-7", "Name": "Dr. Ada Beispiel", "Nachname": "Beispiel", "Vorname": "Ada",
        "Anrede": "Dr.", "Firma": "Haus am Park e.V.", "Position": "Leiterin", "Telefon geschäftlich": "0391 5552",
        "Mobiltelefon": "0170 1", "E-Mail-Adresse": "ada@example.org", "E-Mail 2: Adresse": "leitung@example.org",
        "Straße geschäftlich": "Breiter Weg 1", "Postleitzahl geschäftlich": "39104", "Ort geschäftlich": "Magdeburg",
    }  # fmt: skip


def test_an_organisation_gets_a_card_as_a_firm():
    card = cells([HOUSE])["kontaktnetz-organisation-1.vcf"]
    assert (card["Firma"], card["Name"], card["Telefon geschäftlich"]) == (HOUSE.name, HOUSE.name, "0391 5551")
    assert "Nachname" not in card


def test_private_address_and_notes_are_in_no_card():
    text = "".join(make_cards([HOUSE], [ADA], [HEAD], TODAY).values())
    assert not [word for word in ("Privat", "39999", "geheim") if word in text]


@pytest.mark.parametrize(
    "person",
    [Person(id=7, last_name="B", phone="1", do_not_share=True), Person(id=7, last_name="B", street="Weg 1")],
    ids=["must not be passed on", "cannot be reached"],
)
def test_who_must_not_be_passed_on_or_cannot_be_reached_gets_no_card(person):
    posts = [HEAD] if person.do_not_share else []
    assert list(cells([HOUSE], [person], posts)) == ["kontaktnetz-organisation-1.vcf"]


def test_what_has_ended_is_in_no_card():
    ended = Function(id=3, name="Leiterin", person=7, organisation=1, phone="0391 5552", valid_to=PAST)
    closed = Organisation(id=2, name="Zu", phone="0391 9", active_to=PAST)
    found = cells([HOUSE, closed], [ADA], [ended])
    assert sorted(found) == ["kontaktnetz-organisation-1.vcf", "kontaktnetz-person-7.vcf"]
    assert not {"Firma", "Position", "Telefon geschäftlich"} & set(found["kontaktnetz-person-7.vcf"])


def test_of_two_posts_the_main_one_is_shown_and_both_numbers_are_there():
    second = Function(id=9, name="Sprecherin", person=7, organisation=2, main_contact=True, phone="0391 7")
    place = Organisation(id=2, name="Bündnis")
    card = cells([HOUSE, place], [ADA], [HEAD, second])["kontaktnetz-person-7.vcf"]
    assert (card["Firma"], card["Position"]) == ("Bündnis", "Sprecherin")
    assert {card["Telefon geschäftlich"], card["Telefon geschäftlich 2"]} == {"0391 5552", "0391 7"}


@example("0" * 65 + "\\\\\xa00")
@example("Verein " * 12)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200))
def test_every_name_comes_out_of_its_card_as_it_went_in(name):
    found = cells([Organisation(id=1, name=name, phone="1")])
    if name.strip():
        assert found["kontaktnetz-organisation-1.vcf"]["Firma"] == name.strip()


def test_a_card_that_says_the_same_is_left_alone_however_the_server_writes_it():
    wanted = make_cards([HOUSE], [], [], TODAY)
    ((name, text),) = wanted.items()
    stored = text.replace("END:VCARD", "REV:20260101T000000Z\r\nPRODID:server\r\nEND:VCARD")
    plan = plan_book(wanted, [Card(name, "1", stored), Card("anna.vcf", "2", "…")])
    assert (plan.writes, plan.same, plan.foreign) == (0, 1, 1)


def test_a_base_without_anything_never_empties_the_book():
    with pytest.raises(PlanRefused, match="keine einzige Karte"):
        plan_book({}, [Card("kontaktnetz-person-1.vcf", "1", "…")])
    assert plan_book({}, [Card("anna.vcf", "1", "…")]).writes == 0


def brought(book, organisations=(), persons=(), functions=()):
    there = AddressBook(book, USER, PASSWORD)
    return apply_book(there, plan_book(make_cards(organisations, persons, functions, TODAY), there.cards()))


def test_the_book_on_a_real_server_follows_the_base_and_nothing_else_changes(book, card_server):
    foreign = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:anna\r\nFN:Anna\r\nN:Anna;;;;\r\nEND:VCARD\r\n"
    card_server.put(book, "anna.vcf", foreign)
    anna = card_server.texts(book)["anna.vcf"]

    first = brought(book, [HOUSE], [ADA], [HEAD])
    assert (first.new, first.changed, first.gone, first.late) == (2, 0, 0, 0)
    there = card_server.texts(book)
    again = brought(book, [HOUSE], [ADA], [HEAD])
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert card_server.texts(book) == there

    on_a_phone = there["kontaktnetz-person-7.vcf"].replace("Beispiel", "Verschrieben")
    card_server.put(book, "kontaktnetz-person-7.vcf", on_a_phone)
    assert brought(book, [HOUSE], [ADA], [HEAD]).changed == 1
    assert "Verschrieben" not in card_server.texts(book)["kontaktnetz-person-7.vcf"]

    hidden = Person(id=7, last_name="Beispiel", mobile="0170 1", do_not_share=True)
    last = brought(book, [HOUSE], [hidden], [HEAD])
    assert (last.new, last.changed, last.gone) == (0, 0, 1)
    left = card_server.texts(book)
    assert sorted(left) == ["anna.vcf", "kontaktnetz-organisation-1.vcf"]
    assert left["anna.vcf"] == anna


def test_a_card_changed_at_that_very_moment_waits_for_the_next_run(book, card_server):
    brought(book, [HOUSE], [ADA], [HEAD])
    there = AddressBook(book, USER, PASSWORD)
    moved = Organisation(id=1, name="Haus am Park e.V.", phone="0391 999")
    plan = plan_book(make_cards([moved], [ADA], [HEAD], TODAY), there.cards())
    name = "kontaktnetz-organisation-1.vcf"
    card_server.put(book, name, card_server.texts(book)[name].replace("5551", "4444"))

    report = apply_book(there, plan)
    assert (report.changed, report.late) == (1, 1)
    assert "gleichzeitig" in report.describe()
    assert brought(book, [moved], [ADA], [HEAD]).changed == 1
    assert "0391 999" in card_server.texts(book)[name]


def test_the_account_of_the_phones_reads_the_cards_and_cannot_write_them(book):
    brought(book, [HOUSE], [ADA], [HEAD])
    phone = AddressBook(book, READER, PASSWORD)
    cards = phone.cards()
    assert len(cards) == 2
    with pytest.raises(AddressBookError, match="darf das nicht"):
        phone.put(cards[0].name, cards[0].text, cards[0].version)
