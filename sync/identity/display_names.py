"""Which human the name beside a mail address tells: nobody checks it, so it only says who somebody is not. Pure.

Such a name is anything: "Neu, Bernd (Amt 50)", "Bernd Neu | Verein", "Info", "Familie Alt", the address once more. Only
what surely is the name of one human counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.contacts.aliases import former
from sync.identity.evidence import Cells, word_set
from sync.identity.given_names import is_known
from sync.identity.mails import is_shared_mailbox
from sync.identity.organisation_words import FILLERS, FORM_WORDS, HEADS, INSTITUTIONS, OFFICES, SATELLITES
from sync.identity.person_names import is_other_human
from sync.identity.person_reading import read_name
from sync.long_cells import LONGEST
from sync.normalise import text_key

_APART = re.compile(
    r"\s+(?:via|über|im auftrag(?: von)?|i\. ?a\.|c/o|by|from)\s+|\s+[-\u2013\u2014]+\s+|[()\[\]|/·:;<>\"]", re.I
)
_SEVERAL = re.compile(r"(?i)\s(?:und|u\.|and|et)\s|[&+]")
_NO_HUMAN = word_set(
    "familie fam eheleute ehepaar geschwister team gruppe verein verband stadt landkreis gemeinde amt noreply reply",
    "newsletter support admin webmaster mailer daemon postmaster system doodle zoom teams outlook google calendar",
)
_IN_NAMES = ("haus", "heim", "garten", "kreis", "werk")
"""Last parts of the names of houses that people are called by as well (Althaus, Baumgarten)."""

_MOST_WORDS = 4


def names_other_human(told: str, holders: Iterable[Cells], bodies: Iterable[str] = ()) -> bool:
    """Say whether the name beside an address is that of a human other than every one of the ``holders`` (rows).

    ``bodies`` are names of organisations that stand behind the address: a name made of their words is theirs.

    >>> ada = {"first_name": "Ada", "last_name": "Alt"}
    >>> [names_other_human(told, [ada]) for told in ("Bernd Neu", "Alt, Ada", "Info", "Familie Neu")]
    [True, False, False, False]
    """
    rows = list(holders)
    words = [frozenset(text_key(name).split()) for name in bodies]
    humans = [human for human in _humans(told, rows) if not any(_word_set(human) <= body for body in words)]
    return bool(rows and humans) and all(_is_other(human, row) for human in humans for row in rows)


def _is_other(human: Cells, row: Cells) -> bool:
    """Compare with the name of today and with every former one."""
    aliases = row.get("aliases")
    told = aliases if isinstance(aliases, str) else None
    old = ({**row, column: name} for column in ("last_name", "first_name") for name in former("person", told, column))
    return all(_can_be_compared(human, each) and is_other_human(human, each) for each in (row, *old))


def _can_be_compared(human: Cells, row: Cells) -> bool:
    """Say whether both have a first or both have a last name: "Bernd" may be the first name of Herr Alt."""
    one, other = read_name(human), read_name(row)
    return bool((one.firsts and other.firsts) or (one.last and other.last))


def _humans(told: str, rows: Iterable[Cells]) -> Iterator[Cells]:
    """Yield the parts of a name that are the name of one human."""
    lasts = {word for row in rows for word in read_name(row).last}
    for part in _APART.split(told[:LONGEST]):
        found = _read(part.strip(" '.,\u201e\u201c\u201d\u2019"), lasts)
        if found is not None:
            yield found


def _read(part: str, lasts: set[str]) -> Cells | None:
    if not part or "@" in part or _SEVERAL.search(part) or any(c.isdigit() for c in part):
        return None
    last, comma, first = (piece.strip() for piece in part.partition(","))
    cells: Cells = {"first_name": first, "last_name": last} if comma else {"last_name": part}
    name = read_name(cells)
    if any(_is_no_name(word) for word in name.words) or not 0 < len(name.words) <= _MOST_WORDS or "," in first:
        return None
    if name.firsts and name.last and (any(map(is_known, name.firsts)) or not lasts.isdisjoint(name.last)):
        return cells
    if len(name.words) == 1:
        return {"first_name": part} if is_known(name.words[0]) and not comma else None
    *firsts, only = text_key(part).split()
    return {"first_name": " ".join(firsts), "last_name": only} if only in lasts and not comma else None


def _is_no_name(word: str) -> bool:
    """Say whether a word belongs to a house or a post, not to a human."""
    return (
        word in _NO_HUMAN
        or word in SATELLITES | INSTITUTIONS | FORM_WORDS | FILLERS
        or bool(OFFICES.search(word))
        or word in HEADS
        or (word.endswith(HEADS) and not word.endswith(_IN_NAMES))
        or is_shared_mailbox(f"{word}@")
    )


def _word_set(cells: Cells) -> frozenset[str]:
    return frozenset(text_key(" ".join(str(value) for value in cells.values())).split())
