"""Views and the server itself, tried on the real NocoDB: what our layer promises about them."""

from __future__ import annotations

import pytest
from trial import Place

from schemas.errors import NocoDBError, NotFound
from schemas.model import ViewKind
from sync.nocodb import meta, server, views
from sync.nocodb.client import Client
from sync.nocodb.store import TableStore

pytestmark = pytest.mark.server


class TestViews:
    @pytest.mark.parametrize("kind", list(ViewKind))
    def test_columns_of_a_view_are_set_in_one_request(self, trial, kind):
        table = trial.resolve().tables["place"]
        ids = {c: f.id for c, f in table.fields.items()}
        view = views.create_view(trial.client, table.id, kind, "Neu", stack_by=ids["kind"], date=ids["day"])
        untouched = views.read_columns(trial.client, view.id)[ids["price"]]
        wanted = {ids["web"]: views.ViewColumn(show=False, order=40), ids["text"]: views.ViewColumn(show=True, order=2)}
        views.set_columns(trial.client, view.id, wanted)
        now = views.read_columns(trial.client, view.id)
        assert (bool(now[ids["web"]]["show"]), now[ids["web"]]["order"]) == (False, 40)
        assert (bool(now[ids["text"]]["show"]), now[ids["text"]]["order"]) == (True, 2)
        assert now[ids["price"]] == untouched

    def test_a_grid_keeps_width_group_filter_and_sort(self, trial):
        table = trial.resolve().tables["place"]
        ids = {c: f.id for c, f in table.fields.items()}
        view = views.create_view(trial.client, table.id, ViewKind.GRID, "Nach Art", description="für alle")
        views.set_columns(
            trial.client, view.id, {ids["kind"]: views.ViewColumn(group_by=1), ids["name"]: views.ViewColumn(width=320)}
        )
        views.add_filter(trial.client, view.id, ids["kind"], "eq", "gut")
        views.add_sort(trial.client, view.id, ids["name"], descending=True)
        trial.places().create([Place(name=n, kind=k, ident=n) for n, k in (("a", "gut"), ("b", "egal"), ("c", "gut"))])
        shown = trial.client.request("GET", f"/api/v2/tables/{table.id}/records", params={"viewId": view.id})
        now = views.read_columns(trial.client, view.id)
        assert [r["Name"] for r in shown["list"]] == ["c", "a"]
        assert bool(now[ids["kind"]]["group_by"])
        assert now[ids["name"]]["width"] == "320px"
        assert [f["fk_column_id"] for f in views.read_filters(trial.client, view.id)] == [ids["kind"]]
        assert [s["direction"] for s in views.read_sorts(trial.client, view.id)] == ["desc"]

    def test_only_the_first_view_of_a_table_counts_as_default(self, trial):
        table = trial.resolve().tables["place"]
        made = views.create_view(trial.client, table.id, ViewKind.GRID, "Zweite")
        views.update_view(trial.client, made.id, title="Zweite Sicht", show_system_fields=True)
        now = meta.read_table(trial.client, table.id)
        assert [v.title for v in now.views if v.is_default] == ["Plätze"]
        assert trial.resolve().tables["place"].default_view == now.views[0].id
        views.delete_view(trial.client, made.id)
        assert [v.title for v in views.list_views(trial.client, table.id)] == ["Plätze"]

    def test_deleted_views_are_not_resolved(self, trial):
        table = meta.read_table(trial.client, trial.resolve().tables["place"].id)
        view = views.create_view(trial.client, table.id, ViewKind.GRID, "Unsere")
        meta.update_table(trial.client, table, marker={"code": "place", "views": {"ours": view.id, "gone": "vw0"}})
        assert dict(trial.resolve().tables["place"].views) == {"ours": view.id}


class TestServer:
    def test_we_know_who_we_are_and_who_else_is_there(self, trial, live_server):
        me = server.read_identity(trial.client, trial.base.id)
        assert (me.email, me.base_role) == (live_server.email, "owner")
        assert live_server.email in [u.email for u in server.list_users(trial.client, trial.base.id)]
        assert server.read_info(trial.client).enterprise is False

    def test_a_void_token_is_forbidden_with_a_way_on(self, live_server):
        stranger = Client(live_server.url, "kein-token")
        for ask in (lambda: server.read_identity(stranger), lambda: meta.list_bases(stranger)):
            with pytest.raises(NocoDBError, match="NOCODB_TOKEN"):
                ask()

    def test_missing_things_are_not_found(self, client):
        with pytest.raises(NotFound):
            meta.read_table(client, "mgibtesnicht")

    def test_a_wrong_password_is_told_apart_from_a_silent_server(self, live_server):
        with pytest.raises(NocoDBError, match="Kennwort stimmt nicht"):
            Client.sign_in(live_server.url, live_server.email, "falsch")

    def test_an_api_token_sees_the_same_as_its_person(self, trial, live_server):
        made = trial.client.request("POST", "/api/v1/tokens", json={"description": "Versuch"})
        with_token = Client(live_server.url, made["token"])
        store = TableStore(with_token, trial.resolve(), Place)
        assert len(store.create([Place(ident=f"k:{i}") for i in range(101)])) == 101
