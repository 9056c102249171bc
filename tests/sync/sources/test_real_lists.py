"""The real lists beside the project, with exact counts; skipped with a reason where they are absent."""

import re
import tracemalloc
from collections import Counter

import pytest

from sync.sources.csv_list import CsvList
from sync.sources.opening import missing_columns, recognised
from sync.sources.profile_files import load_profile
from sync.sources.registry import open_delivery, spec_for_file
from sync.sources.xml_list import XmlList


def delivered(path, profile):
    delivery = open_delivery(spec_for_file(path, profile))
    known = {(i.table, i.ident) for i in delivery.items}
    assert len(known) == len(delivery.items), "an ident came twice"
    for item in delivery.items:
        assert all((link.table, link.ident) in known for link in item.links.values())
        assert all(value not in {None, ""} for value in item.values.values())
    return delivery, Counter(i.table for i in delivery.items)


def test_all_organisations_of_the_freinet_csv(shared_data):
    delivery, counts = delivered(shared_data / "essen_freinet_organisationen.csv", "freinet_csv")
    assert counts == {"organisation": 249}
    assert sum(i.ident.startswith("name:") for i in delivery.items) == 19
    assert delivery.rejected == ()


def test_every_offer_of_the_freinet_xml_is_accounted_for(shared_data):
    path = shared_data / "essen_freinet_shortlist_masked.xml"
    delivery, counts = delivered(path, "freinet_xml")
    assert (delivery.rows, counts, delivery.rejected) == (429, {"organisation": 249}, ())
    names = {i.values["name"] for i in delivery.items}
    portraits = "\n".join(str(i.values["portrait"]) for i in delivery.items)
    for row in XmlList(path, record="angebot").rows():
        assert " ".join(row.cells["einrichtungsname"].split()) in names
        assert " ".join(row.cells["angebotsname"].split()) in portraits
    assert any("anzahlErgebnisse" in n.text and "429" in n.text for n in delivery.notes)
    assert re.search(r"Bearbeitet: \d\d\.\d\d\.20\d\d", portraits)
    assert "<p>" not in portraits


def test_all_bodies_and_departments_of_the_berlin_list(shared_data):
    delivery, counts = delivered(shared_data / "berlin_zuwendungsempfaenger.csv", "berlin_zuwendungen")
    spheres = Counter(i.values["sphere"] for i in delivery.items if i.table == "organisation")
    assert spheres == {"zivilgesellschaft": 3245, "verwaltung": 39}
    assert counts["relationship"] == 6730
    assert all(i.values["last_year"] for i in delivery.items if i.table == "relationship")
    assert delivery.rejected == ()


def test_all_units_of_the_oparl_list(shared_data):
    delivery, counts = delivered(shared_data / "karlsruhe_oparl_organizations.json", "oparl")
    kinds = Counter(i.values["kind"] for i in delivery.items)
    assert counts == {"organisation": 97}
    assert kinds["dezernat"] == 6
    assert {i.values["sphere"] for i in delivery.items} == {"verwaltung"}
    assert sum("active_from" in i.values for i in delivery.items) == 17
    assert sum("active_to" in i.values for i in delivery.items) == 1


def test_groups_members_and_mandates_of_the_council(shared_data):
    delivery, counts = delivered(shared_data / "magdeburg_stadtrat_wp8_registry.json", "stadtrat")
    assert counts == {"organisation": 9, "person": 58, "office": 8, "function": 58}
    assert Counter(i.values["kind"] for i in delivery.items if i.table == "organisation")["fraktion"] == 8
    seats = [i for i in delivery.items if i.table == "function"]
    assert all(set(i.links) == {"person", "organisation", "office"} for i in seats)
    assert sum("valid_to" in i.values for i in seats) == 1
    assert sum("valid_from" in i.values for i in seats) == 1


@pytest.mark.parametrize(
    ("file", "profile"),
    [
        ("outlook_de_variante_a.csv", "outlook_de"),
        ("google_neu.csv", "google"),
        ("thunderbird_de.csv", "thunderbird_de"),
    ],
)
def test_exact_headers_of_address_books_are_recognised(shared_data, file, profile):
    used = load_profile(profile)
    header = CsvList(shared_data / "header_rows" / file).header
    assert missing_columns(used, header) == []
    assert len(recognised(used, header)) >= 20


@pytest.mark.slow
def test_the_largest_list_fits_into_a_fraction_of_the_memory_allowed(shared_data):
    tracemalloc.start()
    open_delivery(spec_for_file(shared_data / "berlin_zuwendungsempfaenger.csv", "berlin_zuwendungen"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
