"""What our layer promises, tried on the real NocoDB with SQLite and with PostgreSQL."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trial import Place, Visit

from schemas.errors import ConfigError, Conflict, Unavailable
from sync.nocodb import meta, records
from sync.nocodb.client import Client
from sync.nocodb.making import NewColumn, make_column, make_table
from sync.nocodb.model import OptionMeta
from sync.nocodb.store import TableStore
from sync.nocodb.where import any_of, equals, quote

pytestmark = pytest.mark.server

LAWS = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
"""Both backends run the same method, each with a server of its own."""
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
NASTY = st.one_of(
    TEXT, st.text("\"'\\(),~@%_ \nab", max_size=12), st.sampled_from(["null", ")~or(Id,gt,0", "@(a,eq,b)"])
)


def full_place(**changes) -> Place:
    made = Place(
        name="Haus “am See”",
        text="Zeile 1\nZeile 2, mit 'beiden' \"Zeichen\"",
        mail="kein Klammeraffe",
        phone="0391 / 12 34",
        web="beispiel.de",
        number=-7,
        price=decimal.Decimal("12.5"),
        day=dt.date(2026, 2, 3),
        moment=dt.datetime(2026, 2, 3, 10, 11, 12, tzinfo=dt.UTC),
        open=True,
        kind="egal",
        tags=("gut", "o'neill"),
    )
    return dataclasses.replace(made, **changes)


def make_own(trial, title, marker=None):
    """Make a table as staff would."""
    name = NewColumn(title="Name", name="name", uidt="SingleLineText")
    return make_table(
        trial.client, trial.base.id, title=title, name=title, description="", columns=[name], marker=marker or {}
    )


class TestRows:
    def test_a_full_record_comes_back_as_it_was_written(self, shared_trial):
        store = shared_trial.places()
        parent = store.create([Place(name="Oben", ident="row:parent")])[0]
        sent = full_place(ident="row:full", parent=parent)
        (row_id,) = store.create([sent])
        expected = dataclasses.replace(sent, id=row_id, shout=sent.name.upper())
        assert store.get(row_id) == expected
        assert [r for r in store.pull() if r.id == row_id] == [expected]

    def test_an_empty_record_comes_back_empty(self, shared_trial):
        store = shared_trial.places()
        (row_id,) = store.create([Place(ident="row:empty")])
        found = store.get(row_id)
        assert dataclasses.replace(found, shout=None) == Place(id=row_id, ident="row:empty")

    def test_a_row_that_is_not_there_is_none(self, shared_trial):
        assert shared_trial.places().get(10**6) is None

    def test_pages_hold_every_row_once_and_in_order(self, trial):
        store = trial.places()
        heard = []
        ids = store.create([Place(name=f"P{i}", ident=f"page:{i}") for i in range(250)], on_progress=heard.append)
        assert heard == [100, 200, 250]
        table = trial.resolve().tables["place"]
        name = table.fields["name"]
        rows = list(records.list_rows(trial.client, table.id, [name.id], key=table.key, page_size=7))
        assert [(r["Id"], r[name.title]) for r in rows] == [(row_id, f"P{i}") for i, row_id in enumerate(ids)]
        assert store.count() == 250

    def test_a_row_deleted_between_two_pages_hides_no_other(self, trial):
        store = trial.places()
        ids = store.create([Place(name=f"P{i}", ident=f"p:{i}") for i in range(6)])
        table = trial.resolve().tables["place"]
        pages = records.list_pages(trial.client, table.id, [], key=table.key, page_size=3)
        first = [r["Id"] for r in next(pages)]
        records.delete_rows(trial.client, table.id, [ids[0], ids[1]], key=table.key)
        assert first + [r["Id"] for page in pages for r in page] == ids

    def test_update_and_delete_touch_only_the_rows_named(self, trial):
        store = trial.places()
        ids = store.create([full_place(ident=f"u:{i}") for i in range(3)])
        before = {r.id: r for r in store.pull()}
        table = trial.resolve().tables["place"]
        records.update_rows(trial.client, table.id, {ids[1]: {table.fields["name"].id: "neu"}}, key=table.key)
        records.delete_rows(trial.client, table.id, [ids[2]], key=table.key)
        after = {r.id: r for r in store.pull()}
        assert after == {ids[0]: before[ids[0]], ids[1]: dataclasses.replace(before[ids[1]], name="neu", shout="NEU")}

    def test_a_limited_pull_reads_only_these_columns(self, shared_trial):
        store = shared_trial.places()
        (row_id,) = store.create([full_place(ident="row:limited")])
        (found,) = store.pull(["name"], where=store.condition("ident", "row:limited"))
        assert found == Place(id=row_id, name="Haus “am See”")

    def test_raw_rows_carry_staff_columns_and_times(self, trial):
        table = trial.resolve().tables["place"]
        made = make_column(trial.client, table.id, NewColumn(title="Eigene", name="eigene", uidt="SingleLineText"))
        own = next(f for f in made.fields if f.title == "Eigene")
        store = trial.places()
        (row_id,) = store.create([full_place(ident="raw")])
        records.update_rows(trial.client, table.id, {row_id: {own.id: "von uns"}}, key=table.key)
        (row,) = store.pull_raw()
        assert row[f"extra:{own.id}"] == "von uns"
        assert row["tags"] == ["gut", "o'neill"]
        assert row["kind"] == "egal"
        assert row["created_at"]
        assert row["updated_at"]
        assert not [code for code in row if code.startswith("extra:") and code != f"extra:{own.id}"]

    def test_foreign_keys_are_written_and_read_in_bulk(self, trial):
        place = trial.places().create([Place(name="Ziel", ident="z")])[0]
        visits = trial.visits()
        ids = visits.create([Visit(name=f"B{i}", place=place if i % 2 else None) for i in range(4)])
        assert [v.place for v in visits.pull()] == [None, place, None, place]
        assert visits.get(ids[1]).place == place

    @LAWS
    @given(values=st.lists(NASTY, min_size=3, max_size=10))
    def test_any_text_survives_and_is_found_again(self, shared_trial, values):
        store = shared_trial.places()
        ids = store.create([Place(text=v, ident=f"t:{i}") for i, v in enumerate(values)])
        for row_id, value in zip(ids, values, strict=True):
            assert store.get(row_id).text == (value or None)
        table = shared_trial.resolve().tables["place"]
        text = table.fields["text"]
        ours = equals(table.key.id, "ID", ids[0])
        for row_id, value in zip(ids, values, strict=True):
            asked = equals(text.id, text.uidt, value or None)
            rows = records.list_rows(shared_trial.client, table.id, [text.id], key=table.key, where=asked)
            found = {r["Id"] for r in rows if (r[text.title] or "") == value}
            assert row_id in found
            both = records.count_rows(shared_trial.client, table.id, where=asked & ours)
            if asked.exact:
                assert both == (1 if value == values[0] else 0)
            else:
                assert both in (0, 1)

    @LAWS
    @given(values=st.lists(NASTY.filter(quote).filter(bool), min_size=2, max_size=8, unique=True))
    def test_a_list_condition_finds_exactly_its_values(self, shared_trial, values):
        table = shared_trial.resolve().tables["place"]
        name = table.fields["text"]
        made = shared_trial.places().create([Place(text=v) for v in values])
        where = any_of(name.id, values[:-1])
        rows = records.list_rows(shared_trial.client, table.id, [name.id], key=table.key, where=where)
        assert {r["Id"] for r in rows} & set(made) == set(made[:-1])


class Lossy(Client):
    """A client whose next POST loses its reply: after the server wrote the rows, or before it heard of them."""

    lose: str = ""

    def request(self, method, path, **options):
        if method != "POST" or not self.lose:
            return super().request(method, path, **options)
        how, self.lose = self.lose, ""
        if how != "before":
            super().request(method, path, **options)
        problem = "ReadTimeout" if how == "timeout" else "ConnectionError"
        raise Unavailable("weg", problem=problem)


class TestLostReplies:
    @pytest.fixture
    def lossy(self, trial, live_server, monkeypatch) -> TableStore[Place]:
        monkeypatch.setattr("sync.nocodb.store.SETTLE", 0)
        client = Lossy.sign_in(live_server.url, live_server.email, live_server.password)
        return TableStore(client, trial.resolve(), Place)

    @pytest.mark.parametrize("how", ["after", "before", "timeout"])
    def test_a_lost_reply_leads_to_no_double_and_no_gap(self, lossy, how):
        sent = [Place(name=f"L{i}", ident=f'quelle:{i}\nzweite, "Kennung" {i}') for i in range(130)]
        lossy._client.lose = how
        ids = lossy.create(sent)
        found = {r.id: r.ident for r in lossy.pull()}
        assert [found[i] for i in ids] == [r.ident for r in sent]
        assert len(found) == 130

    def test_rows_without_a_key_are_never_sent_twice(self, lossy):
        lossy._client.lose = "before"
        with pytest.raises(Unavailable):
            lossy.create([Place(name="ohne")])
        assert lossy.count() == 0


class TestSchema:
    def test_markers_survive_every_change_that_we_make(self, trial):
        table = trial.resolve().tables["place"]
        before = {f.id: f.marker for f in meta.read_table(trial.client, table.id).fields if f.marker}
        field = meta.read_field(trial.client, table.fields["kind"].id)
        meta.update_field(trial.client, field, title="Sorte", description="neu")
        field = meta.read_field(trial.client, field.id)
        meta.set_choices(trial.client, field, [*field.options, OptionMeta("", "ganz neu", "#112233")])
        meta.set_display(trial.client, table.fields["ident"].id)
        formula = meta.read_field(trial.client, table.fields["shout"].id)
        meta.set_formula(trial.client, formula, "LOWER({Name})")
        number = meta.read_field(trial.client, table.fields["number"].id)
        meta.change_type(trial.client, trial.base.id, number, "SingleLineText")
        now = meta.read_table(trial.client, table.id)
        assert {f.id: f.marker for f in now.fields if f.marker} == before
        kind = next(f for f in now.fields if f.id == field.id)
        assert (kind.title, kind.description, kind.options[-1].title) == ("Sorte", "neu", "ganz neu")
        assert kind.options[:-1] == field.options
        assert next(f for f in now.fields if f.primary_value).id == table.fields["ident"].id

    def test_a_renamed_choice_keeps_rows_and_code(self, trial):
        store = trial.places()
        (row_id,) = store.create([full_place(ident="c")])
        field = meta.read_field(trial.client, trial.resolve().tables["place"].fields["kind"].id)
        renamed = [dataclasses.replace(o, title="völlig egal") if o.title == "mir egal" else o for o in field.options]
        meta.set_choices(trial.client, field, renamed)
        again = trial.places()
        assert again.get(row_id).kind == "egal"
        (second,) = again.create([Place(kind="egal", ident="d")])
        assert again.get(second).kind == "egal"
        raw = trial.client.request("GET", f"/api/v2/tables/{trial.resolve().tables['place'].id}/records/{second}")
        assert raw["Art"] == "völlig egal"

    def test_leaving_out_a_choice_is_refused_before_it_empties_rows(self, trial):
        field = meta.read_field(trial.client, trial.resolve().tables["place"].fields["kind"].id)
        with pytest.raises(ValueError, match="left out"):
            meta.set_choices(trial.client, field, field.options[1:])

    def test_a_choice_that_staff_added_passes_through(self, trial):
        field = meta.read_field(trial.client, trial.resolve().tables["place"].fields["kind"].id)
        meta.set_choices(trial.client, field, [*field.options, OptionMeta("", "von Hand", None)])
        store = trial.places()
        (row_id,) = store.create([Place(kind="von Hand", ident="h")])
        assert store.get(row_id).kind == "von Hand"
        assert store.swap(row_id, {"kind": "von Hand"}, {"kind": "gut"}).applied

    def test_a_choice_that_staff_deleted_is_named(self, trial):
        table = trial.resolve().tables["place"]
        field = meta.read_field(trial.client, table.fields["kind"].id)
        meta._patch_field(
            trial.client,
            field,
            {"colOptions": {"options": [{"id": o.id, "title": o.title} for o in field.options if o.title != "gut"]}},
        )
        with pytest.raises(ConfigError, match="„Plätze“ fehlt in der Spalte „Art“ die Auswahl „gut“"):
            trial.places().create([Place(kind="gut", ident="x")])

    def test_renamed_tables_and_columns_are_found_by_their_marker(self, trial):
        before = trial.resolve()
        table = before.tables["place"]
        for field in meta.read_table(trial.client, table.id).fields:
            if field.marker and field.marker.get("role") is None:
                rename = {"title": f"{field.title} neu", "uidt": field.uidt}
                if field.column_name:  # the UI renames the column of the database along
                    rename["column_name"] = f"{field.title} neu"
                if field.formula is None:
                    trial.client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json=rename)
        trial.client.request("PATCH", f"/api/v2/meta/tables/{table.id}", json={"title": "Orte", "table_name": "Orte"})
        now = trial.resolve()
        assert now.missing == ()
        assert now.check(Place) == ()
        assert now.tables["place"].title == "Orte"
        assert {c: f.id for c, f in now.tables["place"].fields.items()} == {c: f.id for c, f in table.fields.items()}
        store = trial.places()
        sent = full_place(ident="r", parent=store.create([Place(ident="o")])[0])
        (row_id,) = store.create([sent])
        assert dataclasses.replace(store.get(row_id), shout=None) == dataclasses.replace(sent, id=row_id)
        assert store.swap(row_id, {"name": sent.name, "parent": sent.parent}, {"name": "x", "parent": None}).applied

    def test_a_column_renamed_while_we_read_stops_instead_of_reading_nothing(self, trial):
        store = trial.places()
        store.create([full_place(ident="r")])
        field = trial.resolve().tables["place"].fields["name"]
        trial.client.request("PATCH", f"/api/v2/meta/columns/{field.id}", json={"title": "Anders", "uidt": field.uidt})
        with pytest.raises(ConfigError, match="wurde die Spalte „Name“ eben umbenannt"):
            list(store.pull())

    def test_a_deleted_column_is_named_in_german(self, trial):
        field = trial.resolve().tables["place"].fields["mail"]
        meta.delete_field(trial.client, trial.base.id, field.id)
        assert trial.resolve().missing == ("place.mail",)
        with pytest.raises(ConfigError, match="In der Tabelle „Plätze“ fehlt die Spalte „E-Mail“"):
            trial.places()
        assert trial.visits().count() == 0

    def test_a_copied_table_is_not_taken_for_the_original(self, trial):
        original = trial.resolve().tables["visit"].id
        make_own(trial, "Besuche copy", marker={"code": "visit"})
        assert trial.resolve().tables["visit"].id == original

    def test_links_know_all_three_columns(self, trial):
        found = trial.resolve()
        self_link = found.tables["place"].fields["parent"]
        link = found.tables["visit"].fields["place"]
        assert (self_link.title, self_link.fk_title, self_link.reverse_title) == (
            "Übergeordnet",
            "Übergeordnet (Id)",
            "Untergeordnete",
        )
        assert (link.title, link.fk_title, link.reverse_title) == ("Platz", "Platz (Id)", "Besuche")

    def test_a_foreign_key_column_cannot_be_marked(self, trial):
        field = meta.read_field(trial.client, trial.resolve().tables["visit"].fields["place"].fk_id)
        with pytest.raises(ValueError, match="ForeignKey"):
            meta.set_marker(trial.client, field, {"code": "visit.place"})

    def test_taken_titles_are_conflicts(self, trial):
        table = trial.resolve().tables["place"]
        with pytest.raises(Conflict):
            make_column(trial.client, table.id, NewColumn(title="Name", name="anders", uidt="LongText"))
        with pytest.raises(Conflict):
            make_own(trial, "Plätze")

    def test_an_ambiguous_base_title_asks_for_the_id(self, client):
        first, second = (meta.create_base(client, "Doppelt") for _ in range(2))
        with pytest.raises(ConfigError, match="Bases mit dem Namen „Doppelt“") as caught:
            meta.find_base(client, "Doppelt")
        assert first.id in caught.value.hint
        assert meta.find_base(client, second.id) == second
        assert meta.find_base(client, "gibt es nicht") is None
