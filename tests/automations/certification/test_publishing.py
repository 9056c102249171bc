"""What the public gets: only who holds a seal, as an accessible page without scripts, a table, and signed badges."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import zipfile
from html.parser import HTMLParser

import pytest

from automations.certification.holders import read_holders
from automations.certification.publishing import badges, public_page, public_table
from automations.signing import is_genuine, open_key
from schemas.certification.choices import SealState, Validity
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Organisation

TODAY = dt.date(2027, 6, 1)
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Strict(HTMLParser):
    """Notes elements that are not closed in their order, attributes given twice, scripts and outside addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.wrong += [f"twice {name}" for name, _ in attrs if [n for n, _ in attrs].count(name) > 1]
        self.wrong += [f"{tag} {value}" for name, value in attrs if name in ("src", "href") or name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"closed {tag}")


@pytest.fixture
def holders():
    cases = [
        Certification(id=1, name="Haus <Größe> & „Übung“", site=1, seal_year=2027, seal_number="2027-001",
                      awarded_on=dt.date(2027, 5, 6)),
        Certification(id=2, name="=1+1", seal_year=2025, seal_number="2025-001", round=1,
                      awarded_on=dt.date(2025, 5, 6)),
        Certification(id=3, name="Widerrufen", seal_year=2027, seal_number="2027-002", seal_state=SealState.REVOKED),
        Certification(id=4, name="Ganz früher", seal_year=2009),
    ]  # fmt: skip
    rounds = [CertificationRound(id=1, validity=Validity.FIXED_TERM, validity_years=3)]
    houses = [Organisation(id=1, name="Haus", district="Buckau", engagement_fields=("soziales",))]
    return read_holders(cases, rounds, houses, today=TODAY)


def test_the_page_is_well_formed_without_scripts_and_names_only_who_holds_a_seal(holders):
    page = public_page(holders, str.upper, network="Netzwerk", city="Musterstadt", today=TODAY)

    read = Strict()
    read.feed(page)
    assert (read.wrong, read.open) == ([], [])
    tags = [tag for tag, _ in read.tags]
    assert ("html", {"lang": "de"}) in read.tags
    assert (tags.count("table"), tags.count("caption"), tags.count("tr"), "script" in tags) == (1, 1, 4, False)
    scopes = [attrs.get("scope") for tag, attrs in read.tags if tag == "th"]
    assert (scopes.count("col"), scopes.count("row"), len(scopes)) == (6, 3, 9)
    assert "Haus &lt;Größe&gt; &amp; „Übung“" in page
    assert "2025 (bis 31.12.2028)" in page
    assert "SOZIALES" in page
    assert "Widerrufen" not in page
    assert "abgelaufen" not in page


def test_the_table_opens_in_excel_and_no_cell_is_a_formula(holders):
    rows = public_table(holders, str, TODAY).decode("utf-8-sig").split("\r\n")

    assert rows[0] == "Einrichtung;Träger;Stadtteil;Engagementfelder;Siegeljahr;Siegelnummer"
    assert rows[1:] == [
        "'=1+1;;;;2025;2025-001", "Ganz früher;;;;2009;", "Haus <Größe> & „Übung“;;Buckau;soziales;2027;2027-001", "",
    ]  # fmt: skip


def test_badges_are_signed_and_end_only_where_the_model_has_an_end(holders, tmp_path):
    key = open_key(tmp_path, dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    made = zipfile.ZipFile(io.BytesIO(badges(holders, key, network="Netzwerk", address="", today=TODAY)))

    assert sorted(made.namelist()) == ["siegel-2025-001-1-1.jwt", "siegel-2027-001-haus-groesse-uebung.jwt"]
    until = []
    for name in sorted(made.namelist()):
        head, body, signature = made.read(name).decode().split(".")
        assert is_genuine(f"{head}.{body}".encode(), signature, key.public)
        until.append(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))).get("validUntil"))
    assert until == ["2028-12-31T23:59:59+01:00", None]
