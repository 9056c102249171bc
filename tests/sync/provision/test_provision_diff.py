"""The plan for a base: what is missing is made, what staff did is left alone, what destroys must be allowed."""

from __future__ import annotations

import dataclasses

import pytest
from finished import field, finished
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base import BASE
from schemas.model import Formula, Link
from sync.nocodb.model import MARKER, OptionMeta, TableMeta, ViewMeta
from sync.provision import operations as op
from sync.provision.diff import BEGUN, diff
from sync.provision.inspect import Found

COLUMNS = [f"{code}.{column}" for code, table in BASE.tables.items() for column in table.columns]
TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


def change(found: Found, code: str, **changes) -> Found:
    return dataclasses.replace(found, ours={**found.ours, code: dataclasses.replace(found.ours[code], **changes)})


def without(found: Found, code: str, *columns: str) -> Found:
    kept = tuple(f for f in found.ours[code].fields if f.marker.get("code") not in columns)
    return change(found, code, fields=kept)


def remark(table: TableMeta, **marker) -> dict:
    return {**table.meta, MARKER: {**table.marker, **marker}}


def test_a_finished_base_needs_nothing():
    plan = diff(BASE, finished(BASE))

    assert plan.empty
    assert "nichts zu tun" in plan.describe()


def test_without_a_base_everything_is_made_and_nothing_twice():
    plan = diff(BASE, Found(None))

    assert not plan.destructive
    assert isinstance(plan.safe[0], op.CreateBase)
    assert [s.table for s in plan.safe if isinstance(s, op.CreateTable)] == list(BASE.tables)
    links = [f"{s.table}.{s.column}" for s in plan.safe if isinstance(s, op.AddLink)]
    computed = [f"{s.table}.{s.column}" for s in plan.safe if isinstance(s, op.AddColumn)]
    kinds = {c: BASE.tables[c.split(".")[0]].columns[c.split(".")[1]] for c in COLUMNS}
    assert sorted(links) == sorted(c for c, kind in kinds.items() if isinstance(kind, Link))
    assert sorted(computed) == sorted(c for c, kind in kinds.items() if isinstance(kind, Formula))
    views = [(s.table, s.view) for s in plan.safe if isinstance(s, op.CreateView)]
    assert len(views) == len(set(views)) == sum(len(t.views) + 1 for t in BASE.tables.values())


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
def test_nothing_that_staff_do_leads_to_a_step(data):
    """Renamed tables, columns, choices and views, own columns, choices and views, deleted views, texts made longer."""
    found = finished(BASE)
    busy = data.draw(st.lists(st.sampled_from(sorted(found.ours)), min_size=1, max_size=5, unique=True))
    for code in busy:
        table = found.ours[code]
        fields = [
            dataclasses.replace(
                f,
                title=data.draw(TITLES),
                options=tuple(dataclasses.replace(o, title=data.draw(TITLES)) for o in f.options)
                + ((OptionMeta("own", "Eigene Auswahl", None),) if f.options and data.draw(st.booleans()) else ()),
                uidt="LongText" if f.uidt == "SingleLineText" and data.draw(st.booleans()) else f.uidt,
            )
            for f in table.fields
        ]
        fields.insert(data.draw(st.integers(0, len(fields))), field("", "Eigene Spalte", "Number"))
        views = data.draw(st.lists(st.sampled_from(table.views), unique=True))
        found = change(
            found,
            code,
            title=data.draw(TITLES),
            fields=tuple(data.draw(st.permutations(fields))),
            views=(*views, ViewMeta("own", "Meine Ansicht", 3, False)),
        )

    assert diff(BASE, found).empty


@settings(max_examples=60)
@given(st.sets(st.sampled_from(COLUMNS), max_size=8))
def test_exactly_the_missing_columns_are_made(gone):
    found = finished(BASE)
    for code in gone:
        found = without(found, code.split(".")[0], code)

    plan = diff(BASE, found)

    made = {f"{s.table}.{s.column}" for s in plan.safe if isinstance(s, op.AddColumn | op.AddLink)}
    assert made == gone
    assert not plan.destructive
    rest = [s for s in plan.safe if not isinstance(s, op.AddColumn | op.AddLink)]
    assert all(isinstance(s, op.SetChoices) and f"{s.table}.{s.column}" in gone for s in rest)


