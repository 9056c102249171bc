"""Real lists, and lists with names and numbers that programs like to swallow, come into a real base."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_provision_contract import Mortal
from trial_list import now

from schemas.contacts.tables import Function, Person
from sync.nocodb.store import TableStore
from sync.run import apply_source
from sync.sources.registry import open_delivery, spec_for_file

pytestmark = [pytest.mark.server, pytest.mark.slow]

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_the_real_lists_of_moderate_size_live_in_one_base(client, empty_base, status):
    if not DATA.exists():
        pytest.skip("Die echten Listen liegen nicht neben dem Projekt; sie gehören nicht hinein.")
    lists = {
        "essen_freinet_organisationen.csv": ("freinet_csv", 249),
        "essen_freinet_shortlist_masked.xml": ("freinet_xml", 249),
        "karlsruhe_oparl_organizations.json": ("oparl", 97),
        "magdeburg_stadtrat_wp8_registry.json": ("stadtrat", 133),
    }
    for file, (profile, items) in lists.items():
        arrived = open_delivery(spec_for_file(DATA / file, profile))
        report = apply_source(client, empty_base, arrived, status, now=now)
        assert report.counts.created + report.counts.filled + report.counts.unchanged == items, file
        assert (report.rejected, report.left) == ((), 0)

    for file, (profile, items) in lists.items():
        arrived = open_delivery(spec_for_file(DATA / file, profile))
        again = apply_source(Mortal(client, 1, after=False), empty_base, arrived, status, now=now)
        assert (again.writes, again.counts.unchanged) == (0, items), file
    holders = [f for f in TableStore(client, empty_base, Function).pull() if f.office]
    assert len(holders) == 58


def test_names_and_numbers_that_programs_like_to_swallow_stand_in_the_base(client, empty_base, status, tmp_path):
    rows = [
        "Vorname;Nachname;E-Mail;Telefon;PLZ",
        "Ada;NA;ada@example.org;0391 111 / 0391 222;01067",
        "Bea;None;bea@example.org;0391 333;1067",
        "Cem;null;cem@example.org;+49 (0)391 444;39104",
    ]
    (tmp_path / "liste.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    apply_source(client, empty_base, open_delivery(spec_for_file(tmp_path / "liste.csv", "personen")), status, now=now)

    found = {p.first_name: p for p in TableStore(client, empty_base, Person).pull()}
    assert {f: p.last_name for f, p in found.items()} == {"Ada": "NA", "Bea": "None", "Cem": "null"}
    assert {f: p.name for f, p in found.items()} == {"Ada": "Ada NA", "Bea": "Bea None", "Cem": "Cem null"}
    assert {p.postcode for p in found.values()} == {"01067", "39104"}
    assert (found["Ada"].phone, found["Ada"].phone_other) == ("+49 391 111", "+49 391 222")


def test_numbers_given_anew_leave_each_function_with_its_human(client, empty_base, status, tmp_path):
    def bring(*people):
        rows = ["Kennung;Vorname;Nachname;E-Mail;Organisation;Funktion"]
        rows += [f"{number};{name};{mail};Runde Wegwarte;Mitglied" for number, (name, mail) in enumerate(people, 1)]
        (tmp_path / "runde.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        arrived = open_delivery(spec_for_file(tmp_path / "runde.csv", "personen"))
        report = apply_source(client, empty_base, arrived, status, now=now, accept={"kennungen"})
        names = {p.id: p.first_name for p in TableStore(client, empty_base, Person).pull()}
        held = TableStore(client, empty_base, Function).pull()
        return report.counts, {names[f.person]: (f.id, f.vanished_since) for f in held}

    ada, ben = ("Ada;Marderwald", "ada@x.example"), ("Ben;Zaunwinde", "ben@x.example")
    cem, dora = ("Cem;Giersch", "cem@x.example"), ("Dora;Uhlenhorst", "dora@x.example")
    _, begun = bring(ada, ben, cem)
    for people in ((ben, ada, cem), (dora, ada, ben, cem), (dora, ada, ben, ("Cem;", "cem@x.example"))):
        counts, held = bring(*people)
        assert {name: held[name] for name in begun} == begun
        assert len(held) == 3 + (dora in people)
        assert counts.vanished == 0
