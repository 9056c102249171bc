"""Kinds of pairs that the rule of identity must know, each by invented rows and the answer that is expected."""

from __future__ import annotations

import time

import pytest

from sync.identity.evidence import SHOW
from sync.identity.kinds import weigh

MOBILE = {"mobile": "0151 55501234"}
LANDLINE = {"phone": "0391 5557788"}
HOME = {"street": "Ahornzeile 7", "postcode": "39998", "city": "Elbwinkel"}


def name(first: str, last: str, **more: str) -> dict[str, str]:
    return {"first_name": first, "last_name": last, **more}


def body(told: str, **more: str) -> dict[str, str]:
    return {"name": told, **more}


def is_shown(table: str, one: dict[str, str], other: dict[str, str]) -> bool:
    evidence = weigh(table, one, other)
    return evidence is not None and evidence.confidence >= SHOW


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(name("Олена", "Бондарчук", **MOBILE), name("Olena", "Bondartschuk", **MOBILE), id="script"),
        pytest.param(name("Ahmed", "Al-Khazin", **MOBILE), name("Ahmad", "Alchazin", **MOBILE), id="transliteration"),
        pytest.param(name("Hinnerk", "Quastel", **MOBILE), name("Heinrich", "Quastel", **MOBILE), id="region"),
        pytest.param(name("Fa. Elektro", "Quastel Bernd", **LANDLINE), name("Bernd", "Quastel", **LANDLINE), id="firm"),
        pytest.param(name("Dung (Peter)", "Quastel", **MOBILE), name("Peter", "Quastel", **MOBILE), id="called"),
        pytest.param(name("z. Hd. Frau", "Rita Quastel", **MOBILE), name("Rita", "Quastel", **MOBILE), id="attention"),
        pytest.param(
            name("Jo", "Quastel", phone="0391 5557788 / 0151 55501234"),
            name("Jo", "Quastel", **MOBILE),
            id="two_numbers",
        ),
        pytest.param(
            name("H.", "Quastel", **HOME, **MOBILE), name("Hans", "Quastel", **HOME, **MOBILE), id="initial_h"
        ),
    ],
)
def test_one_human_is_shown(one, other):
    assert is_shown("person", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(name("Herr", "Quastel", **LANDLINE), name("Frau", "Quastel", **LANDLINE), id="salutation"),
        pytest.param(name("Susi", "Quastel", **HOME), name("Sanne", "Quastel", **HOME), id="two_short_forms"),
        pytest.param(name("Omar Khalid", "Quastel", **HOME), name("Khalid Omar", "Quastel", **HOME), id="order"),
        pytest.param(name("Bogumil", "Quastel", **HOME), name("Bogumila", "Quastel", **HOME), id="woman_and_man"),
        pytest.param(
            name("Sekretariat", "Quastel", **LANDLINE),
            name("Bodo", "Quastel", title="Dr.", **LANDLINE),
            id="front_office",
        ),
        pytest.param(name("Uwe", "Quastel I", **LANDLINE), name("Uwe", "Quastel II", **LANDLINE), id="numeral"),
        pytest.param(
            name("Rita", "Quastel", mail="rita.quastel1998@gmx.example", city="Elbwinkel"),
            name("Rita", "Quastel", mail="rita.quastel1941@web.example", city="Elbwinkel"),
            id="year_of_birth",
        ),
    ],
)
def test_two_humans_are_not_shown(one, other):
    assert not is_shown("person", one, other)


