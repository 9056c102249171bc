"""What schema apply promises, on the real server: complete, repeatable, killed anywhere it goes on, staff stay free."""

from __future__ import annotations

import itertools

import pytest
from trial import KINDS, Place
from trial_list import LISTS

from schemas.base import BASE
from schemas.contacts.tables import Interaction, Organisation, Person
from schemas.errors import Conflict, PlanRefused
from schemas.model import Base, Choice, Record, SingleSelect, Text, View, column, declare
from schemas.operations.tables import JobRun
from sync.nocodb import meta, views
from sync.nocodb.client import Client
from sync.nocodb.making import NewColumn, make_column, make_table
from sync.nocodb.model import OptionMeta, TableMeta, ViewMeta
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema, plan_schema

pytestmark = [pytest.mark.server, pytest.mark.slow]

_numbers = itertools.count(1)


class Killed(BaseException):
    """Stands for kill -9: nothing in the code under test may catch it."""


class Mortal(Client):
    """A client whose process dies at the n-th changing request, before it is sent or after the server has done it."""

    def __init__(self, living: Client, dies_at: int, *, after: bool) -> None:
        self.__dict__.update(living.__dict__)
        self.left = dies_at
        self._after = after

    def request(self, method, path, **more):
        if method == "GET":
            return super().request(method, path, **more)
        self.left -= 1
        if self.left == 0 and not self._after:
            raise Killed
        answer = super().request(method, path, **more)
        if self.left == 0:
            raise Killed
        return answer


def shape(client: Client, base_id: str) -> dict[str, object]:
    """Everything a person could see of a base, ids apart."""
    seen: dict[str, object] = {}
    for listed in meta.list_tables(client, base_id):
        table = meta.read_table(client, listed.id)
        names = {f.id: f.title for f in table.fields}
        seen[table.title] = {
            "code": table.marker.get("code"),
            "display": [f.title for f in table.fields if f.primary_value],
            "fields": sorted(
                (f.title, f.uidt, f.relation_type, f.marker.get("code"), tuple(o.title for o in f.options),
                 tuple((f.marker.get("choices") or {}).values()))
                for f in table.fields if f.uidt != "ForeignKey"
            ),
            "keys": sum(f.uidt == "ForeignKey" for f in table.fields),
            "views": sorted(_view(client, v, names) for v in table.views),
        }  # fmt: skip
    return seen


def _view(client: Client, view: ViewMeta, names: dict[str, str]) -> tuple:
    columns = views.read_columns(client, view.id).items()
    return (
        view.title,
        view.kind,
        tuple(sorted((names[c], bool(s["show"])) for c, s in columns if c in names)),
        tuple((names[s["fk_column_id"]], s["direction"]) for s in views.read_sorts(client, view.id)),
        tuple((names[f["fk_column_id"]], f["comparison_op"], f["value"]) for f in views.read_filters(client, view.id)),
    )


def make_theirs(client: Client, base_id: str) -> TableMeta:
    who = NewColumn(title="Wer", name="wer", uidt="SingleLineText")
    return make_table(client, base_id, title="Gäste", name="gaeste", description="", columns=[who], marker={})


def new_base(client: Client) -> str:
    return meta.create_base(client, f"Einrichtung {next(_numbers)}").id


@pytest.fixture(scope="session")
def whole(client):
    """The whole declared base, freshly made."""
    base_id = new_base(client)
    said: list[tuple[int, int, str]] = []
    report = apply_schema(client, BASE, base_id, on_progress=lambda *heard: said.append(heard))
    return base_id, report, said


@declare(
    code="guest", title="Gäste", description="Für Versuche",
    views=(View(code="all", title="Alle"), View(code="named", title="Benannte")),
)  # fmt: skip
class Guest(Record):
    name: str | None = column(Text(title="Name"))
    kind: str | None = column(SingleSelect(title="Art", choices=KINDS))
    ident: str | None = column(Text(title="Kennung", system=True, hidden=True))
    token: str | None = column(Text(title="Schreibmarke", system=True, hidden=True))


SMALL = Base(title="Klein", records=(Place, Guest, JobRun))


