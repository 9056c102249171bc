"""The address book for the phones: from a real NocoDB into a book on a real CardDAV server, and into a file."""

from __future__ import annotations

import datetime as dt
import stat

import pytest
from address_books import PASSWORD, USER
from typer.testing import CliRunner

from automations.jobs import address_book
from kontaktnetz.cli import app
from schemas.contacts.tables import Function, Organisation, Person
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def test_the_hourly_job_and_the_file_hold_the_base_without_who_must_not_be_passed_on(
    client, live_server, empty_base, book, card_server, tmp_path, monkeypatch
):
    (house,) = TableStore(client, empty_base, Organisation).create([Organisation(name="Haus am Park", phone="0391 5")])
    ada, _ = TableStore(client, empty_base, Person).create(
        [
            Person(first_name="Ada", last_name="Beispiel", mobile="0170 1"),
            Person(first_name="Otto", last_name="Still", mobile="0170 2", do_not_share=True),
        ]
    )
    TableStore(client, empty_base, Function).create([Function(name="Leiterin", person=ada, organisation=house)])
    token = client.request("POST", "/api/v1/tokens", json={"description": "Buch"})["token"]
    told = {
        "NOCODB_URL": live_server.url, "NOCODB_TOKEN": token, "NOCODB_BASE": empty_base.id,
        "KONTAKTNETZ_DATA": str(tmp_path / "daten"),
        "ADDRESS_BOOK_URL": book, "ADDRESS_BOOK_USER": USER, "ADDRESS_BOOK_PASSWORD": PASSWORD,
    }  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    assert address_book.run(Settings(), NOW) == "2 Karten angelegt, 0 erneuert, 0 entfernt"
    assert address_book.run(Settings(), NOW) == "0 Karten angelegt, 0 erneuert, 0 entfernt"
    texts = card_server.texts(book)
    assert sorted(texts) == [f"kontaktnetz-organisation-{house}.vcf", f"kontaktnetz-person-{ada}.vcf"]
    assert "Leiterin" in texts[f"kontaktnetz-person-{ada}.vcf"]
    assert "Still" not in "".join(texts.values())

    said = CliRunner().invoke(app, ["address-book", "plan"])
    assert said.exit_code == 0, said.output
    assert "0 neue, 0 geänderte, 0 entfallene, 2 gleiche Karten." in said.output
    said = CliRunner().invoke(app, ["address-book", "file", "team.vcf"])
    assert said.exit_code == 0, said.output
    file = tmp_path / "team.vcf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8").count("BEGIN:VCARD") == 2
    assert "Still" not in file.read_text(encoding="utf-8")


def test_the_job_does_nothing_while_no_book_is_set(tmp_path):
    settings = Settings(KONTAKTNETZ_DATA=tmp_path, address_book_url="")
    assert address_book.run(settings, NOW) == ""
