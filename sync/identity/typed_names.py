"""Whom somebody may mean who types a name: names alone, compared by the one rule, the likeliest first. Pure.

A typed name has no address beside it, so nothing here is ever sure. What is alike in names is asked of
``person_names`` and ``organisations``; this module only finds quickly which rows to ask about.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from schemas.contacts.aliases import former
from sync.identity.body_likeness import compare_bodies
from sync.identity.evidence import Cells
from sync.identity.frequencies import Frequencies
from sync.identity.given_names import is_short_form, sound
from sync.identity.organisation_words import FILLERS
from sync.identity.organisations import Body, count_organisations, read_organisation
from sync.identity.person_names import compare_firsts, compare_names
from sync.identity.person_reading import HumanName, read_name
from sync.identity.persons import name_values
from sync.identity.shares import PERSON_NAMES
from sync.normalise import text_key

COLUMNS = ("first_name", "last_name", "name", "short_name", "aliases", "city", "district")
"""The cells that are read; a row has those of its table."""

_FEWEST = 3
"""Letters from which on the beginning of a word is looked for."""

_MOST_COMPARED = 300
"""Names of bodies that are compared at most; those that share the rarest words come first."""

_BEGINNING = 2.5
"""Bits that a name is worth less of which only the beginning was typed."""

_LEAST_BODY = 2.0
"""Bits from which on a name of a body is worth showing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A row whose name is like a typed one: how much (bits), in what way (German), and whether it is just that name."""

    row_id: int
    bits: float
    reason: str
    exact: bool = False


class Words:
    """Words with the rows that bear them; found by spelling, sound, beginning, or a slip or two."""

    def __init__(self, words: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._rows: dict[str, list[int]] = {}
        for row, borne in words:
            for word in borne:
                self._rows.setdefault(word, []).append(row)
        self._sorted = sorted(self._rows)
        self._sounds: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        for word in self._sorted:
            self._sounds.setdefault(sound(word), []).append(word)
            self._by_length.setdefault(len(word), []).append(word)

    def near(self, word: str) -> set[str]:
        """Return the words that may be meant by a typed one."""
        found = set(self._sounds.get(sound(word), ()))
        if len(word) > _FEWEST:
            off = 1 + (len(word) > 5)
            for length in range(len(word) - off, len(word) + off + 1):
                like = self._by_length.get(length, ())
                close = process.extract(word, like, scorer=OSA.distance, score_cutoff=off, limit=None)
                found.update(match for match, _, _ in close)
        return found

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin so and go on."""
        if len(start) < _FEWEST:
            return []
        at = bisect.bisect_right(self._sorted, start)
        return self._sorted[at : bisect.bisect_left(self._sorted, start + "\uffff")]

    def forms(self, name: str) -> list[str]:
        """Return the first names of which a typed one is a short form, or the other way round."""
        return [word for word in self._rows if is_short_form(word, name)]

    def rows(self, words: Iterable[str]) -> set[int]:
        """Return the rows that bear one of the words."""
        return {row for word in words for row in self._rows.get(word, ())}