def test_a_title_that_staff_use_is_left_to_them():
    found = without(finished(BASE), "organisation", "organisation.district")
    own = field("", "STADTTEIL", "SingleLineText")
    found = change(found, "organisation", fields=(*found.ours["organisation"].fields, own))

    plan = diff(BASE, found)

    assert [str(s) for s in plan.safe] == ["Spalte „Stadtteil (Kontaktnetz)“ in „Organisationen“ anlegen"]


def test_a_table_of_theirs_with_our_title_stays_theirs():
    plan = diff(BASE, Found(finished(BASE).base, titles=("Organisationen",)))

    made = [s.title for s in plan.safe if isinstance(s, op.CreateTable)]
    assert made[0] == "Organisationen (Kontaktnetz)"


def test_a_link_of_which_only_half_was_made_is_completed():
    found = finished(BASE)
    kept = tuple(
        f for f in found.ours["function"].fields if f.marker.get("code") != "function.person" or "role" in f.marker
    )

    plan = diff(BASE, change(found, "function", fields=kept))

    assert [(s.column, s.begun) for s in plan.safe] == [("person", True)]


def test_a_view_that_staff_deleted_is_not_made_again_but_one_begun_is():
    found = finished(BASE)
    table = found.ours["person"]
    gone = change(found, "person", views=table.views[:1])
    begun = {**table.marker["views"], "by_name": BEGUN}
    half = change(found, "person", meta=remark(table, views=begun))

    assert diff(BASE, gone).empty
    assert [(s.table, s.view) for s in diff(BASE, half).safe] == [("person", "by_name")]


def test_a_new_view_of_ours_gives_way_to_one_of_theirs_with_its_title():
    found = finished(BASE)
    table = found.ours["person"]
    known = {k: v for k, v in table.marker["views"].items() if k != "by_name"}
    theirs = tuple(dataclasses.replace(v, id="own") if v.title == "Nach Nachname" else v for v in table.views)

    plan = diff(BASE, change(found, "person", meta=remark(table, views=known), views=theirs))

    assert [s.title for s in plan.safe] == ["Nach Nachname (Kontaktnetz)"]


def test_a_choice_that_staff_deleted_comes_back_and_renamed_ones_stay():
    found = finished(BASE)
    sphere = next(f for f in found.ours["organisation"].fields if f.marker.get("code") == "organisation.sphere")
    renamed = dataclasses.replace(sphere.options[0], title="Vereine und Verbände")
    changed = dataclasses.replace(sphere, options=(renamed, *sphere.options[2:]))
    fields = tuple(changed if f is sphere else f for f in found.ours["organisation"].fields)

    plan = diff(BASE, change(found, "organisation", fields=fields))

    assert [s.labels for s in plan.safe] == [("Verwaltung",)]
    assert not plan.destructive


def test_a_changed_type_and_what_is_no_longer_declared_are_destructive():
    found = finished(BASE)
    number = next(f for f in found.ours["relationship"].fields if f.marker["code"] == "relationship.cadence_days")
    old = field("relationship.old", "Früher", "SingleLineText")
    fields = tuple(dataclasses.replace(f, uidt="Date") if f is number else f for f in found.ours["relationship"].fields)
    found = change(found, "relationship", fields=(*fields, old))
    left = TableMeta("t:x", "Ehemalige", "", {MARKER: {"code": "former"}})

    plan = diff(BASE, dataclasses.replace(found, left=(left,)))

    assert not plan.safe
    assert [type(s) for s in plan.destructive] == [op.Retype, op.DropColumn, op.DropTable]
    assert "--allow-destructive" in plan.describe()


@pytest.mark.parametrize("duplicate", ["organisation.name", "organisation.parent"])
def test_a_column_that_staff_duplicated_marker_and_all_is_no_concern_of_ours(duplicate):
    found = finished(BASE)
    original = next(f for f in found.ours["organisation"].fields if f.marker["code"] == duplicate)
    copy = dataclasses.replace(original, id="copy", title=f"{original.title} copy", uidt="Number")

    plan = diff(BASE, change(found, "organisation", fields=(*found.ours["organisation"].fields, copy)))

    assert plan.empty
