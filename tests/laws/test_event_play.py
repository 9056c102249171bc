"""Sixty guests, forty chairs, all ways to answer in an order of chance: nothing said is lost, every figure is right."""

from __future__ import annotations

import os

import pytest
from event_play import Play
from guest_pages import memory

SEEDS = int(os.environ.get("KONTAKTNETZ_SEEDS", "5"))
"""How many orders are played; more by hand."""

STEPS = 160


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_a_guest_said_is_lost_and_every_figure_is_a_recount(seed, tmp_path):
    play = Play(memory(), seed)
    for step in range(STEPS):
        play.act()
        if step % 20 == 19:
            assert list(play.problems()) == []
    assert list(play.problems()) == []
    shown, wanted = play.figures(tmp_path / "before")
    assert shown == wanted

    play.open_door()

    shown, wanted = play.figures(tmp_path / "after")
    assert shown == wanted
