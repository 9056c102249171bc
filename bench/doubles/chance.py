"""Draws that come out the same for one seed in every Python: built on ``random()`` of the Mersenne twister alone."""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values with a weight each (any positive number; the sum does not matter)."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self.values = tuple(values)
        self.sums = list(itertools.accumulate(weights))


def zipf(values: Sequence[T], exponent: float) -> Weighted[T]:
    """Return the values, the commonest first, with weights ``rank ** -exponent`` (rank from 1)."""
    return Weighted(values, [rank**-exponent for rank in range(1, len(values) + 1)])


def weighted(text: str) -> Weighted[str]:
    """Read ``"word 3 other 1"``: words and weights by turns."""
    parts = text.split()
    return Weighted(parts[::2], [float(weight) for weight in parts[1::2]])


class Chance:
    """A stream of draws for a seed (int)."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed).random

    def happens(self, share: float) -> bool:
        """Say yes in this share of all cases (0.0 to 1.0)."""
        return self._draw() < share

    def below(self, end: int) -> int:
        """Return a whole number from 0 to ``end - 1``."""
        return int(self._draw() * end)

    def between(self, first: int, last: int) -> int:
        """Return a whole number from ``first`` to ``last``, both included."""
        return first + int(self._draw() * (last - first + 1))

    def one_of(self, values: Sequence[T]) -> T:
        """Return one of the values, each equally likely."""
        return values[int(self._draw() * len(values))]

    def pick(self, values: Weighted[T]) -> T:
        """Return one of the values by their weights."""
        return values.values[bisect.bisect(values.sums, self._draw() * values.sums[-1], 0, len(values.values) - 1)]

    def digits(self, count: int) -> str:
        """Return so many digits, the first of them not a zero."""
        return str(self.between(1, 9)) + "".join(str(self.below(10)) for _ in range(count - 1))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return the values in another order."""
        keys = [self._draw() for _ in values]
        return [values[i] for i in sorted(range(len(values)), key=keys.__getitem__)]
