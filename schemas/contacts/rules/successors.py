"""Departments are renamed and merged; what was known under the old name counts at what became of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping


def today_of(successors: Mapping[int, int]) -> dict[int, int]:
    """Return by row what became of every organisation that has a successor, at the end of its chain.

    A loop that somebody made by hand ends at the smallest row of the loop, so that everybody in it agrees.

    >>> today_of({1: 2, 2: 3, 7: 7})
    {1: 3, 2: 3}
    >>> today_of({4: 5, 5: 4})
    {5: 4}
    """
    found = {}
    for row in successors:
        seen = [row]
        while (after := successors.get(seen[-1])) is not None and after not in seen:
            seen.append(after)
        end = seen[-1] if after is None else min(seen[seen.index(after) :])
        if end != row:
            found[row] = end
    return found
