"""Matching by marker, on tables made up here (what the server really tells is tried in the contract tests)."""

from __future__ import annotations

import pytest

from schemas.errors import ConfigError
from schemas.model import Base, Choice, Link, Record, SingleSelect, Text, column, declare
from sync.nocodb.meta import BaseMeta
from sync.nocodb.model import MARKER, FieldMeta, OptionMeta, TableMeta, ViewMeta
from sync.nocodb.resolve import ResolvedBase, resolve_tables


@declare(code="animal", title="Tiere", description="")
class Animal(Record):
    """An animal."""

    name: str | None = column(Text(title="Name"))
    kind: str | None = column(SingleSelect(title="Art", choices=(Choice("hund", "Hund"), Choice("katze", "Katze"))))
    mother: int | None = column(Link(title="Mutter", target="animal", reverse="Kinder"))


ZOO = Base(title="Zoo", records=(Animal,))


def made_field(field_id: str, title: str, uidt: str = "SingleLineText", marker=None, **more) -> FieldMeta:
    meta = {MARKER: marker} if marker else {}
    more = {"system": False, "primary_value": False, "description": "", **more}
    return FieldMeta(id=field_id, title=title, column_name=title, uidt=uidt, meta=meta, **more)


KEY = made_field("c0", "Id", "ID")
NAME = made_field("c1", "Rufname", marker={"code": "animal.name"})
KIND = made_field(
    "c2",
    "Art",
    "SingleSelect",
    marker={"code": "animal.kind", "choices": {"o1": "hund", "o9": "weg"}},
    options=(OptionMeta("o1", "Wauwau", None), OptionMeta("o2", "Katze", None), OptionMeta("o3", "Igel", None)),
)
LINK = {"relation_type": "bt", "target_table_id": "t1", "fk_field_id": "c4"}
MOTHER = made_field("c3", "Mutter", "LinkToAnotherRecord", marker={"code": "animal.mother"}, **LINK)
KEY_OF_MOTHER = made_field("c4", "Mutter (Id)", "ForeignKey")
CHILDREN = made_field(
    "c5",
    "Kinder",
    "Links",
    marker={"code": "animal.mother", "role": "reverse"},
    **{**LINK, "relation_type": "hm"},
)
ALL = (KEY, NAME, KIND, MOTHER, KEY_OF_MOTHER, CHILDREN)


def resolved(*fields: FieldMeta, title: str = "Tiere", views=(), marked_views=None) -> ResolvedBase:
    marker = {"code": "animal", "views": marked_views or {}}
    table = TableMeta("t1", title, "", {MARKER: marker}, fields, views)
    return resolve_tables(ZOO, BaseMeta("b", "Zoo"), [table])


def without(gone: FieldMeta) -> list[FieldMeta]:
    return [f for f in ALL if f is not gone]


def test_a_whole_table_is_found_whatever_its_titles():
    found = resolved(*ALL, title="Bestiarium")
    table = found.tables["animal"]
    assert found.missing == ()
    assert found.check(Animal) == ()
    assert (table.id, table.title, table.key.id) == ("t1", "Bestiarium", "c0")
    assert {c: f.data_id for c, f in table.fields.items()} == {"name": "c1", "kind": "c2", "mother": "c4"}
    mother = table.fields["mother"]
    assert (mother.id, mother.data_title, mother.reverse_id) == ("c3", "Mutter (Id)", "c5")
    assert table.extra == ()


def test_labels_follow_the_option_and_fall_back_to_our_own_words():
    assert dict(resolved(*ALL).tables["animal"].fields["kind"].labels) == {"hund": "Wauwau", "katze": "Katze"}


def test_staff_columns_are_listed_and_ours_are_not():
    own = made_field("c9", "Futter", "Number")
    lookup = made_field("c8", "Nachschlag", "Lookup")
    system = made_field("c7", "CreatedAt", "CreatedTime", system=True)
    found = resolved(*ALL, own, lookup, system)
    assert [e.code for e in found.tables["animal"].extra] == ["extra:c9"]
    assert found.tables["animal"].created_at == system


def test_a_copied_column_is_not_taken_for_the_original():
    copy = made_field("c9", "Rufname copy", marker={"code": "animal.name"})
    assert resolved(*ALL, copy).tables["animal"].fields["name"].id == "c1"


def test_a_missing_column_is_named_with_its_table():
    found = resolved(*without(NAME), title="Bestiarium")
    assert found.missing == ("animal.name",)
    with pytest.raises(ConfigError) as caught:
        found.require(Animal)
    assert caught.value.message == ("In der Tabelle „Bestiarium“ (ursprünglich „Tiere“) fehlt die Spalte „Name“.")
    assert "schema apply" in caught.value.hint
    assert caught.value.facts["problems"] == ["animal.name"]


def test_a_retyped_column_is_named_with_both_types():
    number = made_field("c1", "Rufname", "Number", marker={"code": "animal.name"})
    (problem,) = resolved(*without(NAME), number).check(Animal)
    assert problem.message == (
        "In der Tabelle „Tiere“ hat die Spalte „Rufname“ (ursprünglich „Name“) die Art Number; "
        "gebraucht wird SingleLineText."
    )


def test_a_text_may_become_another_kind_of_text():
    longer = made_field("c1", "Name", "LongText", marker={"code": "animal.name"})
    assert resolved(*without(NAME), longer).check(Animal) == ()


def test_a_link_without_its_foreign_key_is_a_problem():
    assert [p.column for p in resolved(*without(KEY_OF_MOTHER)).check(Animal)] == ["mother"]


def test_several_problems_are_counted():
    with pytest.raises(ConfigError, match="und 1 weitere"):
        resolved(KEY, NAME).require(Animal)


def test_a_missing_table_is_named():
    found = resolve_tables(ZOO, BaseMeta("b", "Zoo"), [])
    assert found.missing == ("animal",)
    with pytest.raises(ConfigError, match="fehlt die Tabelle „Tiere“"):
        found.require(Animal)


def test_only_views_that_still_exist_are_known():
    views = (ViewMeta("v1", "Tiere", 3, True), ViewMeta("v2", "Unsere", 3, False))
    table = resolved(*ALL, views=views, marked_views={"ours": "v2", "gone": "v3"}).tables["animal"]
    assert dict(table.views) == {"ours": "v2"}
    assert table.default_view == "v1"
