"""What our store writes, NocoDB's official client reads in the same words."""

from __future__ import annotations

import pytest
import sdk
from servers import require
from test_nocodb_contract import full_place
from trial import Place, Visit

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="session")
def sdk_folder(tmp_path_factory):
    try:
        return sdk.install()
    except RuntimeError as problem:
        require(False, f"nocodb-sdk ist nicht installiert und nicht zu bekommen: {problem}")


def test_the_official_client_sees_what_our_store_wrote(trial, live_server, sdk_folder):
    places = trial.places()
    sent = full_place(ident="sdk:1")
    ids = places.create([sent, Place(name="Leer", ident="sdk:2")])
    trial.visits().create([Visit(name="Besuch", place=ids[0])])
    places.swap(ids[1], {"name": "Leer"}, {"name": "Voll, und 'zu'", "number": 3})
    table = trial.resolve().tables["place"]
    where = f"@({table.fields['name'].id},eq,\"Voll, und 'zu'\")"
    token = trial.client.request(
        "POST", "/api/v2/auth/user/signin", json={"email": live_server.email, "password": live_server.password}
    )["token"]

    seen = sdk.read_back(sdk_folder, live_server.url, token, table.id, where)

    assert seen["count"] == 2
    assert [row["Id"] for row in seen["list"]] == ids
    assert [(row["Id"], row["Name"], row["Zahl"]) for row in seen["found"]] == [(ids[1], "Voll, und 'zu'", 3)]
    first = seen["first"]
    expected = {
        "Name": sent.name,
        "Text": sent.text,
        "E-Mail": sent.mail,
        "Telefon": sent.phone,
        "Webseite": sent.web,
        "Zahl": sent.number,
        "Tag": "2026-02-03",
        "Zeitpunkt": "2026-02-03 10:11:12+00:00",
        "Art": "mir egal",
        "Merkmale": "gut,O'Neill",
        "Kennung": "sdk:1",
        "Besuche": 1,
        "Laut": sent.name.upper(),
    }
    assert {title: first[title] for title in expected} == expected
    assert float(first["Preis"]) == 12.5
    assert first["Offen"] in (1, True)
    assert seen["choices"] == {"Art": ["gut", "mir egal", "O'Neill"], "Merkmale": ["gut", "mir egal", "O'Neill"]}
