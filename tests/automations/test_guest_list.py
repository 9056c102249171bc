"""What becomes of whom a selection finds: each once, with what stands in the way."""

from __future__ import annotations

from pathlib import Path

import made_up
import pytest
from made_up import NOW

from automations.events import guest_facts
from automations.events.guest_list import Found, by_other_way, find, for_organisation, plan
from schemas.events.choices import Channel
from schemas.events.rules.picking import Whom
from schemas.events.rules.segment_facts import SeatRole
from schemas.events.rules.segments import All, Below, Exhibited, HoldsOffice, InBody, Kind, Not
from sync.mirror import load_table, read_manifest

TODAY = NOW.date()
PAST = "2020-01-01"


@pytest.fixture
def known(tmp_path: Path) -> guest_facts.Known:
    tables = {
        "organisation": [
            {"id": 1, "name": "Tafel", "kind": "Verein", "street": "Weg 1", "city": "Ort", "mail": "tafel@example.org"},
            {"id": 2, "name": "Sportbund", "kind": "Verein", "parent": 3},
            {"id": 3, "name": "Verband", "kind": "Wohlfahrtsverband", "parent": 2},
            {"id": 4, "name": "Früher", "kind": "Verein", "active_to": PAST},
        ],
        "person": [
            {"id": 1, "first_name": "Ada", "last_name": "A", "mail": "ada@example.org", "preferred_channel": "Telefon",
             "phone": "0391 1"},
            {"id": 2, "first_name": "Bo", "last_name": "B", "mail": "bo@example.org", "do_not_contact": 1},
            {"id": 3, "first_name": "Cem", "last_name": "C", "mail": "cem@example.org",
             "mail_problem": "cem@example.org: am 01.10.2026 zurück"},
            {"id": 4, "first_name": "Dora", "last_name": "D", "mail": "dora@example.org"},
            {"id": 5, "first_name": "Emil", "last_name": "E"},
        ],
        "function": [
            {"id": 1, "kind": "Ansprechperson", "person": 1, "organisation": 1, "main_contact": 1},
            {"id": 2, "kind": "Vorstand", "person": 1, "organisation": 2},
            {"id": 3, "kind": "Mitarbeit", "person": 2, "organisation": 2, "main_contact": 1},
            {"id": 4, "kind": "Leitung", "person": 3, "organisation": 3, "office": 1, "main_contact": 1},
            {"id": 5, "kind": "Ansprechperson", "person": 4, "organisation": 1, "valid_to": PAST},
        ],
        "office": [{"id": 1, "name": "Vorsitz", "kind": "Vorsitz", "organisation": 3}],
        "body": [{"id": 1, "name": "Netzwerk"}],
        "seat": [
            {"id": 1, "body": 1, "organisation": 2, "person": 4, "deputy": 1},
            {"id": 2, "body": 1, "organisation": 1, "person": 5, "valid_to": PAST},
        ],
        "event": [{"id": 1, "name": "Messe", "series": "Messe", "starts_at": f"{PAST} 12:00:00+00:00"},
                  {"id": 2, "name": "Messe neu", "series": "Messe"}],
        "stand": [
            {"id": 1, "event": 1, "organisation": 2},
            {"id": 2, "event": 1, "organisation": 1, "state": "abgesagt"},
        ],
        "invitation": [
            {"id": 1, "event": 2, "person": 4, "state": "gestrichen"},
            {"id": 2, "event": 1, "person": 1, "state": "eingeladen"},
        ],
    }  # fmt: skip
    made_up.write(tmp_path, tables, NOW)
    manifest = read_manifest(tmp_path)
    return guest_facts.read({c: load_table(tmp_path, manifest, c) for c in guest_facts.NEEDED}, TODAY)


def guests(known, segment, whom=Whom.MAIN, channel=None):
    found = plan(known, 2, find(known, segment, whom), channel)
    return {line.name: line for line in found.lines}


def test_somebody_in_two_places_is_one_guest_and_may_come_for_the_other(known) -> None:
    ada = guests(known, Kind(("verein",)), Whom.ALL)["Ada A"]
    assert (ada.ident, ada.organisation, ada.others, ada.found) == ("einladung:2:p1", 2, (1,), Found.NEW)
    for_tafel = for_organisation(ada, 1, known)
    assert (for_tafel.organisation, for_tafel.others, for_tafel.ident) == (1, (2,), ada.ident)
    assert for_organisation(ada, 3, known) == ada, "she does nothing there"


def test_who_must_not_be_written_to_is_told_and_gets_no_way(known) -> None:
    bo = guests(known, Kind(("verein",)))["Bo B"]
    assert (bo.found, bo.channel) == (Found.BARRED, None)


def test_who_was_dropped_by_hand_is_not_brought_back(known) -> None:
    dora = guests(known, InBody(1))["Dora D"]
    assert (dora.found, dora.row, dora.channel) == (Found.DROPPED, 1, None)


def test_what_suits_best_is_what_they_like_and_never_an_address_that_came_back(known) -> None:
    everybody = guests(known, All(), Whom.ALL)
    assert everybody["Ada A"].channel == Channel.PHONE
    cem = everybody["Cem C"]
    assert (cem.found, cem.ways, cem.mail, cem.mail_back) == (Found.UNREACHABLE, (), "", True)
    wanted = guests(known, Below(3), Whom.ALL, Channel.LETTER)["Ada A"]
    assert (wanted.found, wanted.channel) == (Found.OTHER_WAY, None)
    assert by_other_way([wanted])[0].channel == Channel.PHONE


def test_only_todays_seats_and_offices_count_and_organisations_that_are_gone_do_not(known) -> None:
    assert set(guests(known, InBody(1, SeatRole.DEPUTY))) == {"Ada A"}
    assert set(guests(known, InBody(1, SeatRole.ORGANISATION), Whom.ITSELF)) == {"Sportbund"}
    assert set(guests(known, HoldsOffice(("vorsitz",)))) == {"Cem C"}
    assert "Früher" not in guests(known, All(), Whom.ITSELF)
    assert guests(known, All())["Emil E"].organisation is None


def test_exhibitors_of_last_time_without_those_who_cancelled(known) -> None:
    assert set(guests(known, Exhibited(series="Messe"), Whom.ITSELF)) == {"Sportbund"}
    assert set(guests(known, All((Kind(("verein",)), Not(Exhibited(event=1)))), Whom.ITSELF)) == {"Tafel"}


def test_organisations_that_stand_above_each_other_in_a_ring_end(known) -> None:
    assert set(guests(known, Below(2), Whom.ITSELF)) == {"Verband", "Sportbund"}


def test_an_organisation_without_anybody_is_invited_itself_and_told_so(known) -> None:
    picks = find(known, Kind(("verein",)), Whom.HOLDERS)
    assert {(p.tie.organisation, p.tie.person, p.instead) for p in picks} == {(1, 1, True), (2, 2, True)}
