"""The nightly job brings every list in and puts look-alikes up; a list that is broken does not stop the others."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.deliveries import SomeFailed
from automations.jobs import folders, lists
from schemas.contacts.tables import Organisation
from schemas.operations.tables import Duplicate
from sync.nocodb.store import TableStore
from sync.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_broken_list_is_named_and_the_others_stand_with_their_look_alikes(client, live_server, empty_base, tmp_path):
    organisations = TableStore(client, empty_base, Organisation)
    organisations.create([Organisation(name="Tierheim Nord Magdeburg", postcode="39104", city="Magdeburg")])
    token = client.request("POST", "/api/v1/tokens", json={"description": "nachts"})["token"]
    (tmp_path / "gut.csv").write_text("Organisation;PLZ\nTierheim Nord e.V.;39104\n")
    (tmp_path / "sources.toml").write_text(
        '[kaputt]\npath = "fehlt.csv"\nprofile = "organisationen"\n'
        '[gut]\ntitle = "Gute Liste"\npath = "gut.csv"\nprofile = "organisationen"\n'
    )
    settings = Settings(
        nocodb_url=live_server.url, nocodb_token=token, nocodb_base=empty_base.id,
        KONTAKTNETZ_DATA=tmp_path / "daten", KONTAKTNETZ_SOURCES=tmp_path / "sources.toml",
    )  # fmt: skip

    with pytest.raises(SomeFailed, match=r"fehlt\.csv.*Gute Liste: 1 Änderungen.*1 neue Paare"):
        lists.run(settings, dt.datetime.now(dt.UTC))

    names = {o.name for o in organisations.pull()}
    assert names == {"Tierheim Nord e.V.", "Tierheim Nord Magdeburg"}
    (case,) = TableStore(client, empty_base, Duplicate).pull()
    assert {case.state, case.decision} == {"offen", None}

    inbox = tmp_path / "eingang"
    inbox.mkdir()
    (tmp_path / "sources.toml").write_text('[eingang]\npath = "eingang"\nprofile = "organisationen"\n')
    (inbox / "neu.csv").write_text("Organisation;PLZ\nBürgerverein Ost;39112\n")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)
    assert folders.run(settings, soon) == "eingang: 1 Änderungen"
    assert {o.name for o in organisations.pull()} - names == {"Bürgerverein Ost"}
    assert folders.run(settings, soon) == ""
