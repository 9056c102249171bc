"""Pairs of humans by what tells them apart or one: names invented here, each line one kind."""

from __future__ import annotations

import pytest

from sync.identity.directory import Directory
from sync.identity.evidence import SHOW
from sync.identity.person_reading import read_name

HOME = {"street": "Ring 4", "postcode": "39104", "city": "Elbhagen"}
HOUSE = {"phone": "0391 5550177"}


def human(first, last, **more):
    return {"first_name": first, "last_name": last, **more}


def is_asked(one, other) -> bool:
    """Say whether people are asked about the pair, whichever of the two stands in the base."""
    ways = [bool(Directory.of("person", [(1, a)]).find(b, least=SHOW)) for a, b in ((one, other), (other, one))]
    assert ways[0] == ways[1]
    return ways[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (human("Frank", "Osterkamp", **HOME), human("Franka", "Osterkamp", **HOME)),
        (human("Stanisław", "Kwiatowski", **HOME), human("Stanisława", "Kwiatowska", **HOME)),
        (human("Marlon", "Pries", **HOUSE), human("Marlene", "Priess", **HOUSE)),
        (human("Herr", "Wiesenkamp", **HOUSE), human("Frau", "Wiesenkamp", **HOUSE)),
        (human("Uwe", "Hagenkötter I", **HOME), human("Uwe", "Hagenkötter II", **HOME)),
        (human("Petra", "Lohmann (Alt)", **HOME), human("Petra", "Lohmann (Sopran)", **HOME)),
        (human("B. (Bernd)", "Zoschke", mail="zoschke@gmx.example"),
         human("B. (Beate)", "Zoschke", mail="zoschke@gmx.example")),
        (human("Uwe", "Stollberg", mail="hausmeister@campus.example", **HOUSE),
         human("Uwe", "Barnewitz", mail="hausmeister@campus.example", **HOUSE)),
        (human("Jost", "Plenz", mail="jost.plenz1998@gmx.example", city="Burg"),
         human("Jost", "Plenz", mail="jost.plenz1941@web.example", city="Burg")),
        (human("Anna", "Kaltwasser", **HOME), human("Hanna", "Kaltwasser", **HOME)),
        (human("Susi", "Kaltwasser", **HOME), human("Sanne", "Kaltwasser", **HOME)),
        (human("Familie", "Kaltofen", phone="0391 5550178"), human("Familie", "Kaltofen", city="Burg")),
        (human("Arno (sen.)", "Gröschke", **HOUSE), human("Arno jr.", "Gröschke", **HOUSE)),
        (human("Arno", "Gröschke", **HOUSE), human("Arno", "Gröschke (Sohn)", **HOUSE)),
        (human("Emil", "Zoschke (Parzelle 4)", **HOUSE), human("Emil", "Zoschke (Parzelle 17)", **HOUSE)),
        (human("Ida", "Plenz", mail="ida.plenz1936@web.example", **HOME),
         human("Ida", "Plenz", mail="ida.plenz2007@gmx.example", **HOME)),
        (human("Edgar", "Schulze", phone="0391 5550101", **HOME),
         human("Edgar", "Schütte", phone="0391 5550102", **HOME)),
    ],
    ids=["ending_of_women", "slavic_couple", "two_names_alike", "forms_of_address", "numbered_namesakes",
         "marks_of_namesakes", "initial_explained", "mailbox_of_an_office", "years_of_birth", "two_usual_names",
         "two_short_forms", "families", "senior_in_brackets", "son_in_brackets", "numbers_in_brackets",
         "generations_in_one_house", "two_slips_and_two_phones"],
)  # fmt: skip
def test_two_humans_are_not_asked_about(one, other):
    assert not is_asked(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (human("Oksana", "Tschernyschowa", mobile="0170 5550171"),
         human("Oxana", "Chernyshova", mobile="0170 5550171")),
        (human("Олег", "Гриценко", mobile="0170 5550172"), human("Oleg", "Hrytsenko", mobile="0170 5550172")),
        (human("Olga", "Smolkow", **HOME), human("Olga", "Smolkowa", **HOME)),
        (human("Jrg", "Knnecke", mail="joerg.koennecke@web.example"),
         human("Jörg", "Könnecke", mail="joerg.koennecke@web.example")),
        (human("Er1ka", "Dornfe1d", **HOME), human("Erika", "Dornfeld", **HOME)),
        (human("Wolfgang (Wolle)", "Pietschmann", mobile="0170 5550173"),
         human("Wolle", "Pietschmann", mobile="0170 5550173")),
        (human("Familie Jochen", "Kessebohm", **HOME), human("Jochen", "Kessebohm", **HOME)),
        (human("Pfarrer", "Clemens Hohnecker", mail="c.hohnecker@kirche.example"),
         human("Clemens", "Hohnecker", mail="c.hohnecker@kirche.example")),
        (human("", "", mail="jolanta.mierowska@wp.example"),
         human("Jolanta", "Mierowska", mail="jolanta.mierowska@wp.example")),
        (human("", "Frerking", mail="tjorven.frerking@web.example"), human("Tjorven", "Frerking", **HOUSE)),
        (human("", "Frau Oelkers", organisations=["Frauenzuflucht Elbe"]),
         human("Regine", "Oelkers", organisations=["Frauenzuflucht Elbe e.V."])),
        (human("Ehrentraud", "Nachtigal", aliases="Vorname: Traudel", mobile="0170 5550174"),
         human("Traudel", "Nachtigal", mobile="0170 5550174")),
        (human("Kristof", "Zoschke", **HOME), human("Christoph", "Zoschke", **HOME)),
    ],
    ids=["transliteration", "cyrillic", "slavic_ending", "lost_umlauts", "scanned", "short_form_in_brackets",
         "family_of_one", "office_for_a_name", "name_only_in_mail", "first_name_only_in_mail", "form_of_address",
         "former_first_name", "two_spellings_of_one_name"],
)  # fmt: skip
def test_one_human_written_otherwise_is_asked_about(one, other):
    assert is_asked(one, other)


def test_what_stands_in_brackets_is_read():
    name = read_name(human("Ursula (Uschi)", "Voss (geb. Lemm)"))
    assert (name.firsts, name.last, name.others, name.marks) == (("ursula",), ("voss",), ("uschi",), frozenset())
    assert ("lemm",) in name.lasts


def test_one_name_in_one_organisation_at_two_homes_is_asked_and_not_the_same():
    club = {"organisations": ["Schützenverein"], "city": "Elbhagen"}
    one = human("Hans", "Gröschke", street="Allee 3", phone="039200 5550175", **club)
    other = human("Hans", "Gröschke", street="Weg 40", phone="039200 5550176", **club)
    (like,) = Directory.of("person", [(1, one)]).find(other)
    assert (like.evidence.same, like.evidence.confidence < 90) == (False, True)