def test_a_whole_base_is_made_with_progress_and_a_second_run_writes_nothing(client, whole):
    base_id, report, said = whole
    before = shape(client, base_id)

    again = apply_schema(Mortal(client, 1, after=False), BASE, base_id)

    assert again.plan.empty
    assert shape(client, base_id) == before
    assert resolve(client, BASE, base_id).missing == ()
    assert [s[0] for s in said] == list(range(len(report.plan.operations) + 1))
    assert {t.title for t in BASE.tables.values()} == set(before)
    assert before["Personen"]["display"] == ["Name"]
    resolved = resolve(client, BASE, base_id)
    assert {t: set(r.views) for t, r in resolved.tables.items()} == {
        code: {"default", *(v.code for v in table.views)} for code, table in BASE.tables.items()
    }


def test_no_default_grid_shows_a_link_column(client, whole):
    base_id, _, _ = whole
    for code, table in resolve(client, BASE, base_id).tables.items():
        shown = {i for i, s in views.read_columns(client, str(table.default_view)).items() if s["show"]}
        slow = {f.id for f in meta.read_table(client, table.id).fields if f.uidt in ("LinkToAnotherRecord", "Links")}
        assert not shown & slow, code


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_request_and_run_again_it_completes(client, after):
    reference = new_base(client)
    counting = Mortal(client, 10_000, after=after)
    apply_schema(counting, SMALL, reference)
    requests = 10_000 - counting.left
    wanted = shape(client, reference)

    for dies_at in range(1, requests + 1, 3 if after else 5):
        base_id = new_base(client)
        with pytest.raises(Killed):
            apply_schema(Mortal(client, dies_at, after=after), SMALL, base_id)
        apply_schema(client, SMALL, base_id)

        assert shape(client, base_id) == wanted, dies_at
        assert plan_schema(client, SMALL, base_id).empty


def test_what_staff_rename_and_add_stays_and_everything_goes_on_working(client):
    base_id = new_base(client)
    apply_schema(client, LISTS, base_id)
    store = TableStore(client, resolve(client, LISTS, base_id), Organisation)
    store.create([Organisation(name="Lesepaten", kind="verein", phone="0391", ident="t:1")])
    table = meta.read_table(client, resolve(client, LISTS, base_id).tables["organisation"].id)
    by_code = {f.marker.get("code"): f for f in table.fields}
    for code, title in (("name", "Bezeichnung"), ("phone", "Rufnummer"), ("parent", "Träger")):
        meta.update_field(client, by_code[f"organisation.{code}"], title=title)
    kind = by_code["organisation.kind"]
    renamed = {"Verein": "Eingetragener Verein", "Initiative": "Freie Initiative"}
    meta.set_choices(client, kind, [OptionMeta(o.id, renamed.get(o.title, o.title), o.color) for o in kind.options])
    client.request("PATCH", f"/api/v2/meta/tables/{table.id}", json={"title": "Verbände", "table_name": "Verbände"})
    make_column(client, table.id, NewColumn(title="Eigenes", name="eigenes", uidt="SingleLineText"))
    views.create_view(client, table.id, views.ViewKind.GRID, "Meine Ansicht")
    before = shape(client, base_id)

    assert plan_schema(client, LISTS, base_id).empty
    apply_schema(client, LISTS, base_id)

    assert shape(client, base_id) == before
    resolved = resolve(client, LISTS, base_id)
    assert resolved.missing == ()
    store = TableStore(client, resolved, Organisation)
    store.create([Organisation(name="Tafel", kind="initiative", ident="t:2")])
    assert [(o.name, o.kind) for o in store.pull()] == [("Lesepaten", "verein"), ("Tafel", "initiative")]
    assert "Freie Initiative" in str(
        client.request("GET", f"/api/v2/tables/{table.id}/records", params={"fields": "Art"})["list"]
    )


