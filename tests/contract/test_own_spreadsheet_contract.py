"""Staff own the spreadsheet: after they renamed, reordered and extended, every part of the tool goes on working."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from trial_list import item, now, tree

from schemas.base import BASE
from schemas.contacts.tables import Interaction
from streamlit_app.writing import Pen
from sync.items import Delivery
from sync.mirror import load_table, read_manifest, read_overlay, refresh_mirror
from sync.nocodb import meta, views
from sync.nocodb.accounts import sign_in
from sync.nocodb.making import NewColumn, make_column
from sync.nocodb.model import OptionMeta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.nocodb.views import ViewColumn
from sync.provision.apply import apply_schema
from sync.provision.drift import find_drift
from sync.run import apply_source
from sync.settings import Settings
from sync.status import Status

pytestmark = [pytest.mark.server, pytest.mark.slow]

_numbers = itertools.count(1)


def rename_as_the_screen_does(client, table_id: str, code: str, title: str) -> None:
    """The screen of NocoDB changes the title and, with it, the name in the database."""
    field = next(f for f in meta.read_table(client, table_id).fields if f.marker.get("code") == code)
    body = {"title": title, "column_name": title, "uidt": field.uidt, "meta": dict(field.meta)}
    if field.options:
        body["colOptions"] = {"options": [{"id": o.id, "title": o.title, "color": o.color} for o in field.options]}
    client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json=body)


def make_it_their_own(client, resolved) -> None:
    """Rename three columns, a table and two choices, reorder, add a column and a view."""
    table = resolved.tables["organisation"]
    for code, title in (("name", "Bezeichnung"), ("phone", "Rufnummer"), ("kind", "Sorte")):
        rename_as_the_screen_does(client, table.id, f"organisation.{code}", title)
    kind = meta.read_field(client, table.fields["kind"].id)
    labels = {"Verein": "Eingetragener Verein", "Fachbereich oder Amt": "Amt"}
    meta.set_choices(client, kind, [OptionMeta(o.id, labels.get(o.title, o.title), o.color) for o in kind.options])
    body = {"title": "Verbände und Ämter", "table_name": "Verbände und Ämter"}
    client.request("PATCH", f"/api/v2/meta/tables/{table.id}", json=body)
    order = {table.fields["phone"].id: ViewColumn(order=1), table.fields["mail"].id: ViewColumn(order=2)}
    views.set_columns(client, str(table.default_view), order)
    make_column(client, table.id, NewColumn(title="Parkplatz", name="parkplatz", uidt="SingleLineText"))
    views.create_view(client, table.id, views.ViewKind.GRID, "Meine Ansicht")


def test_everything_goes_on_after_staff_made_the_base_their_own(client, live_server, tmp_path):
    base_id = meta.create_base(client, f"Eigen {next(_numbers)}").id
    apply_schema(client, BASE, base_id)
    resolved = resolve(client, BASE, base_id)
    with Status(tmp_path / "status.sqlite") as status:
        apply_source(client, resolved, tree(), status, now=now)
        make_it_their_own(client, resolved)
        shape = {t.title: [f.title for f in meta.read_table(client, t.id).fields] for t in
                 meta.list_tables(client, base_id)}  # fmt: skip

        assert apply_schema(client, BASE, base_id).plan.empty

        resolved = resolve(client, BASE, base_id)
        assert apply_source(client, resolved, tree(), status, now=now).writes == 0
        new = item("organisation", "neu", name="Neu", kind="verein", phone="0391 7")
        more = Delivery("probe", 1, (new, *tree().items))
        assert apply_source(client, resolved, more, status, now=now).counts.created == 1
    refresh_mirror(client, resolved, tmp_path / "mirror", now())
    manifest = read_manifest(tmp_path / "mirror")
    organisations = load_table(tmp_path / "mirror", manifest, "organisation", read_overlay(tmp_path / "mirror"))
    assert {t.title: [f.title for f in meta.read_table(client, t.id).fields] for t in
            meta.list_tables(client, base_id)} == shape  # fmt: skip
    new = organisations[organisations["ident"] == "probe:neu"].iloc[0]
    assert (new["name"], new["kind"], new["phone"]) == ("Neu", "verein", "0391 7")
    assert manifest.tables["organisation"].label("kind", "verein") == "Eingetragener Verein"
    assert manifest.tables["organisation"].title == "Verbände und Ämter"
    path = f"/api/v2/tables/{resolved.tables['organisation'].id}/records"
    raw = client.request("GET", path, params={"where": "@(Rufnummer,eq,'0391 7')"})["list"]
    assert [(r["Bezeichnung"], r["Sorte"]) for r in raw] == [("Neu", "Eingetragener Verein")]
    rename_as_the_screen_does(client, resolved.tables["interaction"].id, "interaction.summary", "Thema")
    token = sign_in(live_server.url, live_server.email, live_server.password)
    settings = Settings(nocodb_url=live_server.url, KONTAKTNETZ_DATA=tmp_path)
    Pen(settings, manifest, token).save(Interaction(summary="Anruf", day=dt.date(2026, 3, 1), ident="u:1"), now())
    assert [i.summary for i in TableStore(client, resolve(client, BASE, base_id), Interaction).pull()] == ["Anruf"]
    drift = find_drift(client, BASE, base_id)
    assert drift.plan.empty
    assert "Spalte „Name“ in „Verbände und Ämter“ heißt jetzt „Bezeichnung“" in drift.renamed
    own = {"Spalte „Parkplatz“ in „Verbände und Ämter“", "Ansicht „Meine Ansicht“ in „Verbände und Ämter“"}
    assert own <= set(drift.own)
