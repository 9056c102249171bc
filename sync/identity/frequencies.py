"""How common names, words and addresses are: what two rows share counts the more, the fewer others have it. Pure.

Weights are binary logarithms of likelihood ratios (Fellegi and Sunter, "A theory for record linkage", 1969), agreement
counted by the frequency of the very value (Newcombe 1959). A base of a few rows says nothing about how common "Müller"
is, so every count is mixed with a background: a made-up population of 2,000 rows with the usual names and words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

BACKGROUND = 2_000
"""Rows of the made-up population that every base is mixed with."""

_RARE = 0.5
"""Rows of the background that bear a value nobody thought of."""


@dataclass(slots=True)
class Frequencies:
    """How many rows of one table bear each value; ``common`` holds the share (0 to 1) of well-known values."""

    common: Mapping[Hashable, float] = field(default_factory=dict)
    rows: int = 0
    counts: Counter[Hashable] = field(default_factory=Counter)
    _weights: dict[Hashable, float] = field(default_factory=dict)

    def add(self, values: Iterable[Hashable]) -> None:
        """Count one row; a value counts once in it."""
        self.rows += 1
        self.counts.update(set(values))
        self._weights.clear()

    @property
    def size(self) -> int:
        """Return the rows of base and background."""
        return self.rows + BACKGROUND

    @property
    def prior(self) -> float:
        """Return the bits that speak against any two rows being one, before anything is compared."""
        return -math.log2(self.size)

    def weight(self, value: Hashable, *, most: float = 99.0) -> float:
        """Return the bits (0 to ``most``) that agreement on a value is worth; the two rows themselves do not count.

        >>> Frequencies().weight("x") > 11
        True
        """
        found = self._weights.get(value)
        if found is None:
            others = max(0, self.counts.get(value, 0) - 2)
            usual = BACKGROUND * self.common.get(value, 0.0)
            found = self._weights[value] = max(0.0, math.log2(self.size / (others + max(usual, _RARE))))
        return found if found < most else most

    def holders(self, value: Hashable) -> int:
        """Return how many rows of the base bear a value."""
        return self.counts.get(value, 0)
