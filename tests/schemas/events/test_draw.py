"""The draw: list and seed alone decide, an independent script finds the same winner, everybody has the same chance."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events.rules.draw import Entry, close_list, draw, eligible

INDEPENDENT = """
import hashlib, sys

def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

seed, wanted = sys.argv[1].strip(), int(sys.argv[2])
lines = sys.stdin.buffer.read().decode("utf-8").split("\\n")
digest = sha("\\n".join(lines))
lots = {}
for line in lines:
    lots[sha(seed + "\\n" + digest + "\\n" + line)] = line
print(digest)
for lot in sorted(lots)[:wanted]:
    print(lots[lot])
"""

names = st.lists(
    st.tuples(st.integers(1, 500), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)), max_size=40
)


@given(names, st.text(min_size=1, max_size=20).filter(str.strip))
def test_the_same_list_in_any_order_gives_the_same_digest_and_winner(given_names, seed):
    entries = [Entry(row, name) for row, name in dict(given_names).items()]

    there, back = close_list(entries), close_list(entries[::-1])

    assert there == back
    assert draw(there, seed, 3) == draw(back, seed, 3)
    assert len({lot.row for lot in draw(there, seed, 3)}) == min(3, len(entries))


@pytest.mark.parametrize("seed", ["471", " 3 5 2 6 1 ", "Würfel: sechs"])
def test_a_second_script_of_twenty_lines_finds_the_same_winners(seed):
    listed = close_list(Entry(row, f"Verein Nummer {row} – Größe") for row in range(1, 38))

    done = subprocess.run(
        [sys.executable, "-c", INDEPENDENT, seed, "3"], input=listed.text.encode(), capture_output=True, check=True
    )
    digest, *winners = done.stdout.decode().strip().split("\n")

    assert len(INDEPENDENT.strip().split("\n")) <= 20
    assert digest == listed.digest
    assert winners == [lot.line for lot in draw(listed, seed, 3)]


def test_over_many_seeds_everybody_wins_about_equally_often():
    listed = close_list(Entry(row, f"Verein {row}") for row in range(10))

    won = Counter(draw(listed, str(seed))[0].row for seed in range(5000))

    assert set(won) == set(range(10))
    assert all(400 < times < 600 for times in won.values())


def test_without_a_seed_nothing_is_drawn():
    with pytest.raises(ValueError, match="seed"):
        draw(close_list([Entry(1, "Chor")]), "  ")


def test_only_who_nominated_and_is_in_the_room_takes_part_and_each_once():
    found = eligible({1: "Chor", 2: "Tafel", 3: "Hospiz"}, [2, 2, 9, None, 3])

    assert [e.row for e in found.eligible] == [2, 3]
    assert [e.row for e in found.absent] == [1]
