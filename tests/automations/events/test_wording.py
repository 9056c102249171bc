"""What a guest reads: who invites and signs on that day, whom it goes to and where, Sie or Du, staff's own words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from letters import EVENT, guest

from automations.events.facts import WordingError, event_facts, guest_facts
from automations.events.sending_plan import OCCASIONS as TO_GUESTS
from automations.events.when import time_text, when_text
from automations.events.wording import ANSWERABLE, filled, word
from schemas.base import BASE
from schemas.events.choices import Answer, Place
from schemas.events.rules.address import Addressee, Form
from schemas.events.tables import Invitation
from schemas.operations.choices import PostKind

DAY = dt.date(2026, 8, 3)
ANNA = Addressee("frau", "", "Anna", "Muster", street="Am Weg 1", postcode="39104", city="Magdeburg")
OCCASIONS = (*TO_GUESTS, PostKind.TEST)
NEEDED = ("event", "invitation", "person", "organisation", "function", "office", "body", "relationship")


def tables(**rows):
    """Return frames as the mirror has them, empty where nothing is given."""
    made = {}
    for code in NEEDED:
        columns = ["id", *BASE.tables[code].columns]
        made[code] = pd.DataFrame(rows.get(code, []), columns=columns).astype(object)
    return made


@pytest.fixture
def town():
    return tables(
        body=[{"id": 1, "name": "Netzwerk Magdeburg"}],
        organisation=[
            {"id": 1, "name": "Landeshauptstadt", "street": "Alter Markt 6", "postcode": "39104", "city": "Magdeburg",
             "phone": "030 23125-050", "mail": "rat@stadt.example"},
            {"id": 2, "name": "Stadtbibliothek", "kind": "fachbereich", "parent": 1},
            {"id": 3, "name": "Turnverein Nord", "kind": "verein", "parent": 1, "street": "Am Weg 2",
             "postcode": "39106", "city": "Magdeburg", "mail": "tv@example.org"},
        ],
        person=[
            {"id": 1, "salutation": "frau", "title": "Dr.", "first_name": "Petra", "last_name": "Alt"},
            {"id": 2, "salutation": "herr", "first_name": "Olaf", "last_name": "Neu"},
            {"id": 3, "salutation": "frau", "first_name": "Anna", "last_name": "Muster", "mail": "anna@example.org",
             "street": "Zuhause 1", "postcode": "39108", "city": "Magdeburg"},
        ],
        office=[{"id": 1, "name": "Beigeordnete:r für Soziales", "organisation": 1},
                {"id": 2, "name": "Leitung Stadtbibliothek", "organisation": 2}],
        function=[
            {"id": 1, "person": 1, "office": 1, "valid_to": dt.date(2026, 8, 2)},
            {"id": 2, "person": 2, "office": 1, "valid_from": dt.date(2026, 8, 3)},
            {"id": 3, "person": 3, "organisation": 2, "office": 2, "kind": "leitung", "mail": "amt@stadt.example"},
            {"id": 4, "person": 3, "organisation": 3, "kind": "ansprechperson", "name": "Ansprechperson"},
        ],
        relationship=[{"id": 1, "person": 3, "team_member": 9, "address_form": "du"},
                      {"id": 2, "person": 3, "team_member": 8, "address_form": "sie"}],
        event=[{"id": 5, "name": "Forum", "kind": "forum", "host": 1, "sender": 1, "signatory": 1, "team_member": 9,
                "starts_at": pd.Timestamp("2026-10-08T15:00Z"), "address_form": "beziehung"}],
        invitation=[{"id": 7, "event": 5, "person": 3, "organisation": 2}],
    )  # fmt: skip


def facts(town, on=DAY, **event):
    town["event"] = town["event"].assign(**event)
    return event_facts(town, 5, on, network="Unser Netz")


def test_who_holds_the_office_on_the_day_of_the_letter_signs(town):
    assert facts(town, DAY - dt.timedelta(days=1)).signatory == ("Dr. Petra Alt", "Beigeordnete für Soziales")
    assert facts(town).signatory == ("Olaf Neu", "Beigeordneter für Soziales")
    town["function"] = town["function"].iloc[2:]
    assert facts(town).signatory == ("Beigeordnete:r für Soziales",)


def test_the_network_stands_in_front_and_the_worker_nowhere(town):
    said = word(PostKind.INVITATION, facts(town), guest_facts(town, 7, facts(town)))
    assert said.sender == ("Netzwerk Magdeburg", "Beigeordnete:r für Soziales", "Landeshauptstadt", "Alter Markt 6",
                           "39104 Magdeburg")  # fmt: skip
    assert facts(town, host=None).host == "Unser Netz"
    assert facts(town, sender=None).sender.office == ""


def test_a_guest_is_addressed_where_the_organisation_is_or_the_one_above_it(town):
    found = guest_facts(town, 7, facts(town))
    assert word(PostKind.INVITATION, facts(town), found).address == (
        "Landeshauptstadt", "Stadtbibliothek", "Leitung", "Frau Anna Muster", "Alter Markt 6", "39104 Magdeburg",
    )  # fmt: skip
    assert (found.mail, found.organisation) == ("amt@stadt.example", "Stadtbibliothek")


def test_the_umbrella_of_a_club_and_small_functions_stay_out_of_the_address(town):
    found = guest_facts(town, Invitation(id=8, person=3, organisation=3), facts(town))
    assert word(PostKind.INVITATION, facts(town), found).address == (
        "Turnverein Nord", "Frau Anna Muster", "Am Weg 2", "39106 Magdeburg",
    )  # fmt: skip
    assert found.mail == "anna@example.org"


def test_without_an_organisation_the_letter_goes_home(town):
    found = guest_facts(town, Invitation(id=8, person=3), facts(town))
    assert word(PostKind.INVITATION, facts(town), found).address == (
        "Frau Anna Muster", "Zuhause 1", "39108 Magdeburg",
    )  # fmt: skip
    assert (
        guest_facts(town, Invitation(id=8, person=3, mail="hier@example.org"), facts(town)).mail == "hier@example.org"
    )


@pytest.mark.parametrize(("person", "on", "role"), [
    (1, DAY - dt.timedelta(days=1), True), (1, DAY, False),  # her last day is the 2nd
    (2, DAY, True), (2, DAY - dt.timedelta(days=1), True),  # to come
    (3, DAY, True),  # nobody told us of any time: staff typed it
    (None, DAY, True),
])  # fmt: skip
@pytest.mark.parametrize("organisation", [1, None])
def test_nobody_is_addressed_as_the_holder_of_an_office_that_they_gave_up(town, person, on, role, organisation):
    invitation = Invitation(id=8, person=person, office=1, organisation=organisation)
    found = guest_facts(town, invitation, facts(town, on))
    said = word(PostKind.INVITATION, facts(town, on), found)
    assert ("Beigeordnet" in " ".join(said.address)) == role


def test_nor_who_held_it_when_the_guest_list_was_made_and_whose_function_staff_deleted(town):
    listed = Invitation(id=8, event=1, person=3, office=1, organisation=1, ident="einladung:1:p3")
    role = {ident: facts_of_role(town, replace(listed, ident=ident)) for ident in (listed.ident, None)}
    assert role == {listed.ident: False, None: True}, "whom staff typed in the place of the holder is still meant so"


def facts_of_role(town, invitation):
    found = guest_facts(town, invitation, facts(town, DAY))
    return "Beigeordnet" in " ".join(word(PostKind.INVITATION, facts(town, DAY), found).address)


def test_who_gave_up_an_office_is_addressed_as_what_they_are_now(town):
    town["function"].loc[4] = {"id": 5, "person": 1, "organisation": 1, "kind": "leitung", "name": "Leitung Archiv"}
    found = guest_facts(town, Invitation(id=8, person=1, office=1, organisation=1), facts(town))
    assert "Leitung Archiv" in word(PostKind.INVITATION, facts(town), found).address


def test_an_address_from_which_mail_came_back_is_not_used(town):
    town["function"].loc[2, "mail_problem"] = "amt@stadt.example: am 01.07.2026 zurück (unbekannt)"
    assert guest_facts(town, 7, facts(town)).mail == "anna@example.org"


def test_an_office_without_a_person_reaches_who_holds_it_and_only_the_office_while_nobody_does(town):
    invited = Invitation(id=8, office=1)
    assert guest_facts(town, invited, facts(town)).name == "Olaf Neu"
    town["function"] = town["function"].iloc[2:]
    found = guest_facts(town, invited, facts(town))
    assert found.name == "Beigeordnete:r für Soziales"
    assert word(PostKind.INVITATION, facts(town), found).greeting == "Sehr geehrte Damen und Herren,"


@pytest.mark.parametrize(
    ("form", "worker", "expected"),
    [("beziehung", 9, Form.DU), ("beziehung", 8, Form.SIE), ("beziehung", None, Form.SIE), ("sie", 9, Form.SIE),
     ("du", 8, Form.DU), (None, 9, Form.SIE)],
)  # fmt: skip
def test_sie_or_du_follow_the_event_and_the_relation_with_its_worker(town, form, worker, expected):
    assert guest_facts(town, 7, facts(town, address_form=form, team_member=worker)).form == expected


def test_what_is_gone_is_said_in_german(town):
    with pytest.raises(WordingError, match="Veranstaltung gibt es nicht"):
        event_facts(town, 99, DAY, network="x")
    with pytest.raises(WordingError, match="Einladung gibt es nicht"):
        guest_facts(town, 99, facts(town))


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_has_words_in_both_forms_that_do_not_mix(occasion, form):
    said = word(
        occasion, EVENT, guest(ANNA, form=form, answer=Answer.YES, place=Place.WAITING), "https://a.example/a/1"
    )
    whole = " ".join((said.subject, *said.paragraphs))

    assert said.greeting == ("Liebe Anna," if form == Form.DU else "Sehr geehrte Frau Muster,")
    words = set(whole.replace(",", " ").replace(".", " ").replace("?", " ").split())
    assert not words & (
        {"Sie", "Ihnen", "Ihre", "Ihren"} if form == Form.DU else {"Du", "Dir", "Dich", "Dein", "Deine"}
    )
    assert said.paragraphs[0][0].islower()
    assert bool(said.answer_link) == (occasion in ANSWERABLE)


def test_a_digest_is_no_letter_to_guests():
    with pytest.raises(WordingError, match="keinen Brief"):
        word(PostKind.DIGEST, EVENT, guest(ANNA))


def test_place_waiting_list_and_deputy_are_told_apart():
    assert "Warteliste" in word(PostKind.PLACE, EVENT, guest(ANNA, place=Place.WAITING)).subject
    assert word(PostKind.PLACE, EVENT, guest(ANNA, place=Place.SURE)).subject == "Ihr Platz: FreiwilligenPass 2026"
    thanks = word(PostKind.THANKS, EVENT, guest(ANNA, represented_by="Kim Muster")).paragraphs[0]
    assert "haben vertreten lassen" in thanks


def test_own_words_replace_the_text_and_what_they_tell_is_not_told_twice():
    own = replace(
        EVENT, subject="Kommen Sie zu {titel}!", text="am {datum} um {uhrzeit}\nin {ORT}.\n\n\nBis {antwort_bis}."
    )

    said = word(PostKind.INVITATION, own, guest(ANNA))

    assert said.subject == "Kommen Sie zu FreiwilligenPass 2026!"
    assert said.paragraphs == (
        "am Donnerstag, 08.10.2026 um 17:00 Uhr\nin Gesellschaftshaus, Schönebecker Straße 129, 39104 Magdeburg.",
        "Bis 24.09.2026.",
    )
    assert said.facts == ()
    assert word(PostKind.REMINDER, own, guest(ANNA)).subject == "Kommen Sie? FreiwilligenPass 2026"


@pytest.mark.parametrize(
    ("text", "more", "line"),
    [("am {datum}.", {}, True), ("um {uhrzeit}.", {}, True), ("am {datum} um {uhrzeit}.", {}, False),
     ("am { Datum } um { Uhrzeit }.", {}, False), ("kommen Sie.", {}, True),
     ("am {datum}.", {"starts_at": dt.datetime(2026, 10, 7, 22, tzinfo=dt.UTC)}, False),
     ("am {datum} um {uhrzeit}.", {"doors_at": dt.datetime(2026, 10, 8, 14, tzinfo=dt.UTC)}, True),
     ("am {datum} um {uhrzeit}, Einlass {einlass}.", {"doors_at": dt.datetime(2026, 10, 8, 14, tzinfo=dt.UTC)}, False),
     ("am {datum} um {uhrzeit}.", {"ends_at": dt.datetime(2026, 10, 8, 18, tzinfo=dt.UTC)}, False),
     ("am {datum} um {uhrzeit}.", {"ends_at": dt.datetime(2026, 10, 9, 18, tzinfo=dt.UTC)}, True)],
)  # fmt: skip
def test_the_hour_stands_in_every_invitation_whatever_the_own_text_names(text, more, line):
    said = word(PostKind.INVITATION, replace(EVENT, text=text, **more), guest(ANNA))
    assert ("Wann" in dict(said.facts)) == line
    told = " ".join([*said.paragraphs, *dict(said.facts).values()])
    assert all(time in told for time in (time_text(more.get("starts_at", EVENT.starts_at)), "08.10.2026"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("wir laden Sie ein.", ("wir laden Sie ein.", "Programm:\n17:00 Beginn")),
     ("wir laden ein.\n\nBis bald.", ("wir laden ein.", "Programm:\n17:00 Beginn", "Bis bald.")),
     ("wir laden ein.\n\nGern.\n\nBis bald.", ("wir laden ein.", "Gern.", "Programm:\n17:00 Beginn", "Bis bald.")),
     ("wir laden ein: {Programm}", ("wir laden ein: 17:00 Beginn",))],
)  # fmt: skip
def test_the_programme_never_stands_before_the_first_sentence(text, expected):
    own = replace(EVENT, text=text, programme="17:00 Beginn")
    assert word(PostKind.INVITATION, own, guest(ANNA)).paragraphs == expected


def test_an_unknown_or_empty_placeholder_is_named_with_those_that_are():
    with pytest.raises(WordingError) as failed:
        filled("am {wann}", EVENT)
    assert "{wann}, den es nicht gibt" in failed.value.message
    assert "{antwort_bis}" in str(failed.value.hint)
    with pytest.raises(WordingError, match="dazu nichts eingetragen"):
        filled("Einlass {einlass}", EVENT)


def test_the_programme_stands_before_the_last_line_and_a_test_says_that_it_is_one():
    said = word(PostKind.TEST, replace(EVENT, programme="17:00 Begrüßung\n18:00 Empfang"), guest(ANNA))

    assert said.subject == "[Probe] Einladung: FreiwilligenPass 2026"
    assert said.paragraphs[-2:] == ("Programm:\n17:00 Begrüßung\n18:00 Empfang", "Wir freuen uns auf Sie.")


def test_when_it_is_reads_well_with_and_without_an_end():
    def at(hour, day=8):
        return dt.datetime(2026, 10, day, hour, tzinfo=dt.UTC)

    assert when_text(replace(EVENT, doors_at=at(14))) == "Donnerstag, 08.10.2026, 17:00 Uhr (Einlass ab 16:00 Uhr)"
    assert when_text(replace(EVENT, ends_at=at(17))) == "Donnerstag, 08.10.2026, 17:00 bis 19:00 Uhr"
    assert when_text(replace(EVENT, ends_at=at(10, 9))).endswith("17:00 Uhr bis Freitag, 09.10.2026, 12:00 Uhr")
    assert when_text(replace(EVENT, starts_at=dt.datetime(2026, 10, 7, 22, tzinfo=dt.UTC))) == "Donnerstag, 08.10.2026"
    assert when_text(replace(EVENT, starts_at=None)) == ""


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("messe", "Engagementmesse 2028", "zur „Engagementmesse 2028“"),
        ("messe", "Markt", "zur Engagementmesse „Markt“"),
        ("seminar", "Seminar 2027", "zum „Seminar 2027“"), ("empfang", "empfang der Stadt", "zum „empfang der Stadt“"),
        ("anderes", "Fest", "zur Veranstaltung „Fest“"),
    ],
)  # fmt: skip
def test_a_title_that_says_its_kind_is_not_told_it_twice(town, kind, name, expected):
    told = facts(town, kind=kind, name=name)
    said = word(PostKind.INVITATION, told, guest_facts(town, 7, told))
    assert expected in " ".join((said.subject, *said.paragraphs))