def test_one_club_proves_nobody_where_street_and_phone_differ():
    shared = {"first_name": "Hans", "last_name": "Quastelhuber", "organisations": ["Schützenverein Elbwinkel"]}
    one = {**shared, "street": "Ulmenzeile 3", "phone": "0391 5557788"}
    other = {**shared, "street": "Auf der Heide 40", "phone": "0391 5552211"}
    assert not weigh("person", one, other).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(body("MGV Quastelau gegr. 1842"), body("Männergesangverein 1842 Quastelau"), id="abbreviation"),
        pytest.param(body("TuS Quastelau 1909", **LANDLINE), body("TuS Quastelau 09", **LANDLINE), id="century"),
        pytest.param(
            body("Ev. Nikolaikirchgemeinde Quastelau", **LANDLINE),
            body("Kirchgemeinde St. Nikolai Quastelau", **LANDLINE),
            id="patron",
        ),
        pytest.param(
            body("Volleyball Rotation Quastelau", **LANDLINE),
            body("SG Rotation Quastelau - Volleyballabteilung", **LANDLINE),
            id="section",
        ),
        pytest.param(
            body("Kulturbüro der Stadt Quastelau", **LANDLINE), body("Kulturamt Quastelau", **LANDLINE), id="office"
        ),
        pytest.param(
            body("Schulverbund Quastelau", **LANDLINE), body("Verbundschule Quastelau", **LANDLINE), id="turned"
        ),
        pytest.param(
            body("Nähcafé Quastel", mail="post@quastelcafe.example"),
            {"mail": "post@quastelcafe.example", "street": "Weg 2"},
            id="nameless",
        ),
        pytest.param(
            body("Jugendclub Quastel", **LANDLINE), body("Jugendfreizeiteinrichtung Quastel", **LANDLINE), id="kind"
        ),
        pytest.param(
            body("Schachfreunde Quastelau", **LANDLINE), body("Schachgesellschaft Quastelau", **LANDLINE), id="people"
        ),
        pytest.param(
            body("Gem.-schule Rosa Quastel", **LANDLINE), body("Gemeinschaftsschule Rosa Quastel", **LANDLINE), id="cut"
        ),
        pytest.param(
            body("Quastelspiele gGmbH (bis 2019 e.V.)", **LANDLINE), body("Quastelspiele e.V.", **LANDLINE), id="once"
        ),
        pytest.param(body("Quastelzwerge c/o Ada Alt", **HOME), body("Quastelzwerge", **HOME), id="care_of"),
        pytest.param(body("Vo1kschor Quastel", **LANDLINE), body("Volkschor Quastel", **LANDLINE), id="scanned"),
        pytest.param(
            body("Ev. Trinitatisgemeinde Quastelau", **LANDLINE),
            body("Kirchengemeinde Trinitatis Quastelau", **LANDLINE),
            id="patron_in_a_compound",
        ),
    ],
)
def test_one_body_is_shown(one, other):
    assert is_shown("organisation", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(body("Haus Quastel", **LANDLINE), body("Beratung im Haus Quastel", **LANDLINE), id="part_of"),
        pytest.param(body("SV Quastelau", **LANDLINE), body("SV Quastelau, Sektion Judo", **LANDLINE), id="sport"),
        pytest.param(
            body("Gymnasium Quastelau", city="Quastelau"),
            body("Schulelternrat Gymnasium Quastelau", city="Quastelau"),
            id="parents",
        ),
        pytest.param(
            body("Wohnheim am Teich", parent="Lebensraum Quastelau e. V.", **LANDLINE),
            body("Lebensraum Quastelau e. V.", **LANDLINE),
            id="own_parent",
        ),
        pytest.param(
            body("Verkehrswacht Quastelau", city="Quastelau", phone="03444 5551111"),
            body("Verkehrswacht Quostelau", city="Quostelau", phone="03555 5552222"),
            id="sister_town",
        ),
        pytest.param(
            body("Beirat für Quastelei", mail="quastelei@rat.example", **LANDLINE),
            body("Stabsstelle Quastelei", mail="quastelei@rat.example", **LANDLINE),
            id="committee",
        ),
        pytest.param(
            body("Eigenbetrieb Quastelpark"), body("Betriebsausschuss Eigenbetrieb Quastelpark"), id="committee_of"
        ),
        pytest.param(
            body("Bergverein Abteilung Quastelau", street="Weg 1", **LANDLINE),
            body("Jugend des Bergvereins, Abteilung Quastelau", street="Weg 1", **LANDLINE),
            id="youth_of_a_club",
        ),
        pytest.param(
            body("Jugendclub Quastel", **LANDLINE), body("Kindertagesstätte Quastel", **LANDLINE), id="two_kinds"
        ),
        pytest.param(
            body("Grüne Damen am Klinikum Quastelau", **HOME), body("Klinikum Quastelau", **HOME), id="volunteers_of"
        ),
        pytest.param(
            body("Tagespflege Quastel Am Milchweg", mail="quastel@pflege.example"),
            body("Tagespflege Quastel An der Mühle", mail="quastel@pflege.example"),
            id="two_places",
        ),
        pytest.param(
            body("Quastelsche Studierende", web="quastel.example"),
            body("Quastelsche Gemeinde", web="quastel.example"),
            id="students",
        ),
    ],
)
def test_two_bodies_are_not_shown(one, other):
    assert not is_shown("organisation", one, other)


