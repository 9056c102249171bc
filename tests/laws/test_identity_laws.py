"""Who is who over time: whatever lists say in whatever order, nobody becomes somebody else."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_world import World, delivery, item

from sync.plan import Create, DeletedByStaff
from sync.standing import display_name

PEOPLE = (
    ("Anna", "Lerchenau"),
    ("Bernd", "Marderwald"),
    ("Cäcilie", "Zaunwinde"),
    ("Doris", "Tannhäuser"),
    ("Egon", "Uhlenhorst"),
)
"""First and last name all differ, so nobody can be another one who married or was misspelt."""

ADDRESSES = {
    "mail": st.sampled_from(["info@haus.example", "vorstand@haus.example", "a.lerchenau@haus.example"]),
    "mobile": st.sampled_from(["0170 5550101", "0170 5550102"]),
    "phone": st.sampled_from(["0391 5550101"]),
    "postcode": st.sampled_from(["39104", "39108"]),
    "street": st.sampled_from(["Ring 1", "Weg 2"]),
}
IDENTS = ("mail:info@haus.example", "mail:vorstand@haus.example", "id:1", "id:2", "uid:x")


class Base(World):
    """A base that several lists come into, each with a memory of its own."""

    def __init__(self, *rows) -> None:
        super().__init__(*rows)
        self.told = {}

    def bring(self, delivery):
        fresh = ({}, {}, {})
        self.known, self.said, self.unread = self.told.get(delivery.source, fresh)
        plan = super().bring(delivery)
        self.told[delivery.source] = (self.known, self.said, self.unread)
        return plan

    def groups(self):
        """Return who shares a row: the sets of idents."""
        return {frozenset((row.ident or "").split("\n")) for row in self.rows.values()}


def named(source, *items):
    return dataclasses.replace(delivery(*items), source=source)


@st.composite
def lists(draw, most=4):
    """One list: people under idents that change hands as they please, none twice."""
    idents = draw(st.lists(st.sampled_from(IDENTS), unique=True, max_size=most))
    who = draw(st.permutations(PEOPLE))
    items = []
    for ident, (first, last) in zip(idents, who, strict=False):
        more = draw(st.fixed_dictionaries({}, optional=ADDRESSES))
        items.append(item("person", ident, {"first_name": first, "last_name": last, **more}))
    return items


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["liste", "buch"]), lists()), max_size=6))
def test_two_people_of_different_names_never_share_a_row(days):
    base = Base()
    been = {}
    for source, items in days:
        plan = base.bring(named(source, *items))
        assert not any(isinstance(action, DeletedByStaff) for action in plan.actions)
        for said, action in zip(items, plan.actions, strict=True):
            name = (said.values["first_name"], said.values["last_name"])
            row = next(r for r in base.rows.values() if f"{source}:{action.item.ident}" in (r.ident or "").split("\n"))
            been.setdefault(row.id, set()).add(name)
            assert (row.first_name, row.last_name) == name
    assert all(len(names) == 1 for names in been.values())


@settings(max_examples=100, deadline=None)
@given(lists(), lists(), st.randoms())
def test_the_order_of_rows_and_of_lists_decides_nothing(one, other, chance):
    ways = []
    for first, second in itertools.permutations([("liste", one), ("buch", other)]):
        base = Base()
        for source, items in (first, second):
            mixed = list(items)
            chance.shuffle(mixed)
            base.bring(named(source, *mixed))
        ways.append(base.groups())
    assert ways[0] == ways[1]


@pytest.mark.parametrize(
    ("table", "ident", "before", "after"),
    [
        ("organisation", "id:7", {"name": "Altenhilfe Morgenstern", "phone": "0391 5550101", "street": "Ring 1"},
         {"name": "Zuhause im Kiez", "phone": "0391 5550101", "street": "Ring 1"}),
        ("organisation", "id:7", {"name": "Regenschirm"}, {"name": "Regenschirm e. V."}),
        ("person", "uid:w", {"first_name": "Cäcilie", "last_name": "Zaunwinde", "mobile": "0170 5550101"},
         {"first_name": "Cäcilie", "last_name": "Giersch", "mobile": "0170 5550101"}),
        ("person", "https://rat.example/oparl/person/7", {"first_name": "Cäcilie", "last_name": "Zaunwinde"},
         {"first_name": "Cäcilie", "last_name": "Marderwald"}),
        ("person", "person:7", {"first_name": "Cäcilie", "last_name": "Zaunwinde"},
         {"first_name": "Cäcilie", "last_name": "Marderwald"}),
        ("person", "mail:c@alt.example", {"first_name": "Cäcilie", "last_name": "Zaunwinde", "mail": "c@alt.example"},
         {"first_name": "Cäcilia", "last_name": "Zaunwinde", "mail": "c@alt.example"}),
    ],
    ids=["new_name", "legal_form", "marriage", "marriage_in_a_council", "marriage_by_number", "spelling"],
)  # fmt: skip
def test_renaming_back_and_forth_ends_where_it_began(table, ident, before, after):
    base = Base()
    base.bring(delivery(item(table, ident, before)))
    (begun,) = base.rows.values()
    for values in (after, before, after, before):
        plan = base.bring(delivery(item(table, ident, values)))
        assert not any(isinstance(action, Create) for action in plan.actions)
        assert plan.clashes == ()
    (ended,) = base.rows.values()
    assert dataclasses.replace(ended, aliases=None) == dataclasses.replace(begun, aliases=None)
    assert display_name(after.get) != display_name(before.get)


def test_a_mailbox_that_passes_to_and_fro_ends_with_its_first_holder():
    ada = {"first_name": "Ada", "last_name": "Alt", "mail": "info@haus.example"}
    bernd = {"first_name": "Bernd", "last_name": "Neu", "mail": "info@haus.example"}
    base = Base()
    for values in (ada, bernd, ada):
        base.bring(delivery(item("person", "mail:info@haus.example", values)))
    rows = [(row.first_name, row.ident, row.vanished_since is None) for row in base.rows.values()]
    assert rows == [
        ("Ada", "liste:mail:info@haus.example", True),
        ("Bernd", "liste:mail:info@haus.example~bernd neu", False),
    ]


def test_a_card_of_nothing_but_an_address_gets_its_name_under_a_number_of_its_own():
    bare = {"last_name": "e.baldrian@post.example", "mail": "e.baldrian@post.example"}
    full = {"first_name": "Edgar", "last_name": "Baldriantal", "mail": "e.baldrian@post.example"}
    base = Base()
    base.bring(delivery(item("person", "mail:e.baldrian@post.example", bare)))
    base.bring(delivery(item("person", "uid:w-605", full)))
    (row,) = base.rows.values()
    assert (row.first_name, row.last_name, row.vanished_since) == ("Edgar", "Baldriantal", None)


def test_who_follows_a_person_that_staff_deleted_gets_a_row_and_the_deleted_one_stays_away():
    ada = {"first_name": "Ada", "last_name": "Alt", "mail": "info@haus.example"}
    bernd = {"first_name": "Bernd", "last_name": "Neu", "mail": "info@haus.example"}
    base = Base()
    base.bring(delivery(item("person", "mail:info@haus.example", ada)))
    base.rows.clear()
    for _ in range(2):
        base.bring(delivery(item("person", "mail:info@haus.example", bernd)))
        assert [row.first_name for row in base.rows.values()] == ["Bernd"]
    plan = base.bring(delivery(item("person", "mail:info@haus.example", ada)))
    assert [type(action) for action in plan.actions] == [DeletedByStaff]


def test_a_merged_row_is_met_by_what_its_list_said_of_it_last():
    base = Base()
    base.bring(delivery(item("person", "mail:t@zwei.example", {
        "first_name": "Traudel", "last_name": "Nachtschatten", "mail": "t@zwei.example"})))  # fmt: skip
    base.rows[1] = dataclasses.replace(base.rows[1], first_name="Ehrentraud", mail="e@eins.example")
    base.bring(delivery(item("person", "mail:t@drei.example", {
        "first_name": "Traudel", "last_name": "Nachtschatten", "mail": "t@drei.example"})))  # fmt: skip
    (row,) = base.rows.values()
    assert (row.first_name, row.mail, row.vanished_since) == ("Ehrentraud", "e@eins.example", None)


def test_a_body_of_which_only_the_name_is_told_is_met_when_the_town_is_added():
    base = Base()
    base.bring(delivery(item("organisation", "name:verein querfloete", {"name": "Verein Querflöte"})))
    base.bring(delivery(item("organisation", "name:verein querfloete md", {"name": "Verein Querflöte Magdeburg"})))
    (row,) = base.rows.values()
    assert (row.name, row.vanished_since) == ("Verein Querflöte Magdeburg", None)


@pytest.mark.parametrize(
    ("first", "before", "after", "beside"),
    [
        ("Notburga", "nb@petersilius.example", "nb.neu@petersilius.example", ()),
        ("Kilian", "zwei@petersilius.example", "kilian@petersilius.example", ("Juliane", "zwei@petersilius.example")),
        ("Christoph", "post@petersilius.example", "christoph@petersilius.example", ()),
    ],
    ids=["another_account", "an_account_of_his_own", "a_name_spelt_otherwise"],
)
def test_who_gets_another_mail_in_the_same_house_is_met(first, before, after, beside):
    def told(name, mail):
        return item("person", f"mail:{mail}/{name}", {"first_name": name, "last_name": "Petersilius", "mail": mail})

    base = Base()
    others = [told(*beside)] if beside else []
    base.bring(delivery(told("Kristof" if first == "Christoph" else first, before), *others))
    base.bring(delivery(told(first, after), *others))
    assert sorted((row.first_name, row.vanished_since) for row in base.rows.values()) == sorted(
        (name, None) for name in (first, *beside[:1])
    )


@pytest.mark.parametrize(
    ("table", "ident", "before", "after"),
    [
        ("person", "mail:wehrleiter@amt.example", {"first_name": "Ines", "last_name": "Marderwald"},
         {"first_name": "Ines", "last_name": "Zaunwinde"}),
        ("person", "id:4", {"first_name": "Gerd", "last_name": "Uhlenhorst sen."},
         {"first_name": "Gerd", "last_name": "Uhlenhorst jun."}),
        ("organisation", "id:1", {"name": "Heim Zaunwinde Haus 1", "street": "Ring 1"},
         {"name": "Heim Zaunwinde Haus 2", "street": "Ring 1"}),
        ("organisation", "id:1", {"name": "Grundschule Zaunwinde", "street": "Ring 1"},
         {"name": "Hort Grundschule Zaunwinde", "street": "Ring 1"}),
        ("organisation", "name:stadt zaunwinde", {"name": "Stadt Zaunwinde", "postcode": "39104"},
         {"name": "Landkreis Zaunwinde", "postcode": "39104"}),
    ],
    ids=["successor_of_one_first_name_in_an_office", "father_and_son", "two_houses", "school_and_day_care",
         "town_and_district"],
)  # fmt: skip
def test_a_row_is_not_given_to_who_only_follows_under_its_ident(table, ident, before, after):
    base = Base()
    base.bring(delivery(item(table, ident, before)))
    column = "name" if table == "organisation" else "last_name"
    base.bring(delivery(item(table, ident, after)))
    assert [row.value(column) for row in base.rows.values()] == [before[column], after[column]]


@pytest.mark.parametrize("ident", ["id:1", "mail:z@t-online.example"])
@pytest.mark.parametrize("names", [("Jürgen", "Jürgen und Heike", "Heike"), ("Manuela", "M.", "Martin")])
def test_nobody_gets_the_row_of_another_because_a_name_in_between_fits_both(ident, names):
    base = Base()
    who = [{"first_name": name, "last_name": "Zaunwinde", "mail": "z@t-online.example"} for name in names]
    for cells in (*who, who[-1]):
        base.bring(delivery(item("person", ident, cells)))
    assert [(row.first_name, row.vanished_since is None) for row in base.rows.values()] == [
        (names[1], False), (names[2], True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (("Frauenchor Zaunwinde", "Chor Zaunwinde", "Männerchor Zaunwinde"), 2),
        (("DRK Ortsverein Burg", "DRK", "DRK Ortsverein Genthin"), 2),
        (("Bürgerverein Cracau", "Bürgerverein", "Bürgerverein Cracau Mitte"), 1),
        (("Bürgerverein Sudenbrug", "Bürgerverein", "Bürgerverein Sudenburg"), 1),
        (("Verein Wegwarte", "Netzwerk Wegwarte", "Netzwerk Wegwarte Magdeburg"), 1),
    ],
)
def test_no_body_gets_the_row_of_another_because_a_shorter_name_in_between_fits_both(names, rows):
    base = Base()
    for name in (*names, names[-1]):
        base.bring(delivery(item("organisation", "id:1", {"name": name})))
    found = [(row.name, row.vanished_since is None) for row in base.rows.values()]
    assert found == ([(names[-1], True)] if rows == 1 else [(names[1], False), (names[2], True)])


def test_two_colleagues_who_exchange_their_addresses_keep_their_rows():
    ada = {"first_name": "Ada", "last_name": "Lerchenau", "mobile": "0170 5550101"}
    bernd = {"first_name": "Bernd", "last_name": "Marderwald", "mobile": "0170 5550102"}
    mails = ("ada@haus.example", "bernd@haus.example")
    base = Base()
    for told in (mails, mails[::-1]):
        base.bring(delivery(*(item("person", f"mail:{m}", {**who, "mail": m})
                              for who, m in zip((ada, bernd), told, strict=True))))  # fmt: skip
    assert [(row.first_name, row.mail, row.vanished_since) for row in base.rows.values()] == [
        ("Ada", "bernd@haus.example", None), ("Bernd", "ada@haus.example", None),
    ]  # fmt: skip


NAMESAKES = {
    "person": [{"first_name": "Andreas", "last_name": "Uhlenhorst", "mail": f"a{n}@gmx.example"} for n in range(3)],
    "organisation": [{"name": "Jugendklub", "street": f"Ring {n}", "postcode": f"3910{n}"} for n in (4, 6, 8)],
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(NAMESAKES)),
    st.lists(st.tuples(st.permutations(["id:1", "id:2", "id:3"]), st.integers(1, 3)), max_size=5),
)
def test_whatever_numbers_a_list_gives_to_namesakes_each_keeps_the_row_that_tells_what_is_its_own(table, days):
    who = NAMESAKES[table]
    base = Base()
    base.bring(delivery(*(item(table, f"id:{n + 1}", cells) for n, cells in enumerate(who))))
    before = [{column: row.value(column) for column in who[0]} for row in base.rows.values()]
    for idents, number in days:
        told = list(zip(idents, who, strict=True))[:number]
        base.bring(delivery(*(item(table, ident, cells) for ident, cells in told)))
        assert [{column: row.value(column) for column in who[0]} for row in base.rows.values()] == before
        assert [row.vanished_since is None for row in base.rows.values()] == [n < number for n in range(3)]


def test_a_number_that_went_to_a_namesake_stays_theirs_when_their_mail_changes():
    one, other = NAMESAKES["person"][:2]
    base = Base()
    base.bring(delivery(item("person", "id:1", one), item("person", "id:2", other)))
    base.bring(delivery(item("person", "id:1", other)))
    base.bring(delivery(item("person", "id:1", {**other, "mail": "neu@gmx.example"})))
    assert [(row.mail, row.vanished_since is None) for row in base.rows.values()] == [
        (one["mail"], False), ("neu@gmx.example", True),
    ]  # fmt: skip
