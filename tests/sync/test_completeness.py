"""What could not be read is never what the source left out; who is unreadable for good does not hide who is gone."""

from __future__ import annotations

import dataclasses

import pytest
from test_plan import World, delivery, item

from sync.items import Origin, Unread
from sync.report import describe_plan
from sync.sanity import find_doubts

HOUSE, CHOIR = ("organisation", "h"), ("organisation", "c")
ADA, BEA = ("person", "a"), ("person", "b")
ITEMS = {
    HOUSE: item("organisation", "h", {"name": "Haus"}),
    CHOIR: item("organisation", "c", {"name": "Chor"}),
    ADA: item("person", "a", {"last_name": "Ada"}),
    BEA: item("person", "b", {"last_name": "Bea"}),
    ("function", "a@h"): item("function", "a@h", {"name": "Vorsitz"}, person=ADA, organisation=HOUSE),
    ("function", "b@c"): item("function", "b@c", {"name": "Vorsitz"}, person=BEA, organisation=CHOIR),
}


def unread(fingerprint="x", key=None):
    return Unread(Origin("liste.csv", 9), "Nicht zu lesen.", fingerprint, key)


def read(*without, unread=()):
    return delivery(*(one for key, one in ITEMS.items() if key not in without), unread=unread)


def told(plan):
    return {(one.table, one.ident) for one in plan.vanished}, {(one.table, one.ident) for one in plan.kept}


@pytest.fixture
def world():
    world = World()
    world.bring(read())
    return world


GONE = (ADA, ("function", "a@h"))


@pytest.mark.parametrize(
    ("entries", "without", "gone", "kept"),
    [
        ((), GONE, set(GONE), set()),
        ((unread(),), GONE, set(), set(GONE)),
        ((unread(""),), GONE, set(), set(GONE)),
        ((unread(key=ADA),), GONE, set(), set(GONE)),
        ((unread(key=ADA),), (ADA, BEA), {BEA}, {ADA}),
        ((unread(key=ADA),), (HOUSE, *GONE), set(), {HOUSE, *GONE}),
        ((unread(key=HOUSE),), (HOUSE, *GONE, BEA), {BEA}, {HOUSE, *GONE}),
        ((unread(key=("person", "neu")),), GONE, set(), set(GONE)),
        ((unread("x", ADA), unread("y")), (ADA, BEA), set(), {ADA, BEA}),
    ],
    ids=[
        "complete", "anybody", "cut-off", "hers-and-her-function", "the-other-is-gone", "what-hers-links-to",
        "what-links-to-it", "under-a-key-that-nobody-knows", "one-of-two-is-anybody",
    ],
)  # fmt: skip
def test_only_what_no_unread_entry_may_be_is_gone(world, entries, without, gone, kept):
    assert told(world.plan(read(*without, unread=entries))) == (gone, kept)


def test_what_was_unreadable_when_all_known_were_named_hides_nobody(world):
    broken = (unread("for ever"),)
    world.bring(read(unread=broken))
    assert told(world.bring(read(BEA, unread=broken))) == ({BEA}, set())


@pytest.mark.parametrize(
    "later",
    [(unread("for ever"), unread("for ever")), (unread("for ever"), unread("new")), (unread(""),)],
    ids=["twice", "another", "cut-off"],
)
def test_what_is_newly_unreadable_may_be_anybody(world, later):
    world.bring(read(unread=(unread("for ever"),)))
    for _ in range(3):
        assert told(world.bring(read(BEA, unread=later))) == (set(), {BEA})


def test_a_reading_that_is_cut_off_every_night_never_counts_as_complete(world):
    for _ in range(3):
        assert told(world.bring(read(unread=(unread(""),)))) == (set(), set())
    assert told(world.bring(read(*GONE, unread=(unread(""),)))) == (set(), set(GONE))


def test_what_no_longer_tells_its_key_is_who_it_was(world):
    world.bring(read(ADA, unread=(unread("x", ADA),)))
    assert told(world.bring(read(ADA, unread=(unread("x"),)))) == (set(), {ADA})


def test_an_unread_number_stands_for_each_to_whom_it_was_given(world):
    world.bring(read(BEA))
    anew = item("person", "a", {"last_name": "Bea"})
    world.bring(delivery(*(one for key, one in ITEMS.items() if key not in (ADA, BEA)), anew))
    assert {line for row in world.of("person") for line in row.ident.split("\n")} >= {"liste:a", "liste:a~bea"}
    plan = world.plan(read(ADA, BEA, unread=(unread(key=ADA),)))
    assert told(plan)[0] == set()