class HumanNames:
    """Names of persons; rows with the same name are compared once."""

    def __init__(self, rows: Iterable[tuple[int, Cells]]) -> None:
        self._known = Frequencies(PERSON_NAMES)
        self._bearers: dict[HumanName, list[int]] = {}
        for row, cells in rows:
            aliases = cells.get("aliases")
            told = aliases if isinstance(aliases, str) else None
            name = read_name(cells, former("person", told, "last_name"))
            self._bearers.setdefault(name, []).append(row)
            self._known.add(name_values(name))
        self._names = list(self._bearers)
        names = list(enumerate(self._names))
        self._firsts = Words((at, {*name.firsts, "".join(name.firsts)} - {""}) for at, name in names)
        self._lasts = Words((at, {w for last in name.lasts for w in (*last, "".join(last))}) for at, name in names)

    def find(self, told: str) -> Iterator[Named]:
        """Yield the persons whose name is like a typed one."""
        best: dict[int, tuple[float, str, bool]] = {}
        for asked, worth, places, swapped in self._asked(told):
            firsts: dict[tuple[str, ...], bool] = {}
            for place in places:
                name = self._names[place]
                if name.firsts not in firsts:
                    firsts[name.firsts] = bool(compare_firsts(asked.firsts, name.firsts, self._known))
                if not firsts[name.firsts] and place not in swapped:
                    continue
                likeness = compare_names(asked, name, self._known)
                if likeness is None or likeness.other_last or likeness.bits <= worth:
                    continue
                bits = likeness.bits - worth
                if place not in best or bits > best[place][0]:
                    reason = "beginnt so" if worth else _half(asked, name) or likeness.reason
                    best[place] = (bits, reason, likeness.exact and not worth)
        for place, found in best.items():
            yield from (Named(row, *found) for row in self._bearers[self._names[place]])

    def _asked(self, told: str) -> Iterator[tuple[HumanName, float, set[int], set[int]]]:
        """Yield how the typed name can be read, what that costs (bits), the names to hold it against, and which of
        these may be meant with first and last name swapped.
        """
        last, comma, first = told.partition(",")
        words = text_key(told).split()
        if comma:
            name = read_name({"first_name": first, "last_name": last})
        elif len(words) > 1:
            name = read_name({"first_name": " ".join(words[:-1]), "last_name": words[-1]})
        else:
            name = read_name({"last_name": told})
        if not name.last:
            return
        typed = "".join(name.last)
        nobody: set[int] = set()
        if not name.firsts:
            yield name, 0.0, self._lasts.rows(self._lasts.near(typed)), nobody
            only = replace(name, firsts=name.last, last=(), lasts=frozenset(), spelt="")
            firsts = {*self._firsts.near(typed), *self._firsts.forms(typed)}
            yield only, 0.0, self._firsts.rows(firsts), nobody
            return
        by_last = self._lasts.rows(w for part in {typed, *name.last} for w in self._lasts.near(part))
        swapped = self._lasts.rows(self._lasts.near(name.firsts[0])) & self._firsts.rows(self._firsts.near(typed))
        yield name, 0.0, by_last | swapped, swapped
        for start in self._lasts.beginning(typed):
            whole = (start,)
            begun = replace(name, last=whole, lasts=frozenset({whole}), spelt=start)
            yield begun, _BEGINNING, self._lasts.rows(whole), nobody


def _half(asked: HumanName, name: HumanName) -> str:
    """Return in what way a name is like a typed one that is only a first or a last name; empty for a whole one."""
    if asked.firsts and asked.last:
        return ""
    short = any(is_short_form(one, other) for one in asked.firsts for other in name.firsts)
    same = set(asked.firsts) & set(name.firsts) or asked.lasts & name.lasts
    return "gleicher Name" if same else "Kurzform des Vornamens" if short else "andere Schreibweise"


class BodyNames:
    """Names of organisations, short and former ones included."""

    def __init__(self, rows: Iterable[tuple[int, Cells]]) -> None:
        self._bodies = {row: read_organisation(cells) for row, cells in rows}
        self._known = count_organisations(self._bodies.values())
        self._words = Words((row, _body_words(body)) for row, body in self._bodies.items())
        self._initials: dict[str, list[int]] = {}
        for row, body in self._bodies.items():
            initials = "".join(word[0] for word in body.name.order if word not in FILLERS)
            self._initials.setdefault(initials, []).append(row)

    def find(self, told: str) -> Iterator[Named]:
        """Yield the organisations whose name is like a typed one."""
        asked = read_organisation({"name": told})
        if not asked.name.key:
            return
        shared: Counter[int] = Counter()
        for word in {*asked.name.words, asked.name.joined} - FILLERS - {""}:
            weight = self._known.weight(("word", word))
            for row in self._words.rows({*self._words.near(word), *self._words.beginning(word)}):
                shared[row] += 1 + int(weight)
        for row in self._initials.get(text_key(told), ()):
            shared[row] += 1
        for row, _ in shared.most_common(_MOST_COMPARED):
            likeness = compare_bodies(asked, self._bodies[row], self._known)
            if likeness is not None and likeness.bits >= _LEAST_BODY:
                yield Named(row, likeness.bits, likeness.reason, likeness.exact)


def _body_words(body: Body) -> set[str]:
    return {word for name in (body.name, *body.others) for word in (*name.words, name.joined) if word}


class TypedNames:
    """The names of one table (``organisation`` or ``person``), to be asked while somebody types."""

    def __init__(self, table: str, rows: Iterable[tuple[int, Cells]]) -> None:
        self._names = HumanNames(rows) if table == "person" else BodyNames(rows)

    def find(self, told: str, *, most: int = 6) -> list[Named]:
        """Return the rows that may be meant, the likeliest first.

        >>> people = TypedNames("person", [(7, {"first_name": "Sebastian", "last_name": "Beispiel"})])
        >>> [one.reason for one in people.find("Basti Beispiel")]
        ['gleicher Nachname, Kurzform des Vornamens']
        """
        return sorted(self._names.find(told), key=lambda one: (-one.bits, one.row_id))[:most]