@pytest.mark.parametrize(
    ("other", "same"),
    [("Quartiersmanagement Quastelau", False), ("Stadtteilmanagment Quastelau", True),
     ("Stadtteilmanagement Quastelau e. V.", True)],
    ids=["word_list", "slip", "legal_form"],
)  # fmt: skip
def test_nobody_is_merged_unasked_because_a_word_list_calls_two_words_one(other, same):
    here = {"street": "Weg 1", "postcode": "39998", **LANDLINE}
    found = weigh("organisation", body("Stadtteilmanagement Quastelau", **here), body(other, **here))
    assert (found.same, found.confidence >= SHOW) == (same, True)


def test_the_cell_of_the_salutation_tells_two_humans_apart():
    one, other = ({"last_name": "Quastel", "salutation": told, **LANDLINE} for told in ("Frau", "Herr"))
    assert weigh("person", one, other) is None


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [
        pytest.param("organisation", body("Stadt Quastel", **HOME), body("Landkreis Quastel", **HOME), id="territory"),
        pytest.param(
            "organisation",
            body("Stadtverwaltung Quastel", **HOME),
            body("Kreisverwaltung Quastel", **HOME),
            id="administration",
        ),
        pytest.param(
            "person",
            name("Rita", "Quastel, geb. 12.03.1950", mail="quastel@post.example"),
            name("Rita", "Quastel, geb. 01.07.1979", mail="quastel@post.example"),
            id="birthdays",
        ),
        pytest.param(
            "person",
            name("Uwe", "Meier", mail="keine@mail.example"),
            name("Uwe", "Meier", mail="keine@mail.example"),
            id="no_address",
        ),
        pytest.param(
            "organisation",
            body("Quastelverein", mail="keine@mail.example"),
            body("Quastelverein", mail="keine@mail.example"),
            id="no_address_of_a_body",
        ),
        pytest.param(
            "person",
            name("N.", "N.", mail="info@quastel.example"),
            name("N.", "N.", mail="info@quastel.example"),
            id="nobody",
        ),
    ],
)
def test_nobody_is_merged_unasked_by_what_names_nobody(table, one, other):
    evidence = weigh(table, one, other)
    assert evidence is None or not evidence.same


@pytest.mark.parametrize("column", ["first_name", "last_name", "street", "phone", "mail"])
@pytest.mark.parametrize("told", ["a-" * 50_000, "7" * 100_000, "( " * 50_000, " ".join(map(str, range(20_000)))])
def test_a_cell_of_any_length_is_compared_at_once(column, told):
    began = time.process_time()
    weigh("person", {"last_name": "Quastel", column: told}, {"last_name": "Quastel", column: told})
    assert time.process_time() - began < 2


@pytest.mark.parametrize("common", ["Heimatverein", "Freiwillige Feuerwehr", "AWO", "Kita Regenbogen", "Jugendamt"])
@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ({}, {}, True),
        ({}, {**HOME, **LANDLINE}, True),
        ({"city": "Elbwinkel"}, HOME, True),
        ({"city": "Elbwinkel"}, {"city": "Sandhorst", **LANDLINE}, False),
        ({"phone": "0391 5550000"}, {"mail": "info@example.org"}, False),
    ],
)
def test_a_place_that_is_only_named_is_asked_about_however_common_its_name(common, one, other, shown):
    """A list of people says no more of where they work; unasked, every such list would double its places."""
    evidence = weigh("organisation", body(common, **one), body(common, **other))
    assert evidence is None or not evidence.same
    assert is_shown("organisation", body(common, **one), body(common, **other)) or not shown
    if not shown:
        assert evidence is None or not evidence.asked
