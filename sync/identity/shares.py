"""How common well-known names and words are in Germany, as shares (0 to 1) of persons and of organisations.

First and last names: orders of magnitude as name research publishes them for the whole population; words in names of
organisations: as counted in public registers of associations. A base's own counts are added to these
(``sync.identity.frequencies``), so nothing hangs on the last digit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from sync.identity.words import read_shares, read_words

_PERSONS = read_words("persons")["shares"]

PERSON_NAMES: Mapping[Hashable, float] = read_shares("last", _PERSONS["last"]) | read_shares("first", _PERSONS["first"])
"""Shares of last and first names."""

ORGANISATION_WORDS: Mapping[Hashable, float] = read_shares("word", read_words("organisations")["shares"])
"""Shares of words in names of organisations."""