def test_a_later_declaration_adds_column_choice_and_view_and_touches_no_row(client):
    base_id = new_base(client)
    apply_schema(client, SMALL, base_id)
    store = TableStore(client, resolve(client, SMALL, base_id), Guest)
    store.create([Guest(name="Ada", kind="gut", ident="t:1")])

    @declare(
        code="guest", title="Gäste", description="Für Versuche",
        views=(*Guest.table().views, View(code="new", title="Neue Ansicht")),
    )  # fmt: skip
    class Later(Record):
        name: str | None = column(Text(title="Name"))
        kind: str | None = column(SingleSelect(title="Art", choices=(*KINDS, Choice("neu", "ganz neu"))))
        table_no: str | None = column(Text(title="Tisch"))
        ident: str | None = column(Text(title="Kennung", system=True, hidden=True))
        token: str | None = column(Text(title="Schreibmarke", system=True, hidden=True))

    grown = Base(title="Klein", records=(Place, Later, JobRun))
    report = apply_schema(client, grown, base_id)

    assert [str(s) for s in report.plan.safe] == [
        "Auswahl „ganz neu“ in der Spalte „Art“ von „Gäste“ ergänzen",
        "Spalte „Tisch“ in „Gäste“ anlegen",
        "Ansicht „Neue Ansicht“ in „Gäste“ anlegen",
    ]
    store = TableStore(client, resolve(client, grown, base_id), Later)
    assert [(g.name, g.kind, g.table_no) for g in store.pull()] == [("Ada", "gut", None)]


def test_what_destroys_is_refused_unless_allowed(client):
    base_id = new_base(client)
    apply_schema(client, SMALL, base_id)
    TableStore(client, resolve(client, SMALL, base_id), Guest).create([Guest(name="Ada", ident="t:1")])
    smaller = Base(title="Klein", records=(Place, JobRun))
    before = shape(client, base_id)

    with pytest.raises(PlanRefused, match="Tabelle „Gäste“ mit allen Zeilen löschen"):
        apply_schema(client, smaller, base_id)
    assert shape(client, base_id) == before

    apply_schema(client, smaller, base_id, allow_destructive=True)
    assert set(shape(client, base_id)) == set(before) - {"Gäste"}


def test_a_column_that_staff_turned_into_another_type_is_named_and_can_be_turned_back(client):
    base_id = new_base(client)
    apply_schema(client, SMALL, base_id)
    real = resolve(client, SMALL, base_id).tables["guest"].fields["kind"]
    field = meta.read_field(client, real.id)
    meta.change_type(client, base_id, field, "SingleLineText")

    with pytest.raises(PlanRefused, match="Spalte „Art“ in „Gäste“ von SingleLineText in SingleSelect"):
        apply_schema(client, SMALL, base_id)
    apply_schema(client, SMALL, base_id, allow_destructive=True)

    assert plan_schema(client, SMALL, base_id).empty
    store = TableStore(client, resolve(client, SMALL, base_id), Guest)
    store.create([Guest(name="Ada", kind="egal", ident="t:1")])
    assert [g.kind for g in store.pull()] == ["egal"]


def test_a_table_of_theirs_with_our_title_stays_untouched(client):
    base_id = new_base(client)
    theirs = make_theirs(client, base_id)
    before = meta.read_table(client, theirs.id)

    apply_schema(client, SMALL, base_id)

    assert meta.read_table(client, theirs.id).fields == before.fields
    assert "Gäste (Kontaktnetz)" in shape(client, base_id)


def test_a_missing_base_is_made_by_its_name(client):
    name = f"Neu {next(_numbers)}"

    report = apply_schema(client, SMALL, name)

    assert report.base.title == name
    assert plan_schema(client, SMALL, name).empty
    with pytest.raises(Conflict):
        make_theirs(client, report.base.id)


def test_computed_names_and_the_tree_read_as_declared(client, whole):
    base_id, _, _ = whole
    resolved = resolve(client, BASE, base_id)
    persons, organisations = TableStore(client, resolved, Person), TableStore(client, resolved, Organisation)
    [top] = organisations.create([Organisation(name="Dezernat V", ident="t:v")])
    organisations.create([Organisation(name="Jugendamt", parent=top, ident="t:j")])
    [who] = persons.create([Person(title="Dr.", last_name="Beispiel", ident="t:b")])
    talks = TableStore(client, resolved, Interaction)
    talks.create([Interaction(summary="Erstes Gespräch", person=who, organisation=top, ident="t:i")])

    assert [p.name for p in persons.pull()] == ["Dr. Beispiel"]
    assert [(o.name, o.parent) for o in organisations.pull()] == [("Dezernat V", None), ("Jugendamt", top)]
    assert [(i.person, i.organisation) for i in talks.pull()] == [(who, top)]