def test_what_comes_back_readable_was_never_gone(world):
    world.bring(read(*GONE, unread=(unread(),)))
    plan = world.bring(read())
    assert (plan.writes, told(plan)) == (0, (set(), set()))
    assert told(world.bring(read(*GONE)))[0] == set(GONE)


def merge(world, stays, goes):
    """Do as staff who say that two rows are the same."""
    one, other = (next(r for r in world.rows.values() if r.ident == f"liste:{ident}") for ident in (stays, goes))
    world.rows[one.id] = dataclasses.replace(one, ident=f"{one.ident}\n{other.ident}")
    del world.rows[other.id]


@pytest.mark.parametrize(("without", "gone"), [((CHOIR,), set()), ((HOUSE,), set()), ((CHOIR, HOUSE), {CHOIR, HOUSE})])
def test_a_row_that_bears_several_idents_is_gone_with_the_last_of_them(without, gone):
    world = World()
    both = {HOUSE: ITEMS[HOUSE], CHOIR: ITEMS[CHOIR]}
    world.bring(delivery(*both.values()))
    merge(world, "h", "c")
    plan = world.bring(delivery(*(one for key, one in both.items() if key not in without)))
    assert told(plan) == (gone, set())


def test_a_row_of_several_idents_is_kept_while_one_of_them_is_unreadable():
    world = World()
    world.bring(delivery(ITEMS[HOUSE], ITEMS[CHOIR]))
    merge(world, "h", "c")
    assert told(world.plan(delivery(unread=(unread(key=CHOIR),)))) == (set(), {HOUSE, CHOIR})


@pytest.mark.parametrize(
    ("entries", "without", "words"),
    [
        (
            (unread(),),
            (ADA,),
            "Als „nicht mehr in der Quelle“ wird jetzt nichts markiert: ein Eintrag der Quelle war nicht zu lesen "
            "(siehe Abgewiesen); eine Zeile fehlt im Gelesenen.",
        ),
        (
            (unread("x"), dataclasses.replace(unread("y"), origin=Origin("liste.csv", 12))),
            GONE,
            "nichts markiert: 2 Einträge der Quelle waren nicht zu lesen (siehe Abgewiesen); 2 Zeilen fehlen",
        ),
        (
            (unread(""),),
            (),
            "wird jetzt nichts markiert: ein Eintrag der Quelle war nicht zu lesen (siehe Abgewiesen).",
        ),
        (
            (unread(key=ADA),),
            (ADA,),
            "Nicht markiert, weil ihr Eintrag in der Quelle nicht zu lesen war (siehe Abgewiesen): 1 Zeile.",
        ),
    ],
    ids=["one", "two", "cut-off", "by-key"],
)
def test_the_report_says_what_is_not_marked_and_why(world, entries, without, words):
    assert words in describe_plan(world.plan(read(*without, unread=entries)), "Liste")


def people(*numbers, unread=()):
    return delivery(*(item("person", f"p{n}", {"last_name": f"P{n}"}) for n in numbers), unread=unread)


@pytest.mark.parametrize(
    ("entries", "doubts"),
    [
        ((), ["weniger"]),
        (tuple(unread(str(n)) for n in range(5)), []),
        (tuple(unread(key=("person", f"p{n}")) for n in range(10, 16)), []),
        ((unread("1"),), ["weniger"]),
        ((unread(""),), []),
    ],
    ids=["all-read", "as-many-unread", "unread-by-key", "too-few-unread", "cut-off"],
)
def test_what_could_not_be_read_is_not_missing(entries, doubts):
    world = World()
    world.bring(people(*range(20)))
    found = find_doubts(people(*range(10), unread=entries), world.known, lambda key: world.said.get(key, {}))
    assert [d.word for d in found] == doubts


def test_what_is_unreadable_for_good_excuses_nobody():
    world, broken = World(), tuple(unread(str(n)) for n in range(9))
    world.bring(people(*range(20), unread=broken))
    arrived = people(*range(10), unread=broken)
    found = find_doubts(arrived, world.known, lambda key: {}, world.unread)
    assert [d.word for d in found] == ["weniger"]
